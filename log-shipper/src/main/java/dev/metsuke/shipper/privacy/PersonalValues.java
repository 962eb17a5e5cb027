package dev.metsuke.shipper.privacy;

import dev.metsuke.shipper.parse.HexEscapes;
import dev.metsuke.shipper.parse.JsonPointer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the values at some pointers of the JSON documents in a line, all of them where a pointer has {@code *} in it. The
 * line may be JSON, or have it behind a header of syslog, in a column of CSV, or in a string of JSON, as a container's log has it.
 */
final class PersonalValues {

    private static final String JSON_IN_CSV = "{\"\"";
    private static final String ESCAPED_QUOTE = "\\\"";

    /** In so many strings, one within the other, a document is looked for. */
    static final int DEEPEST = 2;

    private final List<List<String>> pointers;

    PersonalValues(List<JsonPointer> pointers) {
        this.pointers = pointers.stream().map(JsonPointer::names).toList();
    }

    /** Those at a pointer and, where it leads to an object or array, all in it; of a document cut short, those before. */
    List<String> find(String line) {
        List<String> found = new ArrayList<>();
        if (pointers.isEmpty()) {
            return found;
        }
        findIn(line, found);
        if (Unescaped.hasControls(line)) {
            findIn(Unescaped.of(line).controls().text(), found);
        }
        return found;
    }

    private void findIn(String line, List<String> found) {
        search(line, found);
        if (line.contains(JSON_IN_CSV)) {
            search(Unescaped.of(line).doubledQuotes().text(), found);
        }
        Unescaped within = Unescaped.of(line);
        for (int depth = 0; depth < DEEPEST && within.text().contains(ESCAPED_QUOTE); depth++) {
            within = within.backslashes();
            search(within.text(), found);
        }
    }

    private void search(String text, List<String> found) {
        new JsonSearch(HexEscapes.asJson(text), pointers, found).run();
    }
}
