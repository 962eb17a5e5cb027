package dev.metsuke.archive.index;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds one text by its dotted path in a JSON document, reading no further than it must and building no tree. */
final class FieldScan {

    private static final JsonFactory FACTORY = new JsonFactory();

    private FieldScan() {}

    /** Empty where the document is not a JSON object, or has no such text; {@code a.b} finds nested and dotted names. */
    static Optional<String> text(byte[] json, String path) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? find(parser, path) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(JsonParser parser, String path) {
        Deque<String> wanted = new ArrayDeque<>();
        wanted.push(path);
        while (!wanted.isEmpty()) {
            if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
                // The object's end: on with the one around it.
                wanted.pop();
                continue;
            }
            String here = wanted.element();
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals(here) && value == JsonToken.VALUE_STRING) {
                return Optional.of(parser.getString());
            }
            if (value == JsonToken.START_OBJECT && here.startsWith(name + ".")) {
                wanted.push(here.substring(name.length() + 1));
            } else {
                parser.skipChildren();
            }
        }
        return Optional.empty();
    }

    /** The document on one line: in JSON a raw line end can only stand between tokens, where a space means the same. */
    static byte[] onOneLine(byte[] json) {
        int first = lineEnd(json, 0);
        if (first == json.length) {
            return json;
        }
        byte[] line = Arrays.copyOf(json, json.length);
        for (int at = first; at < line.length; at = lineEnd(line, at + 1)) {
            line[at] = ' ';
        }
        return line;
    }

    private static int lineEnd(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] != '\n' && json[at] != '\r') {
            at++;
        }
        return at;
    }
}
