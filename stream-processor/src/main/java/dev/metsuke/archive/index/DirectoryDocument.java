package dev.metsuke.archive.index;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The document of a record on {@code metsuke.directory}: the entry, and when Kafka took it, since it says no time itself. */
public final class DirectoryDocument {

    /** The {@code event.action} of what is said of an account, and not of that it was taken out. */
    public static final String ENTRY = "directory-entry";

    private DirectoryDocument() {}

    static byte[] of(ConsumerRecord<byte[], byte[]> record) throws MalformedDocumentException {
        Map<String, @Nullable Object> document = new HashMap<>();
        byte[] entry = record.value();
        if (entry == null) {
            String account = record.key() == null ? "unknown" : new String(record.key(), StandardCharsets.UTF_8);
            document.put("user", Map.of("id", account));
        } else {
            document.putAll(JsonDocument.parse(entry).members());
        }
        document.put("@timestamp", Instant.ofEpochMilli(record.timestamp()));
        document.put("event", Map.of("kind", "event", "action", entry == null ? "directory-entry-removed" : ENTRY));
        return CanonicalJson.bytes(document);
    }
}
