package dev.metsuke.shipper.parse;

import java.io.ByteArrayOutputStream;

/**
 * Bytes in JSON that are written as {@code \xE6}, which no JSON has: by Apache, and by {@link Encoding} where they are no text.
 */
public final class HexEscapes {

    private static final int WIDTH = 4;

    private HexEscapes() {}

    /** The same as JSON has it: what the bytes are in UTF-8, else their escapes as a text. */
    public static String asJson(String text) {
        if (!text.contains("\\x")) {
            return text;
        }
        StringBuilder json = new StringBuilder(text.length() + 16);
        int position = 0;
        while (position < text.length()) {
            if (value(text, position) >= 0) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (; value(text, position) >= 0; position += WIDTH) {
                    bytes.write(value(text, position));
                }
                append(Encoding.UTF_8.decode(bytes.toByteArray(), 0, bytes.size()), json);
            } else {
                // What is behind a backslash is its own affair.
                int width = text.charAt(position) == '\\' && position + 1 < text.length() ? 2 : 1;
                json.append(text, position, position + width);
                position += width;
            }
        }
        return json.toString();
    }

    private static int value(String text, int position) {
        if (!text.startsWith("\\x", position) || position + WIDTH > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(position + 2), 16);
        int low = Character.digit(text.charAt(position + 3), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static void append(String decoded, StringBuilder json) {
        for (int i = 0; i < decoded.length(); i++) {
            char character = decoded.charAt(i);
            if (character < ' ') {
                json.append("\\u00")
                        .append(Character.forDigit(character >> 4, 16))
                        .append(Character.forDigit(character & 0xF, 16));
            } else {
                json.append(character == '"' || character == '\\' ? "\\" : "").append(character);
            }
        }
    }
}
