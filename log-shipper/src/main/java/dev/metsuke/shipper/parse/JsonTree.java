package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A whole JSON value, for records whose arrays must be looked through; where places are known, JsonFields is quicker. */
final class JsonTree {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonTree ABSENT = new JsonTree(null);

    /** A map, a list, the text of a scalar, or null. */
    private final @Nullable Object value;

    private JsonTree(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Reads one JSON object.
     *
     * @throws MalformedJsonException where the text is not one JSON object
     */
    static JsonTree object(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), HexEscapes.asJson(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException(MalformedJsonException.NOT_AN_OBJECT);
            }
            JsonTree tree = new JsonTree(value(parser));
            if (parser.nextToken() != null) {
                throw new MalformedJsonException(MalformedJsonException.NOT_AN_OBJECT);
            }
            return tree;
        } catch (JacksonException e) {
            throw new MalformedJsonException(e.getOriginalMessage());
        }
    }

    /**
     * What is made of a line that is one JSON object; a rejection where it is none.
     *
     * @param kind what the line is to be, with its article
     */
    static ParseResult interpret(String line, String kind, Function<JsonTree, ParseResult> interpretation) {
        JsonTree tree;
        try {
            tree = object(line);
        } catch (MalformedJsonException e) {
            return ParseResult.rejected("not " + kind + ": " + e.problem());
        }
        return interpretation.apply(tree);
    }

    /** The member; one that is not there has nothing in it. */
    JsonTree get(String name) {
        return value instanceof Map<?, ?> members ? new JsonTree(members.get(name)) : ABSENT;
    }

    /** Its members' names, as they stand. */
    Stream<String> names() {
        return value instanceof Map<?, ?> members ? members.keySet().stream().map(String::valueOf) : Stream.empty();
    }

    /** A scalar's text that is not blank, or null. */
    @Nullable
    String text() {
        String text = asWritten();
        return text == null || text.isBlank() ? null : text;
    }

    /** A scalar's text, or null where it is none. */
    @Nullable
    String asWritten() {
        return value instanceof String text ? text : null;
    }

    /** The text of a member. */
    @Nullable
    String text(String name) {
        return get(name).text();
    }

    /** An array's elements; none where it is no array. */
    List<JsonTree> elements() {
        return value instanceof List<?> elements
                ? elements.stream().map(JsonTree::new).toList()
                : List.of();
    }

    /** The scalars at a place, and those of arrays there; {@code *} stands for every element or member. */
    List<String> texts(JsonPointer place) {
        List<JsonTree> found = List.of(this);
        for (String name : place.names()) {
            found = found.stream().flatMap(tree -> tree.at(name)).toList();
        }
        return found.stream()
                .flatMap(tree -> tree.value instanceof List<?> ? tree.elements().stream() : Stream.of(tree))
                .map(JsonTree::text)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private Stream<JsonTree> at(String name) {
        if (name.equals(JsonPointer.ANY)
                && value instanceof Map<?, ?> members
                && !members.containsKey(JsonPointer.ANY)) {
            return members.values().stream().map(JsonTree::new);
        }
        if (value instanceof List<?>) {
            return name.equals(JsonPointer.ANY) ? elements().stream() : Stream.of(element(name));
        }
        return Stream.of(get(name));
    }

    private JsonTree element(String place) {
        List<JsonTree> elements = elements();
        for (int i = 0; i < elements.size(); i++) {
            if (place.equals(Integer.toString(i))) {
                return elements.get(i);
            }
        }
        return ABSENT;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NULL -> null;
            case null, default -> parser.getString();
        };
    }
}
