package dev.metsuke.events.access;

import dev.metsuke.events.json.InstantText;
import dev.metsuke.events.json.JsonCursor;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one event in one pass over its JSON; what is not among the fields is passed over unread. */
final class AccessEventDecoder {

    final AccessEvent.Builder event = AccessEvent.builder();
    private @Nullable String stream;
    private @Nullable Long sequence;
    private @Nullable String hash;

    private AccessEventDecoder() {}

    static AccessEvent decode(byte[] json, Node fields) throws MalformedDocumentException {
        JsonCursor cursor = new JsonCursor(json);
        if (cursor.peek() != '{') {
            throw new MalformedDocumentException("not a JSON object");
        }
        AccessEventDecoder decoder = new AccessEventDecoder();
        decoder.object(cursor, fields);
        if (!cursor.isAtEnd()) {
            throw new MalformedDocumentException("more than one JSON value");
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

    private void object(JsonCursor cursor, Node node) throws MalformedDocumentException {
        if (!cursor.enterObject()) {
            return;
        }
        do {
            @Nullable Node member = node.passName(cursor);
            if (member == null) {
                cursor.pass();
            } else if (member.field != null) {
                if (!cursor.passNull()) {
                    member.field.set().set(this, value(cursor, member.field));
                }
            } else if (cursor.peek() == '{') {
                object(cursor, member);
            } else {
                cursor.pass();
            }
        } while (cursor.hasMoreMembers());
    }

    private static Object value(JsonCursor cursor, AccessEventField field) throws MalformedDocumentException {
        return switch (field.kind()) {
            case TEXT -> {
                if (cursor.isNumber()) {
                    yield cursor.number();
                }
                requireText(cursor, field, "text");
                yield cursor.text();
            }
            case INTEGER -> {
                if (!cursor.isNumber()) {
                    throw notInteger(field);
                }
                try {
                    yield cursor.integer();
                } catch (ArithmeticException e) {
                    throw notInteger(field);
                }
            }
            case INSTANT -> {
                requireText(cursor, field, "text");
                yield InstantText.parse(field.path(), cursor.text());
            }
            case TEXTS -> texts(cursor, field);
        };
    }

    private static List<String> texts(JsonCursor cursor, AccessEventField field) throws MalformedDocumentException {
        if (cursor.peek() == '"') {
            return List.of(cursor.text());
        }
        if (cursor.peek() != '[') {
            throw new MalformedDocumentException(field.path() + " is not a list of text");
        }
        List<String> texts = new ArrayList<>();
        if (cursor.enterArray()) {
            do {
                requireText(cursor, field, "a list of text");
                texts.add(cursor.text());
            } while (cursor.hasMoreElements());
        }
        return texts;
    }

    private static void requireText(JsonCursor cursor, AccessEventField field, String what)
            throws MalformedDocumentException {
        if (cursor.peek() != '"') {
            throw new MalformedDocumentException(field.path() + " is not " + what);
        }
    }

    private static MalformedDocumentException notInteger(AccessEventField field) {
        return new MalformedDocumentException(field.path() + " is not an integer");
    }

    /** A place in the tree of field names. */
    static final class Node {

        private final byte[] name;
        private final @Nullable AccessEventField field;
        private final Map<String, Node> members;
        private final Node[] inOrder;

        private Node(String name, @Nullable AccessEventField field, Map<String, Node> members) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.field = field;
            this.members = members;
            this.inOrder = members.values().toArray(Node[]::new);
        }

        static Node tree(Collection<AccessEventField> fields) {
            return tree("", fields, 0);
        }

        /** Of fields that have so many names of their paths in common. */
        private static Node tree(String name, Collection<AccessEventField> fields, int depth) {
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
            byName.forEach((member, below) -> members.put(member, tree(member, below, depth + 1)));
            return new Node(name, itself, members);
        }

        /** Passes a member's name; null where none of the fields is meant. */
        @Nullable
        Node passName(JsonCursor cursor) throws MalformedDocumentException {
            for (Node member : inOrder) {
                if (cursor.passName(member.name)) {
                    return member;
                }
            }
            @Nullable String other = cursor.dottedName();
            return other == null ? null : named(other);
        }

        /** A dotted name, {@code user.id} in one, is the same as {@code id} in {@code user}. */
        private @Nullable Node named(String other) {
            Node node = this;
            for (String part : other.split("\\.", -1)) {
                node = node == null ? null : node.members.get(part);
            }
            return node;
        }
    }
}
