package dev.metsuke.detect.episode;

/**
 * A name in a scope's text: as it is, or in quotation marks where it could be taken for more than a name. Logs call datasets
 * what they like, and none must hide from a rule behind its name.
 */
public final class QuotedName {

    private static final String MARK = "\"";

    private QuotedName() {}

    /** With whether the name could be mistaken. */
    public static String of(String name, boolean isMistakable) {
        return isMistakable || name.startsWith(MARK) ? MARK + name + MARK : name;
    }

    /** The name that stands there. */
    public static String read(String text) {
        return text.startsWith(MARK) ? text.substring(1, text.length() - 1) : text;
    }
}
