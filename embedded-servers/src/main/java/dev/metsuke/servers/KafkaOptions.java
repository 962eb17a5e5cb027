package dev.metsuke.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to run the embedded Kafka broker.
 *
 * @param dataFolder what the broker keeps across restarts; created if missing
 * @param serversHome where the build laid out the servers
 * @param preferredPort the port for clients on 127.0.0.1; another one serves if it is taken, and 0 means any
 * @param heapMegabytes the most heap the broker may use
 * @param settings broker settings by Kafka's own names, over the ones made for a single small node
 * @param startTimeout how long the broker may take until it serves
 */
public record KafkaOptions(
        Path dataFolder,
        Path serversHome,
        int preferredPort,
        int heapMegabytes,
        Map<String, String> settings,
        Duration startTimeout) {

    public KafkaOptions {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        serversHome = serversHome.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
        Checks.port(preferredPort);
        Checks.heap(heapMegabytes);
        Checks.startTimeout(startTimeout);
    }

    /** Any free port, 256 MB of heap, two minutes to start. */
    public static KafkaOptions in(Path dataFolder) {
        return new KafkaOptions(dataFolder, ServersHome.configured(), 0, 256, Map.of(), Duration.ofMinutes(2));
    }

    public KafkaOptions withServersHome(Path home) {
        return new KafkaOptions(dataFolder, home, preferredPort, heapMegabytes, settings, startTimeout);
    }

    public KafkaOptions withPreferredPort(int port) {
        return new KafkaOptions(dataFolder, serversHome, port, heapMegabytes, settings, startTimeout);
    }

    public KafkaOptions withHeapMegabytes(int megabytes) {
        return new KafkaOptions(dataFolder, serversHome, preferredPort, megabytes, settings, startTimeout);
    }

    public KafkaOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new KafkaOptions(dataFolder, serversHome, preferredPort, heapMegabytes, more, startTimeout);
    }

    public KafkaOptions withStartTimeout(Duration timeout) {
        return new KafkaOptions(dataFolder, serversHome, preferredPort, heapMegabytes, settings, timeout);
    }
}
