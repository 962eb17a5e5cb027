package dev.metsuke.events.access;

import dev.metsuke.events.json.InstantText;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads one event in one pass over its JSON; what is not among the fields is passed over unread. */
final class AccessEventDecoder {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    final AccessEvent.Builder event = AccessEvent.builder();
    private @Nullable String stream;
    private @Nullable Long sequence;
    private @Nullable String hash;

    private AccessEventDecoder() {}

    static AccessEvent decode(byte[] json, Node fields) throws MalformedDocumentException {
        AccessEventDecoder decoder = new AccessEventDecoder();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedDocumentException("not a JSON object");
            }
            decoder.object(parser, fields);
            if (parser.nextToken() != null) {
                throw new MalformedDocumentException("more than one JSON value");
            }
        } catch (JacksonException e) {
            throw new MalformedDocumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        return decoder.finish();
    }

    void place(String path, Object value) {
        switch (path) {
            case "metsuke.integrity.stream" -> stream = (String) value;
            case "metsuke.integrity.sequence" -> sequence = (Long) value;
            default -> hash = (String) value;
        }
    }

    private AccessEvent finish() throws MalformedDocumentException {
        if (stream != null && sequence != null) {
            event.integrity(new Integrity(stream, sequence, hash));
        }
        String missing = event.missing();
        if (missing != null) {
            throw new MalformedDocumentException("no " + missing);
        }
        try {
            return event.build();
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private void object(JsonParser parser, Node node) throws MalformedDocumentException {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Node member = node.member(name);
            JsonToken token = parser.nextToken();
            if (member == null || token == JsonToken.VALUE_NULL) {
                parser.skipChildren();
            } else if (member.field != null) {
                member.field.set().set(this, value(parser, token, member.field));
            } else if (token == JsonToken.START_OBJECT) {
                object(parser, member);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Object value(JsonParser parser, JsonToken token, AccessEventField field)
            throws MalformedDocumentException {
        return switch (field.kind()) {
            case TEXT -> {
                if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
                    throw new MalformedDocumentException(field.path() + " is not text");
                }
                yield parser.getString();
            }
            case INTEGER -> {
                if (token != JsonToken.VALUE_NUMBER_INT
                        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw new MalformedDocumentException(field.path() + " is not an integer");
                }
                yield parser.getLongValue();
            }
            case INSTANT -> {
                if (token != JsonToken.VALUE_STRING) {
                    throw new MalformedDocumentException(field.path() + " is not text");
                }
                yield InstantText.parse(field.path(), parser.getString());
            }
            case TEXTS -> texts(parser, token, field);
        };
    }

    private static List<String> texts(JsonParser parser, JsonToken token, AccessEventField field)
            throws MalformedDocumentException {
        if (token == JsonToken.VALUE_STRING) {
            return List.of(parser.getString());
        }
        if (token != JsonToken.START_ARRAY) {
            throw new MalformedDocumentException(field.path() + " is not a list of text");
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new MalformedDocumentException(field.path() + " is not a list of text");
            }
            texts.add(parser.getString());
        }
        return texts;
    }

    /** A place in the tree of field names. */
    static final class Node {

        private final Map<String, Node> members = new HashMap<>();
        private @Nullable AccessEventField field;

        static Node tree(Collection<AccessEventField> fields) {
            Node root = new Node();
            for (AccessEventField field : fields) {
                Node node = root;
                for (String name : field.members()) {
                    node = node.members.computeIfAbsent(name, _ -> new Node());
                }
                node.field = field;
            }
            return root;
        }

        /** By its name, or by a dotted one: {@code user.id} in one is the same as {@code id} in {@code user}. */
        @Nullable
        Node member(String name) {
            Node found = members.get(name);
            if (found != null || name.indexOf('.') < 0) {
                return found;
            }
            Node node = this;
            for (String part : name.split("\\.", -1)) {
                node = node == null ? null : node.members.get(part);
            }
            return node;
        }
    }
}
