package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.LongRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Each object of an array is a record, whether it takes one line or several, and so is each that stands alone. What stands
 * around them is stepped over, so that reading can resume behind any of them. What a file at rest ends with is a record,
 * though it is incomplete, so that it is rejected; so is what breaks off within a line.
 */
final class JsonObjectsFraming implements Framing {

    private static final int INCOMPLETE = -1;
    private static final int OTHERWISE = -2;

    private final String opening;
    private final String separators;
    /** Of documents that have members of other kinds around the array; else none. */
    private final byte[] pageMember;

    /** Arrays, and objects with or without commas and line ends between them. */
    JsonObjectsFraming() {
        this("", ",[]", "");
    }

    private JsonObjectsFraming(String opening, String separators, String pageMember) {
        this.opening = opening;
        this.separators = separators;
        this.pageMember = pageMember.getBytes(StandardCharsets.US_ASCII);
    }

    /** The same as arrays, and documents with an array of that name among scalar members; behind it there may be objects. */
    static JsonObjectsFraming pages(String member) {
        return new JsonObjectsFraming("", ",[]}", member);
    }

    /** Documents of one object, whose first member is an array of that name. */
    static JsonObjectsFraming within(String member) {
        return new JsonObjectsFraming("{\"" + member + "\":[", ",]}", "");
    }

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        int start = from;
        while (true) {
            start = behindSeparators(bytes, start, to);
            int opened = opening(bytes, start, to);
            if (opened == OTHERWISE && pageMember.length > 0 && start < to && bytes[start] == '"') {
                opened = behindMember(bytes, start, to);
            }
            if (opened >= 0) {
                start = opened;
            } else {
                break;
            }
        }
        if (start >= to) {
            frame.set(start, start, start);
            return false;
        }
        boolean isCutMember =
                pageMember.length > 0 && bytes[start] == '"' && behindMember(bytes, start, to) == INCOMPLETE;
        if (isCutMember || opening(bytes, start, to) == INCOMPLETE) {
            return incomplete(bytes, start, to, atRest, frame);
        }
        if (bytes[start] != '{') {
            return junk(bytes, start, to, atRest, frame);
        }
        JsonObjectEnd object = new JsonObjectEnd();
        int end = object.find(bytes, start, to);
        if (end < 0) {
            return incomplete(bytes, start, to, atRest, frame);
        }
        if (object.isTorn()) {
            return junk(bytes, start, to, atRest, frame);
        }
        frame.set(start, end, end);
        return true;
    }

    @Override
    public LongRecord longRecord() {
        return new LongJsonObject();
    }

    private static boolean incomplete(byte[] bytes, int start, int to, boolean atRest, Frame frame) {
        int end = to;
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        frame.set(start, atRest ? end : start, atRest ? to : start);
        return atRest;
    }

    private static boolean junk(byte[] bytes, int start, int to, boolean atRest, Frame frame) {
        int newline = LineFraming.newline(bytes, start, to);
        if (newline < 0) {
            return incomplete(bytes, start, to, atRest, frame);
        }
        frame.set(start, LineFraming.endOfText(bytes, start, newline), newline + 1);
        return true;
    }

    private int behindSeparators(byte[] bytes, int from, int to) {
        int position = behindByteOrderMark(bytes, from, to);
        while (position < to && (isSpace(bytes[position]) || separators.indexOf(bytes[position]) >= 0)) {
            position++;
        }
        return position;
    }

    private static int behindByteOrderMark(byte[] bytes, int from, int to) {
        return to - from >= 3
                        && bytes[from] == (byte) 0xEF
                        && bytes[from + 1] == (byte) 0xBB
                        && bytes[from + 2] == (byte) 0xBF
                ? from + 3
                : from;
    }

    /** Behind a document's opening, or why it is none. */
    private int opening(byte[] bytes, int from, int to) {
        if (pageMember.length > 0) {
            return openingOfPage(bytes, from, to);
        }
        if (opening.isEmpty()) {
            return OTHERWISE;
        }
        int position = from;
        for (int i = 0; i < opening.length(); i++) {
            while (position < to && isSpace(bytes[position])) {
                position++;
            }
            if (position == to) {
                return from == to ? OTHERWISE : INCOMPLETE;
            }
            if (bytes[position] != opening.charAt(i)) {
                return OTHERWISE;
            }
            position++;
        }
        return position;
    }

    private int openingOfPage(byte[] bytes, int from, int to) {
        if (from == to || bytes[from] != '{') {
            return OTHERWISE;
        }
        int position = behindSpace(bytes, from + 1, to);
        while (position < to && bytes[position] == '"') {
            int name = endOfString(bytes, position, to);
            int value = name < 0 ? name : valueOfMember(bytes, name, to);
            if (value < 0) {
                return value;
            }
            if (Arrays.equals(bytes, position + 1, name - 1, pageMember, 0, pageMember.length)) {
                return bytes[value] == '[' ? value + 1 : OTHERWISE;
            }
            int end = behindScalarMember(bytes, position, to);
            if (end < 0) {
                return end;
            }
            int comma = behindSpace(bytes, end, to);
            if (comma < to && bytes[comma] != ',') {
                return OTHERWISE;
            }
            position = behindSpace(bytes, Math.min(comma + 1, to), to);
        }
        return position == to ? INCOMPLETE : OTHERWISE;
    }

    /** Behind a name, a colon, and a scalar or an object, as behind the array of a page. */
    private static int behindMember(byte[] bytes, int start, int to) {
        int name = endOfString(bytes, start, to);
        int value = name < 0 ? name : valueOfMember(bytes, name, to);
        if (value < 0 || bytes[value] != '{') {
            return behindScalarMember(bytes, start, to);
        }
        JsonObjectEnd object = new JsonObjectEnd();
        int end = object.find(bytes, value, to);
        return end < 0 ? INCOMPLETE : object.isTorn() ? OTHERWISE : end;
    }

    /** Behind a name, a colon, and a text, a number or a word. */
    private static int behindScalarMember(byte[] bytes, int start, int to) {
        int name = endOfString(bytes, start, to);
        int value = name < 0 ? name : valueOfMember(bytes, name, to);
        if (value < 0) {
            return value;
        }
        if (bytes[value] == '"') {
            return endOfString(bytes, value, to);
        }
        int end = value;
        while (end < to && isOfWord(bytes[end])) {
            end++;
        }
        return end == value ? OTHERWISE : end == to ? INCOMPLETE : end;
    }

    private static int valueOfMember(byte[] bytes, int behindName, int to) {
        int colon = behindSpace(bytes, behindName, to);
        if (colon < to && bytes[colon] != ':') {
            return OTHERWISE;
        }
        int value = behindSpace(bytes, Math.min(colon + 1, to), to);
        return value == to ? INCOMPLETE : value;
    }

    private static int endOfString(byte[] bytes, int start, int to) {
        for (int i = start + 1; i < to; i++) {
            if (bytes[i] == '\n') {
                return OTHERWISE;
            } else if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                return i + 1;
            }
        }
        return INCOMPLETE;
    }

    private static int behindSpace(byte[] bytes, int from, int to) {
        int position = from;
        while (position < to && isSpace(bytes[position])) {
            position++;
        }
        return position;
    }

    private static boolean isOfWord(byte character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || "+-.E".indexOf(character) >= 0;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
