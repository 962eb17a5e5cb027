package dev.metsuke.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to run the embedded Elasticsearch node.
 *
 * @param dataFolder what the node keeps across restarts; created if missing
 * @param serversHome where the build laid out the servers
 * @param preferredPort the HTTP port on 127.0.0.1; another one serves if it is taken, and 0 means any
 * @param heapMegabytes the most heap the node may use
 * @param settings node settings by Elasticsearch's own names, over the ones made for a single small node
 * @param startTimeout how long the node may take until it serves
 */
public record ElasticsearchOptions(
        Path dataFolder,
        Path serversHome,
        int preferredPort,
        int heapMegabytes,
        Map<String, String> settings,
        Duration startTimeout) {

    public ElasticsearchOptions {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        serversHome = serversHome.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
        Checks.port(preferredPort);
        Checks.heap(heapMegabytes);
        Checks.startTimeout(startTimeout);
    }

    /** Any free port, 512 MB of heap, two minutes to start. */
    public static ElasticsearchOptions in(Path dataFolder) {
        return new ElasticsearchOptions(dataFolder, ServersHome.configured(), 0, 512, Map.of(), Duration.ofMinutes(2));
    }

    public ElasticsearchOptions withServersHome(Path home) {
        return new ElasticsearchOptions(dataFolder, home, preferredPort, heapMegabytes, settings, startTimeout);
    }

    public ElasticsearchOptions withPreferredPort(int port) {
        return new ElasticsearchOptions(dataFolder, serversHome, port, heapMegabytes, settings, startTimeout);
    }

    public ElasticsearchOptions withHeapMegabytes(int megabytes) {
        return new ElasticsearchOptions(dataFolder, serversHome, preferredPort, megabytes, settings, startTimeout);
    }

    public ElasticsearchOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new ElasticsearchOptions(dataFolder, serversHome, preferredPort, heapMegabytes, more, startTimeout);
    }

    public ElasticsearchOptions withStartTimeout(Duration timeout) {
        return new ElasticsearchOptions(dataFolder, serversHome, preferredPort, heapMegabytes, settings, timeout);
    }
}
