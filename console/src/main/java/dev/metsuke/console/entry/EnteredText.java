package dev.metsuke.console.entry;

import java.util.Optional;

/** What text may not hold, whichever door it comes through: nothing that reads it later could tell what was meant. */
public final class EnteredText {

    private EnteredText() {}

    /** What is wrong with the characters of free words, which may have several lines. */
    public static Optional<String> fault(String text) {
        if (text.codePoints().anyMatch(EnteredText::isHalf)) {
            return Optional.of("has half a character: it was cut in the middle of one");
        }
        return text.chars().anyMatch(EnteredText::isControl) ? Optional.of("has control characters") : Optional.empty();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isControl(int unit) {
        return Character.isISOControl(unit) && unit != '\n' && unit != '\r' && unit != '\t';
    }
}
