package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.VisibleText;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What text may not hold, whichever door it comes through: nothing that reads it later could tell what was meant. */
public final class EnteredText {

    private static final int IDEOGRAPHIC_SPACE = 0x3000;

    private EnteredText() {}

    /** What is wrong with the characters of free words, which may have several lines. */
    public static Optional<Text> fault(String text) {
        if (text.codePoints().anyMatch(EnteredText::isHalf)) {
            return Optional.of(Text.of("entry.half-character"));
        }
        return text.chars().anyMatch(EnteredText::isControl)
                ? Optional.of(Text.of("entry.control-characters"))
                : Optional.empty();
    }

    /**
     * What is wrong with the characters of a name, which has one line, and is held against others letter by letter: what
     * cannot be seen in it makes it another's.
     */
    public static Optional<Text> faultOfName(String name) {
        return name.codePoints().anyMatch(Character::isISOControl)
                ? Optional.of(Text.of("entry.control-characters"))
                : fault(name).or(() -> hidden(name));
    }

    /** Without the blanks around it; null where nothing was given, or nothing else. */
    public static @Nullable String given(@Nullable String text) {
        String trimmed = text == null ? "" : VisibleText.trimmed(text);
        return trimmed.isEmpty() ? null : trimmed;
    }

    /** As a keyboard without an input method writes it: {@code ２０２６} is 2026. For dates and numbers, never for names. */
    public static String halfWidth(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static Optional<Text> hidden(String name) {
        return name.codePoints()
                .filter(EnteredText::isHidden)
                .mapToObj(hidden -> Text.of("entry.hidden-character", "U+%04X".formatted(hidden)))
                .findFirst();
    }

    private static boolean isHidden(int codePoint) {
        return VisibleText.isInvisible(codePoint)
                || (Character.isSpaceChar(codePoint) && codePoint != ' ' && codePoint != IDEOGRAPHIC_SPACE);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isControl(int unit) {
        return Character.isISOControl(unit) && unit != '\n' && unit != '\r' && unit != '\t';
    }
}
