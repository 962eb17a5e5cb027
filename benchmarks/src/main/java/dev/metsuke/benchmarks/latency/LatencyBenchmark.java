package dev.metsuke.benchmarks.latency;

import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Measurement;
import dev.metsuke.benchmarks.Measurement.Bar;
import dev.metsuke.benchmarks.contest.Percentiles;
import dev.metsuke.benchmarks.contest.WorkFolder;
import dev.metsuke.detect.DetectSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * A log that grows steadily, shipped, judged and archived: from the moment a line is written to the moment its alert is
 * read from Kafka, and to the moment a search finds it. It warms up first, and goes on once it has caught up.
 */
public final class LatencyBenchmark implements Benchmark {

    private static final String SECONDS = "seconds";
    private static final String WARM_UP_SECONDS = "warm-up-seconds";
    private static final String RATE = "rate";
    private static final String ALERT_EVERY = "alert-every";
    private static final String SHIPPER_COMMIT = "shipper-commit-ms";
    private static final String DETECT_ALERTS = "detect-alert-ms";
    private static final String ARCHIVE_LINGER = "archive-linger-ms";
    private static final String REFRESH = "refresh-ms";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 20;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "from a line's write to its alert, in Kafka and in a search, while a log grows";
    }

    @Override
    public SequencedMap<String, Long> sizes() {
        SettingsFile defaults = SettingsFile.defaults();
        ArchiveSettings archive = defaults.section("archive", ArchiveSettings.class);
        SequencedMap<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(SECONDS, 60L);
        sizes.put(WARM_UP_SECONDS, 60L);
        sizes.put(RATE, 1_000L);
        sizes.put(ALERT_EVERY, 20L);
        // What makes it late, by Metsuke's defaults, to be tried otherwise.
        sizes.put(
                SHIPPER_COMMIT,
                defaults.section("shipper", ShipperSettings.class)
                        .commitInterval()
                        .toMillis());
        sizes.put(
                DETECT_ALERTS,
                defaults.section("detect", DetectSettings.class).alertInterval().toMillis());
        sizes.put(ARCHIVE_LINGER, archive.bulk().linger().toMillis());
        sizes.put(REFRESH, archive.indices().alertRefreshInterval().toMillis());
        return sizes;
    }

    @Override
    public Measurement run(SequencedMap<String, Long> sizes, PrintStream progress) throws Exception {
        return new Run(sizes, progress).measure();
    }

    /** One run. */
    private record Run(SequencedMap<String, Long> sizes, PrintStream progress) {

        Measurement measure() throws Exception {
            if (size(SECONDS) * size(RATE) < size(ALERT_EVERY)) {
                throw new IllegalArgumentException(
                        "no alert would be measured; make seconds more, or alert-every less");
            }
            int leavers = leaversAmong(size(WARM_UP_SECONDS) + size(SECONDS));
            int warmUp = leaversAmong(size(WARM_UP_SECONDS));
            Sightings sightings = new Sightings(leavers);
            SequencedMap<String, Double> figures = new LinkedHashMap<>();
            figures.put("alerts", (double) leavers - warmUp);
            watch(sightings, figures);
            Percentiles untilKafka = sightings.untilKafka(warmUp);
            Percentiles untilSearchable = sightings.untilSearchable(warmUp);
            progress.println("  in Kafka    " + untilKafka.describe());
            progress.println("  searchable  " + untilSearchable.describe());
            untilKafka.report("kafka", figures);
            untilSearchable.report("searchable", figures);
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            sizes.forEach((name, value) -> settings.put(name, Long.toString(value)));
            settings.put("everything else", "Metsuke's defaults; its parts in one process, both servers in their own");
            return new Measurement(
                    settings,
                    figures,
                    List.of(Bar.atMost("kafka_p99_ms", 500), Bar.atMost("searchable_p99_ms", 1_500)));
        }

        private void watch(Sightings sightings, SequencedMap<String, Double> figures) throws Exception {
            int leavers = leaversAmong(size(WARM_UP_SECONDS) + size(SECONDS));
            int warmUp = leaversAmong(size(WARM_UP_SECONDS));
            try (WorkFolder folder = WorkFolder.create("metsuke-bench-latency")) {
                Path path = folder.path().resolve("audit.json");
                try (LiveLog log = LiveLog.create(path);
                        Instance instance = Instance.start(folder.path(), settings(path), new Leavers(leavers));
                        Consumer<byte[], byte[]> alerts = instance.newAlerts();
                        Watcher kafka = Watcher.start("alerts in Kafka", () -> Looks.inKafka(alerts, sightings));
                        Watcher search = Watcher.start(
                                "alerts in searches", () -> Looks.bySearch(instance.client(), sightings))) {
                    List<Watcher> watchers = List.of(kafka, search);
                    long warmUpLines = size(WARM_UP_SECONDS) * size(RATE);
                    log.write(0, warmUpLines, size(RATE), size(ALERT_EVERY), sightings);
                    double behind = await(warmUp, sightings, instance, watchers);
                    progress.printf("  warm-up: the last alert came %.1f s after the last line%n", behind);
                    figures.put("warm_up_behind_s", behind);
                    long start = System.nanoTime();
                    long lines = size(SECONDS) * size(RATE);
                    long latest = log.write(warmUpLines, lines, size(RATE), size(ALERT_EVERY), sightings);
                    figures.put("lines_s", lines * 1e9 / (System.nanoTime() - start));
                    figures.put("line_late_max_ms", latest / 1e6);
                    await(leavers, sightings, instance, watchers);
                }
            }
        }

        /** Returns once the alerts of the first leavers are seen, and how many seconds that took. */
        private static double await(int leavers, Sightings sightings, Instance instance, List<Watcher> watchers)
                throws InterruptedException {
            long start = System.nanoTime();
            while (sightings.missing(leavers) > 0) {
                instance.check();
                watchers.forEach(Watcher::check);
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException(sightings.missing(leavers) + " of " + leavers
                            + " alerts were not seen " + PATIENCE + " after the last line");
                }
                Thread.sleep(POLL_MILLIS);
            }
            return (System.nanoTime() - start) / 1e9;
        }

        private int leaversAmong(long seconds) {
            return Math.toIntExact(seconds * size(RATE) / size(ALERT_EVERY));
        }

        private String settings(Path log) {
            return """
                detect: {alert-interval: %dms, state-dir: detect}
                archive: {bulk: {linger: %dms}, indices: {alert-refresh-interval: %dms}}
                shipper:
                  id: latency
                  commit-interval: %dms
                  sources:
                    - name: crm
                      paths: ["%s"]
                      service: crm
                """.formatted(size(DETECT_ALERTS), size(ARCHIVE_LINGER), size(REFRESH), size(SHIPPER_COMMIT), log)
                    + LiveLog.FORMAT;
        }

        private long size(String name) {
            return sizes.getOrDefault(name, 0L);
        }
    }
}
