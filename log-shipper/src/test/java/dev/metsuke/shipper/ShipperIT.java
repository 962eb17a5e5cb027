package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Integrity;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipper against a real broker: every line exactly once, whatever happens to the file, the broker or the shipper. */
@NeedsServers
class ShipperIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path brokerFolder;

    @SuppressWarnings("NullAway.Init")
    static TestBroker kafka;

    @TempDir
    Path folder;

    @BeforeAll
    static void startTheBroker() throws ExecutionException, InterruptedException {
        kafka = TestBroker.start(brokerFolder.resolve("broker"));
        CommittedEvents.createTopics(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopTheBroker() {
        kafka.close();
    }

    @Test
    void shipsEveryLineOnceAsAChainedEventOrARejection() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, line(1), "not json", line(2), "", line(3));
        MeterRegistry registry = new SimpleMeterRegistry();
        Shipper shipper = shipper("whole", log, registry);

        try (shipper) {
            shipper.start();
            untilCaughtUp(shipper);
        }

        List<AccessEvent> events = CommittedEvents.of(kafka.bootstrapServers(), "whole");
        assertThat(events).extracting(AccessEvent::original).containsExactly(line(1), line(2), line(3));
        assertThat(events.getFirst()).satisfies(event -> {
            assertThat(event.action()).isEqualTo(Action.READ);
            assertThat(event.userId()).isEqualTo("user-1");
            assertThat(event.logFilePath()).isEqualTo(log.toString());
            assertThat(event.logOffset()).isZero();
            assertThat(event.hostName()).isEqualTo("crm-host");
            assertThat(event.serviceName()).isEqualTo("crm");
            assertThat(event.created()).isNotNull();
        });
        assertThat(CommittedEvents.rejections(kafka.bootstrapServers(), "whole/crm"))
                .singleElement()
                .satisfies(rejection -> {
                    assertThat(rejection.value())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("not json");
                    assertThat(header(rejection, Header.STAGE)).isEqualTo("ship");
                    assertThat(header(rejection, Header.ORIGIN)).isEqualTo(log + ":" + (line(1).length() + 1));
                    assertThat(header(rejection, Header.REASON)).startsWith("not a JSON line");
                });
        ShipperStats stats = shipper.stats();
        assertThat(List.of(stats.lines(), stats.events(), stats.rejected(), stats.ignored()))
                .containsExactly(5L, 3L, 1L, 1L);
        assertThat(registry.get("metsuke.ship.events")
                        .tag("source", "crm")
                        .counter()
                        .count())
                .isEqualTo(3.0);
        assertThat(shipper.condition()).isInstanceOf(Condition.Stopped.class);
    }

    @Test
    void shipsALastLineWithoutLineEndAfterTheFlushTimeoutAndMarksWhatFollowsIt() throws Exception {
        Path log = folder.resolve("crm.log");
        ShipperSettings settings = settings("flush", log, "flush-timeout: 300ms");
        KafkaSettings kafkaSettings = KafkaSettings.of(kafka.bootstrapServers());
        Files.writeString(log, line(1) + "\n" + line(2));
        try (Shipper shipper = new Shipper(settings, kafkaSettings, new SimpleMeterRegistry())) {
            shipper.start();
            untilEvents(shipper, 2);
            assertThat(shipper.stats().unfinishedBytes()).isZero();
        }
        append(log, line(3), line(4));

        MeterRegistry registry = new SimpleMeterRegistry();
        try (Shipper shipper = new Shipper(settings, kafkaSettings, registry)) {
            shipper.start();
            untilEvents(shipper, 2);
        }

        assertExactlyOnceInOrder("flush", line(1), line(2), line(3), line(4));
        assertThat(CommittedEvents.of(kafka.bootstrapServers(), "flush"))
                .extracting(AccessEvent::tags)
                .containsExactly(List.of(), List.of(), List.of("line-continued"), List.of());
        assertThat(registry.get("metsuke.ship.continued.lines").counter().count())
                .isEqualTo(1.0);
    }

    @Test
    void anyoneCanRecomputeTheChain() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 50));
        try (Shipper shipper = started("chain", log)) {
            untilCaughtUp(shipper);
        }

        assertThat(RecomputedChain.check(kafka.bootstrapServers(), "chain/crm").values())
                .hasSize(50)
                .allSatisfy(found -> {
                    JsonDocument json = JsonDocument.parse(found.value());
                    assertThat(header(found, Header.ID)).isEqualTo(json.text("event.id"));
                    assertThat(found.key()).asString(StandardCharsets.UTF_8).isEqualTo(json.text("user.id"));
                });
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 100));
        try (Shipper shipper = started("again", log)) {
            untilCaughtUp(shipper);
        }
        append(log, lines(100, 200));

        try (Shipper shipper = started("again", log)) {
            untilCaughtUp(shipper);
            assertThat(shipper.stats().lines()).isEqualTo(100);
        }

        assertExactlyOnceInOrder("again", lines(0, 200));
    }

    /** The archive, which deletes nothing, would have every line twice. */
    @Test
    void doesNotShipAgainWhatASourceOfAnotherNameBrought() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 100));
        try (Shipper shipper = started("named-anew", log)) {
            untilCaughtUp(shipper);
        }
        append(log, lines(100, 200));

        try (Shipper refusing = started(settings("named-anew", "web", folder.resolve("crm.lo*"), ""))) {
            await().atMost(SOON).until(() -> refusing.condition() instanceof Condition.Failed);
            assertThat(refusing.condition().describe())
                    .contains("source web would ship once more what crm shipped, such as " + log
                            + ": give it \"stream: crm\"");
        }
        try (Shipper going = started(settings("named-anew", "web", log, "stream: crm"))) {
            untilCaughtUp(going);
        }
        assertExactlyOnceInOrder("named-anew", lines(0, 200));

        try (Shipper again = started(settings("named-anew", "web", log, "stream: web"))) {
            untilCaughtUp(again);
            assertThat(again.stats().lines()).isEqualTo(200);
        }
    }

    /** As a container has with each start. */
    @Test
    void doesNotShipAgainWhatItsHostShippedUnderAnotherName() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 100));
        try (Shipper shipper = started("former-host", log)) {
            untilCaughtUp(shipper);
        }
        append(log, lines(100, 200));

        try (Shipper refusing = started(settings("", "crm", log, ""))) {
            await().atMost(SOON).until(() -> refusing.condition() instanceof Condition.Failed);
            assertThat(refusing.condition().describe())
                    .contains("the shipper former-host shipped files of it, such as " + log)
                    .contains("set \"shipper.id: former-host\"");
        }
        try (Shipper going = started("former-host", log)) {
            untilCaughtUp(going);
        }
        assertExactlyOnceInOrder("former-host", lines(0, 200));

        Path copy = Files.copy(log, folder.resolve("copy.log"));
        Files.move(copy, log, StandardCopyOption.REPLACE_EXISTING);
        try (Shipper other = started(settings("", "crm", log, ""))) {
            untilCaughtUp(other);
            assertThat(other.stats().lines()).as("those of another host's log").isEqualTo(200);
        }
    }

    @Test
    void beginsAStreamBesideOthersAndBehindOneThatReadOtherFiles() throws Exception {
        Path log = folder.resolve("crm.log");
        Path other = folder.resolve("other.log");
        append(log, lines(0, 10));
        append(other, lines(10, 20));
        try (Shipper shipper = started("replaced", log)) {
            untilCaughtUp(shipper);
        }

        try (Shipper shipper = started(settings("replaced", "other", other, ""))) {
            untilCaughtUp(shipper);
        }

        assertThat(originals("replaced")).containsExactlyInAnyOrder(lines(0, 20));
    }

    @Test
    void waitsForTheRestOfAPartialLine() throws Exception {
        Path log = folder.resolve("crm.log");
        Files.writeString(log, line(1) + "\n" + line(2).substring(0, 20));
        try (Shipper shipper = started("partial", log)) {
            untilEvents(shipper, 1);
            Files.writeString(log, line(2).substring(20) + "\n", StandardOpenOption.APPEND);
            untilEvents(shipper, 2);
        }

        assertExactlyOnceInOrder("partial", line(1), line(2));
    }

    @Test
    void readsTheRestOfAFileThatWasRenamedWhileItStopped() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 50));
        try (Shipper shipper = started("renamed", log)) {
            untilCaughtUp(shipper);
        }
        append(log, lines(50, 80));
        Files.move(log, folder.resolve("crm.log.1"));
        append(log, lines(80, 100));

        try (Shipper shipper = started("renamed", log)) {
            untilEvents(shipper, 50);
        }

        assertThat(originals("renamed")).containsExactlyInAnyOrder(lines(0, 100));
    }

    @Test
    void followsRenamesAndCopyTruncateWhileItRuns() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 20));
        try (Shipper shipper = started("rotated", folder.resolve("crm.log*"))) {
            untilEvents(shipper, 20);
            Files.move(log, folder.resolve("crm.log.1"));
            append(folder.resolve("crm.log.1"), lines(20, 30));
            append(log, lines(30, 40));
            untilEvents(shipper, 40);
            Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            append(log, lines(40, 70));
            untilEvents(shipper, 70);
        }

        assertThat(originals("rotated")).containsExactlyInAnyOrder(lines(0, 70));
    }

    @Test
    void goesOnInAPackedFileAndTellsOnceOfWhatVanished() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 20));
        try (Shipper shipper = started("packed", folder.resolve("crm.log*"))) {
            untilEvents(shipper, 20);
        }
        append(log, lines(20, 30));
        Files.write(folder.resolve("crm.log.1.gz"), RotatedLog.packed(Files.readAllBytes(log), true));
        Files.writeString(log, line(30) + "\ntorn");
        try (Shipper shipper = started("packed", folder.resolve("crm.log*"))) {
            untilEvents(shipper, 11);
            Files.writeString(log, line(31) + "\n" + line(32) + "\n");
            untilEvents(shipper, 13);
        }

        try (Shipper shipper = started("packed", folder.resolve("crm.log*"))) {
            untilCaughtUp(shipper);
        }

        assertThat(originals("packed")).containsExactlyInAnyOrder(lines(0, 33));
        assertThat(CommittedEvents.rejections(kafka.bootstrapServers(), "packed/crm"))
                .singleElement()
                .satisfies(rejection -> {
                    assertThat(header(rejection, Header.REASON))
                            .isEqualTo("gap: 4 bytes of " + log + " vanished unread");
                    assertThat(header(rejection, Header.ORIGIN)).isEqualTo(log + ":" + (line(30).length() + 1));
                });
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilled() throws Exception {
        long seed = System.nanoTime();
        System.out.println("losesAndDoublesNothingWhenItIsKilled: seed " + seed);
        Random random = new Random(seed);
        Path log = folder.resolve("crm.log");
        Writer writer = new Writer(log);
        int before = 0;
        for (int round = 0; round < 3; round++) {
            int committed = before;
            Process process = ShipperProcess.start(kafka.bootstrapServers(), "killed", log);
            try {
                await().atMost(SOON).until(() -> {
                    writer.write(Duration.ofMillis(200));
                    return CommittedEvents.of(kafka.bootstrapServers(), "killed")
                                    .size()
                            > committed;
                });
                writer.write(Duration.ofMillis(random.nextInt(500)));
            } finally {
                ShipperProcess.kill(process);
            }
            before = CommittedEvents.of(kafka.bootstrapServers(), "killed").size();
        }

        try (Shipper shipper = started("killed", log)) {
            untilCaughtUp(shipper);
        }

        System.out.println("killed three times: " + before + " of " + writer.written
                + " lines were committed before the last start");
        assertExactlyOnceInOrder("killed", lines(0, writer.written));
    }

    @Test
    void aSecondShipperOfTheSameIdFencesTheFirst() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 10));
        try (Shipper first = started("twice", log)) {
            untilCaughtUp(first);

            try (Shipper second = started("twice", log)) {
                untilCaughtUp(second);
                append(log, lines(10, 20));
                await().atMost(SOON).until(() -> first.condition() instanceof Condition.TakenOver);
                untilEvents(second, 10);

                assertThat(first.condition().describe())
                        .contains("another shipper with the id twice took over", "shipper.id");
                assertThat(second.condition()).isInstanceOf(Condition.Running.class);
            }
        }

        assertExactlyOnceInOrder("twice", lines(0, 20));
    }

    /** As a process that was stopped for so long that its requests timed out. */
    @Test
    void oneThatTakesUpItsWorkAgainLeavesTheIdToItsSuccessor() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 10));
        FailingClock clock = new FailingClock();
        Shipper first = new Shipper(
                settings("resumed", log), KafkaSettings.of(kafka.bootstrapServers()), new SimpleMeterRegistry(), clock);
        try (first) {
            first.start();
            untilCaughtUp(first);
            Instant before = Instant.now();

            try (Shipper second = started("resumed", log)) {
                untilCaughtUp(second);
                clock.failOnce(() -> {
                    throw new TimeoutException("aborted after exhausting retries");
                });
                await().atMost(SOON).until(() -> first.condition() instanceof Condition.ForGood);
                append(log, lines(10, 20));
                untilEvents(second, 10);

                assertThat(first.condition()).isInstanceOf(Condition.TakenOver.class);
                assertThat(first.condition().describe()).contains("start this one again");
                assertThat(second.condition()).isInstanceOf(Condition.Running.class);
                assertThat(before).isBefore(startOf(first.condition()));
            }
        }

        assertExactlyOnceInOrder("resumed", lines(0, 20));
    }

    private static Instant startOf(Condition takenOver) {
        return Instant.parse(takenOver.describe().replaceFirst(".*started (\\S+)\\);.*", "$1"));
    }

    @Test
    void isNotAtWorkWhileTheTopicOfAccessesIsMissing() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, lines(0, 10));
        MeterRegistry registry = new SimpleMeterRegistry();
        try (TestBroker broker = TestBroker.start(folder.resolve("broker"))) {
            CommittedEvents.createTopics(broker.bootstrapServers(), Topic.REJECTED, Topic.POSITIONS, Topic.SEALS);
            Shipper shipper =
                    new Shipper(settings("blocked", log), KafkaSettings.of(broker.bootstrapServers()), registry);
            try (shipper) {
                shipper.start();
                await().atMost(SOON).until(() -> {
                    assertThat(shipper.condition()).isNotInstanceOf(Condition.Running.class);
                    // It has taken over, failed, and taken over again.
                    return shipper.stats().transactions() >= 3 && shipper.condition() instanceof Condition.Waiting;
                });
                assertThat(shipper.condition().describe())
                        .contains("there is no topic metsuke.access-events; run metsuke setup");
                assertThat(registry.get("metsuke.ship.last.commit.age").gauge().value())
                        .isGreaterThan(10);

                CommittedEvents.createTopics(broker.bootstrapServers(), Topic.ACCESS_EVENTS);
                await().atMost(SOON).until(shipper::caughtUp);
                assertThat(shipper.condition()).isInstanceOf(Condition.Running.class);
            }

            assertThat(CommittedEvents.of(broker.bootstrapServers(), "blocked")).hasSize(10);
        }
    }

    @Test
    void losesAndDoublesNothingWhenTheBrokerIsKilled() throws Exception {
        Path log = folder.resolve("crm.log");
        Path data = folder.resolve("broker");
        int written = 0;
        TestBroker broker = TestBroker.start(data);
        try {
            String bootstrapServers = broker.bootstrapServers();
            CommittedEvents.createTopics(bootstrapServers);
            Shipper shipper =
                    new Shipper(settings("outage", log), KafkaSettings.of(bootstrapServers), new SimpleMeterRegistry());
            try (shipper) {
                shipper.start();
                for (int round = 0; round < 100; round++) {
                    append(log, lines(written, written + 200));
                    written += 200;
                    if (round == 50) {
                        broker.kill();
                    }
                    Thread.sleep(10);
                }
                untilItSaysThatItWaits(shipper);
                broker.restart();
                assertThat(broker.bootstrapServers()).isEqualTo(bootstrapServers);
                append(log, lines(written, written + 200));
                written += 200;
                await().atMost(SOON.multipliedBy(2)).until(shipper::caughtUp);
            }

            List<AccessEvent> events = CommittedEvents.of(bootstrapServers, "outage");
            assertThat(events).extracting(AccessEvent::original).containsExactly(lines(0, written));
        } finally {
            broker.close();
        }
    }

    @Test
    void saysThatItWaitsAlsoWhereTheBrokerWasGoneBeforeTheFirstLine() throws Exception {
        Path log = folder.resolve("crm.log");
        TestBroker broker = TestBroker.start(folder.resolve("broker"));
        try {
            CommittedEvents.createTopics(broker.bootstrapServers());
            Shipper shipper = new Shipper(
                    settings("late", log), KafkaSettings.of(broker.bootstrapServers()), new SimpleMeterRegistry());
            try (shipper) {
                shipper.start();
                untilCaughtUp(shipper);
                CommittedEvents.untilCommitsAreWhole(broker.bootstrapServers());
                broker.kill();
                append(log, lines(0, 300));
                untilItSaysThatItWaits(shipper);
                append(log, lines(300, 1_000));
                await().atMost(SOON).until(() -> unreadBytes(shipper) >= bytes(lines(300, 1_000)));
                broker.restart();
                await().atMost(SOON.multipliedBy(2)).until(shipper::caughtUp);
            }

            assertThat(CommittedEvents.of(broker.bootstrapServers(), "late"))
                    .extracting(AccessEvent::original)
                    .containsExactly(lines(0, 1_000));
        } finally {
            broker.close();
        }
    }

    @Test
    void goesOnBehindALineWhoseRejectionQuotesAllOfIt() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, line(1).replace("view", "v".repeat(700_000)), line(2));

        try (Shipper shipper = started("quoting", log)) {
            untilEvents(shipper, 1);
        }

        assertExactlyOnceInOrder("quoting", line(2));
        assertThat(CommittedEvents.rejections(kafka.bootstrapServers(), "quoting/crm"))
                .singleElement()
                .satisfies(rejection -> {
                    assertThat(rejection.value()).hasSizeGreaterThan(700_000);
                    assertThat(header(rejection, Header.REASON)).hasSizeLessThan(600);
                });
    }

    @Test
    void failsForAllToSeeWhenAnErrorEndsIt() {
        FailingClock clock = new FailingClock();
        clock.failOnce(() -> {
            throw new AssertionError("the clock stands still");
        });
        Shipper shipper = new Shipper(
                settings("broken", folder.resolve("crm.log")),
                KafkaSettings.of(kafka.bootstrapServers()),
                new SimpleMeterRegistry(),
                clock);
        try (shipper) {
            shipper.start();
            await().atMost(SOON).until(() -> shipper.condition() instanceof Condition.Failed);
        }

        assertThat(shipper.condition().describe()).contains("the clock stands still");
    }

    @Test
    void saysWhatIsMissingUntilTheTopicsAreThere() throws Exception {
        Path log = folder.resolve("crm.log");
        append(log, line(1));
        try (TestBroker broker = TestBroker.start(folder.resolve("broker"))) {
            Shipper shipper = new Shipper(
                    settings("early", log), KafkaSettings.of(broker.bootstrapServers()), new SimpleMeterRegistry());
            try (shipper) {
                shipper.start();
                await().atMost(SOON).until(() -> shipper.condition() instanceof Condition.Waiting);
                assertThat(shipper.condition().describe()).contains("metsuke.positions", "setup");
                CommittedEvents.createTopics(broker.bootstrapServers());
                await().atMost(SOON).until(shipper::caughtUp);
            }

            assertThat(CommittedEvents.of(broker.bootstrapServers(), "early")).hasSize(1);
        }
    }

    static ShipperSettings settings(String id, Path glob) {
        return settings(id, glob, "");
    }

    private static ShipperSettings settings(String id, Path glob, String ofTheSource) {
        return settings(id, "crm", glob, ofTheSource);
    }

    private static ShipperSettings settings(String id, String name, Path glob, String ofTheSource) {
        return SettingsFile.of("""
            shipper:
              id: %s
              commit-interval: 50ms
              scan-interval: 100ms
              rest-after: 200ms
              seal: {key-folder: "%s"}
              sources:
                - name: %s
                  paths: ["%s"]
                  %s
                  host: crm-host
                  service: crm
                  format:
                    type: json-lines
                    time: /at
                    user: /who
                    action: {pointer: /op, values: {view: read}}
            """.formatted(id, keyFolder(glob), name, glob, ofTheSource), "test.yml", Path.of("/"))
                .section("shipper", ShipperSettings.class);
    }

    /** Beside the first folder that a glob leaves open. */
    private static Path keyFolder(Path glob) {
        Path closed = glob;
        while (closed.toString().contains("*")) {
            closed = Objects.requireNonNull(closed.getParent());
        }
        return closed.resolveSibling("keys");
    }

    private Shipper started(String id, Path glob) {
        Shipper shipper = shipper(id, glob, new SimpleMeterRegistry());
        shipper.start();
        return shipper;
    }

    private static Shipper started(ShipperSettings settings) {
        Shipper shipper = new Shipper(settings, KafkaSettings.of(kafka.bootstrapServers()), new SimpleMeterRegistry());
        shipper.start();
        return shipper;
    }

    private static Shipper shipper(String id, Path glob, MeterRegistry registry) {
        return new Shipper(settings(id, glob), KafkaSettings.of(kafka.bootstrapServers()), registry);
    }

    private static void untilCaughtUp(Shipper shipper) {
        await().atMost(SOON).until(shipper::caughtUp);
    }

    private static void untilItSaysThatItWaits(Shipper shipper) {
        await().atMost(SOON).untilAsserted(() -> assertThat(shipper.condition()).isInstanceOf(Condition.Waiting.class));
    }

    private static void untilEvents(Shipper shipper, long count) {
        await().atMost(SOON).until(() -> shipper.stats().events() == count && shipper.caughtUp());
    }

    private static void assertExactlyOnceInOrder(String id, String... lines) {
        List<AccessEvent> events = CommittedEvents.of(kafka.bootstrapServers(), id);
        assertThat(events).extracting(AccessEvent::original).containsExactly(lines);
        assertThat(events).extracting(AccessEvent::id).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(AccessEvent::integrity)
                .extracting(Integrity::sequence)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, lines.length)
                        .mapToObj(value -> (long) value)
                        .toList());
    }

    private static List<@Nullable String> originals(String id) {
        List<@Nullable String> originals = new ArrayList<>();
        CommittedEvents.of(kafka.bootstrapServers(), id).forEach(event -> originals.add(event.original()));
        return originals;
    }

    private static String line(int number) {
        return "{\"at\":\"2026-11-24T00:00:00Z\",\"who\":\"user-" + number % 7 + "\",\"op\":\"view\",\"n\":" + number
                + "}";
    }

    private static String[] lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(ShipperIT::line).toArray(String[]::new);
    }

    private static long unreadBytes(Shipper shipper) {
        return Objects.requireNonNull(shipper.stats().sources().get("crm")).unreadBytes();
    }

    private static long bytes(String... lines) {
        return Stream.of(lines).mapToLong(line -> line.length() + 1).sum();
    }

    private static void append(Path log, String... lines) throws IOException {
        Files.writeString(log, String.join("\n", lines) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String header(ConsumerRecord<byte[], byte[]> found, String name) {
        return new String(found.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Writes lines at a steady pace. */
    private static final class Writer {
        private final Path log;
        private int written;

        Writer(Path log) {
            this.log = log;
        }

        void write(Duration duration) throws IOException, InterruptedException {
            long until = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < until) {
                append(log, lines(written, written + 20));
                written += 20;
                Thread.sleep(10);
            }
        }
    }
}
