package dev.metsuke.detect;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker, and what goes into it. */
final class DetectDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    /** As a link is no part of an alert, no test may come to depend on it but the one that looks for it. */
    static final URI CONSOLE = URI.create("https://metsuke.example.jp/");

    private final TopologyTestDriver driver;
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new TreeMap<>();
    private final TestOutputTopic<byte[], byte[]> alerts;
    private final TestOutputTopic<byte[], byte[]> rejected;
    private final List<Alert> seen = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final Map<String, Alert> latest = new TreeMap<>();
    private Instant now = NOW;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    DetectDriver(Policy policy) {
        this(policy, Map.of());
    }

    /** With something more, or else, in Kafka Streams' configuration. */
    DetectDriver(Policy policy, Map<String, String> streams) {
        Properties config =
                DetectConfig.properties(KafkaSettings.of("127.0.0.1:1"), settings(temporaryFolder()), meters);
        config.putAll(streams);
        // Under exactly_once_v2 this driver, unlike a broker, loses what deserialization handlers send.
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        driver = new TopologyTestDriver(
                new DetectTopology(policy, meters, StateStores.IN_MEMORY, CONSOLE).build(new StreamsConfig(config)),
                config,
                NOW);
        for (Topic topic : List.of(
                Topic.ACCESS_EVENTS,
                Topic.ACCOUNT_STATUS,
                Topic.DIRECTORY,
                Topic.EXPORT_APPROVALS,
                Topic.POLICY,
                Topic.BASELINES)) {
            inputs.put(
                    topic,
                    driver.createInputTopic(topic.title(), new ByteArraySerializer(), new ByteArraySerializer()));
        }
        alerts = driver.createOutputTopic(
                Topic.ALERTS.title(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        rejected = driver.createOutputTopic(
                Topic.REJECTED.title(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static DetectSettings settings(Path stateDir) {
        return settings(stateDir, "metsuke-detect");
    }

    static DetectSettings settings(Path stateDir, String applicationId) {
        return SettingsFile.of(
                        "detect: {state-dir: \"" + stateDir + "\", application-id: " + applicationId + "}",
                        "test",
                        stateDir)
                .section("detect", DetectSettings.class);
    }

    static Policy policy(String yaml) {
        return SettingsFile.of(yaml, "test", Path.of("/")).section("policy", Policy.class);
    }

    void send(AccessEvent event) {
        Instant created = event.created();
        send(
                Topic.ACCESS_EVENTS,
                event.account().value(),
                AccessEventJson.encode(event),
                created == null ? now : created);
    }

    void send(StatusReport report) {
        send(Topic.ACCOUNT_STATUS, report.account().value(), report.toJson());
    }

    void send(DirectoryEntry entry) {
        send(Topic.DIRECTORY, entry.account().value(), entry.toJson());
    }

    /** Arrived when it began to hold. */
    void send(BatchOracle.Listed listed) {
        DirectoryEntry entry = listed.entry();
        send(Topic.DIRECTORY, entry.account().value(), entry.toJson(), listed.from());
    }

    /** Arrived when it was approved. */
    void send(ExportApproval approval) {
        send(approval, approval.approvedAt());
    }

    void send(ExportApproval approval, Instant recordedAt) {
        send(Topic.EXPORT_APPROVALS, approval.account().value(), approval.toJson(), recordedAt);
    }

    void send(PublishedPolicy policy) {
        send(Topic.POLICY, policy.version(), policy.toJson());
    }

    void send(Topic topic, @Nullable String key, byte @Nullable [] value) {
        send(topic, key, value, now);
    }

    /** Arrived at that time, by the broker's clock. */
    private void send(Topic topic, @Nullable String key, byte @Nullable [] value, Instant arrived) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        TestInputTopic<byte[], byte[]> input = inputs.get(topic);
        if (input == null) {
            throw new IllegalArgumentException("not an input: " + topic);
        }
        input.pipeInput(new TestRecord<>(keyBytes, value, arrived));
    }

    /** What detection remembers, for tests of what it does not look at. */
    KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    void passUntil(Instant time) {
        pass(Duration.between(now, time));
    }

    /** Every message about an alert so far, in order. */
    List<Alert> messages() {
        read();
        return List.copyOf(seen);
    }

    /** The link of every message so far, in order. */
    List<String> links() {
        read();
        return List.copyOf(links);
    }

    /** Each alert's latest state. */
    Collection<Alert> alerts() {
        read();
        return List.copyOf(latest.values());
    }

    /** Each alert that holds, in its latest state. */
    List<Alert> holding() {
        return alerts().stream()
                .filter(alert -> alert.state() != AlertState.WITHDRAWN)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> rejected() {
        return rejected.readRecordsToList();
    }

    private void read() {
        for (byte[] json : alerts.readValuesToList()) {
            Alert alert = parse(json);
            seen.add(alert);
            latest.put(alert.id(), alert);
            links.add(link(json));
        }
    }

    private static Alert parse(byte[] json) {
        try {
            return Alert.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new AssertionError("not an alert: " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    private static String link(byte[] json) {
        try {
            return JsonDocument.parse(json).requiredText("event.url");
        } catch (MalformedDocumentException e) {
            throw new AssertionError("no link: " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("detect-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AccessEvent.Builder event(String account, String time, Action action) {
        return event(account, Instant.parse(time), action);
    }

    static AccessEvent.Builder event(String account, Instant time, Action action) {
        return AccessEvent.builder()
                .id(account + "-" + time + "-" + action)
                .timestamp(time)
                .userId(account)
                .action(action)
                .outcome(Outcome.SUCCESS);
    }

    static StatusReport report(String id, String account, Status status, String effectiveAt, String reportedAt) {
        return new StatusReport(
                id + "@" + reportedAt,
                id,
                new AccountId(account),
                status,
                Instant.parse(effectiveAt),
                Instant.parse(reportedAt),
                status == Status.TRANSFERRED ? "Support" : null,
                null,
                "hr");
    }

    static ExportApproval approval(String id, String account, String dataset, String from, String until, long people) {
        return new ExportApproval(
                id + "-message",
                id,
                new AccountId(account),
                dataset,
                Instant.parse(from),
                Instant.parse(until),
                people,
                "CHG-17",
                Instant.parse("2026-11-20T00:00:00Z"),
                "mori",
                null);
    }

    static ExportApproval takenBack(ExportApproval approval, Instant at) {
        return new ExportApproval(
                approval.eventId() + "-taken-back",
                approval.approvalId(),
                approval.account(),
                approval.dataset(),
                approval.from(),
                approval.from(),
                0,
                approval.ticket(),
                at,
                "mori",
                null);
    }

    static PublishedPolicy published(String version, String at, String settings) {
        return new PublishedPolicy(
                version + "@" + at,
                version,
                "policy: {version: " + version + ", " + settings + "}",
                Instant.parse(at),
                "mori",
                null);
    }

    static DirectoryEntry entry(String account, String name, String department, @Nullable String calendar) {
        return new DirectoryEntry(
                new AccountId(account), "p-" + account, name, null, department, "regular", calendar, null);
    }
}
