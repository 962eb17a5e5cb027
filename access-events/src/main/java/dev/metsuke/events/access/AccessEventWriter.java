package dev.metsuke.events.access;

import dev.metsuke.events.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as canonical JSON, one at a time into one buffer. Whatever stands between the values of two fields –
 * closing braces, a comma, names, opening braces – is known beforehand for every pair of fields.
 */
public final class AccessEventWriter {

    private static final int USUAL_LENGTH = 2048;
    private static final AccessEventField[] FIELDS = AccessEventField.ALL.toArray(AccessEventField[]::new);
    private static final int START = FIELDS.length;
    private static final byte[][][] BETWEEN = between();
    private static final byte[][] AFTER = after();

    private static final String ECS_VERSION = "9.0.0";
    private static final String EVENT_KIND = "event";
    private static final int HASH =
            AccessEventField.ALL.stream().map(AccessEventField::path).toList().indexOf("metsuke.integrity.hash");

    private final JsonBuffer out = new JsonBuffer(USUAL_LENGTH);
    private final Repeated[] repeated =
            Stream.generate(Repeated::new).limit(FIELDS.length).toArray(Repeated[]::new);
    private int behindHash;

    /** Writes an event in the place of the one before; its own place does not count. */
    public void write(AccessEvent event, @Nullable Integrity place) {
        @Nullable Object[] values = values(event, place);
        out.clear();
        int last = START;
        // One loop: of a call for each field the JVM makes a method of 50 KB machine code.
        for (int field = 0; field < FIELDS.length; field++) {
            Object value = values[field];
            if (value != null) {
                repeated[field].write(last, field, value, out);
                last = field;
                if (field == HASH) {
                    // What stands behind a text is its closing quote and the comma of the next member.
                    behindHash = out.length() + 1;
                }
            }
        }
        out.raw(AFTER[last]);
    }

    /**
     * Writes an event with its place in a stream, its hash yet to come.
     *
     * @param sequence 1 for the stream's first event, then without gap
     * @param sha256 makes the leaf
     */
    public UnlinkedEvent unlinked(AccessEvent event, String stream, long sequence, MessageDigest sha256) {
        write(event, new Integrity(stream, sequence, UnlinkedEvent.HASH_TO_COME));
        return new UnlinkedEvent(out.toByteArray(), behindHash, sha256);
    }

    /** In the order of the field table; null is what the event does not have. */
    private static @Nullable Object[] values(AccessEvent event, @Nullable Integrity place) {
        return new @Nullable Object[] {
            event.timestamp(),
            ECS_VERSION,
            event.action().label(),
            filled(event.eventCategories()),
            event.created(),
            event.id(),
            EVENT_KIND,
            event.original(),
            event.outcome() == null ? null : event.outcome().label(),
            event.hostName(),
            event.httpMethod(),
            event.httpBytes(),
            event.httpStatus(),
            event.logFilePath(),
            event.logOffset(),
            filled(event.dataCategories()),
            event.dataset(),
            event.destination(),
            place == null ? null : place.hash(),
            place == null ? null : place.sequence(),
            place == null ? null : place.stream(),
            event.records(),
            filled(event.subjects()),
            event.serviceName(),
            event.sourceAddress(),
            event.sourceIp(),
            filled(event.tags()),
            event.urlOriginal(),
            event.urlPath(),
            event.urlQuery(),
            event.userEmail(),
            event.userId(),
            event.userName(),
            event.userAgent()
        };
    }

    private static @Nullable List<String> filled(List<String> texts) {
        return texts.isEmpty() ? null : texts;
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private static byte[][][] between() {
        byte[][][] between = new byte[FIELDS.length + 1][FIELDS.length][];
        for (int next = 0; next < FIELDS.length; next++) {
            List<String> members = FIELDS[next].members();
            between[START][next] = ascii("{" + opening(members, 0));
            for (int last = 0; last < next; last++) {
                List<String> before = FIELDS[last].members();
                int shared = sharedParents(before, members);
                between[last][next] = ascii("}".repeat(before.size() - 1 - shared) + "," + opening(members, shared));
            }
        }
        return between;
    }

    private static byte[][] after() {
        byte[][] after = new byte[FIELDS.length + 1][];
        for (int last = 0; last < FIELDS.length; last++) {
            after[last] = ascii("}".repeat(FIELDS[last].members().size()));
        }
        after[START] = ascii("{}");
        return after;
    }

    private static String opening(List<String> members, int from) {
        StringBuilder text = new StringBuilder();
        for (int depth = from; depth < members.size(); depth++) {
            text.append('"').append(members.get(depth)).append("\":").append(depth < members.size() - 1 ? "{" : "");
        }
        return text.toString();
    }

    private static int sharedParents(List<String> one, List<String> other) {
        int most = Math.min(one.size(), other.size()) - 1;
        int shared = 0;
        while (shared < most && one.get(shared).equals(other.get(shared))) {
            shared++;
        }
        return shared;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A field's last value, which is immutable: what a source says of all its events comes as one and the same object, and
     * is written once.
     */
    private static final class Repeated {

        private @Nullable Object value;
        private int before;
        private byte @Nullable [] written;

        @SuppressWarnings("ReferenceEquality")
        void write(int last, int field, Object now, JsonBuffer out) {
            if (now != value || last != before) {
                value = now;
                before = last;
                written = null;
                put(last, field, now, out);
            } else if (written == null) {
                int start = out.length();
                put(last, field, now, out);
                written = out.tail(start);
            } else {
                out.raw(written);
            }
        }

        private static void put(int last, int field, Object value, JsonBuffer out) {
            out.raw(BETWEEN[last][field]);
            switch (FIELDS[field].kind()) {
                case TEXT -> out.text((String) value);
                case INTEGER -> out.number((Long) value);
                case INSTANT -> out.instant((Instant) value);
                case TEXTS -> texts((List<?>) value, out);
            }
        }

        private static void texts(List<?> values, JsonBuffer out) {
            out.openArray();
            values.forEach(text -> out.text((String) text));
            out.closeArray();
        }
    }
}
