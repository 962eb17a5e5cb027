package dev.metsuke.shipper.privacy;

import dev.metsuke.shipper.parse.HexEscapes;
import dev.metsuke.shipper.parse.JsonPointer;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds the values at some pointers of the JSON documents in a line, all of them where a pointer has {@code *} in it. The
 * line may be JSON, or have it behind a header of syslog or in a column of CSV.
 */
final class PersonalValues {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String ANY = "*";
    private static final String JSON_IN_CSV = "{\"\"";
    /** What is no document costs reading the line up to where that shows; how often all of it may be read. */
    private static final int MOST_READINGS = 32;

    private final List<List<String>> pointers;

    PersonalValues(List<JsonPointer> pointers) {
        this.pointers = pointers.stream().map(JsonPointer::names).toList();
    }

    /**
     * Those at a pointer and, where it leads to an object or array, all in it; of a document cut short, those before.
     *
     * @return whether the line was looked through; one that begins thousands of documents within each other, and none that ends, is not
     */
    boolean find(String line, List<String> found) {
        return pointers.isEmpty()
                || (findIn(line, found)
                        && (!Unescaped.hasControls(line)
                                || findIn(Unescaped.of(line).controls().text(), found)));
    }

    private boolean findIn(String line, List<String> found) {
        String json = HexEscapes.asJson(line);
        String start = json.stripLeading();
        char[] text = json.toCharArray();
        int position = 0;
        if (start.startsWith("{") || start.startsWith("[")) {
            Reading first = read(text, 0, found);
            boolean isWholeOrCutShort = first.isDocument() || start.startsWith("{");
            if (isWholeOrCutShort && json.substring(first.length()).isBlank()) {
                return true;
            }
            position = first.isDocument() ? first.length() : 0;
        }
        return findBehind(text, position, found)
                && (!line.contains(JSON_IN_CSV)
                        || findBehind(
                                HexEscapes.asJson(Unescaped.of(line)
                                                .doubledQuotes()
                                                .text())
                                        .toCharArray(),
                                0,
                                found));
    }

    private boolean findBehind(char[] text, int from, List<String> found) {
        long most = (long) MOST_READINGS * text.length;
        int position = from;
        while (position < text.length) {
            if (text[position] != '{' || !mayBeginObject(text, position)) {
                position++;
                continue;
            }
            if (most < 0) {
                return false;
            }
            Reading reading = read(text, position, found);
            most -= reading.length();
            position += reading.isDocument() ? Math.max(reading.length(), 1) : 1;
        }
        return true;
    }

    private static boolean mayBeginObject(char[] text, int brace) {
        int next = brace + 1;
        while (next < text.length && " \t\r\n".indexOf(text[next]) >= 0) {
            next++;
        }
        return next < text.length && (text[next] == '"' || text[next] == '}');
    }

    /** Reads the document that begins there, or what looks like one. */
    private Reading read(char[] text, int start, List<String> found) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text, start, text.length - start)) {
            boolean isDocument;
            try {
                if (parser.nextToken() != null) {
                    value(parser, pointers, 0, found);
                }
                isDocument = true;
            } catch (JacksonException e) {
                // What is no JSON has nothing at a pointer; the source's format has judged the line.
                isDocument = false;
            }
            return new Reading(isDocument, (int) parser.currentLocation().getCharOffset());
        }
    }

    /**
     * What was read as JSON.
     *
     * @param length in characters, up to where it ended or showed to be none
     */
    private record Reading(boolean isDocument, int length) {}

    private static void value(JsonParser parser, List<List<String>> leading, int depth, List<String> found) {
        boolean within = leading.stream().anyMatch(names -> names.size() <= depth);
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    member(parser, leading, name, depth, within, found);
                }
            }
            case START_ARRAY -> {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    member(parser, leading, Integer.toString(i), depth, within, found);
                }
            }
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (within) {
                    found.add(parser.getString());
                }
            }
            default -> {}
        }
    }

    private static void member(
            JsonParser parser, List<List<String>> leading, String name, int depth, boolean within, List<String> found) {
        List<List<String>> further = within
                ? leading
                : leading.stream()
                        .filter(names -> names.get(depth).equals(name)
                                || names.get(depth).equals(ANY))
                        .toList();
        if (further.isEmpty()) {
            parser.skipChildren();
        } else {
            value(parser, further, depth + 1, found);
        }
    }
}
