package dev.metsuke.archive.verify;

import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicReading;
import dev.metsuke.operations.kafka.UnreadTopicException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last seal of each stream as Kafka has it, which keeps all of them: who can write the archive alone cannot cut off lines with the seals
 * that tell of them unnoticed. Those before it are known by its number.
 */
public final class KafkaSeals {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSeals.class);

    private final Instant settled;
    private final Map<String, Seal> last = new TreeMap<>();

    /**
     * None yet.
     *
     * @param settled what Kafka took later may still be on its way into the archive, and does not count
     */
    KafkaSeals(Instant settled) {
        this.settled = settled;
    }

    /**
     * Reads all that Kafka has.
     *
     * @param settled what Kafka took later may still be on its way into the archive, and does not count
     * @param headway is told of each: years of many streams take minutes
     * @throws UnreadTopicException where Kafka cannot be read
     */
    public static List<Seal> last(KafkaSettings kafka, Instant settled, Headway headway) throws UnreadTopicException {
        KafkaSeals seals = new KafkaSeals(settled);
        TopicReading.of(kafka, Topic.SEALS, "metsuke-verify").forEach(new ByteArrayDeserializer(), record -> {
            seals.add(record);
            headway.readOneOfKafkas();
        });
        return seals.last();
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || Instant.ofEpochMilli(record.timestamp()).isAfter(settled)) {
            return;
        }
        try {
            // What is said of keys, later seals tell of.
            if (SealRecord.fromJson(record.value()) instanceof Seal seal) {
                last.merge(seal.stream(), seal, (one, other) -> other.number() > one.number() ? other : one);
            }
        } catch (MalformedDocumentException e) {
            LOG.warn("{} is no seal: {}", TopicIndexing.origin(record), e.getMessage());
        }
    }

    /** In the order of the streams' names. */
    List<Seal> last() {
        return List.copyOf(last.values());
    }
}
