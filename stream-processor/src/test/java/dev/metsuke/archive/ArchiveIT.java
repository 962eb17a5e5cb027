package dev.metsuke.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.metsuke.archive.index.BulkSettings;
import dev.metsuke.archive.retention.RetentionKeeper;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.retention.RetentionTopic;
import dev.metsuke.archive.setup.ArchiveSetup;
import dev.metsuke.archive.setup.IndexSettings;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.retention.LegalHold;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageStep;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.operations.setup.SetupReport.Outcome;
import dev.metsuke.servers.testing.NeedsEmbeddedServers;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import dev.metsuke.servers.testing.TestNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One broker and one node for all; each test has accounts and a consumer group of its own. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(180)
@NeedsServers
class ArchiveIT {

    private static final Instant TIME = Instant.parse("2026-11-24T00:04:40.666Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final IndexSettings INDICES =
            new IndexSettings(1, "0-1", Duration.ofSeconds(1), Duration.ofMillis(500));

    private static final RetentionSettings RETENTION = new RetentionSettings(10, Map.of(), Duration.ofHours(1), null);

    private static final RetentionSettings NEVER_DELETES =
            new RetentionSettings(100, Map.of(), Duration.ofHours(1), null);
    private static final RetentionSettings EVERY_SECOND =
            new RetentionSettings(10, Map.of(), Duration.ofSeconds(1), null);

    private static final String NO_LIFECYCLES =
            "its node has no lifecycle management, so the archive closes months and deletes them itself";

    private static final List<String> IP_ADDRESSES =
            List.of("0.0.0.0", "::", "2001:DB8::0001", "1:2:3:4:5:6:7::", "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1");

    private Path folder;
    private TestBroker broker;
    private TestNode node;
    private KafkaSettings kafka;
    private ElasticsearchClient client;
    private Producer<byte[], byte[]> producer;
    private Admin admin;
    private SetupReport firstSetup;

    @BeforeAll
    void startServers(@TempDir Path temporary) throws IOException {
        folder = temporary;
        var starting = TestBroker.startAsync(folder.resolve("kafka"));
        node = TestNode.start(folder.resolve("elasticsearch"));
        broker = starting.join();
        kafka = KafkaSettings.of(broker.bootstrapServers());
        client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()));
        firstSetup = TopicSetup.apply(kafka).plus(ArchiveSetup.apply(client, INDICES, RETENTION));
        Map<String, Object> properties = kafka.clientProperties("test");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test");
        admin = Admin.create(kafka.clientProperties("test-admin"));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    @AfterAll
    void stopServers() throws IOException {
        producer.close(Duration.ofSeconds(5));
        admin.close();
        client.close();
        node.close();
        broker.close();
    }

    @Test
    @NeedsEmbeddedServers(NO_LIFECYCLES)
    void setupTwiceChangesNothing() throws IOException {
        SetupReport second = TopicSetup.apply(kafka).plus(ArchiveSetup.apply(client, INDICES, RETENTION));

        assertThat(firstSetup.changed()).isTrue();
        assertThat(firstSetup.lines())
                .allMatch(line -> line.outcome() == Outcome.CREATED || line.outcome() == Outcome.LEFT_OUT);
        assertThat(second.changed()).as(second.describe()).isFalse();
        assertThat(second.hasProblems()).as(second.describe()).isFalse();
        assertThat(second.lines()).hasSameSizeAs(firstSetup.lines());
        assertThat(second.lines().stream()
                        .filter(line -> line.outcome() == Outcome.LEFT_OUT)
                        .map(SetupReport.Line::subject))
                .containsExactly(
                        "lifecycle policy metsuke-kept", "lifecycle policy metsuke-expired", "field type wildcard");
    }

    @Test
    void setupMendsTopicSettingsButNotPartitions() throws Exception {
        // Given
        ConfigResource seals = new ConfigResource(ConfigResource.Type.TOPIC, Topic.SEALS.title());
        AlterConfigOp shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1000000"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(seals, List.of(shorter))).all().get();
        KafkaSettings morePartitions =
                new KafkaSettings(kafka.bootstrapServers(), 6, kafka.replicationFactor(), Map.of());

        // When
        SetupReport report = TopicSetup.apply(morePartitions);

        // Then
        assertThat(report.describe())
                .contains("updated  topic metsuke.seals: retention.ms was 1000000, is -1")
                .contains("problem  topic metsuke.seals: it has 4 partitions where kafka.partitions says 6");
    }

    @Test
    void archivesEachEventOnceThoughKafkaRedelivers() throws Exception {
        // Given
        publishEvents("again", 0, 2_000);
        try (Archive first = start("redelivery")) {
            awaitCaughtUp(first);
            assertThat(first.snapshot().archived(Topic.ACCESS_EVENTS)).isGreaterThanOrEqualTo(2_000);
        }
        forgetOffsets("redelivery");
        publishEvents("again", 2_000, 500);

        // When
        try (Archive second = start("redelivery")) {
            awaitCaughtUp(second);

            // Then
            assertThat(second.snapshot().repeated().get(Topic.ACCESS_EVENTS)).isGreaterThanOrEqualTo(2_000L);
            assertThat(count(ArchiveIndex.ACCESS_EVENTS, "user.id", "again")).isEqualTo(2_500);
        }
    }

    @Test
    void archivesEachDecisionOnceThoughKafkaRedelivers() throws Exception {
        // Given
        AccountId account = new AccountId("decided");
        ExportApproval approval = new ExportApproval(
                "e-1", "A-1", account, "crm.customers", TIME, TIME.plusSeconds(60), 7, "CHG-1", TIME, "mori", null);
        PublishedPolicy policy = new PublishedPolicy("e-2", "decided", "policy: {quiet: 2h}\n", TIME, "mori", null);
        TriageAction triage = new TriageAction(
                "e-3",
                "decided",
                account,
                Rule.BULK_READ,
                TriageStep.RESOLVE,
                "mori",
                TIME,
                new SeenRevision(12, Severity.HIGH),
                null,
                Resolution.AUTHORISED,
                "CHG-1 allows it");
        publish(Topic.EXPORT_APPROVALS, "decided", approval.eventId(), approval.toJson());
        publish(Topic.TRIAGE, "decided", triage.eventId(), triage.toJson());
        publish(Topic.POLICY, "decided", policy.eventId(), policy.toJson());
        for (String department : List.of("Sales", "Support")) {
            DirectoryEntry entry = new DirectoryEntry(account, "1007", null, null, department, null, null, null);
            publish(Topic.DIRECTORY, "decided", "unused", entry.toJson());
        }
        try (Archive archive = start("decisions")) {
            awaitCaughtUp(archive);
        }

        // When
        forgetOffsets("decisions");
        try (Archive archive = start("decisions")) {
            awaitCaughtUp(archive);
            assertThat(archive.snapshot().repeated().get(Topic.DIRECTORY)).isEqualTo(2L);
            assertThat(archive.snapshot().repeated().get(Topic.TRIAGE)).isEqualTo(1L);
        }

        // Then
        assertThat(count(ArchiveIndex.EXPORT_APPROVALS, "metsuke.approval.id", "A-1"))
                .isOne();
        assertThat(count(ArchiveIndex.POLICY, "metsuke.policy.version", "decided"))
                .isOne();
        assertThat(count(ArchiveIndex.TRIAGE, "metsuke.alert.id", "decided")).isOne();
        assertThat(count(ArchiveIndex.TRIAGE, "metsuke.triage.resolution", "authorised"))
                .isOne();
        assertThat(count(ArchiveIndex.DIRECTORY, "user.id", "decided")).isEqualTo(2);
        assertThat(count(ArchiveIndex.DIRECTORY, "metsuke.directory.department", "Sales"))
                .isOne();
    }

    @Test
    void losesNothingWhileElasticsearchIsAway() throws Exception {
        URI before = node.url();
        try (Archive archive = start("outage")) {
            // Given
            publishEvents("outage", 0, 3_000);
            awaitCaughtUp(archive);

            // When
            Thread load = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 40; i++) {
                    publishEvents("outage", 3_000 + i * 250, 250);
                }
            });
            node.kill();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(archive.condition()).isInstanceOf(Condition.Waiting.class));
            load.join();
            assertThat(archive.caughtUp()).isFalse();
            node.restart();
            assertThat(node.url()).isEqualTo(before);

            // Then
            awaitCaughtUp(archive);
            assertThat(count(ArchiveIndex.ACCESS_EVENTS, "user.id", "outage")).isEqualTo(13_000);
            assertThat(archive.condition()).isEqualTo(new Condition.Running());
        }
    }

    @Test
    void saysThatItWaitsWhileNoBrokerAnswers() throws Exception {
        try (Archive archive = start("broker")) {
            // Given
            publishEvents("broker", 0, 100);
            awaitCaughtUp(archive);
            await().atMost(PATIENCE).until(() -> archive.condition().equals(new Condition.Running()));

            // When
            broker.kill();

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(archive.condition().describe())
                            .startsWith("waiting: no broker answers at " + broker.bootstrapServers()));

            // When
            broker.restart();
            publishEvents("broker", 100, 100);

            // Then
            awaitCaughtUp(archive);
            assertThat(count(ArchiveIndex.ACCESS_EVENTS, "user.id", "broker")).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> archive.condition().equals(new Condition.Running()));
        }
    }

    @Test
    void poisonGoesToRejectedAndTheRestIsIndexed() throws Exception {
        // Given
        publishEvents("careful", 0, 20);
        byte[] conflict = ("{\"@timestamp\":\"2026-11-24T00:00:00Z\",\"event\":{\"id\":\"poison-1\"},"
                        + "\"user\":{\"id\":\"careful\"},\"source\":{\"ip\":\"not an address\"}}")
                .getBytes(UTF_8);
        publish(Topic.ACCESS_EVENTS, "careful", "poison-1", conflict);
        publish(Topic.ACCESS_EVENTS, "careful", "poison-2", "not JSON".getBytes(UTF_8));
        publishEvents("careful", 20, 20);

        // When
        try (Archive archive = start("poison")) {
            awaitCaughtUp(archive);

            // Then
            assertThat(count(ArchiveIndex.ACCESS_EVENTS, "user.id", "careful")).isEqualTo(40);
            assertThat(archive.snapshot().rejected().get(Topic.ACCESS_EVENTS)).isEqualTo(2L);
            untilSearchable()
                    .untilAsserted(() -> assertThat(count(ArchiveIndex.REJECTED, "metsuke.rejected.stage", "archive"))
                            // Other tests' groups meet these records too.
                            .isGreaterThanOrEqualTo(2));
            SearchResponse<JsonData> found = client.search(
                    search -> search.index(ArchiveIndex.REJECTED.pattern())
                            .query(term("metsuke.rejected.stage", "archive"))
                            .query(query -> query.match(match ->
                                    match.field("metsuke.rejected.reason").query("document_parsing_exception IP"))),
                    JsonData.class);
            assertThat(text(found.hits().hits().getFirst().source()))
                    .contains("source.ip")
                    .contains("is not an IP string literal")
                    .contains("metsuke.access-events-");
        }
    }

    @Test
    void whateverTextALogHoldsIsArchived() throws Exception {
        // Given
        Random random = new Random(7);
        List<AccessEvent> events = IntStream.range(0, 400)
                .mapToObj(number -> hostile(random, "hostile-" + number))
                .toList();
        publish(events.stream()
                .map(event ->
                        record(Topic.ACCESS_EVENTS, event.account().value(), event.id(), AccessEventJson.encode(event)))
                .toList());

        // When
        try (Archive archive = start("hostile")) {
            awaitCaughtUp(archive);
        }

        // Then
        client.indices().refresh(refresh -> refresh.index(ArchiveIndex.ACCESS_EVENTS.pattern()));
        SearchResponse<JsonData> archived = client.search(
                search -> search.index(ArchiveIndex.ACCESS_EVENTS.pattern())
                        .query(term("service.name", "hostile"))
                        .size(events.size()),
                JsonData.class);
        Set<AccessEvent> written = new HashSet<>();
        for (AccessEvent event : events) {
            written.add(AccessEventJson.decode(AccessEventJson.encode(event)));
        }
        Set<AccessEvent> read = new HashSet<>();
        for (Hit<JsonData> hit : archived.hits().hits()) {
            Map<String, Object> members = new HashMap<>();
            Map<?, ?> source = Objects.requireNonNull(hit.source()).to(Map.class);
            source.forEach((name, value) -> members.put((String) name, value));
            read.add(AccessEventJson.decode(CanonicalJson.bytes(members)));
        }
        assertThat(read).isEqualTo(written).hasSameSizeAs(events);
    }

    private static AccessEvent hostile(Random random, String id) {
        return AccessEvent.builder()
                .timestamp(Instant.ofEpochSecond(
                        random.nextLong(-62_135_596_800L, 253_402_214_400L), random.nextInt(1_000_000_000)))
                .id(id)
                .action(Action.READ)
                .serviceName("hostile")
                .userId("hostile " + hostile(random))
                .userName(hostile(random))
                .userEmail(hostile(random))
                .sourceAddress(hostile(random))
                .sourceIp(IP_ADDRESSES.get(random.nextInt(IP_ADDRESSES.size())))
                .hostName(hostile(random))
                .userAgent(hostile(random))
                .urlOriginal(hostile(random))
                .urlPath(hostile(random))
                .urlQuery(hostile(random))
                .httpMethod(hostile(random))
                .httpStatus(random.nextLong())
                .httpBytes(random.nextLong())
                .logFilePath(hostile(random))
                .logOffset(random.nextLong())
                .dataset(hostile(random))
                .records(random.nextLong(Long.MAX_VALUE))
                .subjects(List.of(hostile(random), hostile(random)))
                .dataCategories(List.of(hostile(random)))
                .destination(hostile(random))
                .tags(List.of(hostile(random)))
                .eventCategories(List.of(hostile(random)))
                .original(hostile(random))
                .build();
    }

    /** Of characters that are special to somebody, now and then longer than any term of an index may be. */
    private static String hostile(Random random) {
        String pieces =
                "\0\u0001\b\n\r\t\u001f \"\\/<>&%{}[]*?:.\u007f\u0085\u200b\u202e\u2028\ufeff\ufffd\uffff\ud800é目";
        int length = random.nextInt(20) == 0 ? 40_000 : random.nextInt(30);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(pieces.charAt(random.nextInt(pieces.length())));
                case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(80));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    @Test
    void anotherDocumentUnderAKnownIdIsRejectedAndARepeatIsNot() throws Exception {
        // Given
        String form = "{\"@timestamp\":\"2026-11-24T00:00:00Z\",\"event\":{\"id\":\"twin-1\",\"action\":\"%s\"},"
                + "\"user\":{\"id\":\"twin\"}}";
        byte[] first = form.formatted("first-one").getBytes(UTF_8);
        byte[] other = form.formatted("other-one").getBytes(UTF_8);
        try (Archive archive = start("twin")) {
            publish(Topic.EXPORT_APPROVALS, "twin", "twin-1", first);
            awaitCaughtUp(archive);

            // When
            publish(Topic.EXPORT_APPROVALS, "twin", "twin-1", first);
            publish(Topic.EXPORT_APPROVALS, "twin", "twin-1", other);
            awaitCaughtUp(archive);

            // Then
            assertThat(archive.snapshot().rejected().get(Topic.EXPORT_APPROVALS))
                    .isEqualTo(1L);
            assertThat(archive.snapshot().repeated().get(Topic.EXPORT_APPROVALS))
                    .isGreaterThanOrEqualTo(1L);
            assertThat(count(ArchiveIndex.EXPORT_APPROVALS, "event.action", "first-one"))
                    .isOne();
            untilSearchable()
                    .untilAsserted(() -> assertThat(client.search(
                                            search -> search.index(ArchiveIndex.REJECTED.pattern())
                                                    .query(query -> query.matchPhrase(
                                                            match -> match.field("metsuke.rejected.reason")
                                                                    .query("another document is there"))),
                                            JsonData.class)
                                    .hits()
                                    .hits())
                            .first()
                            .satisfies(hit ->
                                    assertThat(text(hit.source())).contains("/twin-1), with another event.action")));
        }
    }

    @Test
    void anIndexThatTakesNothingForNowHoldsBackNothingElse() throws Exception {
        // Given
        StatusReport first = report("blocked", "r-1");
        publish(Topic.ACCOUNT_STATUS, "blocked", first.eventId(), first.toJson());
        try (Archive archive = start("blocked")) {
            awaitCaughtUp(archive);
            String index = ArchiveIndex.ACCOUNT_STATUS.at(Instant.now());
            block(index, true);

            // When
            for (int i = 2; i <= 9; i++) {
                StatusReport next = report("blocked", "r-" + i);
                publish(Topic.ACCOUNT_STATUS, "blocked", next.eventId(), next.toJson());
                publishEvents("blocked", i * 1_000, 1_000);
            }

            // Then
            untilSearchable()
                    .untilAsserted(() -> assertThat(count(ArchiveIndex.ACCESS_EVENTS, "user.id", "blocked"))
                            .isEqualTo(8_000));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(archive.condition().describe())
                            .startsWith("waiting: ")
                            .contains(": cluster_block_exception"));
            assertThat(archive.caughtUp()).isFalse();
            assertThat(count(ArchiveIndex.ACCOUNT_STATUS, "user.id", "blocked")).isOne();

            // When
            block(index, false);

            // Then
            awaitCaughtUp(archive);
            assertThat(count(ArchiveIndex.ACCOUNT_STATUS, "user.id", "blocked")).isEqualTo(9);
            assertThat(archive.snapshot().rejected().get(Topic.ACCOUNT_STATUS)).isZero();
            assertThat(archive.condition()).isEqualTo(new Condition.Running());
        }
    }

    private void block(String index, boolean isBlocked) throws IOException {
        client.indices()
                .putSettings(put ->
                        put.index(index).settings(settings -> settings.blocks(blocks -> blocks.write(isBlocked))));
    }

    private static StatusReport report(String account, String id) {
        return new StatusReport(id, id, new AccountId(account), Status.RETIRED, TIME, TIME, null, null, "hr", null);
    }

    @Test
    void lastStateOfAnAlertStandsThoughTheFirstComesAgain() throws Exception {
        // Given
        Alert open = alert("kept", AlertState.OPEN, 1);
        publish(Topic.ALERTS, "kept", open.id(), open.toJson());
        publish(
                Topic.ALERTS,
                "kept",
                open.id(),
                alert("kept", AlertState.OPEN, 2).toJson());
        publish(
                Topic.ALERTS,
                "kept",
                open.id(),
                alert("kept", AlertState.OPEN, 3).closed().toJson());
        try (Archive archive = start("alerts")) {
            awaitCaughtUp(archive);
            assertThat(count(ArchiveIndex.ALERTS, "metsuke.alert.state", "closed"))
                    .isOne();
        }

        // When
        forgetOffsets("alerts");
        try (Archive archive = start("alerts")) {
            awaitCaughtUp(archive);
        }

        // Then
        assertThat(count(ArchiveIndex.ALERTS, "user.id", "kept")).isOne();
        JsonData document = client.get(
                        get -> get.index("metsuke-alerts-2026.11").id(open.id()), JsonData.class)
                .source();
        assertThat(text(document)).contains("state=closed").contains("events=3");
    }

    @Test
    void consoleCanSortAggregateAndFindWords() throws Exception {
        // Given
        publishEvents("reader", 0, 10);
        Alert alert = alert("reader", AlertState.OPEN, 1);
        publish(Topic.ALERTS, "reader", alert.id(), alert.toJson());
        try (Archive archive = start("console")) {
            awaitCaughtUp(archive);
        }
        client.indices().refresh(refresh -> refresh.index("metsuke-*"));

        // When
        SearchResponse<JsonData> events = client.search(
                search -> search.index(ArchiveIndex.ACCESS_EVENTS.pattern())
                        .query(query -> query.bool(bool -> bool.filter(term("user.id", "reader"))
                                .must(must -> must.matchPhrase(
                                        phrase -> phrase.field("event.original").query("select everything")))))
                        .sort(sort ->
                                sort.field(field -> field.field("@timestamp").order(SortOrder.Desc)))
                        .aggregations("users", users -> users.terms(terms -> terms.field("user.id")))
                        .aggregations("datasets", sets -> sets.terms(terms -> terms.field("metsuke.dataset"))),
                JsonData.class);
        SearchResponse<JsonData> alerts = client.search(
                search -> search.index(ArchiveIndex.ALERTS.pattern())
                        .query(term("user.id", "reader"))
                        .aggregations("rules", rules -> rules.terms(terms -> terms.field("rule.id")))
                        .aggregations("states", states -> states.terms(terms -> terms.field("metsuke.alert.state"))),
                JsonData.class);

        // Then
        assertThat(events.hits().hits()).hasSize(10);
        assertThat(buckets(events, "users")).containsExactly("reader=10");
        assertThat(buckets(events, "datasets")).containsExactly("crm.customers=10");
        assertThat(buckets(alerts, "rules")).containsExactly("bulk-read=1");
        assertThat(buckets(alerts, "states")).containsExactly("open=1");
    }

    @Test
    void waitsForItsTemplatesRatherThanLetTheMappingBeGuessed() throws Exception {
        // Given
        String family = ArchiveIndex.ALERTS.family();
        client.indices().deleteIndexTemplate(delete -> delete.name(family));

        // When
        try (Archive archive = start("templates")) {
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(archive.condition().describe())
                            .isEqualTo("waiting: Elasticsearch has no index template metsuke-alerts;"
                                    + " run metsuke setup"));
            SetupReport mended = ArchiveSetup.apply(client, INDICES, RETENTION);
            assertThat(mended.lines().stream()
                            .filter(line -> line.outcome() == Outcome.CREATED)
                            .map(SetupReport.Line::subject))
                    .containsExactly("index template metsuke-alerts");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(archive.condition()).isEqualTo(new Condition.Running()));
        }
    }

    @Test
    @NeedsEmbeddedServers(NO_LIFECYCLES)
    void deletesExpiredMonthsButForLegalHolds() throws Exception {
        // Given
        archived("metsuke-access-events-2010.01", "2010-01-15T00:00:00Z", "expired");
        archived("metsuke-access-events-2010.01-restored", "2010-01-15T00:00:00Z", "expired");
        archived("metsuke-access-events-2010.03", "2010-03-15T00:00:00Z", "held");
        archived("metsuke-access-events-2010.06", "2010-05-31T23:59:00Z", "late");
        archived("metsuke-seals-2009.12", "2009-12-01T00:00:00Z", null);
        archived("metsuke-seals-2010.04", "2010-04-01T00:00:00Z", null);
        archived("metsuke-seals-2010.11", "2010-11-01T00:00:00Z", null);
        archived("metsuke-access-events-2020.01", "2020-01-15T00:00:00Z", "kept");
        RetentionTopic topic = new RetentionTopic(kafka);
        LegalHold ofAccount = hold("H-1", new AccountId("held"), null, null);
        topic.write(ofAccount);
        topic.write(hold("H-2", null, "2010-05-31T00:00:00Z", "2010-06-01T00:00:00Z"));
        publishEvents("today", 0, 10);
        String today = ArchiveIndex.ACCESS_EVENTS.at(Instant.now());

        try (Archive archive = start("retention", EVERY_SECOND)) {
            // When
            awaitCaughtUp(archive);
            await().atMost(PATIENCE)
                    .until(() -> isClosed("metsuke-access-events-2020.01") && !isThere("metsuke-seals-2009.12"));

            // Then
            assertThat(isThere("metsuke-access-events-2010.01")).isFalse();
            assertThat(isThere("metsuke-access-events-2010.01-restored")).isTrue();
            assertThat(isThere("metsuke-access-events-2010.03")).isTrue();
            assertThat(isThere("metsuke-access-events-2010.06")).isTrue();
            assertThat(isThere("metsuke-seals-2010.04")).isTrue();
            assertThat(isThere("metsuke-seals-2010.11")).isTrue();
            assertThat(isClosed(today)).isFalse();

            // When
            topic.write(ofAccount.released("released", new LegalHold.Release(Instant.now(), "abe", "settled")));

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(isThere("metsuke-seals-2010.04")).isFalse());
            assertThat(isThere("metsuke-access-events-2010.03")).isFalse();
            assertThat(isThere("metsuke-access-events-2010.06")).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(deletions().keySet())
                            .filteredOn(index -> index.contains("-2009.") || index.contains("-2010."))
                            .containsExactlyInAnyOrder(
                                    "metsuke-access-events-2010.01",
                                    "metsuke-access-events-2010.03",
                                    "metsuke-seals-2009.12",
                                    "metsuke-seals-2010.04"));
            assertThat(deletions().get("metsuke-access-events-2010.01"))
                    .contains("documents=1")
                    .contains("kept for 10 years, until 2020-02-01T00:00:00Z, and no legal hold concerns it");
            assertThat(count(ArchiveIndex.RETENTION, "metsuke.hold.id", "H-1")).isEqualTo(2);
        }
    }

    @Test
    @NeedsEmbeddedServers(NO_LIFECYCLES)
    void aHoldThatIsPlacedDuringALookKeepsWhatIsNotDeletedYet() throws Exception {
        // Given
        archived("metsuke-access-events-1990.01", "1990-01-15T00:00:00Z", "first");
        archived("metsuke-access-events-1990.02", "1990-02-15T00:00:00Z", "second");
        publishEvents("meanwhile", 0, 10);
        RetentionTopic topic = new RetentionTopic(kafka);
        LegalHold hold = hold("H-3", new AccountId("second"), null, null);
        AtomicInteger looked = new AtomicInteger();
        // Asked once for the time of the look, and then for that of the first deletion.
        InstantSource clock = () -> {
            if (looked.incrementAndGet() == 2) {
                place(topic, hold);
            }
            return Instant.now();
        };

        // When
        try (Archive archive = start("beside", NEVER_DELETES);
                RetentionKeeper keeper = new RetentionKeeper(
                        EVERY_SECOND,
                        kafka,
                        client,
                        () -> false,
                        List.of(Topic.ACCESS_EVENTS),
                        "meanwhile",
                        clock,
                        new SimpleMeterRegistry())) {
            awaitCaughtUp(archive);
            keeper.start();
            await().atMost(PATIENCE).until(() -> !isThere("metsuke-access-events-1990.01"));
        }

        // Then
        assertThat(looked.get()).isGreaterThan(2);
        assertThat(isThere("metsuke-access-events-1990.02")).isTrue();
        topic.write(hold.released("released-3", new LegalHold.Release(Instant.now(), "abe", "settled")));
    }

    private static void place(RetentionTopic topic, LegalHold hold) {
        try {
            topic.write(hold);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @NeedsEmbeddedServers(NO_LIFECYCLES)
    void keepsTheSealFromWhichKeptLinesStart() throws Exception {
        // Given
        sealed("metsuke-seals-2001.01", "busy", 10);
        sealed("metsuke-seals-2001.02", "busy", 20);
        sealed("metsuke-seals-2001.02", "quiet", 7);
        sealed("metsuke-seals-2001.03", "busy", 30);
        line("metsuke-access-events-2022.01", "busy", 21);
        line("metsuke-access-events-2022.01", "quiet", 8);
        String told = "metsuke-retention-2001.01";
        placed(told, "told", Map.of("event", Map.of("action", "index-deleted")));
        publishEvents("quiet", 0, 10);

        try (Archive archive = start("quiet", EVERY_SECOND)) {
            // When
            awaitCaughtUp(archive);
            await().atMost(PATIENCE).until(() -> !isThere("metsuke-seals-2001.01"));

            // Then
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> isThere("metsuke-seals-2001.02"));
            assertThat(isThere("metsuke-seals-2001.03")).isTrue();
            assertThat(isThere(told)).isTrue();

            // When
            client.indices().delete(delete -> delete.index("metsuke-access-events-2022.01"));

            // Then
            await().atMost(PATIENCE)
                    .until(() -> !isThere("metsuke-seals-2001.02") && !isThere("metsuke-seals-2001.03"));
            client.indices().delete(delete -> delete.index(told));
        }
    }

    private void sealed(String index, String stream, long line) throws IOException {
        Map<String, Object> seal = Map.of("stream", stream, "sequence", line);
        placed(index, stream, Map.of("@timestamp", "2001-01-01T00:00:00Z", "metsuke", Map.of("seal", seal)));
    }

    private void line(String index, String stream, long line) throws IOException {
        Map<String, Object> place = Map.of("stream", stream, "sequence", line);
        placed(index, stream, Map.of("@timestamp", "2022-01-01T00:00:00Z", "metsuke", Map.of("integrity", place)));
    }

    private void placed(String index, String id, Map<String, Object> document) throws IOException {
        client.index(request -> request.index(index).id(id).document(document).refresh(Refresh.True));
    }

    @Test
    @NeedsEmbeddedServers(NO_LIFECYCLES)
    void opensAClosedMonthForWhatChangesLate() throws Exception {
        Instant longAgo = Instant.parse("2020-03-10T00:00:00Z");
        String index = ArchiveIndex.ALERTS.at(longAgo);
        Alert alert = alert("late", AlertState.OPEN, 1, longAgo);
        try (Archive archive = start("reopened", EVERY_SECOND)) {
            // Given
            publish(Topic.ALERTS, "late", alert.id(), alert.toJson());
            awaitCaughtUp(archive);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(isClosed(index)).isTrue());

            // When
            publish(
                    Topic.ALERTS,
                    "late",
                    alert.id(),
                    alert("late", AlertState.OPEN, 2, longAgo).toJson());

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(text(
                                    client.get(get -> get.index(index).id(alert.id()), JsonData.class)
                                            .source()))
                            .contains("events=2"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(isClosed(index)).isTrue());
        }
    }

    private void archived(String index, String time, @Nullable String account) throws IOException {
        Map<String, Object> document = new HashMap<>(Map.of("@timestamp", time));
        if (account != null) {
            document.put("user", Map.of("id", account));
        }
        placed(index, "one", document);
    }

    private static LegalHold hold(
            String id, @Nullable AccountId account, @Nullable String from, @Nullable String until) {
        return new LegalHold(
                id + "-placed",
                id,
                account,
                from == null ? null : Instant.parse(from),
                until == null ? null : Instant.parse(until),
                "dispute",
                Instant.now(),
                "mori",
                null);
    }

    private boolean isThere(String index) throws IOException {
        return client.indices().exists(exists -> exists.index(index)).value();
    }

    private boolean isClosed(String index) throws IOException {
        var settings = Objects.requireNonNull(client.indices()
                        .getSettings(get -> get.index(index))
                        .settings()
                        .get(index))
                .settings();
        return settings != null
                && settings.index() != null
                && settings.index().blocks() != null
                && Boolean.TRUE.equals(settings.index().blocks().write());
    }

    private Map<String, String> deletions() throws IOException {
        client.indices().refresh(refresh -> refresh.index(ArchiveIndex.RETENTION.pattern()));
        Map<String, String> deletions = new HashMap<>();
        client.search(
                        search -> search.index(ArchiveIndex.RETENTION.pattern())
                                .query(term("event.action", "index-deleted")),
                        JsonData.class)
                .hits()
                .hits()
                .forEach(hit -> {
                    String text = text(hit.source());
                    deletions.put(text.replaceAll(".*index=(metsuke-[^,}]*).*", "$1"), text);
                });
        return deletions;
    }

    private static String text(@Nullable JsonData document) {
        return document == null ? "" : String.valueOf(document.to(Map.class));
    }

    private static List<String> buckets(SearchResponse<?> response, String name) {
        return Objects.requireNonNull(response.aggregations().get(name)).sterms().buckets().array().stream()
                .map(bucket -> bucket.key().stringValue() + "=" + bucket.docCount())
                .toList();
    }

    private Archive start(String group) {
        return start(group, RETENTION);
    }

    private Archive start(String group, RetentionSettings retention) {
        BulkSettings bulk =
                new BulkSettings(1 << 20, 500, Duration.ofMillis(20), 3, Duration.ofSeconds(1), Duration.ofSeconds(10));
        Archive archive = new Archive(
                kafka,
                ElasticsearchSettings.of(node.url()),
                new ArchiveSettings("archive-" + group, bulk, INDICES, retention),
                new SimpleMeterRegistry());
        archive.start();
        return archive;
    }

    private static void awaitCaughtUp(Archive archive) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(archive::caughtUp);
    }

    /** As if the archive had been killed before it committed anything. */
    private void forgetOffsets(String group) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        admin.listConsumerGroupOffsets("archive-" + group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, _) -> beginnings.put(partition, new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets("archive-" + group, beginnings).all().get();
    }

    /** An index that is being made has no shard yet that could answer. */
    private static ConditionFactory untilSearchable() {
        return await().atMost(PATIENCE)
                .ignoreExceptionsMatching(
                        problem -> String.valueOf(problem.getMessage()).contains("no_shard_available"));
    }

    private long count(ArchiveIndex index, String field, String value) throws IOException {
        client.indices().refresh(refresh -> refresh.index(index.pattern()));
        return client.count(count -> count.index(index.pattern()).query(term(field, value)))
                .count();
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    private void publishEvents(String account, int from, int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            AccessEvent event = AccessEvent.builder()
                    .timestamp(TIME.plusMillis(i))
                    .id(account + "-" + i)
                    .action(Action.READ)
                    .userId(account)
                    .sourceIp("203.0.113.9")
                    .dataset("crm.customers")
                    .records(1L)
                    .original("SELECT everything FROM customers -- " + i)
                    .build();
            records.add(record(Topic.ACCESS_EVENTS, account, event.id(), AccessEventJson.encode(event)));
        }
        publish(records);
    }

    private void publish(Topic topic, String account, String id, byte[] value) {
        publish(List.of(record(topic, account, id, value)));
    }

    /** Returns when readers of committed records see them: Kafka answers a commit before that. */
    private void publish(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        // A send that fails lets the commit fail.
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        producer.commitTransaction();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata written = one.resultNow();
            ends.merge(new TopicPartition(written.topic(), written.partition()), written.offset() + 1, Math::max);
        }
        Set<String> topics = ends.keySet().stream().map(TopicPartition::topic).collect(toSet());
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> TopicOffsets.isThrough(TopicOffsets.committedEnds(admin, topics), ends));
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String account, String id, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.title(), account.getBytes(UTF_8), value);
        record.headers().add(Header.ID, id.getBytes(UTF_8));
        return record;
    }

    private static Alert alert(String account, AlertState state, long events) {
        return alert(account, state, events, TIME);
    }

    private static Alert alert(String account, AlertState state, long events, Instant start) {
        AccountId id = new AccountId(account);
        return new Alert(
                Alert.idOf(Rule.BULK_READ, id, "crm.customers", start),
                Rule.BULK_READ,
                id,
                "crm.customers",
                state,
                Severity.HIGH,
                start,
                start.plusSeconds(events),
                account + " read much",
                "much",
                "less",
                events,
                events,
                0,
                List.of(),
                List.of(),
                Map.of("ceiling", "500"),
                "1",
                null,
                null,
                null);
    }
}
