package dev.metsuke.detect.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.HeapBudget;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberAccessesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    /** Each sweep takes 500 accounts, so that one which swept twice would have forgotten all of them. */
    @Test
    void revivedTaskSweepsOnce() {
        Topology topology = new Topology();
        topology.addSource("source", "topic")
                .addProcessor("remember", new Remembering<>(2, RememberAccessesTest::numbered, remember()), "source");
        Properties config = new Properties();
        config.put("default.key.serde", Serdes.ByteArraySerde.class);
        config.put("default.value.serde", Serdes.ByteArraySerde.class);
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, config, NOW)) {
            // Given
            TestInputTopic<byte[], byte[]> input =
                    driver.createInputTopic("topic", new ByteArraySerializer(), new ByteArraySerializer());
            for (int i = 0; i < 800; i++) {
                input.pipeInput(new byte[] {(byte) i, (byte) (i >> 8)}, new byte[0], NOW);
            }
            assertThat(driver.getKeyValueStore(AccessHistory.STORE).approximateNumEntries())
                    .isEqualTo(800);

            // When
            driver.advanceWallClockTime(Duration.ofDays(36));

            // Then
            assertThat(driver.getKeyValueStore(AccessHistory.STORE).approximateNumEntries())
                    .isEqualTo(300);
        }
    }

    /** Whether it knows the account from the event before, from the store, or not at all. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_500, 1_000_000})
    void handsOnEveryAccessOnceInWhateverOrderItComes(long heapBytes) {
        List<String> handedOn = new ArrayList<>();
        Topology topology = new Topology();
        topology.addSource("source", "topic")
                .addProcessor("remember", new Remembering<>(1, RememberAccessesTest::told, remember()), "source")
                .addProcessor("capture", () -> new Capture(handedOn), "remember");
        Properties config = ofTexts();
        config.put(HeapBudget.SETTING, new HeapBudget(heapBytes));
        Random random = new Random(heapBytes);
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, config, NOW)) {
            TestInputTopic<String, String> input = texts(driver);
            Set<String> expected = new LinkedHashSet<>();
            for (int step = 0; step < 6_000; step++) {
                // Mostly forward, by what may be seconds or days, and often the same again.
                String account = "account-" + random.nextInt(8);
                long seconds = 60L * step + (random.nextInt(4) == 0 ? random.nextInt(400_000) : random.nextInt(200));
                String event = random.nextInt(3) == 0 && !expected.isEmpty()
                        ? List.copyOf(expected).get(random.nextInt(expected.size()))
                        : account + " " + (seconds / 40 * 40) + " " + random.nextInt(2);
                expected.add(event);

                input.pipeInput(event.substring(0, event.indexOf(' ')), event, NOW);
            }

            assertThat(handedOn).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void remembersExportsApartForAsLongAsAllAccesses() {
        try (TopologyTestDriver driver = driver(RememberAccessesTest::ofEachKind, Interval.SWEEP.usual())) {
            TestInputTopic<String, String> input = texts(driver);
            List<Action> exports =
                    Arrays.stream(Action.values()).filter(Action::takesDataOut).toList();

            for (Action action : Action.values()) {
                input.pipeInput("sato", action.name(), NOW);
                input.pipeInput("sato", action.name(), NOW);
            }

            KeyValueStore<Bytes, byte[]> all = driver.getKeyValueStore(AccessHistory.STORE);
            KeyValueStore<Bytes, byte[]> apart = driver.getKeyValueStore(AccessHistory.EXPORTS);
            assertThat(remembered(all)).containsExactly(Action.values());
            assertThat(remembered(apart)).containsExactlyElementsOf(exports);
            driver.advanceWallClockTime(Duration.ofDays(36));
            assertThat(remembered(all)).isEmpty();
            assertThat(remembered(apart)).isEmpty();
        }
    }

    /** Whose accesses were millions would otherwise be forgotten in one transaction, and no longer one than Kafka allows. */
    @Test
    void forgetsAnAccountThatHasLeftLittleByLittle() {
        int accesses = 100_500;
        try (TopologyTestDriver driver = driver(RememberAccessesTest::told, Interval.SWEEP.usual())) {
            // Given
            TestInputTopic<String, String> input = texts(driver);
            for (int i = 0; i < accesses; i++) {
                input.pipeInput("", "sato " + i, NOW);
            }
            KeyValueStore<Bytes, byte[]> all = driver.getKeyValueStore(AccessHistory.STORE);

            // When
            driver.advanceWallClockTime(Duration.ofDays(37));

            // Then
            assertThat(all.approximateNumEntries()).isEqualTo(500);

            // When
            driver.advanceWallClockTime(Duration.ofSeconds(10));

            // Then
            assertThat(all.approximateNumEntries()).isZero();
        }
    }

    /** To step over a million that are gone takes a store longer than to forget as many. */
    @Test
    void goesOnWhereItStoppedForgetting() {
        try (TopologyTestDriver driver = driver(RememberAccessesTest::told, Interval.SWEEP.usual())) {
            // Given
            TestInputTopic<String, String> input = texts(driver);
            for (int i = 0; i < 100_500; i++) {
                input.pipeInput("", "sato " + i, NOW);
            }
            KeyValueStore<Bytes, byte[]> all = driver.getKeyValueStore(AccessHistory.STORE);
            Access first = Access.of(told(new Record<>("", "sato 0", NOW.toEpochMilli())), NOW);
            driver.advanceWallClockTime(Duration.ofDays(37));

            // When
            all.put(first.key().first(), first.value());
            driver.advanceWallClockTime(Duration.ofSeconds(10));

            // Then
            assertThat(all.approximateNumEntries()).isOne();
            driver.advanceWallClockTime(Duration.ofSeconds(10));
            assertThat(all.approximateNumEntries()).isZero();
        }
    }

    /** A backtest sweeps once in a day of its own; what it did not forget then would fill the heap. */
    @Test
    void forgetsAsMuchMoreAsItSweepsLessOften() {
        try (TopologyTestDriver driver = driver(RememberAccessesTest::told, Duration.ofDays(1))) {
            TestInputTopic<String, String> input = texts(driver);
            for (int i = 0; i < 100_500; i++) {
                input.pipeInput("", "sato " + i, NOW);
            }

            driver.advanceWallClockTime(Duration.ofDays(37));

            assertThat(driver.getKeyValueStore(AccessHistory.STORE).approximateNumEntries())
                    .isZero();
        }
    }

    private static List<Action> remembered(KeyValueStore<Bytes, byte[]> store) {
        List<Action> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(
                    entry -> found.add(Access.of(entry.key, entry.value).action()));
        }
        return found;
    }

    /** What its name says, one after the other. */
    private static AccessEvent ofEachKind(Record<String, String> record) {
        Action action = Action.valueOf(record.value());
        return AccessEvent.builder()
                .id(action.name())
                .userId(record.key())
                .timestamp(NOW.plusSeconds(action.ordinal()))
                .action(action)
                .build();
    }

    /** Of texts that stand for accesses. */
    private static TopologyTestDriver driver(Function<Record<String, String>, AccessEvent> event, Duration sweep) {
        Topology topology = new Topology();
        topology.addSource("source", "topic")
                .addProcessor("remember", new Remembering<>(1, event, remember()), "source");
        Properties config = ofTexts();
        config.put(Interval.SWEEP.setting(), Long.toString(sweep.toMillis()));
        return new TopologyTestDriver(topology, config, NOW);
    }

    private static Properties ofTexts() {
        Properties config = new Properties();
        config.put("default.key.serde", Serdes.StringSerde.class);
        config.put("default.value.serde", Serdes.StringSerde.class);
        return config;
    }

    private static TestInputTopic<String, String> texts(TopologyTestDriver driver) {
        return driver.createInputTopic("topic", new StringSerializer(), new StringSerializer());
    }

    private static RememberAccesses remember() {
        Policy policy = SettingsFile.of("", "test", Path.of("/")).section("policy", Policy.class);
        return new RememberAccesses(
                new PolicyInForce(policy), new SimpleMeterRegistry().counter("events"), StateStores.IN_MEMORY);
    }

    /** An access of nothing but a number. */
    private static AccessEvent numbered(Record<byte[], byte[]> record) {
        byte[] number = record.key();
        String account = "account-" + number[0] + "-" + number[1];
        return access(account, account, NOW);
    }

    /** An access as its text says: of an account, after so many seconds, and whatever makes it another event. */
    private static AccessEvent told(Record<String, String> record) {
        String text = record.value();
        String[] parts = text.split(" ", -1);
        return access(text, parts[0], NOW.plusSeconds(Long.parseLong(parts[1])));
    }

    private static AccessEvent access(String id, String account, Instant time) {
        return AccessEvent.builder()
                .id(id)
                .userId(account)
                .timestamp(time)
                .action(Action.READ)
                .build();
    }

    /** Remembers the accesses that its records stand for, and begins so many times. */
    private record Remembering<K, V>(int begins, Function<Record<K, V>, AccessEvent> event, RememberAccesses remember)
            implements ProcessorSupplier<K, V, AccountId, Fact> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            return remember.stores();
        }

        @Override
        public Processor<K, V, AccountId, Fact> get() {
            Processor<AccountId, AccessEvent, AccountId, Fact> remembering = remember.get();
            return new ContextualProcessor<>() {
                @Override
                public void init(ProcessorContext<AccountId, Fact> context) {
                    super.init(context);
                    for (int i = 0; i < begins; i++) {
                        remembering.init(context);
                    }
                }

                @Override
                public void process(Record<K, V> record) {
                    AccessEvent made = event.apply(record);
                    remembering.process(new Record<>(made.account(), made, record.timestamp()));
                }

                @Override
                public void close() {
                    remembering.close();
                }
            };
        }
    }

    private static final class Capture extends ContextualProcessor<AccountId, Fact, Void, Void> {

        private final List<String> handedOn;

        Capture(List<String> handedOn) {
            this.handedOn = handedOn;
        }

        @Override
        public void process(Record<AccountId, Fact> record) {
            if (record.value() instanceof Fact.Accessed(Access access)) {
                handedOn.add(access.eventId());
            }
        }
    }
}
