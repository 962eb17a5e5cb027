package dev.metsuke.events.access;

import dev.metsuke.events.json.JsonBuffer;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** An event as canonical ECS JSON, and back from any ECS JSON. */
public final class AccessEventJson {

    private static final int USUAL_LENGTH = 1024;
    private static final List<List<String>> MEMBERS =
            AccessEventField.ALL.stream().map(AccessEventField::members).toList();
    private static final int NOT_CHAINED = -1;

    private AccessEventJson() {}

    /** Every field that {@link #encode} can write, dotted. */
    public static List<String> fieldPaths() {
        return AccessEventField.ALL.stream().map(AccessEventField::path).toList();
    }

    public static byte[] encode(AccessEvent event) {
        return write(event).bytes();
    }

    /** Encodes an event whose integrity has no hash yet. */
    public static Encoded encodeForChain(AccessEvent event) {
        Encoded encoded = write(event);
        if (encoded.hashPosition == NOT_CHAINED) {
            throw new IllegalArgumentException("the event has no place in a chain, or has its hash already");
        }
        return encoded;
    }

    /**
     * Reads an event; fields that are not Metsuke's are passed over.
     *
     * @throws MalformedDocumentException where a field is missing or is not what ECS says
     */
    public static AccessEvent decode(byte[] json) throws MalformedDocumentException {
        return AccessEventDecoder.decode(json);
    }

    private static Encoded write(AccessEvent event) {
        JsonBuffer out = new JsonBuffer(USUAL_LENGTH);
        out.openObject();
        List<String> open = List.of();
        int depth = 0;
        int hashPosition = NOT_CHAINED;
        for (int i = 0; i < AccessEventField.ALL.size(); i++) {
            AccessEventField field = AccessEventField.ALL.get(i);
            Object value = field.get().apply(event);
            if (value == null || value.equals(List.of())) {
                continue;
            }
            List<String> members = MEMBERS.get(i);
            int shared = sharedParents(open, depth, members);
            for (; depth > shared; depth--) {
                out.closeObject();
            }
            for (; depth < members.size() - 1; depth++) {
                out.name(members.get(depth)).openObject();
                if (members.get(depth).equals("integrity")
                        && event.integrity() instanceof Integrity(var _, var _, var hash)
                        && hash == null) {
                    hashPosition = out.length();
                }
            }
            open = members;
            out.name(members.getLast());
            writeValue(out, value);
        }
        for (; depth >= 0; depth--) {
            out.closeObject();
        }
        return new Encoded(out.toByteArray(), hashPosition);
    }

    private static int sharedParents(List<String> open, int depth, List<String> members) {
        int shared = 0;
        while (shared < depth && shared < members.size() - 1 && open.get(shared).equals(members.get(shared))) {
            shared++;
        }
        return shared;
    }

    private static void writeValue(JsonBuffer out, Object value) {
        switch (value) {
            case String text -> out.text(text);
            case Long number -> out.number(number);
            case Instant instant -> out.text(instant.toString());
            case List<?> texts -> {
                out.openArray();
                texts.forEach(text -> out.text(String.valueOf(text)));
                out.closeArray();
            }
            default -> throw new AssertionError("the field table gave a " + value.getClass());
        }
    }

    /** Canonical bytes, and where in them the chain's hash goes. */
    public static final class Encoded {

        private final byte[] bytes;
        private final int hashPosition;

        private Encoded(byte[] bytes, int hashPosition) {
            this.bytes = bytes;
            this.hashPosition = hashPosition;
        }

        /** The canonical event without {@code metsuke.integrity.hash}: what the leaf is computed from. */
        public byte[] bytes() {
            return bytes;
        }

        /** The canonical event with its hash; "hash" sorts first among the members of {@code metsuke.integrity}. */
        public byte[] withHash(String hash) {
            byte[] member = ("\"hash\":\"" + hash + "\",").getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[bytes.length + member.length];
            System.arraycopy(bytes, 0, whole, 0, hashPosition);
            System.arraycopy(member, 0, whole, hashPosition, member.length);
            System.arraycopy(bytes, hashPosition, whole, hashPosition + member.length, bytes.length - hashPosition);
            return whole;
        }
    }
}
