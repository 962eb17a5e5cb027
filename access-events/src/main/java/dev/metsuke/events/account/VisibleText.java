package dev.metsuke.events.account;

/** What is seen of a text: names that look alike are one to whoever reads or writes them. */
public final class VisibleText {

    /** The soft hyphen. */
    private static final int FIRST_INVISIBLE = 0xAD;

    private VisibleText() {}

    /** Without what cannot be seen, wherever it stands, and without the blanks around it. */
    public static String of(String text) {
        String trimmed = trimmed(text);
        return isPlain(trimmed)
                ? trimmed
                : trimmed.codePoints()
                        .filter(codePoint -> !isInvisible(codePoint))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** Without the blanks around it, those too that people bring along from web pages and directories, and cannot see. */
    public static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Joiners, marks of direction, the soft hyphen: what Unicode calls format characters (category Cf). */
    public static boolean isInvisible(int codePoint) {
        return codePoint >= FIRST_INVISIBLE && Character.getType(codePoint) == Character.FORMAT;
    }

    /** As nearly all accounts are: nothing in it can be invisible. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_INVISIBLE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char unit) {
        return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || isInvisible(unit);
    }
}
