package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class DetectorTest {

    private static final DirectoryEntry SATO =
            new DirectoryEntry(new AccountId("sato"), null, null, null, null, null, null, null);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Policy policy = SettingsFile.of("", "test", Path.of("/")).section("policy", Policy.class);
    private final List<Counting> made = new ArrayList<>();
    private final Detector.AtWork atWork = new Detector.AtWork(
            (context, by, meters) -> {
                made.add(new Counting());
                return made.getLast();
            },
            new PolicyInForce(policy),
            new SimpleMeterRegistry());

    @Test
    void revivedTaskWorksWithANewDetectorAlone() {
        try (TopologyTestDriver driver = driver(context -> {
            atWork.init(context);
            hear(context);
            atWork.close();
            atWork.init(context);
        })) {
            // When
            driver.advanceWallClockTime(Interval.SWEEP.usual());
        }

        // Then
        assertThat(made).extracting(counting -> counting.tells).containsExactly(0, 1);
        assertThat(made).extracting(counting -> counting.sweeps).containsExactly(0, 1);
    }

    @Test
    void taskThatIsInitializedWithoutBeingClosedDoesNotWorkTwice() {
        try (TopologyTestDriver driver = driver(context -> {
            atWork.init(context);
            hear(context);
            atWork.init(context);
        })) {
            // When
            driver.advanceWallClockTime(Interval.SWEEP.usual());
        }

        // Then
        assertThat(made).extracting(counting -> counting.tells).containsExactly(0, 1);
    }

    @Test
    void nothingIsDoneOnceClosed() {
        try (TopologyTestDriver driver = driver(context -> {
            atWork.init(context);
            hear(context);
            atWork.close();
        })) {
            // When
            driver.advanceWallClockTime(Interval.SWEEP.usual());
        }

        // Then
        assertThat(made).extracting(counting -> counting.tells).containsExactly(0);
    }

    @Test
    void alertOfWhatHasWaitedLongLeavesItsCommitToKafkaStreams() {
        MockProcessorContext<AccountId, Alert> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(NOON.toEpochMilli());
        atWork.init(context);

        boolean ofFresh = isCommittedOnceHeard(context, NOON, Duration.ofMillis(80));
        boolean ofLate = isCommittedOnceHeard(context, NOON.plusSeconds(1), Duration.ofHours(1));
        boolean ofFreshAgain = isCommittedOnceHeard(context, NOON.plusSeconds(2), Duration.ofMillis(80));

        assertThat(List.of(ofFresh, ofLate, ofFreshAgain)).containsExactly(true, false, true);
    }

    private boolean isCommittedOnceHeard(MockProcessorContext<AccountId, Alert> context, Instant now, Duration waited) {
        context.resetCommit();
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        long arrived = now.minus(waited).toEpochMilli();
        atWork.process(new Record<>(new AccountId("sato"), new Fact.Listed(null, SATO, Instant.EPOCH, false), arrived));
        made.getLast().hasNews = true;
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(now.toEpochMilli());
        return context.committed();
    }

    private void hear(ProcessorContext<AccountId, Alert> context) {
        Fact fact = new Fact.Listed(null, SATO, Instant.EPOCH, false);
        atWork.process(new Record<>(new AccountId("sato"), fact, context.currentSystemTimeMs()));
    }

    /** A topology whose one processor does this when it begins. */
    private static TopologyTestDriver driver(Beginning beginning) {
        ProcessorSupplier<byte[], byte[], AccountId, Alert> supplier = () -> new ContextualProcessor<>() {
            @Override
            public void init(ProcessorContext<AccountId, Alert> context) {
                super.init(context);
                beginning.begin(context);
            }

            @Override
            public void process(Record<byte[], byte[]> record) {
                throw new AssertionError("nothing is sent");
            }
        };
        Topology topology = new Topology();
        topology.addSource("source", "topic").addProcessor("processor", supplier, "source");
        Properties config = new Properties();
        config.put("default.key.serde", Serdes.ByteArraySerde.class);
        config.put("default.value.serde", Serdes.ByteArraySerde.class);
        TopologyTestDriver driver = new TopologyTestDriver(topology, config, Instant.EPOCH);
        driver.createInputTopic("topic", new ByteArraySerializer(), new ByteArraySerializer());
        return driver;
    }

    private interface Beginning {

        void begin(ProcessorContext<AccountId, Alert> context);
    }

    private static final class Counting implements Detector {

        private int tells;
        private int sweeps;
        private boolean hasNews;

        @Override
        public void hear(AccountId account, Fact fact) {}

        @Override
        public boolean tell(Instant now) {
            tells++;
            return hasNews;
        }

        @Override
        public void sweep(Instant now) {
            sweeps++;
        }
    }
}
