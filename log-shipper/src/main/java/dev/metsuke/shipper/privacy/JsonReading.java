package dev.metsuke.shipper.privacy;

import dev.metsuke.events.json.JsonStrings;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a JSON document, or of what looks like one, up to where it ends or shows to be none: a little more
 * leniently than RFC 8259, as what stands in it must be found.
 */
final class JsonReading {

    private static final Set<String> LITERALS = Set.of("true", "false", "null");
    private static final String OF_NUMBERS = "0123456789-+.eE";
    private static final Pattern NUMBER = Pattern.compile("-?\\d++(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");
    private static final char END = '\0';

    private final String text;
    private final Ways roots;
    private final @Nullable BitSet begun;
    private final List<String> found;
    private final OpenLevels open = new OpenLevels();
    /** Whether nothing of the innermost level was read yet, so that no comma comes before what follows. */
    private boolean first;

    private int at;

    private JsonReading(
            String text, int start, List<List<String>> pointers, @Nullable BitSet begun, List<String> found) {
        this.text = text;
        this.at = start;
        this.roots = Ways.of(pointers);
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
        begin(roots);
        while (!open.isEmpty()) {
            if (!readOn()) {
                return false;
            }
        }
        return true;
    }

    /** Behind its end, or where it shows to be none. */
    int end() {
        return at;
    }

    private void begin(Ways further) {
        boolean isObject = next() == '{';
        if (isObject && begun != null) {
            begun.set(at);
        }
        if (open.isPointedAt() || further.lead()) {
            open.beginPointedAt(isObject);
        } else {
            open.begin(isObject, isObject && begun != null ? further.and(roots) : further);
        }
        at++;
        first = true;
    }

    private boolean readOn() {
        skipSpace();
        if (next() == (open.isObject() ? '}' : ']')) {
            at++;
            open.end();
            first = false;
            return true;
        }
        if (!first && !skip(',')) {
            return false;
        }
        first = false;
        skipSpace();
        Ways further = open.isObject() ? behindName() : open.behindNext();
        skipSpace();
        return further != null && value(further);
    }

    /** Null where no name and its colon follow. */
    private @Nullable Ways behindName() {
        String name = next() == '"' ? string() : null;
        skipSpace();
        return name != null && skip(':') ? open.behind(name) : null;
    }

    private boolean value(Ways further) {
        char next = next();
        if (next == '{' || next == '[') {
            begin(further);
            return true;
        }
        String scalar = next == '"' ? string() : word();
        if (scalar == null) {
            return false;
        }
        boolean isPointedAt = open.isPointedAt() || further.lead();
        if (isPointedAt && (next == '"' || !LITERALS.contains(scalar))) {
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
        return isNumber(word) || LITERALS.contains(word) ? word : null;
    }

    /** In what showed to be no document other ones pass, too, such as dates. */
    private boolean isNumber(String word) {
        return begun == null
                ? NUMBER.matcher(word).matches()
                : !word.isEmpty() && word.chars().allMatch(character -> OF_NUMBERS.indexOf(character) >= 0);
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
}
