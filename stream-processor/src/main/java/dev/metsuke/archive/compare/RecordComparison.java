package dev.metsuke.archive.compare;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicReading;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Compares the archive's documents of a topic with its records, both ways. It proves nothing against who can write to both; who
 * can write the archive alone cannot do it unnoticed, for as long as Kafka keeps the topic.
 */
public final class RecordComparison {

    /** What is in no chain, and says what people did or were told. */
    public static final Set<Topic> TOPICS = Collections.unmodifiableSet(EnumSet.of(
            Topic.DIRECTORY,
            Topic.ACCOUNT_STATUS,
            Topic.EXPORT_APPROVALS,
            Topic.POLICY,
            Topic.ALERTS,
            Topic.TRIAGE,
            Topic.RETENTION));

    private static final String ORIGIN = "metsuke.rejected.origin";
    private static final String STAGE = "metsuke.rejected.stage";
    private static final int PAGE = 1_000;

    private final ElasticsearchClient client;
    private final ElasticsearchClient brief;
    private final KafkaSettings kafka;
    private final RetentionSettings retention;
    private final Instant settled;

    /**
     * A comparison.
     *
     * @param client of the archive; it stays the caller's to close
     * @param brief another one, for what takes no time
     * @param retention how long documents must be kept
     * @param settled what Kafka took later may still be on its way
     */
    public RecordComparison(
            ElasticsearchClient client,
            ElasticsearchClient brief,
            KafkaSettings kafka,
            RetentionSettings retention,
            Instant settled) {
        this.client = client;
        this.brief = brief;
        this.kafka = kafka;
        this.retention = retention;
        this.settled = settled;
    }

    /**
     * Compares all of a topic.
     *
     * @throws KafkaUnreadException where Kafka cannot be read
     * @throws IOException where the archive does not answer whole
     */
    public RecordReport compare(Topic topic) throws IOException {
        return lookTwice(() -> look(topic), PointInTime.FOUND_WITHIN);
    }

    /** An archive that was behind until a moment ago has what searches do not find yet; so nobody is accused at the first look. */
    static RecordReport lookTwice(Look look, Duration pause) throws IOException {
        RecordReport first = look.take();
        if (!first.isTampered()) {
            return first;
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the second look at " + first.topic());
        }
        try {
            return look.take();
        } catch (KafkaUnreadException e) {
            throw new IOException(
                    first.topic() + " is not as Kafka has it at first sight, and cannot be looked at again: "
                            + e.getMessage(),
                    e);
        }
    }

    private RecordReport look(Topic topic) throws IOException {
        // First the archive's moment: what it has then, Kafka had before.
        try (PointInTime archive =
                PointInTime.open(client, brief, TopicIndexing.family(topic), ArchiveIndex.REJECTED)) {
            KafkaDocuments documents = new KafkaDocuments(topic, retention, settled, Instant.now());
            try {
                TopicReading.of(kafka, topic, "metsuke-verify").forEach(new ByteArrayDeserializer(), documents::add);
            } catch (IOException e) {
                throw new KafkaUnreadException(topic, e);
            }
            archive.forEach(of(TopicIndexing.family(topic)), PAGE, documents::meet);
            RecordReport report = documents.report();
            return report.refused(rejected(archive, report.unarchived()));
        }
    }

    /** Those of the records of which the archive tells that it could not take them. */
    private static Set<String> rejected(PointInTime archive, Set<String> records) throws IOException {
        List<String> origins = List.copyOf(records);
        Set<String> rejected = new HashSet<>();
        for (int from = 0; from < origins.size(); from += PAGE) {
            List<FieldValue> some = origins.subList(from, Math.min(origins.size(), from + PAGE)).stream()
                    .map(FieldValue::of)
                    .toList();
            archive.forEach(rejectedOf(some), PAGE, hit -> origin(hit).ifPresent(rejected::add));
        }
        return rejected;
    }

    /** Detection rejects records, too, which are archived all the same. */
    private static Query rejectedOf(List<FieldValue> origins) {
        return Query.of(query -> query.bool(both -> both.filter(
                        of -> of.terms(terms -> terms.field(ORIGIN).terms(in -> in.value(origins))))
                .filter(by -> by.term(term -> term.field(STAGE).value(TopicIndexing.STAGE)))));
    }

    private static Optional<String> origin(Hit rejection) {
        try {
            return Optional.ofNullable(JsonDocument.parse(rejection.source()).text(ORIGIN));
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    /** Finds out how the archive stands at a moment. */
    @FunctionalInterface
    interface Look {
        RecordReport take() throws IOException;
    }

    private static Query of(ArchiveIndex family) {
        return Query.of(query -> query.prefix(prefix -> prefix.field("_index").value(family.family() + "-")));
    }
}
