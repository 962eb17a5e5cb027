package dev.metsuke.shipper.parse;

import dev.metsuke.events.json.JsonStrings;
import dev.metsuke.shipper.parse.JsonFields.Step;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One pass over one JSON text (RFC 8259): all of it is checked, only what is asked for becomes a value. */
final class JsonScan {

    private static final int DEEPEST = 500;
    private static final char END = '\0';

    private final String text;
    /** A byte a character: what is not Latin-1 can only stand within strings, where it does not matter. */
    private final byte[] bytes;

    private final int length;
    private final @Nullable String[] values;
    private int at;

    JsonScan(String text, @Nullable String[] values) {
        this.text = text;
        this.length = text.length();
        this.bytes = bytes(text);
        this.values = values;
    }

    void document(Step root) {
        skipSpace();
        if (peek() != '{') {
            throw new MalformedJsonException(MalformedJsonException.NOT_AN_OBJECT);
        }
        object(root, 1);
        skipSpace();
        if (at < length) {
            throw new MalformedJsonException(MalformedJsonException.NOT_AN_OBJECT);
        }
    }

    private void object(@Nullable Step step, int depth) {
        checkDepth(depth);
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            if (peek() != '"') {
                throw expected("a member's name in quotes");
            }
            Step child = name(step);
            skipSpace();
            if (peek() != ':') {
                throw expected("a colon");
            }
            at++;
            skipSpace();
            value(child, depth);
            skipSpace();
            char next = peek();
            at++;
            if (next == '}') {
                return;
            }
            if (next != ',') {
                at--;
                throw expected("a comma or }");
            }
            skipSpace();
        }
    }

    private void array(@Nullable Step step, int depth) {
        checkDepth(depth);
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return;
        }
        for (int i = 0; ; i++) {
            value(step == null ? null : step.child(Integer.toString(i)), depth);
            skipSpace();
            char next = peek();
            at++;
            if (next == ']') {
                return;
            }
            if (next != ',') {
                at--;
                throw expected("a comma or ]");
            }
            skipSpace();
        }
    }

    private void value(@Nullable Step step, int depth) {
        boolean wanted = step != null && step.slots().length > 0;
        int start = at;
        if (step != null) {
            step.forget(values);
        }
        switch (peek()) {
            case '{' -> object(step, depth + 1);
            case '[' -> array(step, depth + 1);
            case '"' -> {
                boolean escaped = skipString();
                if (wanted) {
                    answer(
                            step,
                            escaped
                                    ? JsonStrings.unescaped(text, start + 1, at - 1)
                                    : text.substring(start + 1, at - 1));
                }
            }
            case 't' -> literal("true", wanted ? step : null);
            case 'f' -> literal("false", wanted ? step : null);
            case 'n' -> literal("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                skipNumber();
                if (wanted) {
                    answer(step, text.substring(start, at));
                }
            }
            default -> throw expected("a value");
        }
    }

    private void answer(@Nullable Step step, String value) {
        if (step != null) {
            for (int slot : step.slots()) {
                values[slot] = value;
            }
        }
    }

    /** Reads a member's name; answers the step that it leads to, if any. */
    private @Nullable Step name(@Nullable Step step) {
        int start = at + 1;
        if (step == null) {
            skipString();
            return null;
        }
        Step child = step.childNamedIn(text, bytes, start);
        if (child != null) {
            at = start + child.name().length() + 1;
            return child;
        }
        return skipString() ? step.child(JsonStrings.unescaped(text, start, at - 1)) : null;
    }

    private void literal(String word, @Nullable Step step) {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        answer(step, word);
    }

    /** From its opening quote to behind its closing one; answers whether something in it is escaped. */
    private boolean skipString() {
        boolean escaped = false;
        int i = JsonStrings.plainUntil(bytes, at + 1);
        while (i < length && bytes[i] != '"') {
            if (JsonStrings.isControl(bytes[i])) {
                at = i;
                throw new MalformedJsonException("a control character stands unescaped at character " + (i + 1));
            }
            escaped = true;
            i = JsonStrings.plainUntil(bytes, behindEscape(i));
        }
        at = i;
        if (at == length) {
            throw expected("a closing quote");
        }
        at++;
        return escaped;
    }

    private int behindEscape(int backslash) {
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

    private void skipNumber() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (peek() == '.') {
            at++;
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            skipDigits();
        }
    }

    private void skipDigits() {
        int start = at;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw expected("a digit");
        }
    }

    private void skipSpace() {
        while (at < length) {
            byte character = bytes[at];
            if (character > ' ' || (character != ' ' && character != '\t' && character != '\n' && character != '\r')) {
                return;
            }
            at++;
        }
    }

    private void checkDepth(int depth) {
        if (depth > DEEPEST) {
            throw new MalformedJsonException("it is nested deeper than " + DEEPEST);
        }
    }

    private char peek() {
        return at < length ? (char) (bytes[at] & 0xFF) : END;
    }

    private static byte[] bytes(String text) {
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        if (latin.length == text.length()) {
            return latin;
        }
        // A pair of surrogates became one byte.
        byte[] each = new byte[text.length()];
        for (int i = 0; i < each.length; i++) {
            each[i] = (byte) Math.min(text.charAt(i), 0xFF);
        }
        return each;
    }

    private MalformedJsonException expected(String what) {
        return new MalformedJsonException(
                "expected " + what + (at < length ? " at character " + (at + 1) : ", but the line ends"));
    }
}
