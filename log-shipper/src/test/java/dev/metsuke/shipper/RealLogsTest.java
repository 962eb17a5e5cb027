package dev.metsuke.shipper;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the parsers make of logs that real servers wrote. */
class RealLogsTest {

    private static final Path LOGS = Path.of(System.getProperty("metsuke.real-logs", "real-logs"));

    private static final Instant READ_AT = Instant.parse("2026-12-31T00:00:00Z");

    @BeforeEach
    void needTheLogs() {
        assumeTrue(
                Files.isDirectory(LOGS),
                () -> "skipped: no real logs at " + LOGS.toAbsolutePath()
                        + "; name their folder with -Dmetsuke.real-logs=FOLDER");
    }

    @Test
    void everyLineOfEveryLogIsAnEventARejectionOrIgnoredForANamedReason() throws IOException {
        Map<String, Map<String, Long>> seen = new TreeMap<>();
        for (String source : sources().keySet()) {
            Reading reading = read(source);
            seen.put(source, reading.ignored());
            assertThat(reading.unread()).as(source).isZero();
            assertThat(reading.lines())
                    .as(source)
                    .isEqualTo(reading.events().size() + reading.rejections().size() + reading.ignoredCount());
        }

        Map<String, Long> ofPostgres = Map.of(
                "connection received",
                267L,
                "disconnection",
                267L,
                "server message",
                14L,
                "pgaudit ROLE statement",
                17L);
        assertThat(seen)
                .isEqualTo(Map.of(
                        "apache", Map.of(),
                        "cloudtrail", Map.of(),
                        "nginx-combined", Map.of(),
                        "nginx-json", Map.of(),
                        "nginx-json-template", Map.of(),
                        "pg-csv", ofPostgres,
                        "pg-json", ofPostgres,
                        "pg-stderr", ofPostgres));
    }

    @Test
    void apacheLinesAllParseButTheOneThatIsCutOff() throws IOException {
        Reading apache = read("apache");

        assertThat(apache.lines()).isEqualTo(10_000);
        assertThat(apache.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).contains("does not end with");
            assertThat(rejection.text()).doesNotEndWith("\"");
        });
        assertThat(apache.events())
                .allSatisfy(event -> assertThat(event.sourceIp()).isNotNull())
                .allSatisfy(event -> assertThat(event.userId()).isNull());
    }

    @Test
    void nginxTellsTheSameAccessesInBothFormats() throws IOException {
        List<AccessEvent> combined = read("nginx-combined").events();
        List<AccessEvent> json = read("nginx-json").events();

        assertThat(combined).hasSize(1_201);
        // The JSON log holds $uri: without the query, and empty where nginx itself refused the request.
        assertThat(combined.stream().map(RealLogsTest::withoutOriginAndUrl).toList())
                .isEqualTo(json.stream().map(RealLogsTest::withoutOriginAndUrl).toList());
        assertThat(read("nginx-json-template").events().stream()
                        .map(RealLogsTest::withoutOrigin)
                        .toList())
                .isEqualTo(json.stream().map(RealLogsTest::withoutOrigin).toList());
    }

    @Test
    void nginxShowsTheDownloadTheRefusalsAndTheAgents() throws IOException {
        List<AccessEvent> events = read("nginx-combined").events();

        assertThat(events.stream().filter(event -> "/customers-export/all.csv".equals(event.urlPath())))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.userId()).isEqualTo("tanaka");
                    assertThat(event.action()).isEqualTo(Action.DOWNLOAD);
                    assertThat(event.dataset()).isEqualTo("crm.customers");
                    assertThat(event.records()).isNull();
                });
        assertThat(events.stream().filter(event -> Objects.equals(event.httpStatus(), 401L)))
                .hasSize(24)
                .allMatch(event -> event.outcome() == Outcome.FAILURE);
        assertThat(events.stream().map(AccessEvent::userAgent)).contains("日本語UA", "portal-batch/2.1 \"quoted\" \\ ua");
        assertThat(events.stream()
                        .filter(event -> "yamada".equals(event.userId()) && event.outcome() == Outcome.SUCCESS)
                        .filter(event -> "crm.customers".equals(event.dataset()))
                        .mapToLong(event -> Objects.requireNonNullElse(event.records(), 0L))
                        .sum())
                .isGreaterThanOrEqualTo(300);
    }

    @Test
    void postgresTellsTheSameAccessesInAllThreeFormats() throws IOException {
        List<AccessEvent> csv = read("pg-csv").events();

        assertThat(csv.stream().map(RealLogsTest::withoutOrigin).toList())
                .isEqualTo(read("pg-json").events().stream()
                        .map(RealLogsTest::withoutOrigin)
                        .toList())
                .isEqualTo(read("pg-stderr").events().stream()
                        .map(RealLogsTest::withoutOrigin)
                        .toList());
        assertThat(csv).hasSize(2_128 - 267 - 267 - 14 - 17);
    }

    @Test
    void yamadasRangeReadsAreSeventeenThousandFiveHundredCustomers() throws IOException {
        List<AccessEvent> ranges = read("pg-csv").events().stream()
                .filter(event -> "yamada".equals(event.userId()) && "crm.customers".equals(event.dataset()))
                .filter(event -> Objects.equals(event.records(), 500L))
                .toList();

        assertThat(ranges).hasSize(35).allMatch(event -> event.action() == Action.READ);
        assertThat(ranges.stream()
                        .mapToLong(event -> Objects.requireNonNull(event.records()))
                        .sum())
                .isEqualTo(17_500);
    }

    @Test
    void copiesAreExportsOfUnknownSizeAtMidnightInJapan() throws IOException {
        List<AccessEvent> exports = read("pg-stderr").events().stream()
                .filter(event -> event.action() == Action.EXPORT)
                .toList();

        assertThat(exports)
                .allMatch(event -> event.records() == null)
                .allMatch(event -> "file".equals(event.destination()))
                .allMatch(event -> "crm.customers".equals(event.dataset()))
                .allMatch(event ->
                        event.timestamp().atZone(ZoneId.of("Asia/Tokyo")).getHour() == 0);
        assertThat(exports.stream().collect(groupingBy(AccessEvent::userId, counting())))
                .isEqualTo(Map.of("tanaka", 2L, "batch_report", 1L));
    }

    @Test
    void failedStatementsAndLogInsAreEvents() throws IOException {
        List<AccessEvent> events = read("pg-stderr").events();

        assertThat(events.stream().filter(event -> event.outcome() == Outcome.FAILURE))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.userId()).isEqualTo("ito");
                    assertThat(event.action()).isEqualTo(Action.READ);
                    assertThat(event.dataset()).isEqualTo("crm.customers");
                });
        assertThat(events.stream().filter(event -> event.action() == Action.LOGIN))
                .hasSize(267);
        assertThat(events.stream()
                        .filter(event -> String.valueOf(event.original()).contains("\n")))
                .hasSize(2);
    }

    @Test
    void cloudTrailsRecordsAreOneEventEachWithReadsAndWritesToldApart() throws IOException {
        Reading cloudtrail = read("cloudtrail");

        assertThat(cloudtrail.rejections()).isEmpty();
        assertThat(cloudtrail.events()).hasSize(51 + 196);
        assertThat(cloudtrail.events().stream()
                        .collect(groupingBy(event -> event.action().label(), counting())))
                .isEqualTo(Map.of("read", 208L, "update", 38L, "delete", 1L));
        assertThat(cloudtrail.events().stream()
                        .filter(event -> event.outcome() == Outcome.FAILURE)
                        .count())
                .isEqualTo(28);
        assertThat(cloudtrail.events()).extracting(AccessEvent::userId).doesNotContainNull();
        assertThat(cloudtrail.events()).extracting(AccessEvent::id).doesNotHaveDuplicates();
    }

    private static AccessEvent withoutOrigin(AccessEvent event) {
        return event.toBuilder()
                .id("any")
                .original(null)
                .logFilePath(null)
                .logOffset(null)
                .build();
    }

    private static AccessEvent withoutOriginAndUrl(AccessEvent event) {
        return withoutOrigin(event).toBuilder()
                .urlOriginal(null)
                .urlPath(null)
                .urlQuery(null)
                .build();
    }

    private static Reading read(String source) throws IOException {
        SourceSettings settings = Objects.requireNonNull(sources().get(source));
        Reading reading = new Reading(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), 0);
        long unread = 0;
        for (var file :
                new dev.metsuke.shipper.tail.Globs(settings.paths()).scan().files()) {
            unread += Preview.read(ShipperSettings.of("test", List.of()), settings, file.path(), READ_AT, reading::take)
                    .unreadBytes();
        }
        return new Reading(reading.events(), reading.rejections(), reading.ignored(), unread);
    }

    private static Map<String, SourceSettings> sources() throws IOException {
        String yaml = Files.readString(Path.of("src/test/resources/real-logs.yml"));
        ShipperSettings settings =
                SettingsFile.of(yaml, "real-logs.yml", LOGS).section("shipper", ShipperSettings.class);
        Map<String, SourceSettings> byName = new TreeMap<>();
        settings.sources().forEach(source -> byName.put(source.name(), source));
        return byName;
    }

    private record Reading(
            List<AccessEvent> events, List<Preview.Line.Rejected> rejections, Map<String, Long> ignored, long unread) {

        void take(Preview.Line line) {
            switch (line) {
                case Preview.Line.Event event -> events.add(event.event());
                case Preview.Line.Rejected rejected -> rejections.add(rejected);
                case Preview.Line.Ignored skipped -> ignored.merge(skipped.reason(), 1L, Long::sum);
            }
        }

        long ignoredCount() {
            return ignored.values().stream().mapToLong(Long::longValue).sum();
        }

        long lines() {
            return events.size() + rejections.size() + ignoredCount();
        }
    }
}
