package dev.metsuke.archive.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.compare.RecordReport.Difference;
import dev.metsuke.archive.compare.RecordReport.Kind;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaDocumentsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Instant SETTLED = NOW.minus(Duration.ofMinutes(5));
    private static final Instant OCTOBER = Instant.parse("2026-10-10T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-10T00:00:00Z");
    private static final RetentionSettings TWO_YEARS = new RetentionSettings(2, Map.of(), Duration.ofHours(1), null);

    @Test
    void findsWhatIsAsKafkaHasIt() {
        ConsumerRecord<byte[], byte[]> first = record(Topic.TRIAGE, 0, OCTOBER, "t1", "{\"a\":1}");
        ConsumerRecord<byte[], byte[]> second = record(Topic.TRIAGE, 1, NOVEMBER, "t2", "{\"a\":2}");
        KafkaDocuments triage = documents(Topic.TRIAGE, first, second);

        triage.meet(hit(first));
        triage.meet(hit(second));

        RecordReport report = triage.report();
        assertThat(report).isEqualTo(new RecordReport(Topic.TRIAGE, 2, List.of(), 0, 0));
        assertThat(report.isWhole()).isTrue();
    }

    @Test
    void namesWhatWasTakenOutOrChanged() {
        ConsumerRecord<byte[], byte[]> gone = record(Topic.TRIAGE, 0, OCTOBER, "t1", "{\"a\":1}");
        ConsumerRecord<byte[], byte[]> changed = record(Topic.TRIAGE, 1, NOVEMBER, "t2", "{\"a\":2}");
        KafkaDocuments triage = documents(Topic.TRIAGE, gone, changed);

        triage.meet(new Hit("t2", "metsuke-triage-2026.11", "{\"a\":3}".getBytes(UTF_8), List.of()));

        RecordReport report = triage.report();
        assertThat(report.isTampered()).isTrue();
        assertThat(report.differences())
                .extracting(Difference::describe)
                .containsExactly(
                        "metsuke-triage-2026.11/t2 was changed; Kafka has another as metsuke.triage-0@1",
                        "metsuke-triage-2026.10/t1 is missing; Kafka has it as metsuke.triage-0@0");
    }

    /** A topic that is kept for ever has all; before its first month it may have been another. */
    @Test
    void namesWhatCameAnotherWay() {
        ConsumerRecord<byte[], byte[]> first = record(Topic.TRIAGE, 0, OCTOBER, "t1", "{}");
        KafkaDocuments triage = documents(Topic.TRIAGE, first);
        triage.meet(hit(first));

        triage.meet(new Hit("forged", "metsuke-triage-2026.11", "{}".getBytes(UTF_8), List.of()));
        triage.meet(new Hit("early", "metsuke-triage-2026.10", "{}".getBytes(UTF_8), List.of()));
        triage.meet(new Hit("before", "metsuke-triage-2026.09", "{}".getBytes(UTF_8), List.of()));
        RecordReport report = triage.report();

        assertThat(report.differences())
                .containsExactly(
                        new Difference(Kind.ADDED, "metsuke-triage-2026.11/forged", null),
                        new Difference(Kind.PERHAPS_ADDED, "metsuke-triage-2026.10/early", null));
        assertThat(report.isTampered()).isTrue();
        assertThat(report.beyond()).isEqualTo(1);
    }

    @Test
    void knowsThatKafkaForgetsAlertsAndFormerPolicies() {
        KafkaDocuments alerts = documents(Topic.ALERTS, alert(0, NOVEMBER, "{\"n\":1,"));
        KafkaDocuments policies = documents(Topic.POLICY, record(Topic.POLICY, 9, OCTOBER, "p9", "{}"));

        alerts.meet(hit(alert(0, NOVEMBER, "{\"n\":1,")));
        alerts.meet(new Hit("old", "metsuke-alerts-2026.11", "{}".getBytes(UTF_8), List.of()));
        policies.meet(hit(record(Topic.POLICY, 9, OCTOBER, "p9", "{}")));
        policies.meet(new Hit("p1", "metsuke-policy-2026.11", "{}".getBytes(UTF_8), List.of()));

        assertThat(alerts.report()).isEqualTo(new RecordReport(Topic.ALERTS, 1, List.of(), 0, 1));
        assertThat(policies.report()).isEqualTo(new RecordReport(Topic.POLICY, 1, List.of(), 0, 1));
    }

    /** What Kafka took a moment ago may not be archived yet, and then what it took before stands there. */
    @Test
    void takesTheLastStateThatMustBeThereOrAnyYoungerOne() {
        ConsumerRecord<byte[], byte[]> older = alert(0, OCTOBER, "{\"n\":1,");
        ConsumerRecord<byte[], byte[]> due = alert(1, NOVEMBER, "{\"n\":2,");
        ConsumerRecord<byte[], byte[]> young = alert(2, SETTLED.plusSeconds(1), "{\"n\":3,");
        ConsumerRecord<byte[], byte[]> youngest = alert(3, SETTLED.plusSeconds(2), "{\"n\":4,");

        for (ConsumerRecord<byte[], byte[]> archived : List.of(due, young, youngest)) {
            KafkaDocuments alerts = documents(Topic.ALERTS, older, due, young, youngest);
            alerts.meet(hit(archived));
            assertThat(alerts.report().isWhole()).isTrue();
        }
        KafkaDocuments behind = documents(Topic.ALERTS, older, due, young, youngest);
        behind.meet(hit(older));
        assertThat(behind.report().differences()).extracting(Difference::kind).containsExactly(Kind.CHANGED);
        KafkaDocuments none = documents(Topic.ALERTS, older, due, young, youngest);
        assertThat(none.report().unarchived()).containsOnly("metsuke.alerts-0@1");
        assertThat(documents(Topic.ALERTS, young, youngest).report().isWhole()).isTrue();
    }

    @Test
    void takesTheFirstOfRecordsThatAreWrittenOnce() {
        ConsumerRecord<byte[], byte[]> first = record(Topic.ACCOUNT_STATUS, 0, OCTOBER, "s1", "{\"a\":1}");
        ConsumerRecord<byte[], byte[]> mistake = record(Topic.ACCOUNT_STATUS, 1, OCTOBER, "s1", "{\"a\":2}");
        KafkaDocuments status = documents(Topic.ACCOUNT_STATUS, first, mistake);

        status.meet(hit(first));

        assertThat(status.report().isWhole()).isTrue();
    }

    @Test
    void missesNothingThatRetentionMayHaveDeleted() {
        Instant expired = Instant.parse("2024-10-31T00:00:00Z");
        Instant kept = Instant.parse("2024-11-01T00:00:00Z");
        KafkaDocuments triage = documents(
                Topic.TRIAGE, record(Topic.TRIAGE, 0, expired, "t1", "{}"), record(Topic.TRIAGE, 1, kept, "t2", "{}"));

        RecordReport report = triage.report();

        assertThat(report.unarchived()).containsOnly("metsuke.triage-0@1");
        assertThat(report.deleted()).isEqualTo(1);
    }

    /** Elasticsearch may have refused the later state; only the archive itself tells of that. */
    @Test
    void provesNothingWhereTheArchiveTellsOfARefusal() {
        ConsumerRecord<byte[], byte[]> older = alert(0, OCTOBER, "{\"n\":1,");
        ConsumerRecord<byte[], byte[]> refused = alert(1, NOVEMBER, "{\"n\":2,");
        KafkaDocuments alerts = documents(Topic.ALERTS, older, refused);
        KafkaDocuments gone = documents(Topic.ALERTS, older, refused);
        alerts.meet(hit(older));

        for (RecordReport report : List.of(alerts.report(), gone.report())) {
            RecordReport told = report.refused(report.unarchived());

            assertThat(report.isTampered()).isTrue();
            assertThat(told.isTampered()).isFalse();
            assertThat(told.isWhole()).isFalse();
            assertThat(told.differences())
                    .extracting(Difference::describe)
                    .containsExactly("metsuke-alerts-2026.11/alert is not there, or not as Kafka has it as"
                            + " metsuke.alerts-0@1, which Elasticsearch refused if the archive's own"
                            + " metsuke-rejected is right");
        }
    }

    /** An earlier version may have put an entry into other words. */
    @Test
    void namesAnEntryOfTheDirectoryThatReadsOtherwise() {
        ConsumerRecord<byte[], byte[]> sato = record(Topic.DIRECTORY, 0, OCTOBER, "d1", "{\"department\":\"Sales\"}");
        ConsumerRecord<byte[], byte[]> moved = record(Topic.DIRECTORY, 0, OCTOBER, "d1", "{\"department\":\"IT\"}");
        KafkaDocuments directory = documents(Topic.DIRECTORY, sato);

        directory.meet(hit(moved));

        assertThat(directory.report().isTampered()).isFalse();
        assertThat(directory.report().differences())
                .extracting(Difference::kind)
                .containsExactly(Kind.PERHAPS_CHANGED);
    }

    /** Nobody has looked for it there, and Kafka's keeping has nothing to do with it. */
    @Test
    void namesWhatLiesWhereNothingIsWritten() {
        KafkaDocuments status = documents(Topic.ACCOUNT_STATUS);
        KafkaDocuments alerts = documents(Topic.ALERTS);

        status.meet(new Hit("forged", "metsuke-account-status-2026.11-copy", "{}".getBytes(UTF_8), List.of()));
        alerts.meet(new Hit("forged", "metsuke-alerts-new", "{}".getBytes(UTF_8), List.of()));

        for (KafkaDocuments documents : List.of(status, alerts)) {
            assertThat(documents.report().differences())
                    .extracting(Difference::kind)
                    .containsExactly(Kind.ASTRAY);
            assertThat(documents.report().beyond()).isZero();
        }
    }

    /** As a topic that begins now. */
    @Test
    void namesWhatCameAnotherWayWhereKafkaHasNothing() {
        KafkaDocuments approvals = documents(Topic.EXPORT_APPROVALS);

        approvals.meet(new Hit("forged", "metsuke-export-approvals-2026.11", "{}".getBytes(UTF_8), List.of()));
        approvals.meet(new Hit("before", "metsuke-export-approvals-2026.10", "{}".getBytes(UTF_8), List.of()));

        assertThat(approvals.report().differences())
                .containsExactly(new Difference(Kind.PERHAPS_ADDED, "metsuke-export-approvals-2026.11/forged", null));
        assertThat(approvals.report().beyond()).isEqualTo(1);
    }

    private static KafkaDocuments documents(Topic topic, ConsumerRecord<?, ?>... records) {
        KafkaDocuments documents = new KafkaDocuments(topic, TWO_YEARS, SETTLED, NOW);
        for (ConsumerRecord<?, ?> record : records) {
            documents.add(bytes(record));
        }
        return documents;
    }

    @SuppressWarnings("unchecked") // Of no others the arrays above are made.
    private static ConsumerRecord<byte[], byte[]> bytes(ConsumerRecord<?, ?> record) {
        return (ConsumerRecord<byte[], byte[]>) record;
    }

    private static ConsumerRecord<byte[], byte[]> alert(long offset, Instant taken, String beginning) {
        return record(
                Topic.ALERTS, offset, taken, "alert", beginning + "\"event\":{\"start\":\"2026-11-09T00:00:00Z\"}}");
    }

    private static ConsumerRecord<byte[], byte[]> record(
            Topic topic, long offset, Instant taken, String id, String value) {
        return new ConsumerRecord<>(
                topic.title(),
                0,
                offset,
                taken.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                "sato".getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders().add(Header.ID, id.getBytes(UTF_8)),
                Optional.empty());
    }

    /** As the archive writes it. */
    private static Hit hit(ConsumerRecord<byte[], byte[]> record) {
        Document document = (Document) TopicIndexing.prepare(record);
        return new Hit(document.id(), document.index(), document.body(), List.of());
    }
}
