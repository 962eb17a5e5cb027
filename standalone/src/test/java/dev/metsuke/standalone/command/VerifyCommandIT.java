package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.json.JsonData;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.Metsuke;
import dev.metsuke.standalone.local.LocalInstance;
import dev.metsuke.standalone.local.ServersSettings;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From the file through Kafka into the archive, and from there to the auditor: what is proven is what was logged. */
class VerifyCommandIT {

    private static final Progress SILENT =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LINES = 500;

    private static final String SHIPPER = """
        shipper:
          id: test
          scan-interval: 100ms
          seal: {interval: 500ms, file: seals.ndjson}
          sources:
            - name: portal
              paths: [access.log]
              format: combined
        """;

    @TempDir
    Path folder;

    @Test
    void provesWhatWasShippedAndNamesWhatWasTamperedWith() throws Exception {
        writeLog();
        SettingsFile settings = SettingsFile.of(SHIPPER, "metsuke.yml", folder);
        ServersSettings servers = new ServersSettings(folder.resolve("servers"), 0, 256, 0, 512);
        try (LocalInstance instance = LocalInstance.start(settings, servers, SILENT);
                ElasticsearchClient client =
                        ElasticsearchConnection.open(instance.engines().elasticsearch())) {
            Path config = Files.writeString(
                    folder.resolve("auditor.yml"),
                    SHIPPER + "elasticsearch:\n  url: "
                            + instance.engines().elasticsearch().url() + "\n");
            instance.ship();
            await("all is archived and sealed")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    run("verify", "--config", config.toString()).out())
                            .contains("test/portal  whole  500 lines (1 to 500)")
                            .doesNotContain("not sealed yet"));
            String keys = keyFile("keys.json").toString();
            String pem = keyFile("*.public.pem").toString();
            String choice = folder.resolve("choice.zip").toString();

            Run whole = run(
                    "verify",
                    "--config",
                    config.toString(),
                    "--keys",
                    pem,
                    "--seals",
                    folder.resolve("seals.ndjson").toString());
            Run export = run("export", "url.path:\\/customers\\/7*", "--out", choice, "--config", config.toString());
            Run ofExport = run("verify", choice, "--keys", pem);
            Run unknownKey = run("verify", choice, "--keys", otherKey().toString());
            tamper(client);
            Run tampered = run("verify", "--config", config.toString(), "--keys", keys);
            Run away = run("verify", "--keys", keys, "--config", unreachable().toString());

            assertThat(whole.exitCode()).as(whole.err()).isZero();
            assertThat(export.exitCode()).as(export.err()).isZero();
            assertThat(export.out()).contains("11 events in " + choice);
            assertThat(ofExport.exitCode()).as(ofExport.out() + ofExport.err()).isZero();
            assertThat(ofExport.out()).contains("test/portal  11 of 11 lines proven genuine", "a choice of the lines");
            assertThat(unknownKey.exitCode()).isEqualTo(2);
            assertThat(tampered.exitCode()).isEqualTo(1);
            assertThat(tampered.out())
                    .contains("test/portal  TAMPERED WITH", "changed: line 124, " + folder.resolve("access.log"));
            assertThat(away.exitCode()).isEqualTo(2);
        }
    }

    private static void tamper(ElasticsearchClient client) throws IOException {
        var hit = client.search(
                        search -> search.index(ArchiveIndex.ACCESS_EVENTS.pattern())
                                .query(query -> query.term(
                                        term -> term.field("url.path").value("/customers/123"))),
                        JsonData.class)
                .hits()
                .hits()
                .getFirst();
        client.update(
                update -> update.index(hit.index())
                        .id(hit.id())
                        .doc(Map.of("user", Map.of("id", "somebody-else")))
                        .refresh(Refresh.True),
                JsonData.class);
    }

    private void writeLog() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(
                    "10.0.0.7 - sato [24/Nov/2026:10:%02d:%02d +0900] \"GET /customers/%d?q=日本 HTTP/1.1\" 200 30 \"-\" \"a\\\"b\"%n"
                            .formatted(i / 60, i % 60, i));
        }
        Files.writeString(folder.resolve("access.log"), lines);
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

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Metsuke.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    private record Run(int exitCode, String out, String err) {}
}
