package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.DetectConfig;
import dev.metsuke.detect.DetectSettings;
import dev.metsuke.detect.DetectTopology;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.SweepInterval;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * Detection on a clock of its own, which goes as fast as events are given to it. It is the topology that runs in earnest, so
 * that a policy judges here as it will there.
 */
public final class Backtest implements AutoCloseable {

    /** So exactly are told times known; what happens within is told together. */
    public static final Duration TICK = Duration.ofSeconds(10);

    /** Years pass in minutes here; what is forgotten a little later changes no judgement. */
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private static final List<Topic> INPUTS =
            List.of(Topic.ACCESS_EVENTS, Topic.ACCOUNT_STATUS, Topic.DIRECTORY, Topic.EXPORT_APPROVALS);

    private final TopologyTestDriver driver;
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
    private final TestOutputTopic<byte[], byte[]> alerts;
    private final Consumer<Told> told;
    private Instant now;

    /**
     * Starts one.
     *
     * @param folder for state; empty, and of no use afterwards
     * @param start nothing arrives before it
     * @param told takes every message about an alert
     */
    public Backtest(Policy policy, Path folder, Instant start, Consumer<Told> told) {
        MeterRegistry meters = new SimpleMeterRegistry();
        DetectSettings settings = SettingsFile.of("detect: {state-dir: \"" + folder + "\"}", "backtest", folder)
                .section("detect", DetectSettings.class);
        Properties config = DetectConfig.properties(KafkaSettings.of("127.0.0.1:1"), settings, meters);
        config.put(SweepInterval.MILLIS, SWEEP_EVERY.toMillis());
        // There is nothing to commit to, so nothing to make transactions of.
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        this.driver = new TopologyTestDriver(
                new DetectTopology(policy, meters).build(new StreamsConfig(config)), config, start);
        for (Topic topic : INPUTS) {
            inputs.put(
                    topic,
                    driver.createInputTopic(topic.title(), new ByteArraySerializer(), new ByteArraySerializer()));
        }
        this.alerts = driver.createOutputTopic(
                Topic.ALERTS.title(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.told = told;
        this.now = start;
    }

    public void take(AccessEvent event) {
        pipe(Topic.ACCESS_EVENTS, event.account(), AccessEventJson.encode(event));
    }

    public void take(StatusReport report) {
        pipe(Topic.ACCOUNT_STATUS, report.account(), report.toJson());
    }

    public void take(DirectoryEntry entry) {
        pipe(Topic.DIRECTORY, entry.account(), entry.toJson());
    }

    public void take(ExportApproval approval) {
        pipe(Topic.EXPORT_APPROVALS, approval.account(), approval.toJson());
    }

    /** Lets time pass; it never goes back. */
    public void advanceTo(Instant time) {
        if (Duration.between(now, time).compareTo(TICK) >= 0) {
            // What is due is told soon, not only when the next event comes.
            advance(TICK);
            if (time.isAfter(now)) {
                advance(Duration.between(now, time));
            }
        }
    }

    /** Lets so much time pass that every episode that is quiet is closed. */
    public void finish(Duration quiet) {
        Instant end = now.plus(quiet).plus(Duration.ofHours(1));
        while (now.isBefore(end)) {
            advance(TICK);
        }
    }

    private void advance(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        for (byte[] json : alerts.readValuesToList()) {
            told.accept(new Told(alert(json), now));
        }
    }

    private void pipe(Topic topic, AccountId account, byte[] json) {
        Objects.requireNonNull(inputs.get(topic))
                .pipeInput(account.value().getBytes(StandardCharsets.UTF_8), json, now);
    }

    private static Alert alert(byte[] json) {
        try {
            return Alert.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new AssertionError("detection's own alert: " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
