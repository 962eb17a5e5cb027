package dev.metsuke.shipper.privacy;

import java.util.function.Consumer;

/**
 * The parameters of whatever URLs a text holds, however many of them stand in the values of others: in time that grows with
 * the text alone, so that nobody can send a request that holds the shipper up.
 */
final class UrlParameters {

    /** Where the value of a parameter, or a URL, ends in a line. */
    private static final String ENDS = "\"'<>\\|{}";

    private static final String MARKS = "&;#";

    /** Characters before these stand for themselves in each Unicode form, or for more. */
    private static final char FIRST_COMPOSING = '\u0300';

    /** A mathematical alpha, of two units, and three marks are one letter in one of the forms. */
    private static final int MOST_UNITS_OF_A_LETTER = 5;

    private final String text;
    private final Unescaped decoded;
    private int wordEnd = -1;
    private int valueEnd;
    private int lastComposing;

    private UrlParameters(String text) {
        this.text = text;
        this.decoded = Unescaped.of(text).percents(true);
    }

    static void forEach(String text, Consumer<Parameter> consumer) {
        if (text.indexOf('=') >= 0) {
            new UrlParameters(text).forEach(consumer);
        }
    }

    private void forEach(Consumer<Parameter> consumer) {
        for (int i = 0; i < text.length(); i++) {
            if ("?&;".indexOf(text.charAt(i)) >= 0) {
                int equals = endOfWord(text, i + 1, "=?&;#");
                if (equals < text.length() && text.charAt(equals) == '=') {
                    consumer.accept(parameter(i + 1, equals));
                }
            }
        }
    }

    private Parameter parameter(int nameStart, int equals) {
        int start = decoded.at(equals + 1);
        if (wordEnd <= equals) {
            endWord(equals + 1, start);
        }
        while (start < valueEnd && Character.isWhitespace(decoded.text().charAt(start))) {
            start++;
        }
        String name = decoded.text().substring(decoded.at(nameStart), decoded.at(equals));
        return new Parameter(name, decoded.text(), start, Math.max(start, valueEnd), lastComposing >= start);
    }

    /** What the values that end at one place have in common. */
    private void endWord(int from, int start) {
        wordEnd = endOfWord(text, from, MARKS);
        valueEnd = decoded.at(wordEnd);
        while (valueEnd > start && Character.isWhitespace(decoded.text().charAt(valueEnd - 1))) {
            valueEnd--;
        }
        lastComposing = valueEnd - 1;
        while (lastComposing >= start && decoded.text().charAt(lastComposing) < FIRST_COMPOSING) {
            lastComposing--;
        }
    }

    /** Behind what stands together: up to white space, a quote, or one of the marks. */
    static int endOfWord(String text, int from, String marks) {
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || ENDS.indexOf(character) >= 0 || marks.indexOf(character) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** One of them, decoded; its value without white space around it is copied when it is asked for. */
    static final class Parameter {

        private final String name;
        private final String text;
        private final int start;
        private final int end;
        private final boolean composes;

        private Parameter(String name, String text, int start, int end, boolean composes) {
            this.name = name;
            this.text = text;
            this.start = start;
            this.end = end;
            this.composes = composes;
        }

        String name() {
            return name;
        }

        String value() {
            return text.substring(start, end);
        }

        /** No Unicode form of the value has fewer characters. */
        int leastLength() {
            return composes ? (end - start) / MOST_UNITS_OF_A_LETTER : end - start;
        }

        boolean isPath() {
            return start < end && text.charAt(start) == '/';
        }

        /** A path that the value is, without a query. */
        String path() {
            int question = text.indexOf('?', start, end);
            return text.substring(start, question < 0 ? end : question);
        }
    }
}
