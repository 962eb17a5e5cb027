package dev.metsuke.archive.read;

import dev.metsuke.events.json.JsonStrings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks through a JSON text (RFC 8259) that a server wrote, from value to value. What nobody asks for is passed by its quotes and
 * brackets alone: of an answer full of documents a parser would look at every member of each.
 */
final class JsonWalk {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Of numbers that certainly have room in a {@code long}. */
    private static final int MOST_DIGITS = 18;

    /** The name of a member that somebody asks for, in ASCII. */
    interface Name {

        String text();
    }

    private final byte[] json;
    private int at;

    JsonWalk(byte[] json) {
        this(json, 0);
    }

    /** Begins at a value in it. */
    JsonWalk(byte[] json, int at) {
        this.json = json;
        this.at = at;
    }

    /** Into an object or an array; false where nothing is in it, which is passed then. */
    boolean enter() throws IOException {
        byte opening = next();
        if (opening != '{' && opening != '[') {
            throw expected("an object or an array");
        }
        at++;
        if (isClosing(next())) {
            at++;
            return false;
        }
        return true;
    }

    /** Behind a value: whether another one follows; else the object or array is left. */
    boolean more() throws IOException {
        byte behind = next();
        if (behind != ',' && !isClosing(behind)) {
            throw expected("a comma or a closing bracket");
        }
        at++;
        return behind == ',';
    }

    /** Which of these is a member's name; null where none is. Its value comes next. */
    <N extends Enum<N> & Name> @Nullable N nameOf(N[] names) throws IOException {
        int start = startOfText();
        boolean isPlain = passText();
        N found = null;
        for (int i = 0; i < names.length && found == null; i++) {
            found = isPlain && stands(names[i].text(), start) ? names[i] : null;
        }
        if (next() != ':') {
            throw expected("a colon");
        }
        at++;
        return found;
    }

    String text() throws IOException {
        int start = startOfText();
        return passText()
                ? new String(json, start + 1, at - start - 2, StandardCharsets.UTF_8)
                : unescaped(start, at - start);
    }

    /** A text that is likely to be this one, in ASCII. */
    String text(String likely) throws IOException {
        int start = startOfText();
        if (passText() && stands(likely, start)) {
            return likely;
        }
        at = start;
        return text();
    }

    private int startOfText() throws IOException {
        if (next() != '"') {
            throw expected("a text");
        }
        return at;
    }

    /** Whether this text, in ASCII, was just passed, of which the quote stands there. */
    private boolean stands(String text, int quote) {
        if (at - quote - 2 != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (json[quote + 1 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A value as it stands, whatever it is. */
    byte[] raw() throws IOException {
        int start = start();
        pass();
        return Arrays.copyOfRange(json, start, at);
    }

    /** Whether it is a text, which may be asked for then. */
    boolean isText() throws IOException {
        return next() == '"';
    }

    /** A number or a literal, in its letters. */
    String word() throws IOException {
        int start = start();
        pass();
        return new String(json, start, at - start, StandardCharsets.US_ASCII);
    }

    /** A number: a {@link Long} where it is a whole one, else in its letters, as are literals. */
    Object number() throws IOException {
        int start = start();
        passWord();
        boolean isNegative = json[start] == '-';
        int first = isNegative ? start + 1 : start;
        boolean isWhole = at > first;
        long value = 0;
        for (int i = first; i < at && isWhole; i++) {
            isWhole = json[i] >= '0' && json[i] <= '9';
            value = value * 10 + (json[i] - '0');
        }
        if (isWhole && at - first <= MOST_DIGITS) {
            return isNegative ? -value : value;
        }
        String word = new String(json, start, at - start, StandardCharsets.US_ASCII);
        return isWhole ? (Object) Long.parseLong(word) : word;
    }

    /** Leaves a value out. */
    void pass() throws IOException {
        byte first = next();
        if (first == '"') {
            passText();
        } else if (first == '{' || first == '[') {
            passBrackets();
        } else {
            passWord();
        }
    }

    private void passBrackets() throws IOException {
        int open = 0;
        do {
            byte found = here();
            if (found == '"') {
                passText();
                continue;
            }
            if (found == '{' || found == '[') {
                open++;
            } else if (isClosing(found)) {
                open--;
            }
            at++;
        } while (open > 0);
    }

    /** From its opening quote to behind its closing one; false where something in it is escaped. */
    private boolean passText() throws IOException {
        boolean isPlain = true;
        at++;
        while (true) {
            at = JsonStrings.plainUntil(json, at);
            byte found = here();
            at++;
            if (found == '"') {
                return isPlain;
            }
            if (found == '\\') {
                isPlain = false;
                at++;
            }
        }
    }

    private void passWord() throws IOException {
        int start = at;
        while (isOfWord(here())) {
            at++;
        }
        if (at == start) {
            throw expected("a value");
        }
    }

    private static boolean isOfWord(byte letter) {
        return letter == '-'
                || letter == '+'
                || letter == '.'
                || (letter >= '0' && letter <= '9')
                || (letter >= 'a' && letter <= 'z')
                || letter == 'E';
    }

    private String unescaped(int start, int length) throws IOException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json, start, length)) {
            parser.nextToken();
            return parser.getString();
        } catch (JacksonException e) {
            throw new IOException("Elasticsearch gave an answer that cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private int start() throws IOException {
        next();
        return at;
    }

    /** What stands behind white space. */
    private byte next() throws IOException {
        byte found = here();
        while (found == ' ' || found == '\n' || found == '\r' || found == '\t') {
            at++;
            found = here();
        }
        return found;
    }

    private byte here() throws IOException {
        if (at >= json.length) {
            throw new IOException("Elasticsearch gave an answer that cannot be read: it ends at byte " + json.length);
        }
        return json[at];
    }

    private static boolean isClosing(byte found) {
        return found == '}' || found == ']';
    }

    private IOException expected(String what) {
        return new IOException("Elasticsearch gave an answer that cannot be read: expected " + what + " at byte " + at
                + ", not " + (char) json[at]);
    }
}
