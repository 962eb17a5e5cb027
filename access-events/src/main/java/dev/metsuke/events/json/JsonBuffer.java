package dev.metsuke.events.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Growing UTF-8 output with the escaping that RFC 8785 prescribes. Callers write members in sorted order; commas are
 * placed here.
 */
public final class JsonBuffer {

    private static final long QUOTES = EightBytes.ofEach('"');
    private static final long BACKSLASHES = EightBytes.ofEach('\\');
    private static final long QUESTION_MARKS = EightBytes.ofEach('?');

    /** By control character: what stands behind its backslash. */
    private static final byte[] CONTROL_LETTERS =
            "uuuuuuuubtnufruuuuuuuuuuuuuuuuuu".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_NUMBER = 20;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final InstantText.Writer instants = new InstantText.Writer();
    private byte[] bytes;
    private int length;

    public JsonBuffer(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Of what is written, from {@code start} on. */
    public byte[] tail(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    public void clear() {
        length = 0;
    }

    public JsonBuffer openObject() {
        separate();
        return put('{');
    }

    public JsonBuffer closeObject() {
        return put('}');
    }

    public JsonBuffer openArray() {
        separate();
        return put('[');
    }

    public JsonBuffer closeArray() {
        return put(']');
    }

    public JsonBuffer name(String name) {
        separate();
        quoted(name);
        return put(':');
    }

    public JsonBuffer text(String value) {
        separate();
        return quoted(value);
    }

    /** An integer; RFC 8785 writes those within ±2^53 exactly as they are. */
    public JsonBuffer number(long value) {
        separate();
        reserve(LONGEST_NUMBER);
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        int end = length + digitsOf(value);
        long rest = value;
        for (int at = end - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
        return this;
    }

    /** As {@link Instant#toString} has it. */
    public JsonBuffer instant(Instant value) {
        separate();
        reserve(InstantText.LONGEST + 2);
        int written = instants.write(value, bytes, length + 1);
        if (written < 0) {
            return quoted(value.toString());
        }
        bytes[length] = '"';
        length = written;
        return put('"');
    }

    /** Bytes that are JSON already, with the commas that they need. */
    public JsonBuffer raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    public JsonBuffer bool(boolean value) {
        separate();
        return ascii(value ? "true" : "false");
    }

    private void separate() {
        if (length == 0) {
            return;
        }
        byte last = bytes[length - 1];
        if (last != '{' && last != '[' && last != ':') {
            put(',');
        }
    }

    private JsonBuffer quoted(String value) {
        // A UTF-16 unit takes at most six bytes, as an escape of the form \\u001f.
        reserve(value.length() * 6 + 2 + Long.BYTES);
        bytes[length++] = '"';
        int start = length;
        if (!utf8(value.getBytes(StandardCharsets.UTF_8)) && WellFormedText.hasLoneSurrogate(value)) {
            length = start;
            utf8(WellFormedText.of(value).getBytes(StandardCharsets.UTF_8));
        }
        bytes[length++] = '"';
        return this;
    }

    /**
     * Escapes eight bytes at a time. What is not ASCII stays as it is; false where a question mark is among them, as it may
     * stand for a lone surrogate.
     */
    private boolean utf8(byte[] from) {
        byte[] to = bytes;
        int at = length;
        int i = 0;
        int lastWord = from.length - Long.BYTES;
        long questionMarks = 0;
        for (; i <= lastWord; i += Long.BYTES) {
            long word = EightBytes.read(from, i);
            questionMarks |= EightBytes.equal(word, QUESTION_MARKS);
            if (EightBytes.controls(word) != 0) {
                at = oneByOne(from, i, i + Long.BYTES, to, at);
                continue;
            }
            EightBytes.write(to, at, word);
            long escaped = EightBytes.equal(word, QUOTES) | EightBytes.equal(word, BACKSLASHES);
            // What follows a backslash is written once more behind it: cheaper than to look at it anew.
            for (; escaped != 0; escaped &= escaped - 1) {
                int place = EightBytes.first(escaped);
                to[at + place] = '\\';
                at++;
                EightBytes.write(to, at + place, word >>> (place * Byte.SIZE));
            }
            at += Long.BYTES;
        }
        length = oneByOne(from, i, from.length, to, at);
        boolean hasQuestionMark = questionMarks != 0;
        for (; i < from.length; i++) {
            hasQuestionMark |= from[i] == '?';
        }
        return !hasQuestionMark;
    }

    private static int oneByOne(byte[] from, int start, int end, byte[] to, int begin) {
        int at = begin;
        for (int i = start; i < end; i++) {
            byte unit = from[i];
            if (unit >= 0 && unit < ' ') {
                at = control(unit, to, at);
            } else {
                if (unit == '"' || unit == '\\') {
                    to[at++] = '\\';
                }
                to[at++] = unit;
            }
        }
        return at;
    }

    private static int control(byte unit, byte[] to, int at) {
        byte letter = CONTROL_LETTERS[unit];
        to[at] = '\\';
        to[at + 1] = letter;
        if (letter != 'u') {
            return at + 2;
        }
        to[at + 2] = '0';
        to[at + 3] = '0';
        to[at + 4] = HEX[unit >> 4];
        to[at + 5] = HEX[unit & 0xF];
        return at + 6;
    }

    private JsonBuffer ascii(String value) {
        int count = value.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) value.charAt(i);
        }
        return this;
    }

    private static int digitsOf(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private JsonBuffer put(char character) {
        reserve(1);
        bytes[length++] = (byte) character;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
