package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A stream's chain as an auditor recomputes it from what was sent: with canonical JSON and SHA-256 alone. */
final class RecomputedChain {

    private RecomputedChain() {}

    /** Holds each event against the hash that it carries, none missing; answers the events by their sequence. */
    static SortedMap<Long, ConsumerRecord<byte[], byte[]>> check(String bootstrapServers, String stream)
            throws MalformedDocumentException, NoSuchAlgorithmException {
        SortedMap<Long, ConsumerRecord<byte[], byte[]>> bySequence = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> found : CommittedEvents.records(bootstrapServers, Topic.ACCESS_EVENTS)) {
            JsonDocument json = JsonDocument.parse(found.value());
            if (stream.equals(json.text("metsuke.integrity.stream"))) {
                bySequence.put(json.requiredInteger("metsuke.integrity.sequence"), found);
            }
        }
        byte[] previous = new byte[32];
        for (long sequence = 1; sequence <= bySequence.size(); sequence++) {
            byte[] value = Objects.requireNonNull(bySequence.get(sequence)).value();
            previous = sha256(concatenated(previous, sha256(withoutHash(value))));
            assertThat(JsonDocument.parse(value).text("metsuke.integrity.hash"))
                    .isEqualTo(HexFormat.of().formatHex(previous));
        }
        return bySequence;
    }

    private static byte[] withoutHash(byte[] value) throws MalformedDocumentException {
        Map<String, @Nullable Object> event =
                new HashMap<>(JsonDocument.parse(value).members());
        Map<Object, @Nullable Object> metsuke = new HashMap<>((Map<?, ?>) Objects.requireNonNull(event.get("metsuke")));
        Map<Object, @Nullable Object> integrity =
                new HashMap<>((Map<?, ?>) Objects.requireNonNull(metsuke.get("integrity")));
        integrity.remove("hash");
        metsuke.put("integrity", integrity);
        event.put("metsuke", metsuke);
        return CanonicalJson.bytes(event);
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
