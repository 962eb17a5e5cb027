package dev.metsuke.events.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing UTF-8 output with the escaping that RFC 8785 prescribes. Callers write members in sorted order; commas are
 * placed here.
 */
public final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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
        return ascii(Long.toString(value));
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
        put('"');
        int count = value.length();
        // A UTF-16 unit takes at most six bytes, as an escape of the form \\u001f.
        reserve(count * 6 + 1);
        for (int i = 0; i < count; i++) {
            char unit = value.charAt(i);
            if (unit >= 0x20 && unit < 0x80) {
                if (unit == '"' || unit == '\\') {
                    bytes[length++] = '\\';
                }
                bytes[length++] = (byte) unit;
            } else if (unit < 0x20) {
                control(unit);
            } else if (unit < 0x800) {
                bytes[length++] = (byte) (0xC0 | (unit >> 6));
                bytes[length++] = (byte) (0x80 | (unit & 0x3F));
            } else if (Character.isHighSurrogate(unit)
                    && i + 1 < count
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                codePoint(Character.toCodePoint(unit, value.charAt(++i)));
            } else {
                // A lone surrogate has no UTF-8 form; the replacement character keeps the document valid.
                int scalar = Character.isSurrogate(unit) ? 0xFFFD : unit;
                bytes[length++] = (byte) (0xE0 | (scalar >> 12));
                bytes[length++] = (byte) (0x80 | ((scalar >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (scalar & 0x3F));
            }
        }
        return put('"');
    }

    private void control(char unit) {
        bytes[length++] = '\\';
        switch (unit) {
            case '\b' -> bytes[length++] = 'b';
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\f' -> bytes[length++] = 'f';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[unit >> 4];
                bytes[length++] = HEX[unit & 0xF];
            }
        }
    }

    private void codePoint(int scalar) {
        bytes[length++] = (byte) (0xF0 | (scalar >> 18));
        bytes[length++] = (byte) (0x80 | ((scalar >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((scalar >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (scalar & 0x3F));
    }

    private JsonBuffer ascii(String value) {
        int count = value.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) value.charAt(i);
        }
        return this;
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
