package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.util.BinaryData;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import dev.metsuke.servers.testing.TestNode;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real archive in which accesses lie that nobody could object to when they happened. */
@Timeout(180)
@NeedsServers
class RetrohuntCommandIT {

    private static final Instant MONDAY = Instant.parse("2026-06-01T01:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsWhatLiveDetectionCouldNotHaveKnown() throws Exception {
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"));
                TestNode node = TestNode.start(folder.resolve("elasticsearch"));
                ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()))) {
            writeSettings(broker.bootstrapServers(), node.url().toString());
            assertThat(run("setup").exitCode()).isZero();
            Files.writeString(folder.resolve("staff.csv"), """
                account,person,name,contract_end
                mori,1002,Mori Aoi,2026-05-31T00:00:00Z
                """);
            CommandRun imported =
                    run("import-directory", folder.resolve("staff.csv").toString());
            Files.writeString(folder.resolve("today.yml"), "policy: {version: today, bulk-read: {ceiling: 100}}\n");
            CommandRun published =
                    run("policy", "publish", folder.resolve("today.yml").toString());
            archive(client, access("1", MONDAY.minus(Duration.ofDays(3)), "sato", 1));
            archive(client, access("2", MONDAY, "sato", 1));
            archive(client, access("3", MONDAY.plusSeconds(60), "mori", 1));
            archive(client, access("4", MONDAY.plusSeconds(120), "ito", 150));
            archive(client, access("5", MONDAY.plusSeconds(180), "kato", 1));
            archive(client, retiredOnSunday("sato"));
            // Suspended by mistake, which was taken back at the same moment.
            archive(client, onSunday("kato", Status.REINSTATED));
            archive(client, onSunday("kato", Status.SUSPENDED));
            publish(broker.bootstrapServers(), onSunday("kato", Status.SUSPENDED), onSunday("kato", Status.REINSTATED));

            CommandRun first = hunt("--format", "ndjson");
            CommandRun ofOne = hunt("--account", "mori");
            CommandRun later = run("retrohunt", "--from", "2026-06-02", "--to", "2026-06-30");
            for (Alert alert : alerts(first)) {
                archive(client, ArchiveIndex.ALERTS.at(alert.start()), alert.id(), alert.toJson());
            }
            List<AccessEvent> readings = readings(broker.bootstrapServers());
            CommandRun second = hunt();
            archive(client, access("6", MONDAY.plusSeconds(240), "sato", 1));
            CommandRun third = hunt();
            CommandRun lax = hunt("--policy", write("lax.yml", "policy: {version: lax}\n"), "--account", "ito");
            writeSettings(broker.bootstrapServers(), "http://127.0.0.1:1");
            CommandRun away = hunt();
            CommandRun half = run("setup");

            assertThat(half.exitCode()).isEqualTo(1);
            assertThat(half.out()).contains("unchanged  topic metsuke.alerts");
            assertThat(half.err()).contains("Elasticsearch cannot be reached", "check elasticsearch.url");
            assertThat(imported.exitCode()).as(imported.err()).isZero();
            assertThat(published.exitCode()).as(published.err()).isZero();
            assertThat(first.exitCode()).as(first.err()).isEqualTo(1);
            assertThat(first.out().lines())
                    .hasSize(3)
                    .allMatch(line -> line.endsWith("\"find\":\"new\",\"known\":[]}"));
            assertThat(alerts(first))
                    .extracting(Alert::rule, alert -> alert.account().value(), Alert::events, Alert::policyVersion)
                    .containsExactly(
                            tuple(Rule.REVOKED_ACCOUNT, "sato", 1L, "today"),
                            tuple(Rule.REVOKED_ACCOUNT, "mori", 1L, "today"),
                            tuple(Rule.BULK_READ, "ito", 1L, "today"));
            assertThat(first.err()).contains("5 events read").containsPattern("revoked-account +2 +2 +0");
            assertThat(readings)
                    .hasSize(3)
                    .allMatch(reading -> ReadingTrace.DATASET.equals(reading.dataset()))
                    .extracting(AccessEvent::original)
                    .anyMatch(asked -> asked.startsWith("metsuke retrohunt --account mori --from 2026-"));
            assertThat(ofOne.exitCode()).as(ofOne.err()).isEqualTo(1);
            assertThat(ofOne.out()).contains("1 events read").containsPattern("(?m)^NEW   .* revoked-account .*mori");
            assertThat(later.exitCode()).as(later.err()).isZero();
            assertThat(later.out()).contains("5 events read").containsPattern("revoked-account +0 +0 +0");
            assertThat(second.exitCode()).as(second.out()).isZero();
            assertThat(second.out()).containsPattern("revoked-account +2 +0 +0");
            assertThat(third.exitCode()).as(third.err()).isEqualTo(1);
            assertThat(third.out())
                    .containsPattern("(?m)^GROWN .*; 1 of its 2 accesses were told, by alert [0-9a-f]{32}$")
                    .containsPattern("revoked-account +2 +0 +1");
            assertThat(lax.exitCode()).as(lax.out()).isZero();
            assertThat(away.exitCode()).isEqualTo(2);
            assertThat(away.err()).contains("127.0.0.1:1");
        }
    }

    private static List<AccessEvent> readings(String brokers) throws Exception {
        List<byte[]> values = new ArrayList<>();
        new TopicContents(KafkaSettings.of(brokers)).read(Topic.ACCESS_EVENTS, found -> values.add(found.value()));
        List<AccessEvent> readings = new ArrayList<>();
        for (byte[] value : values) {
            readings.add(AccessEventJson.decode(value));
        }
        return readings;
    }

    private static AccessEvent access(String id, Instant time, String account, long records) {
        return AccessEvent.builder()
                .timestamp(time)
                .created(time.plusSeconds(1))
                .id("access-" + id)
                .action(Action.READ)
                .outcome(Outcome.SUCCESS)
                .userId(account)
                .dataset("crm.customers")
                .records(records)
                .build();
    }

    /** Five months later, long behind the horizon. */
    private static StatusReport retiredOnSunday(String account) {
        return onSunday(account, Status.RETIRED);
    }

    private static StatusReport onSunday(String account, Status status) {
        return new StatusReport(
                account + "-message-" + status,
                account + "-" + status,
                new AccountId(account),
                status,
                MONDAY.minus(Duration.ofDays(1)),
                Instant.parse("2026-11-01T00:00:00Z"),
                null,
                null,
                "hr");
    }

    private static void publish(String brokers, StatusReport... reports) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer())) {
            for (StatusReport report : reports) {
                producer.send(new ProducerRecord<>(
                                Topic.ACCOUNT_STATUS.title(), report.account().value(), report.toJson()))
                        .get();
            }
        }
    }

    private static List<Alert> alerts(CommandRun run) throws MalformedDocumentException {
        List<Alert> alerts = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            String alert = line.substring("{\"alert\":".length(), line.lastIndexOf(",\"find\":"));
            alerts.add(Alert.fromJson(alert.getBytes(StandardCharsets.UTF_8)));
        }
        return alerts;
    }

    private static void archive(ElasticsearchClient client, AccessEvent event) throws IOException {
        archive(client, ArchiveIndex.ACCESS_EVENTS.at(event.timestamp()), event.id(), AccessEventJson.encode(event));
    }

    private static void archive(ElasticsearchClient client, StatusReport report) throws IOException {
        archive(client, ArchiveIndex.ACCOUNT_STATUS.at(report.reportedAt()), report.eventId(), report.toJson());
    }

    private static void archive(ElasticsearchClient client, String index, String id, byte[] json) throws IOException {
        client.index(request -> request.index(index)
                .id(id)
                .document(BinaryData.of(json, "application/json"))
                .refresh(Refresh.True));
    }

    private void writeSettings(String brokers, String url) throws IOException {
        write("metsuke.yml", """
            kafka:
              bootstrap-servers: %s
              replication-factor: 1
              partitions: 1
            elasticsearch:
              url: %s
            console:
              zone: UTC
            """.formatted(brokers, url));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private CommandRun hunt(String... arguments) {
        return run(Stream.concat(
                        Stream.of("retrohunt", "--from", "2026-05-25", "--to", "2026-06-30"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private CommandRun run(String... arguments) {
        return CommandRun.with(folder.resolve("metsuke.yml"), arguments);
    }
}
