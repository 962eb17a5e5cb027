package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.CommandRun;
import dev.metsuke.standalone.OperatorsGuide;
import dev.metsuke.standalone.local.LocalInstance;
import dev.metsuke.standalone.local.LocalSettings;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** From the file through Kafka into the archive, and from there to the auditor: what is proven is what was logged. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class VerifyCommandIT {

    private static final Progress SILENT =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LINES = 1_500;

    private static final String SETTINGS = """
        console: {port: 0, zone: Asia/Tokyo, readings: {id: auditor}}
        shipper:
          id: test
          scan-interval: 100ms
          seal: {interval: 500ms, file: seals.ndjson}
          sources:
            - name: portal
              paths: [access.log]
              format: combined
              pseudonyms: {key-file: pseudonym.key, url-parameters: [person]}
        """;

    @TempDir
    Path folder;

    @Test
    void provesWhatWasShippedAndNamesWhatWasTamperedWith() throws Exception {
        writeLog();
        writePseudonymKey();
        SettingsFile settings = SettingsFile.of(SETTINGS, "metsuke.yml", folder);
        Map<String, Object> servers =
                Map.of("data", folder.resolve("servers").toString(), "kafka-port", 0, "elasticsearch-port", 0);
        LocalSettings local = LocalSettings.of(settings.with(Map.of("servers", servers)));
        try (LocalInstance instance = LocalInstance.start(local, SILENT);
                ElasticsearchClient client =
                        ElasticsearchConnection.open(instance.engines().elasticsearch())) {
            Path config = Files.writeString(
                    folder.resolve("auditor.yml"),
                    SETTINGS + "elasticsearch:\n  url: "
                            + instance.engines().elasticsearch().url() + "\nkafka:\n  bootstrap-servers: "
                            + instance.engines().kafka().bootstrapServers() + "\n");
            instance.ship();
            await("all is archived and sealed")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(CommandRun.of("verify", "--config", config.toString())
                                    .out())
                            .contains("test/portal  whole  1,500 lines (1 to 1,500)")
                            .doesNotContain("not sealed yet"));
            findsThem(config.toString());
            holdsThem(config.toString());
            String keys = keyFile("keys.json").toString();
            String pem = keyFile("*.public.pem").toString();
            String choice = folder.resolve("choice.zip").toString();

            String readers =
                    folder.resolve("metsuke-data/keys/auditor/keys.json").toString();
            // Placed, released, placed and released; what came a moment ago need not be there for the rest to be whole.
            String holds = "metsuke.retention  as Kafka has it  4 documents";
            CommandRun whole = await("the readings and the holds are archived and sealed as well")
                    .atMost(PATIENCE)
                    .until(
                            () -> CommandRun.of(
                                    "verify",
                                    "--config",
                                    config.toString(),
                                    "--keys",
                                    pem,
                                    "--keys",
                                    readers,
                                    "--seals",
                                    folder.resolve("seals.ndjson").toString(),
                                    "--metrics",
                                    folder.resolve("whole.prom").toString()),
                            run -> run.exitCode() == 0 && run.out().contains(holds));
            Path ofAnotherKafka = Files.writeString(
                    folder.resolve("another.yml"),
                    Files.readString(config).replace(instance.engines().kafka().bootstrapServers(), "127.0.0.1:1"));
            CommandRun kafkaAway =
                    CommandRun.of("verify", "--config", ofAnotherKafka.toString(), "--keys", pem, "--keys", readers);
            CommandRun export = CommandRun.of(
                    "export", "url.path:\\/customers\\/7*", "--out", choice, "--config", config.toString());
            CommandRun ofExport = CommandRun.of("verify", choice, "--keys", pem);
            CommandRun unknownKey =
                    CommandRun.of("verify", choice, "--keys", otherKey().toString());
            takeOutTheLastLine(client);
            CommandRun cutOff = CommandRun.of("verify", "--config", config.toString(), "--keys", keys, "--settle", "0");
            Path ofAnArchiveBehind = Files.writeString(
                    folder.resolve("behind.yml"), Files.readString(config) + "archive: {group-id: has-read-nothing}\n");
            commitNothing(instance.engines().kafka(), "has-read-nothing");
            CommandRun behind =
                    CommandRun.of("verify", "--config", ofAnArchiveBehind.toString(), "--keys", keys, "--settle", "0");
            tamper(client);
            CommandRun tampered = CommandRun.of(
                    "verify",
                    "--config",
                    config.toString(),
                    "--keys",
                    keys,
                    "--days",
                    "36500",
                    "--metrics",
                    folder.resolve("tampered.prom").toString());
            String hold = takeOutAHold(client);
            CommandRun withoutHold =
                    CommandRun.of("verify", "--config", config.toString(), "--keys", keys, "--settle", "0");
            takeOutTheStream(client);
            CommandRun withoutStream =
                    CommandRun.of("verify", "--config", config.toString(), "--keys", keys, "--settle", "0");
            Path ofTheArchiveAlone = Files.writeString(
                    folder.resolve("alone.yml"),
                    SETTINGS + "elasticsearch:\n  url: "
                            + instance.engines().elasticsearch().url() + "\n");
            CommandRun withoutKafka =
                    CommandRun.of("verify", "--config", ofTheArchiveAlone.toString(), "--keys", keys, "--settle", "0");
            CommandRun away = CommandRun.of(
                    "verify", "--keys", keys, "--config", unreachable().toString());

            assertThat(whole.out()).contains("auditor/readings  whole  ");
            assertThat(whole.err()).doesNotContain("no place in a chain");
            assertThat(folder.resolve("whole.prom"))
                    .content()
                    .contains(
                            "metsuke_verify_outcome{outcome=\"whole\",verification=\"whole\"} 1.0\n",
                            "metsuke_verify_streams{outcome=\"whole\",verification=\"whole\"} 2.0\n",
                            "metsuke_verify_streams{outcome=\"tampered-with\",verification=\"whole\"} 0.0\n");
            assertThat(folder.resolve("tampered.prom"))
                    .content()
                    .contains("metsuke_verify_outcome{outcome=\"tampered-with\",verification=\"tampered\"} 1.0\n");
            assertThat(Pattern.compile("(?m)^# TYPE (\\w+) gauge$")
                            .matcher(Files.readString(folder.resolve("whole.prom")))
                            .results()
                            .map(family -> family.group(1)))
                    .containsExactlyInAnyOrderElementsOf(OperatorsGuide.metricsOfVerification());
            assertThat(kafkaAway.out()).contains("test/portal  whole  1,500 lines (1 to 1,500)");
            assertThat(kafkaAway.err()).contains("is not compared with Kafka, which cannot be asked");
            assertThat(kafkaAway.exitCode()).isEqualTo(2);
            assertThat(export.exitCode()).as(export.err()).isZero();
            assertThat(export.out()).contains("111 events in " + choice);
            assertThat(ofExport.exitCode()).as(ofExport.out() + ofExport.err()).isZero();
            assertThat(ofExport.out())
                    .contains("test/portal  111 of 111 lines proven genuine", "a choice of the lines");
            assertThat(unknownKey.exitCode()).isEqualTo(2);
            assertThat(cutOff.exitCode()).isEqualTo(1);
            assertThat(cutOff.out()).contains("test/portal  TAMPERED WITH", "line 1500 is missing");
            assertThat(behind.exitCode()).isEqualTo(2);
            assertThat(behind.out()).contains("line 1500 is missing", "look again later");
            assertThat(behind.err()).contains("the archive is behind: of what was sealed after ");
            assertThat(tampered.exitCode()).isEqualTo(1);
            assertThat(tampered.out())
                    .contains("test/portal  TAMPERED WITH", "changed: line 124, " + folder.resolve("access.log"));
            assertThat(tampered.out()).contains(holds);
            assertThat(withoutHold.out())
                    .contains(
                            "metsuke.retention  TAMPERED WITH  3 documents as in Kafka, 1 not",
                            hold + " is missing; Kafka has it as metsuke.retention-");
            assertThat(withoutStream.exitCode()).isEqualTo(1);
            assertThat(withoutStream.out())
                    .contains("test/portal  TAMPERED WITH  no lines", "lines 1 to 1500 are missing");
            assertThat(withoutKafka.out()).contains("auditor/readings  ").doesNotContain("test/portal");
            assertThat(away.exitCode()).isEqualTo(2);
        }
    }

    private void findsThem(String config) {
        String key = folder.resolve("pseudonym.key").toString();
        String pseudonym =
                CommandRun.of("pseudonym", "--key-file", key, "C-3").out().strip();

        CommandRun whoRead = CommandRun.of("who-read", "C-3", "--key-file", key, "--config", config);
        CommandRun whoReadAsJson = CommandRun.of("who-read", pseudonym, "--ndjson", "--config", config);
        CommandRun withoutKey = CommandRun.of("who-read", "C-3", "--config", config);
        CommandRun ofPerson =
                CommandRun.of("search", "--person", "C-3", "--key-file", key, "--ndjson", "--config", config);
        CommandRun all = CommandRun.of("search", "url.path:*", "--limit", "1400", "--ndjson", "--config", config);
        CommandRun histogram = CommandRun.of("search", "--account", "sato", "--histogram", "hour", "--config", config);
        CommandRun broken = CommandRun.of("search", "user.id:(", "--config", config);

        assertThat(whoRead.exitCode()).as(whoRead.err()).isZero();
        assertThat(whoRead.out().lines().skip(1))
                .satisfiesExactly(
                        sato -> assertThat(sato)
                                .matches("sato .* 30 +2026-11-24 10:00:28 \\+09:00 .*2026-11-24 10:24:38 .*read 30.*"),
                        tanaka -> assertThat(tanaka).matches("tanaka .* 30 +2026-11-24 10:00:03 .*read 30.*"));
        assertThat(whoRead.err()).contains("2 accounts, 60 accesses that name this person (as " + pseudonym + ", C-3)");
        assertThat(whoReadAsJson.out())
                .contains("\"account\":\"sato\",\"actions\":{\"read\":30}", "\"first\":\"2026-11-24T01:00:28Z\"");
        assertThat(withoutKey.err()).contains("0 accounts, 0 accesses", "with --key-file only");
        // Who asked for the person before may be among the findings by now, and asked by name.
        assertThat(ofPerson.out().lines().filter(line -> !line.contains("\"dataset\":\"metsuke.archive\"")))
                .hasSize(60)
                .allMatch(line -> line.contains(pseudonym));
        assertThat(all.out().lines().distinct()).hasSize(1_400);
        assertThat(all.out().lines().findFirst().orElse("")).contains("/customers/1499");
        assertThat(all.err()).contains("1400 of 1500");
        assertThat(histogram.out()).matches("2026-11-24 10:00 \\+09:00  750  █{50}\\R");
        assertThat(broken.exitCode()).isEqualTo(2);
        await("the questions are archived, too")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(CommandRun.of("search", "--dataset", "metsuke.archive", "--config", config)
                                        .out())
                                .contains(
                                        System.getProperty("user.name"),
                                        "metsuke who-read '" + pseudonym + "'",
                                        "metsuke search 'url.path:*'"));
    }

    private static void holdsThem(String config) {
        CommandRun placed = CommandRun.of(
                "hold", "--config", config, "add", "--account", "sato", "--to", "2026-11-24", "--reason", "why");
        String id = holdId(placed);
        CommandRun misspelt = CommandRun.of("hold", "--config", config, "add", "--account", "satoo", "--reason", "why");
        CommandRun.of("hold", "--config", config, "release", holdId(misspelt), "--reason", "misspelt");

        CommandRun listed = CommandRun.of("hold", "--config", config, "list");
        CommandRun nothing = CommandRun.of("hold", "--config", config, "add", "--reason", "why");
        CommandRun released = CommandRun.of("hold", "--config", config, "release", id, "--reason", "settled");
        CommandRun again = CommandRun.of("hold", "--config", config, "release", id, "--reason", "settled");
        CommandRun inForce = CommandRun.of("hold", "--config", config, "list");
        CommandRun all = CommandRun.of("hold", "--config", config, "list", "--all");

        assertThat(placed.exitCode()).as(placed.err()).isZero();
        assertThat(placed.out()).containsPattern("it concerns 7[5-9]\\d documents of the archive now");
        assertThat(misspelt.exitCode()).as(misspelt.err()).isZero();
        assertThat(misspelt.err()).contains("it concerns no document of the archive now");
        assertThat(listed.out()).contains(id + " on sato until 2026-11-24T15:00:00Z: why (placed ");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("a legal hold needs an account, a period, or both");
        assertThat(released.exitCode()).as(released.err()).isZero();
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(inForce.out()).contains("there is no legal hold in force");
        assertThat(all.out()).contains(id, "; released ", "by " + System.getProperty("user.name") + ": settled");
    }

    private static String holdId(CommandRun placed) {
        return placed.out().replaceAll("(?s)placed: (\\S+) .*", "$1");
    }

    private static void commitNothing(KafkaSettings kafka, String groupId) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> beginning =
                Map.of(new TopicPartition(Topic.ACCESS_EVENTS.title(), 0), new OffsetAndMetadata(0));
        try (Admin brokers = Admin.create(kafka.clientProperties("test"))) {
            brokers.alterConsumerGroupOffsets(groupId, beginning).all().get();
        }
    }

    private static void takeOutTheLastLine(ElasticsearchClient client) throws IOException {
        Hit<JsonData> last = find(client, LINES - 1);
        client.delete(delete -> delete.index(last.index()).id(last.id()).refresh(Refresh.True));
    }

    /** With all that tells of it in the archive. */
    private static void takeOutTheStream(ElasticsearchClient client) throws IOException {
        Query ofStream = Query.of(query -> query.bool(either -> either.should(line ->
                        line.term(term -> term.field("metsuke.integrity.stream").value("test/portal")))
                .should(seal ->
                        seal.term(term -> term.field("metsuke.seal.stream").value("test/portal")))));
        List<Hit<JsonData>> all = client.search(
                        search -> search.index(ArchiveIndex.ACCESS_EVENTS.pattern(), ArchiveIndex.SEALS.pattern())
                                .query(ofStream)
                                .size(2 * LINES),
                        JsonData.class)
                .hits()
                .hits();
        client.bulk(bulk -> {
            all.forEach(hit -> bulk.operations(operation ->
                    operation.delete(delete -> delete.index(hit.index()).id(hit.id()))));
            return bulk.refresh(Refresh.True);
        });
    }

    private static String takeOutAHold(ElasticsearchClient client) throws IOException {
        Hit<JsonData> hold = client.search(search -> search.index(ArchiveIndex.RETENTION.pattern()), JsonData.class)
                .hits()
                .hits()
                .getFirst();
        client.delete(delete -> delete.index(hold.index()).id(hold.id()).refresh(Refresh.True));
        return hold.index() + "/" + hold.id();
    }

    private static void tamper(ElasticsearchClient client) throws IOException {
        Hit<JsonData> hit = find(client, 123);
        client.update(
                update -> update.index(hit.index())
                        .id(hit.id())
                        .doc(Map.of("user", Map.of("id", "somebody-else")))
                        .refresh(Refresh.True),
                JsonData.class);
    }

    private static Hit<JsonData> find(ElasticsearchClient client, int customer) throws IOException {
        return client.search(
                        search -> search.index(ArchiveIndex.ACCESS_EVENTS.pattern())
                                .query(query -> query.term(
                                        term -> term.field("url.path").value("/customers/" + customer))),
                        JsonData.class)
                .hits()
                .hits()
                .getFirst();
    }

    private void writeLog() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(
                    "10.0.0.7 - %s [24/Nov/2026:10:%02d:%02d +0900] \"GET /customers/%d?q=日本&person=C-%d HTTP/1.1\" 200 30 \"-\" \"a\\\"b\"%n"
                            .formatted(i % 2 == 0 ? "sato" : "tanaka", i / 60, i % 60, i, i % 25));
        }
        Files.writeString(folder.resolve("access.log"), lines);
    }

    private void writePseudonymKey() throws IOException {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef".repeat(4));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private Path keyFile(String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve("metsuke-data/keys/test"), glob)) {
            return found.iterator().next();
        }
    }

    private Path otherKey() throws IOException {
        return Files.writeString(
                folder.resolve("other.pem"), SealKeyPair.generate().publicKey().toPem());
    }

    private Path unreachable() throws IOException {
        return Files.writeString(folder.resolve("away.yml"), "elasticsearch:\n  url: http://127.0.0.1:1\n");
    }
}
