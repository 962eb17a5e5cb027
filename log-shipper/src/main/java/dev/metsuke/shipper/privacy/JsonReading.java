package dev.metsuke.shipper.privacy;

import dev.metsuke.events.json.JsonStrings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a JSON document, or of what looks like one, up to where it ends or shows to be none: a little more
 * leniently than RFC 8259, as what stands in it must be found.
 */
final class JsonReading {

    private static final Set<String> LITERALS = Set.of("true", "false", "null");
    private static final String OF_NUMBERS = "0123456789-+.eE";
    private static final char END = '\0';
    /** Nobody's documents are nested deeper, and a million brackets are not to fill the memory. */
    private static final int MOST_LEVELS = 1_000;

    private final String text;
    private final List<Way> roots;
    private final @Nullable BitSet begun;
    private final List<String> found;
    private final Deque<Level> open = new ArrayDeque<>();
    private int at;

    private JsonReading(
            String text, int start, List<List<String>> pointers, @Nullable BitSet begun, List<String> found) {
        this.text = text;
        this.at = start;
        this.roots = pointers.stream().map(names -> new Way(names, 0)).toList();
        this.begun = begun;
        this.found = found;
    }

    /**
     * Reads the document that begins there.
     *
     * @param found what the pointers lead to; where it is cut short, before its end
     */
    static JsonReading from(String text, int start, List<List<String>> pointers, List<String> found) {
        return new JsonReading(text, start, pointers, null, found);
    }

    /**
     * Reads what is none, as if each object in it were a document by itself.
     *
     * @param begun is told where each of these objects begins
     */
    static JsonReading fromEach(String text, int start, List<List<String>> pointers, BitSet begun, List<String> found) {
        return new JsonReading(text, start, pointers, begun, found);
    }

    /** Whether it is a document. */
    boolean read() {
        begin(false, roots);
        while (!open.isEmpty()) {
            if (!readOn(open.getLast())) {
                return false;
            }
        }
        return true;
    }

    /** Behind its end, or where it shows to be none. */
    int end() {
        return at;
    }

    private void begin(boolean within, List<Way> ways) {
        boolean isObject = next() == '{';
        if (isObject && begun != null) {
            begun.set(at);
        }
        open.addLast(new Level(isObject ? '}' : ']', within, ways));
        at++;
    }

    private boolean readOn(Level level) {
        skipSpace();
        if (next() == level.closing) {
            at++;
            open.removeLast();
            return true;
        }
        if (level.members > 0 && !skip(',')) {
            return false;
        }
        skipSpace();
        String name = level.closing == ']' ? Integer.toString(level.members) : name();
        level.members++;
        skipSpace();
        return name != null && value(level, name);
    }

    private @Nullable String name() {
        String name = next() == '"' ? string() : null;
        skipSpace();
        return name != null && skip(':') ? name : null;
    }

    private boolean value(Level level, String name) {
        List<Way> further = level.behind(name);
        boolean within = level.within || further.stream().anyMatch(Way::leads);
        char next = next();
        if (next == '{' || next == '[') {
            if (open.size() == MOST_LEVELS) {
                return false;
            }
            List<Way> ways = new ArrayList<>(within ? List.of() : further);
            if (next == '{' && begun != null && !within) {
                ways.addAll(roots);
            }
            begin(within, ways);
            return true;
        }
        String scalar = next == '"' ? string() : word();
        if (scalar == null) {
            return false;
        }
        if (within && (next == '"' || !LITERALS.contains(scalar))) {
            found.add(scalar);
        }
        return true;
    }

    /** Null where it does not end, or holds what stands for no character. */
    private @Nullable String string() {
        int start = ++at;
        boolean escaped = false;
        for (; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"') {
                at++;
                return escaped ? JsonStrings.unescaped(text, start, at - 1) : text.substring(start, at - 1);
            }
            if (character == '\\') {
                escaped = true;
                at++;
                if (next() == 'u' && !isUnit(at + 1)) {
                    return null;
                }
            }
        }
        at = text.length();
        return null;
    }

    private boolean isUnit(int from) {
        return from + 4 <= text.length()
                && IntStream.range(from, from + 4).allMatch(i -> JsonStrings.isHexadecimal(text.charAt(i)));
    }

    /** A number or a literal; null where it is neither. */
    private @Nullable String word() {
        int start = at;
        while (at < text.length() && (OF_NUMBERS.indexOf(next()) >= 0 || (next() >= 'a' && next() <= 'z'))) {
            at++;
        }
        String word = text.substring(start, at);
        boolean isNumber = !word.isEmpty() && word.chars().allMatch(character -> OF_NUMBERS.indexOf(character) >= 0);
        return isNumber || LITERALS.contains(word) ? word : null;
    }

    private boolean skip(char character) {
        if (next() != character) {
            return false;
        }
        at++;
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && JsonSearch.isSpace(text.charAt(at))) {
            at++;
        }
    }

    private char next() {
        return at < text.length() ? text.charAt(at) : END;
    }

    /** An object or array that has not ended yet. */
    private static final class Level {

        private final char closing;
        /** Whether a pointer leads to it, or to what it stands in. */
        private final boolean within;

        private final List<Way> ways;
        private int members;

        Level(char closing, boolean within, List<Way> ways) {
            this.closing = closing;
            this.within = within;
            this.ways = ways;
        }

        List<Way> behind(String name) {
            return ways.isEmpty()
                    ? ways
                    : ways.stream()
                            .filter(way -> way.goesBy(name))
                            .map(Way::further)
                            .toList();
        }
    }

    /** How far of a pointer's names it has come. */
    private record Way(List<String> names, int depth) {

        private static final String ANY = "*";

        boolean goesBy(String name) {
            return depth < names.size()
                    && (names.get(depth).equals(name) || names.get(depth).equals(ANY));
        }

        Way further() {
            return new Way(names, depth + 1);
        }

        boolean leads() {
            return depth == names.size();
        }
    }
}
