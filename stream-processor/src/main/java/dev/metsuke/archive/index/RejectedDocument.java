package dev.metsuke.archive.index;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.topic.Header;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The document of a record on {@code metsuke.rejected}: its headers as fields, its bytes as text where they are UTF-8. */
final class RejectedDocument {

    private RejectedDocument() {}

    static byte[] of(ConsumerRecord<byte[], byte[]> record) {
        String reason = header(record, Header.REASON).orElse("no reason given");
        Map<String, @Nullable Object> rejected = new HashMap<>();
        rejected.put("reason", reason);
        rejected.put("stage", header(record, Header.STAGE).orElse("unknown"));
        rejected.put("origin", header(record, Header.ORIGIN).orElseGet(() -> TopicIndexing.origin(record)));
        rejected.put("stream", record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
        byte[] raw = record.value();
        if (raw != null) {
            Optional<String> text = utf8(raw);
            rejected.put("bytes", raw.length);
            rejected.put("raw", text.orElse(null));
            rejected.put(
                    "raw_base64", text.isPresent() ? null : Base64.getEncoder().encodeToString(raw));
        }
        return CanonicalJson.bytes(Map.of(
                "@timestamp", Instant.ofEpochMilli(record.timestamp()),
                "event", Map.of("kind", "event", "outcome", "failure", "action", "rejected", "reason", reason),
                "metsuke", Map.of("rejected", rejected)));
    }

    static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
        Headers headers = record.headers();
        return Optional.ofNullable(headers.lastHeader(name))
                .flatMap(header -> Optional.ofNullable(header.value()))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
