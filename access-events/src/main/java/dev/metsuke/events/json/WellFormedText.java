package dev.metsuke.events.json;

/**
 * Texts that have a form in UTF-8. A lone surrogate, which JSON can spell, has none: each encoder writes something else for it,
 * so what is written more than once would differ.
 */
public final class WellFormedText {

    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private WellFormedText() {}

    /** The text itself, or with replacement characters for its lone surrogates. */
    public static String of(String text) {
        return hasLoneSurrogate(text) ? withReplacements(text) : text;
    }

    /** The text itself, or of a longer one so many characters, without half of a pair of surrogates, and an ellipsis. */
    public static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int scalar = text.codePointAt(i);
                if (isSurrogate(scalar)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static String withReplacements(String text) {
        int[] scalars = text.codePoints()
                .map(scalar -> isSurrogate(scalar) ? REPLACEMENT_CHARACTER : scalar)
                .toArray();
        return new String(scalars, 0, scalars.length);
    }

    private static boolean isSurrogate(int scalar) {
        return scalar >= Character.MIN_SURROGATE && scalar <= Character.MAX_SURROGATE;
    }
}
