package dev.metsuke.standalone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.AlertWatcher;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Everything on one machine, on real servers: across restarts, and on logs that real servers wrote. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class LocalInstanceIT {

    private static final Progress SILENT =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void picksUpWhereItStopped(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access.log");
        SettingsFile settings = SettingsFile.of("""
            console: {port: 0}
            shipper:
              id: test
              scan-interval: 100ms
              sources:
                - name: portal
                  paths: [access.log]
                  format: combined
            """, "metsuke.yml", folder);
        append(log, 0, 300);
        try (LocalInstance first = start(settings, folder)) {
            first.ship();
            awaitArchived(first, 300);
        }
        append(log, 300, 500);

        try (LocalInstance second = start(settings, folder)) {
            second.ship();
            awaitArchived(second, 500);

            assertThat(second.shipper().stats().lines()).isEqualTo(200);
            assertThat(second.archive().snapshot().rejectedInAll()).isZero();
        }
    }

    @Test
    void findsInRealLogsWhatHappened(@TempDir Path data) throws Exception {
        Path logs = Path.of(System.getProperty("metsuke.real-logs", "absent"));
        assumeTrue(Files.isDirectory(logs), "SKIPPED: no logs of real servers at " + logs);
        SettingsFile settings =
                SettingsFile.of(resource("/real-logs.yml").replace("DATA", data.toString()), "real-logs.yml", logs);
        try (LocalInstance instance = start(settings, data);
                AlertWatcher watcher = new AlertWatcher(instance.engines().kafka(), (_, _) -> {})) {
            instance.ship();
            await("all is shipped")
                    .atMost(PATIENCE)
                    .until(() -> instance.shipper().stats().lines() > 13_000
                            && instance.shipper().caughtUp());
            long events = instance.shipper().stats().events();
            await("all is judged")
                    .atMost(PATIENCE)
                    .until(() -> instance.detection().judged() >= events);
            awaitArchived(instance, events);
            await("alerts rest").atMost(PATIENCE).until(() -> watcher.quiet().toSeconds() >= 3);

            List<Alert> yamada = holding(watcher, Rule.BULK_READ, "yamada");
            List<Alert> tanaka = holding(watcher, Rule.OFF_HOURS_EXPORT, "tanaka");
            // Beside the customers: ten downloads that do not say of how many. What joins read of orders is the
            // customers'
            // rows, not as many again.
            assertThat(yamada)
                    .extracting(Alert::scope)
                    .containsExactlyInAnyOrder("crm.customers", "all datasets in exports of unknown size");
            Alert customers = yamada.stream()
                    .filter(alert -> alert.scope().equals("crm.customers"))
                    .findFirst()
                    .orElseThrow();
            // 17,500 customers by 35 selects; what else yamada read of them within the hour belongs to the same
            // episode.
            assertThat(customers.records()).isGreaterThanOrEqualTo(17_500L);
            assertThat(customers.events()).isGreaterThanOrEqualTo(35);
            assertThat(tanaka).isNotEmpty();
            assertThat(tanaka.getFirst().unknownRecords()).isPositive();
            assertThat(tanaka.getFirst().headline()).contains("unknown number").contains("00:0");
        }
    }

    private static List<Alert> holding(AlertWatcher watcher, Rule rule, String account) {
        return watcher.alerts().stream()
                .filter(alert -> alert.rule() == rule && alert.account().value().equals(account))
                .filter(alert -> alert.state() != AlertState.WITHDRAWN)
                .toList();
    }

    private static LocalInstance start(SettingsFile settings, Path data) throws IOException {
        Map<String, Object> servers =
                Map.of("data", data.resolve("servers").toString(), "kafka-port", 0, "elasticsearch-port", 0);
        return LocalInstance.start(LocalSettings.of(settings.with(Map.of("servers", servers))), SILENT);
    }

    private static void awaitArchived(LocalInstance instance, long events) throws IOException {
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(instance.engines().elasticsearch())) {
            await("all is archived")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(count(client)).isEqualTo(events));
        }
    }

    private static long count(ElasticsearchClient client) throws IOException {
        String pattern = ArchiveIndex.ACCESS_EVENTS.pattern();
        return client.count(count -> count.index(pattern).ignoreUnavailable(true))
                .count();
    }

    private static void append(Path log, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Files.writeString(
                    log,
                    "10.0.0.7 - sato [24/Nov/2026:10:%02d:%02d +0900] \"GET /customers/%d HTTP/1.1\" 200 30 \"-\" \"-\"%n"
                            .formatted(i / 60 % 60, i % 60, i),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(LocalInstanceIT.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
