package dev.metsuke.archive.index;

import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Unusable;
import dev.metsuke.archive.index.Prepared.Write;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The table of archived topics: how the records of each become documents. */
public final class TopicIndexing {

    private static final Map<Topic, TopicIndexing> TABLE = new EnumMap<>(Map.of(
            Topic.ACCESS_EVENTS, new TopicIndexing(ArchiveIndex.ACCESS_EVENTS, TopicIndexing::immutable),
            Topic.ACCOUNT_STATUS, new TopicIndexing(ArchiveIndex.ACCOUNT_STATUS, TopicIndexing::immutable),
            Topic.EXPORT_APPROVALS, new TopicIndexing(ArchiveIndex.EXPORT_APPROVALS, TopicIndexing::immutable),
            Topic.DIRECTORY, new TopicIndexing(ArchiveIndex.DIRECTORY, TopicIndexing::directory),
            Topic.POLICY, new TopicIndexing(ArchiveIndex.POLICY, TopicIndexing::immutable),
            Topic.ALERTS, new TopicIndexing(ArchiveIndex.ALERTS, TopicIndexing::latestState),
            Topic.TRIAGE, new TopicIndexing(ArchiveIndex.TRIAGE, TopicIndexing::immutable),
            Topic.REJECTED, new TopicIndexing(ArchiveIndex.REJECTED, TopicIndexing::rejected),
            Topic.SEALS, new TopicIndexing(ArchiveIndex.SEALS, TopicIndexing::immutable),
            Topic.RETENTION, new TopicIndexing(ArchiveIndex.RETENTION, TopicIndexing::immutable)));

    /** What {@link Header#STAGE} says of a record that cannot be archived. */
    public static final String STAGE = "archive";

    /** Elasticsearch's own limit for {@code _id}, in bytes of UTF-8. */
    private static final int LONGEST_ID = 512;

    /** How many bits of a version tell the records of one millisecond apart. */
    private static final int OFFSET_BITS = 21;

    private final ArchiveIndex family;
    private final Shape shape;

    private TopicIndexing(ArchiveIndex family, Shape shape) {
        this.family = family;
        this.shape = shape;
    }

    /** The topics that are archived. */
    public static List<Topic> topics() {
        return List.copyOf(TABLE.keySet());
    }

    /** Where an archived topic's documents lie. */
    public static ArchiveIndex family(Topic topic) {
        return of(topic.title()).family;
    }

    private static TopicIndexing of(String title) {
        return Topic.ofTitle(title)
                .map(TABLE::get)
                .orElseThrow(() -> new IllegalArgumentException(title + " is not archived"));
    }

    /** What a record of an archived topic is to the archive. */
    public static Prepared prepare(ConsumerRecord<byte[], byte[]> record) {
        TopicIndexing indexing = of(record.topic());
        Prepared prepared = indexing.shape.prepare(indexing.family, record);
        if (prepared instanceof Document document
                && document.id().getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            return new Unusable("event.id is longer than " + LONGEST_ID + " bytes");
        }
        return prepared;
    }

    /** Where a record stands, as {@link Header#ORIGIN} spells it. */
    public static String origin(ConsumerRecord<?, ?> record) {
        return origin(record.topic(), record.partition(), record.offset());
    }

    /** The same of a record that is not at hand any more. */
    public static String origin(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    /** What is written once: its index is the month in which Kafka took it, so a repeat meets the same document. */
    private static Prepared immutable(ArchiveIndex family, ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return new Unusable("the record has no value");
        }
        Optional<String> id = id(record, value);
        if (id.isEmpty()) {
            return new Unusable("no event.id: neither the header " + Header.ID + " nor the document has one");
        }
        return new Document(
                family.at(Instant.ofEpochMilli(record.timestamp())),
                id.get(),
                FieldScan.onOneLine(value),
                new Write.Once());
    }

    /** What comes again with every change: its index is the month in which its episode began. */
    private static Prepared latestState(ArchiveIndex family, ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return new Unusable("the record has no value");
        }
        Optional<String> id = id(record, value);
        if (id.isEmpty()) {
            return new Unusable("no event.id: neither the header " + Header.ID + " nor the document has one");
        }
        Optional<Instant> start = FieldScan.text(value, "event.start").flatMap(TopicIndexing::instant);
        if (start.isEmpty()) {
            return new Unusable("no event.start with an ISO 8601 time, which decides the index of an alert");
        }
        return new Document(
                family.at(start.get()), id.get(), FieldScan.onOneLine(value), new Write.Latest(version(record)));
    }

    private static Prepared rejected(ArchiveIndex family, ConsumerRecord<byte[], byte[]> record) {
        return atItsPlace(family, record, RejectedDocument.of(record));
    }

    private static Prepared directory(ArchiveIndex family, ConsumerRecord<byte[], byte[]> record) {
        try {
            return atItsPlace(family, record, DirectoryDocument.of(record));
        } catch (MalformedDocumentException | IllegalArgumentException e) {
            return new Unusable(String.valueOf(e.getMessage()));
        }
    }

    /** What has no id of its own is known by its place in the topic, which a repeat shares. */
    private static Document atItsPlace(ArchiveIndex family, ConsumerRecord<byte[], byte[]> record, byte[] body) {
        Instant time = Instant.ofEpochMilli(record.timestamp());
        String id = record.topic() + "-" + record.partition() + "-" + record.offset() + "-" + record.timestamp();
        return new Document(family.at(time), id, body, new Write.OnceByPlace());
    }

    /**
     * Grows with the broker's clock, then with the offset. Not with the offset alone: a topic that was made anew begins
     * at 0, and an account can move to another partition; both would leave old states standing for good.
     */
    static long version(ConsumerRecord<?, ?> record) {
        return (record.timestamp() << OFFSET_BITS) | (record.offset() & ((1L << OFFSET_BITS) - 1));
    }

    private static Optional<String> id(ConsumerRecord<?, ?> record, byte[] value) {
        return RejectedDocument.header(record, Header.ID)
                .or(() -> FieldScan.text(value, "event.id"))
                .filter(id -> !id.isBlank());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** All index patterns that the archive writes to. */
    public static List<ArchiveIndex> families() {
        List<ArchiveIndex> families = new ArrayList<>();
        TABLE.values().forEach(indexing -> families.add(indexing.family));
        return families;
    }

    @FunctionalInterface
    private interface Shape {

        Prepared prepare(ArchiveIndex family, ConsumerRecord<byte[], byte[]> record);
    }
}
