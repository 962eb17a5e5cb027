package dev.metsuke.shipper.privacy;

import java.util.Arrays;

/** A text as it reads once its escapes are undone, and where in the text as it is each character stands. */
final class Unescaped {

    private static final int PERCENT_WIDTH = 3;
    private static final int HEX_WIDTH = 4;
    private static final int LONGEST_ENTITY = 9;
    private static final String TAB = "#011";
    private static final String LINE_END = "#012";

    private final String text;
    private final int[] starts;
    private final int[] ends;

    private Unescaped(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /** Nothing undone yet. */
    static Unescaped of(String text) {
        int[] starts = new int[text.length()];
        int[] ends = new int[text.length()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i;
            ends[i] = i + 1;
        }
        return new Unescaped(text, starts, ends);
    }

    String text() {
        return text;
    }

    /** Where the character begins in the text as it is. */
    int start(int index) {
        return starts[index];
    }

    /** Behind where the character ends in the text as it is. */
    int end(int index) {
        return ends[index];
    }

    /** Which character is the first that begins there in the text as it is, or behind. */
    int at(int position) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** As in URLs: {@code %40} is {@code @}; bytes are UTF-8. */
    Unescaped percents(boolean plusIsSpace) {
        Undoing undoing = new Undoing();
        int position = 0;
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == '%') {
                position = undoing.bytes(position, PERCENT_WIDTH);
            } else if (character == '+' && plusIsSpace) {
                undoing.put(' ', position, position + 1);
                position++;
            } else {
                undoing.copy(position++);
            }
        }
        return undoing.done();
    }

    /** As in JSON and in the logs of web servers: a {@code u} with four digits, {@code \xE5}, {@code \n}, {@code \"}. */
    Unescaped backslashes() {
        Undoing undoing = new Undoing();
        int position = 0;
        while (position < text.length()) {
            if (text.charAt(position) != '\\' || position + 1 == text.length()) {
                undoing.copy(position++);
                continue;
            }
            char kind = text.charAt(position + 1);
            int plain = "\"\\/'ntrbf".indexOf(kind);
            int unit = kind == 'u' ? hex(position + 2, 4) : -1;
            if (plain >= 0) {
                undoing.put("\"\\/'\n\t\r\b\f".charAt(plain), position, position + 2);
                position += 2;
            } else if (unit >= 0) {
                undoing.put((char) unit, position, position + 6);
                position += 6;
            } else if (kind == 'x') {
                position = undoing.bytes(position, HEX_WIDTH);
            } else {
                undoing.copy(position++);
            }
        }
        return undoing.done();
    }

    /** As in XML: the five named entities, and characters by their numbers. */
    Unescaped entities() {
        Undoing undoing = new Undoing();
        int position = 0;
        while (position < text.length()) {
            int furthest = Math.min(position + LONGEST_ENTITY + 1, text.length());
            int end = text.charAt(position) == '&' ? text.indexOf(';', position, furthest) : -1;
            int scalar = end < 0 ? -1 : entity(text.substring(position + 1, end));
            if (scalar < 0) {
                undoing.copy(position++);
                continue;
            }
            for (char character : Character.toChars(scalar)) {
                undoing.put(character, position, end + 1);
            }
            position = end + 1;
        }
        return undoing.done();
    }

    private static int entity(String name) {
        if (name.startsWith("#")) {
            boolean isHex = name.startsWith("#x") || name.startsWith("#X");
            try {
                int scalar = isHex ? Integer.parseInt(name, 2, name.length(), 16) : Integer.parseInt(name.substring(1));
                return Character.isValidCodePoint(scalar) ? scalar : -1;
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> -1;
        };
    }

    static boolean hasControls(String text) {
        return text.contains(TAB) || text.contains(LINE_END);
    }

    /** As syslog daemons write what they received: {@code #011} is a tab, {@code #012} a line end. */
    Unescaped controls() {
        Undoing undoing = new Undoing();
        int position = 0;
        while (position < text.length()) {
            boolean isTab = text.startsWith(TAB, position);
            if (isTab || text.startsWith(LINE_END, position)) {
                undoing.put(isTab ? '\t' : '\n', position, position + TAB.length());
                position += TAB.length();
            } else {
                undoing.copy(position++);
            }
        }
        return undoing.done();
    }

    /** As in CSV and SQL: a quote within quotes is written twice. */
    Unescaped doubledQuotes() {
        Undoing undoing = new Undoing();
        int position = 0;
        while (position < text.length()) {
            char character = text.charAt(position);
            boolean doubled = (character == '"' || character == '\'')
                    && position + 1 < text.length()
                    && text.charAt(position + 1) == character;
            if (doubled) {
                undoing.put(character, position, position + 2);
                position += 2;
            } else {
                undoing.copy(position++);
            }
        }
        return undoing.done();
    }

    private int hex(int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /** Writes the undone text; positions are those of this one. */
    private final class Undoing {

        private final StringBuilder out = new StringBuilder(text.length());
        private final int[] outStarts = new int[text.length()];
        private final int[] outEnds = new int[text.length()];

        void copy(int position) {
            put(text.charAt(position), position, position + 1);
        }

        void put(char character, int from, int to) {
            outStarts[out.length()] = starts[from];
            outEnds[out.length()] = ends[to - 1];
            out.append(character);
        }

        /** One character in UTF-8 of escaped bytes, each so many characters wide; answers the position behind it. */
        int bytes(int position, int width) {
            int lead = escapedByte(position, width);
            int length = lead < 0 ? 0 : lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            int scalar = length <= 1 ? lead : lead & (0xFF >> (length + 1));
            for (int i = 1; i < length; i++) {
                int next = escapedByte(position + i * width, width);
                if (next < 0x80 || next > 0xBF) {
                    length = 0;
                }
                scalar = (scalar << 6) | (next & 0x3F);
            }
            if (length == 0 || !isWrittenIn(length, scalar)) {
                copy(position);
                return position + 1;
            }
            int behind = position + length * width;
            for (char character : Character.toChars(scalar)) {
                put(character, position, behind);
            }
            return behind;
        }

        /** What is longer than it need be, or half of a pair, is no UTF-8; whoever decodes it keeps its bytes. */
        private static boolean isWrittenIn(int length, int scalar) {
            int least = length == 1 ? 0 : length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
            boolean isHalf = scalar >= Character.MIN_SURROGATE && scalar <= Character.MAX_SURROGATE;
            return scalar >= least && scalar <= Character.MAX_CODE_POINT && !isHalf;
        }

        private int escapedByte(int position, int width) {
            boolean begins = width == PERCENT_WIDTH ? text.startsWith("%", position) : text.startsWith("\\x", position);
            return begins ? hex(position + width - 2, 2) : -1;
        }

        Unescaped done() {
            return new Unescaped(
                    out.toString(), Arrays.copyOf(outStarts, out.length()), Arrays.copyOf(outEnds, out.length()));
        }
    }
}
