package dev.metsuke.benchmarks.ship;

import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Measurement;
import dev.metsuke.benchmarks.contest.CommittedRecords;
import dev.metsuke.benchmarks.contest.MeteredProcess;
import dev.metsuke.benchmarks.contest.ProcessCost;
import dev.metsuke.benchmarks.contest.WorkFolder;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A JSON audit log from a file to Kafka, by Metsuke's shipper and by its peers, each in a process of its own. */
public final class ShipBenchmark implements Benchmark {

    private static final String LINES = "lines";
    private static final String PARTITIONS = "partitions";
    private static final String IDLE_FILES = "idle-files";
    private static final String IDLE_SECONDS = "idle-seconds";
    private static final int SAMPLE_MILLIS = 50;
    /** Within it a shipper has read new files to their end and settled. */
    private static final int SETTLE_SECONDS = 10;

    @Override
    public String name() {
        return "ship";
    }

    @Override
    public String description() {
        return "a JSON audit log shipped to the last committed line, beside a bare transactional producer and others";
    }

    @Override
    public SequencedMap<String, Long> sizes() {
        SequencedMap<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(LINES, 10_000_000L);
        sizes.put(PARTITIONS, 4L);
        sizes.put(IDLE_FILES, 10_000L);
        sizes.put(IDLE_SECONDS, 20L);
        return sizes;
    }

    @Override
    public Measurement run(SequencedMap<String, Long> sizes, PrintStream progress) throws Exception {
        try (WorkFolder folder = WorkFolder.create("metsuke-bench-ship");
                EmbeddedKafka kafka = EmbeddedKafka.start(
                        ServerOptions.in(folder.path().resolve("kafka")).withHeapMegabytes(512));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return new Run(sizes, progress, folder.path(), kafka.bootstrapServers(), admin).measure();
        }
    }

    /** One run, its contestants one after the other on one broker. */
    private record Run(
            SequencedMap<String, Long> sizes, PrintStream progress, Path folder, String brokers, Admin admin) {

        Measurement measure() throws Exception {
            long lines = size(LINES);
            Path log = folder.resolve("audit.json");
            AuditLog.write(log, lines);
            SequencedMap<String, Double> figures = new LinkedHashMap<>();
            for (Contestant contestant : List.of(
                    Contestant.bareLoop(brokers, log),
                    Contestant.kcat(brokers, log),
                    Contestant.rsyslog(brokers, log, folder),
                    Contestant.fluentBit(brokers, log, folder),
                    Contestant.metsuke(configuration("ship", log.toString()), 0))) {
                if (contestant.isInstalled()) {
                    ship(contestant, figures);
                } else {
                    progress.println("  " + contestant.name() + " is not installed; it does not take part");
                }
            }
            if (size(IDLE_FILES) > 0) {
                figures.put("idle_core_percent", idle());
            }
            List<Measurement.Bar> bars = new ArrayList<>();
            compare(figures, "bare-loop").ifPresent(ratio -> bars.add(Measurement.Bar.atLeast(ratio, 0.5)));
            compare(figures, "fluent-bit").ifPresent(ratio -> bars.add(Measurement.Bar.atLeast(ratio, 1)));
            bars.add(Measurement.Bar.atMost("metsuke_peak_mib", 256));
            if (figures.containsKey("idle_core_percent")) {
                bars.add(Measurement.Bar.atMost("idle_core_percent", 1));
            }
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            sizes.forEach((name, value) -> settings.put(name, Long.toString(value)));
            settings.put("bytes a line", Long.toString(Files.size(log) / lines));
            settings.put("producers", "acks=all, lz4, a transaction every 100 ms where there are any");
            return new Measurement(settings, figures, bars);
        }

        private void ship(Contestant contestant, SequencedMap<String, Double> figures) throws Exception {
            createTopics(contestant);
            long lines = size(LINES);
            Path output = folder.resolve(contestant.name() + ".out");
            MeteredProcess took = MeteredProcess.run(
                    contestant.command(), output, () -> !contestant.endsByItself() && written(contestant) >= lines);
            long committed = CommittedRecords.count(brokers, contestant.topic());
            if (committed != lines) {
                throw new IllegalStateException(contestant.name() + " shipped " + committed + " of " + lines
                        + " lines; it said: " + Files.readString(output));
            }
            double cpuMicros = took.cost().cpuSeconds() * 1e6 / lines;
            figures.put(contestant.name() + "_lines_s", lines / took.seconds());
            figures.put(contestant.name() + "_cpu_us", cpuMicros);
            figures.put(contestant.name() + "_peak_mib", took.cost().peakMebibytes());
            progress.printf(
                    "  %-10s %9.0f lines/s, %5.2f µs of CPU a line, %4.0f MiB at most%n",
                    contestant.name(),
                    lines / took.seconds(),
                    cpuMicros,
                    took.cost().peakMebibytes());
            admin.deleteTopics(List.of(contestant.topic())).all().get();
        }

        /** Percent of a core that files cost of which none is written. */
        private double idle() throws Exception {
            Path many = Files.createDirectories(folder.resolve("idle"));
            for (long i = 0; i < size(IDLE_FILES); i++) {
                AuditLog.write(many.resolve("audit-" + i + ".json"), 1, i);
            }
            long stay = SETTLE_SECONDS + size(IDLE_SECONDS) + SETTLE_SECONDS;
            Contestant idle = Contestant.metsuke(configuration("idle", many + "/*.json"), stay);
            createTopics(idle);
            Path output = folder.resolve("idle.out");
            Process process = MeteredProcess.start(idle.command(), output);
            try {
                while (!Files.readString(output).contains("caught up")) {
                    if (process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                        throw new IllegalStateException("the idle shipper ended: " + Files.readString(output));
                    }
                }
                Thread.sleep(SETTLE_SECONDS * 1_000L);
                ProcessCost before = ProcessCost.of(process.pid(), ProcessCost.NONE);
                Thread.sleep(size(IDLE_SECONDS) * 1_000);
                ProcessCost after = ProcessCost.of(process.pid(), before);
                double percent = 100 * (after.cpuSeconds() - before.cpuSeconds()) / size(IDLE_SECONDS);
                progress.printf("  %d idle files: %.2f %% of a core%n", size(IDLE_FILES), percent);
                return percent;
            } finally {
                MeteredProcess.end(process);
            }
        }

        private Optional<String> compare(SequencedMap<String, Double> figures, String peer) {
            Double theirs = figures.get(peer + "_lines_s");
            Double ours = figures.get("metsuke_lines_s");
            if (theirs == null || ours == null) {
                return Optional.empty();
            }
            String ratio = "metsuke_to_" + peer;
            figures.put(ratio, ours / theirs);
            return Optional.of(ratio);
        }

        private Path configuration(String id, String paths) throws IOException {
            return Files.writeString(folder.resolve(id + ".yml"), """
                kafka: {bootstrap-servers: "%s"}
                shipper:
                  id: %s
                  sources:
                    - name: crm
                      paths: ["%s"]
                      service: crm
                """.formatted(brokers, id, paths) + AuditLog.FORMAT);
        }

        private void createTopics(Contestant contestant) throws Exception {
            if (contestant.topic().equals(Topic.ACCESS_EVENTS.title())) {
                TopicSetup.apply(new KafkaSettings(brokers, (int) size(PARTITIONS), (short) 1, Map.of()));
            } else {
                CreatedTopics.create(
                        admin, List.of(new NewTopic(contestant.topic(), (int) size(PARTITIONS), (short) 1)));
            }
        }

        private long written(Contestant contestant) throws Exception {
            Map<TopicPartition, OffsetSpec> latest =
                    partitions(contestant).stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }

        private List<TopicPartition> partitions(Contestant contestant) {
            return IntStream.range(0, (int) size(PARTITIONS))
                    .mapToObj(partition -> new TopicPartition(contestant.topic(), partition))
                    .toList();
        }

        private long size(String name) {
            return sizes.getOrDefault(name, 0L);
        }
    }
}
