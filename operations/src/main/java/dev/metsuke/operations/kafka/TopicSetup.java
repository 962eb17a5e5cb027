package dev.metsuke.operations.kafka;

import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.operations.setup.SetupReport.Line;
import dev.metsuke.operations.setup.SetupReport.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics and mends their settings; never touches the number of partitions of a topic that exists, nor a longer retention,
 * nor more copies that a write waits for.
 */
public final class TopicSetup {

    private final KafkaSettings settings;
    private final Admin admin;

    private TopicSetup(KafkaSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Brings every topic to what the settings and {@link Topic#settings} say.
     *
     * @throws IOException where the brokers cannot be reached or refuse
     */
    public static SetupReport apply(KafkaSettings settings) throws IOException {
        try (Admin admin = SetupClient.open(settings)) {
            return new TopicSetup(settings, admin).apply();
        }
    }

    private SetupReport apply() throws IOException {
        Set<String> present = get(admin.listTopics().names());
        List<Line> lines = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!present.contains(topic.title()) && create(topic)) {
                lines.add(new Line(subject(topic), Outcome.CREATED, placement()));
            } else {
                lines.addAll(mend(topic));
            }
        }
        return new SetupReport(lines);
    }

    private boolean create(Topic topic) throws IOException {
        NewTopic wanted = new NewTopic(topic.title(), settings.partitions(), settings.replicationFactor())
                .configs(wantedSettings(topic, settings.replicationFactor()));
        try {
            CreatedTopics.create(admin, List.of(wanted));
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failed("create topic " + topic.title(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<Line> mend(Topic topic) throws IOException {
        TopicDescription found = get(admin.describeTopics(List.of(topic.title()))
                        .allTopicNames())
                .get(topic.title());
        List<Line> lines = new ArrayList<>();
        int partitions = found == null ? 0 : found.partitions().size();
        int replicas = found == null || partitions == 0
                ? 0
                : found.partitions().getFirst().replicas().size();
        lines.add(mendSettings(topic, replicas));
        if (partitions != settings.partitions()) {
            lines.add(new Line(
                    subject(topic),
                    Outcome.PROBLEM,
                    "it has " + partitions + " partitions where kafka.partitions says " + settings.partitions()
                            + "; all topics are keyed by account and must have the same number. Set kafka.partitions"
                            + " to " + partitions + ", or move the data to new topics"));
        }
        if (replicas != settings.replicationFactor()) {
            lines.add(new Line(
                    subject(topic),
                    Outcome.PROBLEM,
                    "it lies on " + replicas + " brokers where kafka.replication-factor says "
                            + settings.replicationFactor()
                            + "; reassign its partitions with Kafka's own kafka-reassign-partitions"));
        }
        return lines;
    }

    private Line mendSettings(Topic topic, int replicas) throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.title());
        Config found = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        Map<String, String> present = new LinkedHashMap<>();
        if (found != null) {
            found.entries().stream()
                    .filter(entry -> entry.value() != null)
                    .forEach(entry -> present.put(entry.name(), entry.value()));
        }
        TopicChanges changes = TopicChanges.between(wantedSettings(topic, replicas), present);
        if (changes.toSet().isEmpty()) {
            return new Line(subject(topic), Outcome.UNCHANGED, changes.because());
        }
        List<AlterConfigOp> operations = new ArrayList<>();
        changes.toSet()
                .forEach((name, value) ->
                        operations.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        Map<ConfigResource, Collection<AlterConfigOp>> alteration = Map.of(resource, operations);
        get(admin.incrementalAlterConfigs(alteration).all());
        return new Line(subject(topic), Outcome.UPDATED, changes.because());
    }

    private static Map<String, String> wantedSettings(Topic topic, int replicas) {
        Map<String, String> wanted = new LinkedHashMap<>(topic.settings());
        if (replicas >= 3) {
            // One broker may be away while writes go on, and what was acknowledged lies on two.
            wanted.put("min.insync.replicas", "2");
        }
        return wanted;
    }

    private String placement() {
        return settings.partitions() + (settings.partitions() == 1 ? " partition" : " partitions") + ", on "
                + settings.replicationFactor() + (settings.replicationFactor() == 1 ? " broker" : " brokers");
    }

    private static String subject(Topic topic) {
        return "topic " + topic.title();
    }

    private <T> T get(KafkaFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failed("set up the topics", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IOException failed(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IOException(
                "cannot " + what + " in Kafka at " + settings.bootstrapServers() + " ("
                        + Causes.describe(cause)
                        + "); check kafka.bootstrap-servers, kafka.properties, and that the account may create and"
                        + " alter topics",
                cause);
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while the topics were set up", e);
    }
}
