package dev.metsuke.shipper.privacy;

import dev.metsuke.shipper.parse.HexEscapes;
import dev.metsuke.shipper.parse.JsonPointer;
import java.util.ArrayList;
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
    /** Each that is none costs reading the line up to where that shows. */
    private static final int MOST_DOCUMENTS = 32;

    private final List<List<String>> pointers;

    PersonalValues(List<JsonPointer> pointers) {
        this.pointers = pointers.stream().map(JsonPointer::names).toList();
    }

    /** Those at a pointer and, where it leads to an object or array, all in it; of a document cut short, those before. */
    List<String> find(String line) {
        List<String> found = new ArrayList<>();
        if (!pointers.isEmpty()) {
            find(line, found);
            if (Unescaped.hasControls(line)) {
                find(Unescaped.of(line).controls().text(), found);
            }
        }
        return found;
    }

    private void find(String line, List<String> found) {
        String json = HexEscapes.asJson(line);
        String start = json.stripLeading();
        if (start.startsWith("{")) {
            read(json, found);
            return;
        }
        if (start.startsWith("[") && read(json, found) > 0) {
            return;
        }
        findBehind(json, found);
        if (line.contains(JSON_IN_CSV)) {
            findBehind(HexEscapes.asJson(Unescaped.of(line).doubledQuotes().text()), found);
        }
    }

    private void findBehind(String line, List<String> found) {
        int brace = line.indexOf('{');
        for (int i = 0; brace >= 0 && i < MOST_DOCUMENTS; i++) {
            int length = read(line.substring(brace), found);
            brace = line.indexOf('{', brace + Math.max(length, 1));
        }
    }

    /** The length of the document that the text begins with; 0 where it is none. */
    private int read(String text, List<String> found) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != null) {
                value(parser, pointers, 0, found);
            }
            return (int) parser.currentLocation().getCharOffset();
        } catch (JacksonException e) {
            // What is no JSON has nothing at a pointer; the source's format has judged the line.
            return 0;
        }
    }

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
