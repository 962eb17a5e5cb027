package dev.metsuke.standalone.terminal;

import java.util.stream.Collectors;

/** Makes text from logs, or from whoever made a file, safe to print: it cannot move the cursor, change a colour or begin a new line. */
public final class PlainText {

    /** Shown in place of a control character. */
    private static final int OPEN_BOX = 0x2423;

    private PlainText() {}

    public static String of(String text) {
        return text.codePoints()
                .map(codePoint -> isUnsafe(codePoint) ? OPEN_BOX : codePoint)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            // Format characters include those that turn the direction of the text around.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
