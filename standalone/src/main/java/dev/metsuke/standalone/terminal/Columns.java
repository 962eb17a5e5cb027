package dev.metsuke.standalone.terminal;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How much room text takes on a terminal, where Japanese characters are two columns wide. */
final class Columns {

    private static final Set<UnicodeScript> WIDE_SCRIPTS = Set.of(UnicodeScript.HAN, UnicodeScript.HANGUL);

    /** With what scripts share, such as ー and 。. */
    private static final Set<UnicodeBlock> WIDE_BLOCKS = Set.of(
            UnicodeBlock.HIRAGANA,
            UnicodeBlock.KATAKANA,
            UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
            UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

    private static final int FIRST_HALF_WIDTH = 0xFF61;
    private static final int LAST_HALF_WIDTH = 0xFFDC;

    private Columns() {}

    /** With blanks behind it up to so many columns; text that takes more stays as it is. */
    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    private static int width(String text) {
        return text.codePoints()
                .map(codePoint -> isWithin(codePoint) ? 0 : isWide(codePoint) ? 2 : 1)
                .sum();
    }

    /** Drawn onto the character before it, as the mark that makes ハ a バ. */
    private static boolean isWithin(int codePoint) {
        return Character.getType(codePoint) == Character.NON_SPACING_MARK;
    }

    private static boolean isWide(int codePoint) {
        if (codePoint >= FIRST_HALF_WIDTH && codePoint <= LAST_HALF_WIDTH) {
            return false;
        }
        UnicodeBlock block = UnicodeBlock.of(codePoint);
        return WIDE_SCRIPTS.contains(UnicodeScript.of(codePoint)) || (block != null && WIDE_BLOCKS.contains(block));
    }
}
