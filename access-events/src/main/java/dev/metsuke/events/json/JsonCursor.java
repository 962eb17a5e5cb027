package dev.metsuke.events.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes once over one JSON text (RFC 8259) in UTF-8, from token to token. All of it is checked but that what nobody asks for is
 * UTF-8; only what is asked for becomes a value. Answers without an object of its own: a reader of very many texts asks for a
 * few values of each.
 */
public final class JsonCursor {

    private static final int DEEPEST = 100;
    private static final byte[] BYTE_ORDER_MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);
    private static final char END = '\0';
    private static final char UNREADABLE = '\ufffd';
    private static final byte[] UNREADABLE_UTF_8 = "\ufffd".getBytes(StandardCharsets.UTF_8);

    /** Of numbers that certainly have room in a {@code long}. */
    private static final int MOST_DIGITS = 18;

    private final byte[] json;
    private int at;
    private int depth;

    public JsonCursor(byte[] json) {
        this.json = json;
        // RFC 8259, section 8.1: a mark of the order of bytes may be ignored.
        at = json.length >= BYTE_ORDER_MARK.length
                        && Arrays.equals(json, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
                ? BYTE_ORDER_MARK.length
                : 0;
        skipSpace();
    }

    /** The first letter of what comes next; {@code \0} behind the end. */
    public char peek() {
        return at < json.length ? (char) (json[at] & 0xFF) : END;
    }

    /** Whether nothing comes any more. */
    public boolean isAtEnd() {
        return at == json.length;
    }

    /** Into an object, which stands here; false where it is empty, which is passed then. */
    public boolean enterObject() throws MalformedDocumentException {
        return enter('{', '}');
    }

    /** Into an array, which stands here; false where it is empty, which is passed then. */
    public boolean enterArray() throws MalformedDocumentException {
        return enter('[', ']');
    }

    private boolean enter(char opening, char closing) throws MalformedDocumentException {
        expect(opening);
        depth++;
        if (depth > DEEPEST) {
            throw new MalformedDocumentException("not JSON: it is nested deeper than " + DEEPEST);
        }
        if (peek() != closing) {
            return true;
        }
        leave();
        return false;
    }

    /** Behind a member: whether another one follows; else the object is left. */
    public boolean hasMoreMembers() throws MalformedDocumentException {
        return hasMore('}');
    }

    /** Behind an element: whether another one follows; else the array is left. */
    public boolean hasMoreElements() throws MalformedDocumentException {
        return hasMore(']');
    }

    private boolean hasMore(char closing) throws MalformedDocumentException {
        char next = peek();
        if (next == closing) {
            leave();
            return false;
        }
        if (next != ',') {
            throw expected("a comma or " + closing);
        }
        at++;
        skipSpace();
        return true;
    }

    private void leave() {
        depth--;
        at++;
        skipSpace();
    }

    /** Passes a member's name if it is this one, in UTF-8, and written without escapes. */
    public boolean passName(byte[] name) throws MalformedDocumentException {
        int behind = at + 1 + name.length;
        if (behind >= json.length || json[behind] != '"' || json[at] != '"') {
            return false;
        }
        // Too short for the calls that compare many at once.
        for (int i = 0; i < name.length; i++) {
            if (json[at + 1 + i] != name[i]) {
                return false;
            }
        }
        at = behind + 1;
        skipSpace();
        expect(':');
        return true;
    }

    /** Passes a member's name, whatever it is; null unless a dot stands in it, or something is escaped. */
    public @Nullable String dottedName() throws MalformedDocumentException {
        int start = at;
        boolean isPlain = !passString();
        for (int i = start + 1; i < at - 1 && isPlain; i++) {
            isPlain = json[i] != '.';
        }
        if (!isPlain) {
            at = start;
        }
        @Nullable String name = isPlain ? null : text();
        skipSpace();
        expect(':');
        return name;
    }

    /** A string's text. A half of a pair of surrogates, which an escape alone can name, is read as the sign that stands for it. */
    public String text() throws MalformedDocumentException {
        int start = at + 1;
        boolean isEscaped = passString();
        int end = at - 1;
        skipSpace();
        String text = new String(json, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf(UNREADABLE) >= 0 && !isReadable(text, start, end)) {
            throw new MalformedDocumentException("not JSON: what stands from byte " + (start + 1) + " on is not UTF-8");
        }
        return isEscaped ? WellFormedText.of(JsonStrings.unescaped(text, 0, text.length())) : text;
    }

    /** A number, in its letters. */
    public String number() throws MalformedDocumentException {
        int start = at;
        passNumber();
        String number = new String(json, start, at - start, StandardCharsets.US_ASCII);
        skipSpace();
        return number;
    }

    /** Whether a number stands here. */
    public boolean isNumber() {
        char first = peek();
        return first == '-' || (first >= '0' && first <= '9');
    }

    /**
     * A whole number that a {@code long} can hold.
     *
     * @throws ArithmeticException where it is a number, but not such a one
     */
    public long integer() throws MalformedDocumentException {
        int start = at;
        boolean isWhole = passNumber();
        int end = at;
        skipSpace();
        boolean isNegative = json[start] == '-';
        int first = isNegative ? start + 1 : start;
        if (isWhole && end - first <= MOST_DIGITS) {
            long value = 0;
            for (int i = first; i < end; i++) {
                value = value * 10 + (json[i] - '0');
            }
            return isNegative ? -value : value;
        }
        String number = new String(json, start, end - start, StandardCharsets.US_ASCII);
        if (!isWhole) {
            throw new ArithmeticException(number + " is not whole");
        }
        if (end - first > MOST_DIGITS + 1) {
            throw new ArithmeticException("it has " + (end - first) + " digits");
        }
        return new BigInteger(number).longValueExact();
    }

    /** Passes {@code null} if it stands here. */
    public boolean passNull() throws MalformedDocumentException {
        if (peek() != 'n') {
            return false;
        }
        passWord("null");
        return true;
    }

    /** Passes a value, whatever it is. */
    public void pass() throws MalformedDocumentException {
        switch (peek()) {
            case '{' -> {
                if (enterObject()) {
                    do {
                        passString();
                        skipSpace();
                        expect(':');
                        pass();
                    } while (hasMoreMembers());
                }
            }
            case '[' -> {
                if (enterArray()) {
                    do {
                        pass();
                    } while (hasMoreElements());
                }
            }
            case '"' -> {
                passString();
                skipSpace();
            }
            case 't' -> passWord("true");
            case 'f' -> passWord("false");
            case 'n' -> passWord("null");
            default -> {
                passNumber();
                skipSpace();
            }
        }
    }

    private void passWord(String word) throws MalformedDocumentException {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                throw expected(word);
            }
        }
        skipSpace();
    }

    /** From its opening quote to behind its closing one; whether something in it is escaped. */
    private boolean passString() throws MalformedDocumentException {
        if (peek() != '"') {
            throw expected("a quote");
        }
        boolean isEscaped = false;
        int i = JsonStrings.plainUntil(json, at + 1);
        while (i < json.length && json[i] != '"') {
            if (JsonStrings.isControl(json[i])) {
                throw new MalformedDocumentException(
                        "not JSON: a control character stands unescaped at byte " + (i + 1));
            }
            isEscaped = true;
            i = JsonStrings.plainUntil(json, behindEscape(i));
        }
        at = i;
        if (at == json.length) {
            throw expected("a closing quote");
        }
        at++;
        return isEscaped;
    }

    private int behindEscape(int backslash) throws MalformedDocumentException {
        at = backslash + 1;
        return switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
            case 'u' -> {
                for (at = backslash + 2; at < backslash + 6; at++) {
                    if (!JsonStrings.isHexadecimal(peek())) {
                        throw expected("four hexadecimal digits");
                    }
                }
                yield backslash + 6;
            }
            default -> throw expected("one of \"\\/bfnrtu after a backslash");
        };
    }

    /** Whether the signs that stand for what cannot be read stand in the bytes themselves. */
    private boolean isReadable(String text, int start, int end) {
        long signs = text.chars().filter(each -> each == UNREADABLE).count();
        long written = 0;
        for (int i = start; i + UNREADABLE_UTF_8.length <= end; i++) {
            if (Arrays.equals(json, i, i + UNREADABLE_UTF_8.length, UNREADABLE_UTF_8, 0, UNREADABLE_UTF_8.length)) {
                written++;
            }
        }
        return signs == written;
    }

    /** Whether it is a whole one. */
    private boolean passNumber() throws MalformedDocumentException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            passDigits();
        }
        int behindWhole = at;
        if (peek() == '.') {
            at++;
            passDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            passDigits();
        }
        return at == behindWhole;
    }

    private void passDigits() throws MalformedDocumentException {
        int start = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw expected("a value");
        }
    }

    private void expect(char sign) throws MalformedDocumentException {
        if (peek() != sign) {
            throw expected(String.valueOf(sign));
        }
        at++;
        skipSpace();
    }

    private void skipSpace() {
        while (at < json.length) {
            byte found = json[at];
            if (found > ' ' || (found != ' ' && found != '\t' && found != '\n' && found != '\r')) {
                return;
            }
            at++;
        }
    }

    private MalformedDocumentException expected(String what) {
        return new MalformedDocumentException(
                "not JSON: expected " + what + (at < json.length ? " at byte " + (at + 1) : ", but it ends"));
    }
}
