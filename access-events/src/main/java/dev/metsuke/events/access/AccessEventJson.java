package dev.metsuke.events.access;

import dev.metsuke.events.json.JsonBuffer;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        JsonDocument document = JsonDocument.parse(json);
        try {
            return AccessEvent.builder()
                    .timestamp(document.requiredInstant("@timestamp"))
                    .id(document.requiredText("event.id"))
                    .action(action(document.requiredText("event.action")))
                    .outcome(outcome(document.text("event.outcome")))
                    .eventCategories(document.texts("event.category"))
                    .created(document.instant("event.created"))
                    .original(document.text("event.original"))
                    .userId(blankToNull(document.text("user.id")))
                    .userName(document.text("user.name"))
                    .userEmail(document.text("user.email"))
                    .sourceAddress(document.text("source.address"))
                    .sourceIp(blankToNull(document.text("source.ip")))
                    .hostName(document.text("host.name"))
                    .serviceName(document.text("service.name"))
                    .userAgent(document.text("user_agent.original"))
                    .urlOriginal(document.text("url.original"))
                    .urlPath(document.text("url.path"))
                    .urlQuery(document.text("url.query"))
                    .httpMethod(document.text("http.request.method"))
                    .httpStatus(document.integer("http.response.status_code"))
                    .httpBytes(document.integer("http.response.body.bytes"))
                    .logFilePath(document.text("log.file.path"))
                    .logOffset(document.integer("log.offset"))
                    .dataset(document.text("metsuke.dataset"))
                    .records(document.integer("metsuke.records"))
                    .subjects(document.texts("metsuke.subjects"))
                    .dataCategories(document.texts("metsuke.categories"))
                    .destination(document.text("metsuke.destination"))
                    .integrity(integrity(document))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
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

    private static Action action(String label) throws MalformedDocumentException {
        return Action.ofLabel(label)
                .orElseThrow(() ->
                        new MalformedDocumentException("event.action is " + label + "; it can be " + Action.labels()));
    }

    private static @Nullable Outcome outcome(@Nullable String label) throws MalformedDocumentException {
        if (label == null) {
            return null;
        }
        return Outcome.ofLabel(label)
                .orElseThrow(() -> new MalformedDocumentException(
                        "event.outcome is " + label + "; it can be success, failure, unknown"));
    }

    private static @Nullable Integrity integrity(JsonDocument document) throws MalformedDocumentException {
        String stream = document.text("metsuke.integrity.stream");
        Long sequence = document.integer("metsuke.integrity.sequence");
        return stream == null || sequence == null
                ? null
                : new Integrity(stream, sequence, document.text(AccessEventField.INTEGRITY_HASH));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
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
