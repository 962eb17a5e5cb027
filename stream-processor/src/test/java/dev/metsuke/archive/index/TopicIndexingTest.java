package dev.metsuke.archive.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Unusable;
import dev.metsuke.archive.index.Prepared.Write;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicIndexingTest {

    private static final Instant LAST_OF_OCTOBER = Instant.parse("2026-10-31T23:59:59.999Z");

    @Test
    void eventGoesToTheMonthInWhichKafkaTookIt() {
        byte[] value = "{\"@timestamp\":\"2026-09-01T00:00:00Z\",\"event\":{\"id\":\"e1\"}}".getBytes(UTF_8);
        Document document = document(record(Topic.ACCESS_EVENTS, 5, value, Map.of(Header.ID, "e1")));
        assertThat(document.index()).isEqualTo("metsuke-access-events-2026.10");
        assertThat(document.id()).isEqualTo("e1");
        assertThat(document.body()).isSameAs(value);
        assertThat(document.write()).isEqualTo(new Write.Once());
    }

    @Test
    void eventOfForeignFeederIsKnownByItsOwnId() {
        byte[] value = "{\"event.id\":\"foreign\"}".getBytes(UTF_8);
        assertThat(document(record(Topic.ACCESS_EVENTS, 5, value, Map.of())).id())
                .isEqualTo("foreign");
    }

    @Test
    void eventWithoutIdIsUnusable() {
        assertThat(TopicIndexing.prepare(record(Topic.ACCESS_EVENTS, 5, "{}".getBytes(UTF_8), Map.of())))
                .isEqualTo(new Unusable("no event.id: neither the header metsuke.id nor the document has one"));
    }

    @Test
    void eventWithoutValueIsUnusable() {
        assertThat(TopicIndexing.prepare(record(Topic.ACCESS_EVENTS, 5, null, Map.of(Header.ID, "e1"))))
                .isEqualTo(new Unusable("the record has no value"));
    }

    @Test
    void idThatElasticsearchWouldRefuseIsUnusable() {
        Map<String, String> header = Map.of(Header.ID, "目".repeat(171));
        assertThat(TopicIndexing.prepare(record(Topic.ACCESS_EVENTS, 5, "{}".getBytes(UTF_8), header)))
                .isEqualTo(new Unusable("event.id is longer than 512 bytes"));
    }

    @Test
    void directoryEntryIsKnownByItsPlaceAndDatedByKafka() throws MalformedDocumentException {
        DirectoryEntry entry = new DirectoryEntry(
                new AccountId("sato"),
                "1007",
                "佐藤",
                null,
                "Sales",
                "regular",
                null,
                Instant.parse("2027-03-31T15:00:00Z"));
        Document document = document(record(Topic.DIRECTORY, 5, entry.toJson("mori"), Map.of()));
        JsonDocument body = JsonDocument.parse(document.body());
        assertThat(document.index()).isEqualTo("metsuke-directory-2026.10");
        assertThat(document.id()).isEqualTo("metsuke.directory-3-5-" + LAST_OF_OCTOBER.toEpochMilli());
        assertThat(body.instant("@timestamp")).isEqualTo(LAST_OF_OCTOBER);
        assertThat(body.text("event.action")).isEqualTo("directory-entry");
        assertThat(DirectoryEntry.fromJson(document.body())).isEqualTo(entry);
        assertThat(body.text("metsuke.directory.changed_by")).isEqualTo("mori");
    }

    @Test
    void directoryEntryThatIsTakenAwayIsADocumentToo() throws MalformedDocumentException {
        JsonDocument body = JsonDocument.parse(
                document(record(Topic.DIRECTORY, 5, null, Map.of())).body());
        assertThat(body.text("event.action")).isEqualTo("directory-entry-removed");
        assertThat(body.text("user.id")).isEqualTo("key");
    }

    @Test
    void directoryEntryThatIsNoneIsUnusable() {
        assertThat(TopicIndexing.prepare(record(Topic.DIRECTORY, 5, "sato".getBytes(UTF_8), Map.of())))
                .isInstanceOf(Unusable.class);
        assertThat(TopicIndexing.prepare(record(Topic.DIRECTORY, 5, "{\"a\":0.5}".getBytes(UTF_8), Map.of())))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void alertGoesToTheMonthInWhichItsEpisodeBegan() {
        byte[] value = "{\"event\":{\"id\":\"a1\",\"start\":\"2026-08-01T08:59:00+09:00\"}}".getBytes(UTF_8);
        Document document = document(record(Topic.ALERTS, 5, value, Map.of()));
        assertThat(document.index()).isEqualTo("metsuke-alerts-2026.07");
        assertThat(document.id()).isEqualTo("a1");
    }

    @Test
    void alertWithoutStartIsUnusable() {
        byte[] value = "{\"event\":{\"id\":\"a1\",\"start\":\"yesterday\"}}".getBytes(UTF_8);
        assertThat(TopicIndexing.prepare(record(Topic.ALERTS, 5, value, Map.of())))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void laterStateOfAnAlertHasTheHigherVersion() {
        ConsumerRecord<byte[], byte[]> first = record(Topic.ALERTS, 5, new byte[0], Map.of());
        ConsumerRecord<byte[], byte[]> sameBatch = record(Topic.ALERTS, 6, new byte[0], Map.of());
        assertThat(TopicIndexing.version(sameBatch)).isGreaterThan(TopicIndexing.version(first));
    }

    @Test
    void stateInTopicMadeAnewHasTheHigherVersion() {
        ConsumerRecord<byte[], byte[]> old = record(Topic.ALERTS, 1_999_999, new byte[0], Map.of());
        ConsumerRecord<byte[], byte[]> anew =
                record(Topic.ALERTS, 0, new byte[0], Map.of(), LAST_OF_OCTOBER.plusMillis(1));
        assertThat(TopicIndexing.version(anew)).isGreaterThan(TopicIndexing.version(old));
        assertThat(TopicIndexing.version(anew)).isPositive();
    }

    @Test
    void rejectionTellsWhatWasRejectedAndWhy() throws MalformedDocumentException {
        Map<String, String> headers =
                Map.of(Header.REASON, "no JSON", Header.STAGE, "ship", Header.ORIGIN, "/var/log/a.log:17");
        Document document = document(record(Topic.REJECTED, 5, "half a li".getBytes(UTF_8), headers));
        assertThat(document.index()).isEqualTo("metsuke-rejected-2026.10");
        assertThat(document.id()).isEqualTo("metsuke.rejected-3-5-" + LAST_OF_OCTOBER.toEpochMilli());
        JsonDocument json = JsonDocument.parse(document.body());
        assertThat(json.text("@timestamp")).isEqualTo(LAST_OF_OCTOBER.toString());
        assertThat(json.text("event.outcome")).isEqualTo("failure");
        assertThat(json.text("event.reason")).isEqualTo("no JSON");
        assertThat(json.text("metsuke.rejected.reason")).isEqualTo("no JSON");
        assertThat(json.text("metsuke.rejected.stage")).isEqualTo("ship");
        assertThat(json.text("metsuke.rejected.origin")).isEqualTo("/var/log/a.log:17");
        assertThat(json.text("metsuke.rejected.stream")).isEqualTo("key");
        assertThat(json.text("metsuke.rejected.raw")).isEqualTo("half a li");
        assertThat(json.integer("metsuke.rejected.bytes")).isEqualTo(9L);
    }

    @Test
    void rejectedBytesThatAreNoTextAreBase64() throws MalformedDocumentException {
        byte[] raw = {(byte) 0xff, 0, 1};
        JsonDocument json = JsonDocument.parse(
                document(record(Topic.REJECTED, 5, raw, Map.of())).body());
        assertThat(json.text("metsuke.rejected.raw")).isNull();
        assertThat(json.text("metsuke.rejected.raw_base64")).isEqualTo("/wAB");
        assertThat(json.text("metsuke.rejected.origin")).isEqualTo("metsuke.rejected-3@5");
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BASELINES", "POSITIONS", "READING_HEADS"})
    void archivesWhateverIsNoPartsOwnState(Topic topic) {
        assertThat(TopicIndexing.topics()).contains(topic);
    }

    private static Document document(ConsumerRecord<byte[], byte[]> record) {
        Prepared prepared = TopicIndexing.prepare(record);
        assertThat(prepared).isInstanceOf(Document.class);
        return (Document) prepared;
    }

    private static ConsumerRecord<byte[], byte[]> record(
            Topic topic, long offset, byte @Nullable [] value, Map<String, String> headers) {
        return record(topic, offset, value, headers, LAST_OF_OCTOBER);
    }

    @SuppressWarnings("NullAway") // Kafka's constructor takes a null value, and does not say so
    private static ConsumerRecord<byte[], byte[]> record(
            Topic topic, long offset, byte @Nullable [] value, Map<String, String> headers, Instant time) {
        RecordHeaders kafka = new RecordHeaders();
        headers.forEach((name, text) -> kafka.add(name, text.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                topic.title(),
                3,
                offset,
                time.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                3,
                value == null ? 0 : value.length,
                "key".getBytes(UTF_8),
                value,
                kafka,
                Optional.empty());
    }
}
