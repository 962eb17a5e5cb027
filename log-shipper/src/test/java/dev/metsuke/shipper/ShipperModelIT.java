package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random fates of many logs, against a real broker and a shipper that is killed and started again, beside a model. */
@NeedsServers
class ShipperModelIT {

    /** A build tells of its own changes; other seeds are drawn by {@code -Dmetsuke.seed}. */
    private static final long SEED = 20_261_125;

    private static final int SEQUENCES = 500;
    private static final int ROUNDS = 3;
    private static final int STEPS_A_ROUND = 8;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SHIPPER = "model";
    private static final Pattern LOG = Pattern.compile("\"log\":\"(s\\d+)/(\\d+)\",\"n\":(\\d+)");
    private static final Pattern GAP = Pattern.compile("gap: (\\d+) bytes of .*/(s\\d+)/.*");

    @TempDir
    Path folder;

    @Test
    void shipsEverySurvivingLineOnceAndInOrderWhateverHappens() throws Exception {
        long seed = Long.getLong("metsuke.seed", SEED);
        System.out.println("shipsEverySurvivingLineOnceAndInOrderWhateverHappens: -Dmetsuke.seed=" + seed);
        Random random = new Random(seed);
        Map<String, RotatedLog> logs = new LinkedHashMap<>();
        Path glob = folder.resolve("logs/*/app.log*");
        for (int i = 0; i < SEQUENCES; i++) {
            RotatedLog log = new RotatedLog(folder.resolve("logs/s" + i), new Random(random.nextLong()));
            logs.put(log.name(), log);
        }

        try (TestBroker kafka = TestBroker.start(folder.resolve("broker"))) {
            CommittedEvents.createTopics(kafka.bootstrapServers());
            for (int round = 0; round < ROUNDS; round++) {
                step(logs, random, 2);
                runAndKill(kafka, glob, logs, random);
                step(logs, random, 2);
                runAndStop(kafka, glob, logs, random);
            }

            compare(logs, kafka.bootstrapServers());
            compareRejections(kafka, logs);
        }
    }

    private static void step(Map<String, RotatedLog> logs, Random random, int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            for (RotatedLog log : logs.values()) {
                if (random.nextInt(3) > 0) {
                    log.step();
                }
            }
        }
    }

    private static void runAndKill(TestBroker kafka, Path glob, Map<String, RotatedLog> logs, Random random)
            throws IOException, InterruptedException {
        long before = CommittedEvents.end(kafka.bootstrapServers());
        Process process = ShipperProcess.start(kafka.bootstrapServers(), SHIPPER, glob);
        try {
            await().atMost(SOON).until(() -> CommittedEvents.end(kafka.bootstrapServers()) > before);
            for (int i = 0; i < STEPS_A_ROUND; i++) {
                step(logs, random, 1);
                Thread.sleep(random.nextInt(100));
            }
        } finally {
            ShipperProcess.kill(process);
        }
    }

    private static void runAndStop(TestBroker kafka, Path glob, Map<String, RotatedLog> logs, Random random)
            throws IOException, InterruptedException {
        Shipper shipper = new Shipper(
                ShipperIT.settings(SHIPPER, glob),
                KafkaSettings.of(kafka.bootstrapServers()),
                new SimpleMeterRegistry());
        try (shipper) {
            shipper.start();
            for (int i = 0; i < STEPS_A_ROUND; i++) {
                step(logs, random, 1);
                Thread.sleep(random.nextInt(100));
            }
            Instant last = Instant.now();
            await().atMost(SOON)
                    .until(() -> shipper.stats().caughtUpAsOf().stream().anyMatch(asOf -> asOf.isAfter(last)));
        }
        for (RotatedLog log : logs.values()) {
            log.isShipped();
        }
    }

    private static void compare(Map<String, RotatedLog> logs, String bootstrapServers) {
        List<AccessEvent> events = CommittedEvents.of(bootstrapServers, SHIPPER);
        Set<String> failed = new TreeSet<>();
        Map<String, List<String>> shipped = new HashMap<>();
        Map<String, Integer> lastNumber = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (AccessEvent event : events) {
            String line = Objects.requireNonNull(event.original());
            Matcher matcher = LOG.matcher(line);
            assertThat(matcher.find()).as(line).isTrue();
            String log = matcher.group(1);
            shipped.computeIfAbsent(log, _ -> new ArrayList<>()).add(line);
            int number = Integer.parseInt(matcher.group(3));
            Integer before = lastNumber.put(log + "/" + matcher.group(2), number);
            if (before != null && before >= number) {
                failed.add(log);
                wrong.add(log + "/" + matcher.group(2) + ": " + number + " came after " + before + " in "
                        + event.logFilePath() + "\n"
                        + Objects.requireNonNull(logs.get(log)).history());
            }
            if (!ids.add(event.id())) {
                failed.add(log);
                wrong.add(log + ": an id came twice: " + line);
            }
        }
        int missingLines = 0;
        for (RotatedLog log : logs.values()) {
            Set<String> missing = missing(log, shipped);
            missingLines += missing.size();
            missing.stream().filter(line -> !log.mayBeMissing.contains(line)).forEach(line -> {
                failed.add(log.name());
                wrong.add(log.name() + " misses " + line + "\n" + log.history());
            });
        }
        System.out.println(events.size() + " lines were shipped; " + missingLines + " were destroyed unread");
        failed.forEach(log -> printPositions(bootstrapServers, log));
        assertThat(wrong).isEmpty();
    }

    private static void printPositions(String bootstrapServers, String log) {
        for (ConsumerRecord<byte[], byte[]> found : CommittedEvents.records(bootstrapServers, Topic.POSITIONS)) {
            String position = found.value() == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
            if (position.contains("/" + log + "/")) {
                System.out.println(log + " was at " + position);
            }
        }
    }

    private static Set<String> missing(RotatedLog log, Map<String, List<String>> shipped) {
        Set<String> missing = new HashSet<>(log.written);
        shipped.getOrDefault(log.name(), List.of()).forEach(missing::remove);
        return missing;
    }

    /**
     * Nothing is told of that could not be lost; what was torn is rejected once. How much must be told of depends on what the
     * shipper saw and when, which only the model with a clock of its own knows: {@link RotationModelTest}.
     */
    private static void compareRejections(TestBroker kafka, Map<String, RotatedLog> logs) {
        Map<String, List<String>> shipped = new HashMap<>();
        CommittedEvents.of(kafka.bootstrapServers(), SHIPPER).forEach(event -> {
            String line = Objects.requireNonNull(event.original());
            Matcher matcher = LOG.matcher(line);
            if (matcher.find()) {
                shipped.computeIfAbsent(matcher.group(1), _ -> new ArrayList<>())
                        .add(line);
            }
        });
        Map<String, Long> told = new HashMap<>();
        Map<String, List<String>> reasons = new HashMap<>();
        List<String> torn = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found :
                CommittedEvents.rejections(kafka.bootstrapServers(), SHIPPER + "/crm")) {
            String reason = new String(found.headers().lastHeader(Header.REASON).value(), StandardCharsets.UTF_8);
            Matcher gap = GAP.matcher(reason);
            if (gap.matches()) {
                told.merge(gap.group(2), Long.parseLong(gap.group(1)), Long::sum);
                reasons.computeIfAbsent(gap.group(2), _ -> new ArrayList<>()).add(reason);
            } else {
                torn.add(new String(found.value(), StandardCharsets.UTF_8));
            }
        }
        System.out.println(told.size() + " logs have gaps that were told of; " + torn.size() + " torn lines");
        assertThat(logs).allSatisfy((name, log) -> {
            Set<String> arrived = new HashSet<>(torn);
            arrived.addAll(shipped.getOrDefault(name, List.of()));
            assertThat(told.getOrDefault(name, 0L))
                    .as(() -> log.lost(arrived) + log.history() + "\n" + String.join("\n", reasons.get(name)))
                    .isLessThanOrEqualTo(log.mayBeToldOf());
        });
        assertThat(torn.stream().filter(line -> line.length() > 100)).doesNotHaveDuplicates();
    }
}
