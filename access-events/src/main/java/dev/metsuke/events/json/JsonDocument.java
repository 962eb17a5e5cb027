package dev.metsuke.events.json;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A parsed JSON object, read by dotted path; {@code {"user":{"id":1}}} and {@code {"user.id":1}} are the same to it. */
public final class JsonDocument {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonFactory OF_ENTERED = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, @Nullable Object> members;

    private JsonDocument(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    public static JsonDocument parse(byte[] bytes) throws MalformedDocumentException {
        return parse(bytes, FACTORY);
    }

    /** The same of what somebody enters: refuses a member that stands there twice, as nobody can tell which is meant. */
    public static JsonDocument parseEntered(byte[] bytes) throws MalformedDocumentException {
        return parse(bytes, OF_ENTERED);
    }

    private static JsonDocument parse(byte[] bytes, JsonFactory factory) throws MalformedDocumentException {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedDocumentException("not a JSON object");
            }
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            object(parser, members);
            if (parser.nextToken() != null) {
                throw new MalformedDocumentException("more than one JSON value");
            }
            return new JsonDocument(members);
        } catch (JacksonException e) {
            throw new MalformedDocumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A view of the members as maps, lists, text, numbers, booleans and nulls. */
    public Map<String, @Nullable Object> members() {
        return Collections.unmodifiableMap(members);
    }

    public @Nullable String text(String path) throws MalformedDocumentException {
        Object value = find(path);
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Number number -> number.toString();
            default -> throw expected("text", path);
        };
    }

    public String requiredText(String path) throws MalformedDocumentException {
        String text = text(path);
        if (text == null || text.isBlank()) {
            throw new MalformedDocumentException("no " + path);
        }
        return text;
    }

    public <E extends Enum<E> & Labelled> E required(String path, Class<E> kind) throws MalformedDocumentException {
        return Labels.read(path, kind, requiredText(path));
    }

    /** The same where it may be blank. */
    public String presentText(String path) throws MalformedDocumentException {
        String text = text(path);
        if (text == null) {
            throw new MalformedDocumentException("no " + path);
        }
        return text;
    }

    public @Nullable Long integer(String path) throws MalformedDocumentException {
        Object value = find(path);
        return switch (value) {
            case null -> null;
            case Long number -> number;
            default -> throw expected("an integer", path);
        };
    }

    public long requiredInteger(String path) throws MalformedDocumentException {
        Long value = integer(path);
        if (value == null) {
            throw new MalformedDocumentException("no " + path);
        }
        return value;
    }

    public @Nullable Boolean bool(String path) throws MalformedDocumentException {
        Object value = find(path);
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            default -> throw expected("true or false", path);
        };
    }

    public @Nullable Instant instant(String path) throws MalformedDocumentException {
        String text = text(path);
        return text == null ? null : InstantText.parse(path, text);
    }

    public Instant requiredInstant(String path) throws MalformedDocumentException {
        return InstantText.parse(path, requiredText(path));
    }

    /** A list of text; a single text counts as a list of one, an absent one as empty. */
    public List<String> texts(String path) throws MalformedDocumentException {
        Object value = find(path);
        return switch (value) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> elements -> {
                List<String> texts = new ArrayList<>(elements.size());
                for (Object element : elements) {
                    if (!(element instanceof String text)) {
                        throw expected("a list of text", path);
                    }
                    texts.add(text);
                }
                yield texts;
            }
            default -> throw expected("a list of text", path);
        };
    }

    /** An object; null where none is there. */
    public @Nullable JsonDocument object(String path) throws MalformedDocumentException {
        Object value = find(path);
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> new JsonDocument(named(map));
            default -> throw expected("an object", path);
        };
    }

    /** A list of objects; absent counts as empty. */
    public List<JsonDocument> objects(String path) throws MalformedDocumentException {
        Object value = find(path);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> elements)) {
            throw expected("a list of objects", path);
        }
        List<JsonDocument> objects = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> map)) {
                throw expected("a list of objects", path);
            }
            objects.add(new JsonDocument(named(map)));
        }
        return objects;
    }

    /** An object's members as text by name; absent counts as empty. */
    public Map<String, String> textsByName(String path) throws MalformedDocumentException {
        Object value = find(path);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw expected("an object", path);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        return texts;
    }

    private @Nullable Object find(String path) {
        return find(members, path);
    }

    private static @Nullable Object find(Map<?, ? extends @Nullable Object> from, String path) {
        Object whole = from.get(path);
        if (whole != null) {
            return whole;
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (from.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = find(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static MalformedDocumentException expected(String kind, String path) {
        return new MalformedDocumentException(path + " is not " + kind);
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    private static void object(JsonParser parser, Map<String, @Nullable Object> into) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            into.put(name, value(parser));
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                object(parser, members);
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
        };
    }

    private static Serializable integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }
}
