package dev.metsuke.events.access;

import dev.metsuke.events.json.InstantText;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

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
        for (int match = parser.nextNameMatch(node.names);
                match >= 0 || match == PropertyNameMatcher.MATCH_UNKNOWN_NAME;
                match = parser.nextNameMatch(node.names)) {
            Node member = match >= 0 ? node.byMatch[match] : node.dotted(parser.currentName());
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

        private final @Nullable AccessEventField field;
        private final Map<String, Node> members;
        private final PropertyNameMatcher names;
        private final Node[] byMatch;

        private Node(@Nullable AccessEventField field, Map<String, Node> members) {
            this.field = field;
            this.members = members;
            this.names = FACTORY.constructNameMatcher(
                    members.keySet().stream().map(Named::fromString).toList(), false);
            this.byMatch = members.values().toArray(Node[]::new);
        }

        static Node tree(Collection<AccessEventField> fields) {
            return tree(fields, 0);
        }

        /** Of fields that have so many names of their paths in common. */
        private static Node tree(Collection<AccessEventField> fields, int depth) {
            Map<String, List<AccessEventField>> byName = new LinkedHashMap<>();
            AccessEventField itself = null;
            for (AccessEventField field : fields) {
                List<String> names = field.members();
                if (names.size() == depth) {
                    itself = field;
                } else {
                    byName.computeIfAbsent(names.get(depth), _ -> new ArrayList<>())
                            .add(field);
                }
            }
            Map<String, Node> members = new LinkedHashMap<>();
            byName.forEach((name, below) -> members.put(name, tree(below, depth + 1)));
            return new Node(itself, members);
        }

        /** By a dotted name: {@code user.id} in one is the same as {@code id} in {@code user}. */
        @Nullable
        Node dotted(String name) {
            if (name.indexOf('.') < 0) {
                return null;
            }
            Node node = this;
            for (String part : name.split("\\.", -1)) {
                node = node == null ? null : node.members.get(part);
            }
            return node;
        }
    }
}
