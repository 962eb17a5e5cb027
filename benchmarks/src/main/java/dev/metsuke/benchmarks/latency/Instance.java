package dev.metsuke.benchmarks.latency;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.Archive;
import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.setup.ArchiveSetup;
import dev.metsuke.benchmarks.contest.CommittedRecords;
import dev.metsuke.benchmarks.contest.GroupProgress;
import dev.metsuke.detect.DetectSettings;
import dev.metsuke.detect.Detection;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.EmbeddedElasticsearch;
import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.shipper.Shipper;
import dev.metsuke.shipper.ShipperSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Shipper, detection and archive in this process and both servers in their own, as {@code metsuke up} runs them. */
final class Instance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 20;

    private final EmbeddedKafka broker;
    private final EmbeddedElasticsearch node;
    private final ElasticsearchClient client;
    private final KafkaSettings kafka;
    private final String detectGroup;
    private final Detection detection;
    private final Archive archive;
    private final Shipper shipper;

    private Instance(
            EmbeddedKafka broker, EmbeddedElasticsearch node, ElasticsearchClient client, SettingsFile settings) {
        this.broker = broker;
        this.node = node;
        this.client = client;
        kafka = KafkaSettings.of(broker.bootstrapServers());
        DetectSettings detect = settings.section("detect", DetectSettings.class);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        detectGroup = detect.applicationId();
        detection = new Detection(kafka, detect, settings.section("policy", Policy.class), meters);
        archive = new Archive(
                kafka,
                ElasticsearchSettings.of(node.url()),
                settings.section("archive", ArchiveSettings.class),
                meters);
        shipper = new Shipper(settings.section("shipper", ShipperSettings.class), kafka, meters);
    }

    /**
     * Starts it, and returns once every part is at work and detection knows the leavers.
     *
     * @param folder where everything is kept
     * @param yaml the settings; its shipper reads the log
     */
    static Instance start(Path folder, String yaml, Leavers leavers) throws Exception {
        SettingsFile settings = SettingsFile.load(Files.writeString(folder.resolve("metsuke.yml"), yaml));
        EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
        try {
            EmbeddedElasticsearch node = EmbeddedElasticsearch.start(folder.resolve("elasticsearch"));
            try {
                ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()));
                TopicSetup.apply(KafkaSettings.of(broker.bootstrapServers()));
                ArchiveSettings archive = settings.section("archive", ArchiveSettings.class);
                ArchiveSetup.apply(client, archive.indices(), archive.retention());
                Instance instance = new Instance(broker, node, client, settings);
                instance.begin(leavers);
                return instance;
            } catch (Exception e) {
                node.close();
                throw e;
            }
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    ElasticsearchClient client() {
        return client;
    }

    /** Reads alerts that are committed from now on. */
    Consumer<byte[], byte[]> newAlerts() {
        Consumer<byte[], byte[]> alerts = CommittedRecords.consumer(kafka.bootstrapServers(), Topic.ALERTS.title());
        alerts.seekToEnd(alerts.assignment());
        alerts.assignment().forEach(alerts::position);
        return alerts;
    }

    /** Fails where a part has. */
    void check() {
        for (Part part : parts()) {
            if (part.condition() instanceof Condition.Failed(String reason)) {
                throw new IllegalStateException(part.name() + " failed: " + reason);
            }
        }
    }

    @Override
    public void close() throws IOException {
        parts().forEach(Part::close);
        client.close();
        node.close();
        broker.close();
    }

    private void begin(Leavers leavers) throws Exception {
        try {
            report(leavers);
            parts().forEach(Part::start);
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            try (Admin admin = Admin.create(kafka.clientProperties("bench"))) {
                while (!isAtWork(admin, leavers)) {
                    check();
                    if (System.nanoTime() - giveUp > 0) {
                        throw new IllegalStateException("Metsuke was not at work within " + PATIENCE);
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            }
        } catch (Exception e) {
            parts().forEach(Part::close);
            throw e;
        }
    }

    private boolean isAtWork(Admin admin, Leavers leavers) throws Exception {
        return parts().stream().allMatch(part -> part.condition() instanceof Condition.Running)
                && GroupProgress.consumed(admin, detectGroup, Set.of(Topic.ACCOUNT_STATUS)) >= leavers.count();
    }

    private void report(Leavers leavers) {
        Map<String, Object> properties = kafka.clientProperties("bench-hr");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            leavers.reports(Instant.now()).forEach(report -> {
                var _ = producer.send(new ProducerRecord<>(
                        Topic.ACCOUNT_STATUS.title(),
                        report.account().value().getBytes(StandardCharsets.UTF_8),
                        report.toJson()));
            });
        }
    }

    private List<Part> parts() {
        return List.of(shipper, detection, archive);
    }
}
