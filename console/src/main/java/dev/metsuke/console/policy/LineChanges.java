package dev.metsuke.console.policy;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import dev.metsuke.events.json.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What makes one text of another, line by line. */
final class LineChanges {

    /** Comparing takes the product of the lines and of the changes. */
    private static final int MOST_LINES = 5_000;

    private LineChanges() {}

    /** What became of a line. */
    enum Change implements Labelled {
        KEPT("kept"),
        REMOVED("removed"),
        ADDED("added");

        private final String label;

        Change(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * A line of either text.
     *
     * @param change what became of it
     * @param text without its end
     */
    record Line(Change change, String text) {}

    /** The lines of both, what was removed before what was added in its place; empty where they are too long to be compared. */
    static Optional<List<Line>> between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.size() > MOST_LINES || now.size() > MOST_LINES) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        List<Line> added = new ArrayList<>();
        int next = 0;
        for (AbstractDelta<String> delta :
                DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>()).getDeltas()) {
            int from = delta.getSource().getPosition();
            if (from > next) {
                lines.addAll(added);
                added.clear();
            }
            lines.addAll(lines(Change.KEPT, old.subList(next, from)));
            lines.addAll(lines(Change.REMOVED, delta.getSource().getLines()));
            added.addAll(lines(Change.ADDED, delta.getTarget().getLines()));
            next = delta.getSource().last() + 1;
        }
        lines.addAll(added);
        lines.addAll(lines(Change.KEPT, old.subList(next, old.size())));
        return Optional.of(lines);
    }

    private static List<Line> lines(Change change, List<String> texts) {
        return texts.stream().map(text -> new Line(change, text)).toList();
    }
}
