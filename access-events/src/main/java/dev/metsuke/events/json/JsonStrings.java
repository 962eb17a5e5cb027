package dev.metsuke.events.json;

/** What stands between the quotes of a JSON string (RFC 8259, section 7). */
public final class JsonStrings {

    private static final long QUOTES = EightBytes.ofEach('"');
    private static final long BACKSLASHES = EightBytes.ofEach('\\');

    private JsonStrings() {}

    /** The index of the first quote, backslash or control character from one on; the bytes' length where there is none. */
    public static int plainUntil(byte[] bytes, int from) {
        int at = from;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long word = EightBytes.read(bytes, at);
            long special =
                    EightBytes.equal(word, QUOTES) | EightBytes.equal(word, BACKSLASHES) | EightBytes.controls(word);
            if (special != 0) {
                return at + EightBytes.first(special);
            }
        }
        while (at < bytes.length && !isSpecial(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpecial(byte each) {
        return each == '"' || each == '\\' || isControl(each);
    }

    public static boolean isControl(byte each) {
        return each >= 0 && each < ' ';
    }

    /** What it means, of a string whose escapes are known to be well-formed. */
    public static String unescaped(String text, int start, int end) {
        StringBuilder plain = new StringBuilder(end - start);
        int i = start;
        while (i < end) {
            char next = text.charAt(i++);
            if (next != '\\') {
                plain.append(next);
                continue;
            }
            char kind = text.charAt(i++);
            if (kind == 'u') {
                plain.append((char) Integer.parseInt(text, i, i + 4, 16));
                i += 4;
            } else {
                plain.append(
                        switch (kind) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> kind;
                        });
            }
        }
        return plain.toString();
    }

    public static boolean isHexadecimal(char character) {
        return (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'f')
                || (character >= 'A' && character <= 'F');
    }
}
