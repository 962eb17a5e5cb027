package dev.metsuke.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a single small Kafka node is told. */
final class KafkaSettings {

    private KafkaSettings() {}

    static Map<String, String> of(int brokerPort, int controllerPort, Path logFolder) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("node.id", "1");
        settings.put("process.roles", "broker,controller");
        // The broker's listener stays first: it is the one reported as the port.
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        // Static voters: with dynamic ones the stored port would count, and ports may change between two runs.
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", logFolder.toString());
        settings.putAll(ofSmallNode());
        return settings;
    }

    /** All that has nothing to do with ports and folders. */
    static Map<String, String> ofSmallNode() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("auto.create.topics.enable", "false");
        putOneReplica(settings);
        putQuickGroups(settings);
        putQuickRestart(settings);
        putSmallFootprint(settings);
        return settings;
    }

    private static void putOneReplica(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
    }

    /** No second member is about to come, so nobody waits for one. */
    private static void putQuickGroups(Map<String, String> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.min.heartbeat.interval.ms", "500");
        settings.put("group.streams.heartbeat.interval.ms", milliseconds(Duration.ofSeconds(1)));
    }

    /** How long a broker that was killed stays fenced when it is back; Kafka's own default is 9 s. */
    private static void putQuickRestart(Map<String, String> settings) {
        settings.put("broker.session.timeout.ms", milliseconds(Duration.ofSeconds(2)));
        settings.put("broker.heartbeat.interval.ms", "500");
    }

    private static void putSmallFootprint(Map<String, String> settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        // 8 MiB instead of 128 MiB of heap.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    }

    private static String milliseconds(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
