package dev.metsuke.events.integrity;

/**
 * A stream's, shipper's or file's name among other words: as it is, or in quotation marks where it could be taken for more
 * than a name. Whoever makes a bundle, or can write the archive, calls streams what they like.
 */
public final class ShownName {

    private static final String BESIDE_LETTERS = "._-/:@";

    private ShownName() {}

    /** Plain are letters, digits and {@code . _ - / : @}. */
    public static String of(String name) {
        return isPlain(name) ? name : quoted(name);
    }

    /** In quotation marks, whatever it is. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(codePoint -> {
            if (codePoint == '"' || codePoint == '\\') {
                quoted.append('\\');
            }
            quoted.appendCodePoint(codePoint);
        });
        return quoted.append('"').toString();
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .allMatch(codePoint ->
                                Character.isLetterOrDigit(codePoint) || BESIDE_LETTERS.indexOf(codePoint) >= 0);
    }
}
