package dev.metsuke.shipper.privacy;

import java.util.BitSet;
import java.util.List;

/**
 * Finds what pointers lead to in the JSON documents that a text holds, wherever they begin. However many beginnings of
 * documents somebody writes into it, none of its characters is read more than a few times: an object within what showed to
 * be no document is read with that, and of two readings that began in each other's strings one has ended before a third
 * begins.
 */
final class JsonSearch {

    private final String text;
    private final List<List<String>> pointers;
    private final List<String> found;
    private final BitSet begun = new BitSet();
    private long read;

    JsonSearch(String text, List<List<String>> pointers, List<String> found) {
        this.text = text;
        this.pointers = pointers;
        this.found = found;
    }

    void run() {
        int first = behindSpace(0);
        int position = first;
        while (position < text.length()) {
            boolean begins = text.charAt(position) == '{'
                    ? !begun.get(position) && mayBeginObject(position)
                    : position == first && text.charAt(position) == '[';
            position = begins ? behindDocument(position, position == first) : position + 1;
        }
    }

    /** How many characters were looked at, each as often as it was. */
    long read() {
        return read;
    }

    /** A text that begins with an object, and ends within it, is that object, cut short. */
    private int behindDocument(int start, boolean isFirst) {
        int before = found.size();
        JsonReading reading = JsonReading.from(text, start, pointers, found);
        boolean isDocument = reading.read();
        read += reading.end() - start;
        boolean isCutShort = isFirst && text.charAt(start) == '{' && reading.end() == text.length();
        if (isDocument || isCutShort) {
            return reading.end();
        }
        found.subList(before, found.size()).clear();
        JsonReading.fromEach(text, start, pointers, begun, found).read();
        read += reading.end() - start;
        return start + 1;
    }

    /** Whether a name and its colon follow; most braces of other texts have none. */
    private boolean mayBeginObject(int brace) {
        int next = behindSpace(brace + 1);
        if (text.startsWith("\"", next)) {
            int quote = next + 1;
            while (quote < text.length() && text.charAt(quote) != '"') {
                quote += text.charAt(quote) == '\\' ? 2 : 1;
            }
            read += Math.min(quote, text.length()) - brace;
            // What ends within a name holds nothing.
            return text.startsWith(":", behindSpace(quote + 1));
        }
        return text.startsWith("}", next);
    }

    private int behindSpace(int from) {
        int position = from;
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        return position;
    }

    static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
