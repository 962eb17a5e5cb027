package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is wrong with a file. Behind many problems nothing more is looked for: they have one cause, and nobody reads them all.
 */
public final class FileProblems {

    private static final int MOST = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private boolean ended;

    FileProblems() {}

    /** Begins with what is wrong with a table's form. */
    public static FileProblems of(CsvTable table) {
        FileProblems problems = new FileProblems();
        problems.addAll(table.problems());
        problems.ended = problems.found.size() > MOST;
        return problems;
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    public void addAll(List<Problem> problems) {
        found.addAll(problems);
    }

    /** Whether there are so many that nothing more is looked for from a line on, of which the first that asks is told as well. */
    public boolean endAt(int line) {
        if (!ended && found.size() >= MOST) {
            ended = true;
            found.add(new Problem(line, null, Text.of("entry.csv.too-many-problems")));
        }
        return ended;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them, those of the whole file first. */
    public List<Problem> byLine() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::lineOrZero))
                .toList();
    }
}
