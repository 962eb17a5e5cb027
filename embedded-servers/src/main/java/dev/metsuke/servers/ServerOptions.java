package dev.metsuke.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run an embedded server.
 *
 * @param dataFolder what the server keeps across restarts; created if missing
 * @param serversHome where the build laid out the servers
 * @param preferredPort the port that clients use on 127.0.0.1; another one serves if it is taken, and 0 means any
 * @param heapMegabytes the most heap the server may use; absent means what is enough for a small one of its kind
 * @param settings settings by the server's own names, over the ones made for a single small node
 * @param startTimeout how long the server may take until it serves
 */
public record ServerOptions(
        Path dataFolder,
        Path serversHome,
        int preferredPort,
        @Nullable Integer heapMegabytes,
        Map<String, String> settings,
        Duration startTimeout) {

    public ServerOptions {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        serversHome = serversHome.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
        if (preferredPort < 0 || preferredPort > 65_535) {
            throw new IllegalArgumentException(
                    "The preferred port is " + preferredPort + "; give 0 (any free one) to 65535.");
        }
        if (heapMegabytes != null && heapMegabytes < 64) {
            throw new IllegalArgumentException("The heap is " + heapMegabytes + " MB; give at least 64.");
        }
        if (!startTimeout.isPositive()) {
            throw new IllegalArgumentException("The start timeout is " + startTimeout + "; give more than zero.");
        }
    }

    /** Any free port, as much heap as a small server needs, two minutes to start. */
    public static ServerOptions in(Path dataFolder) {
        return new ServerOptions(dataFolder, ServersHome.configured(), 0, null, Map.of(), Duration.ofMinutes(2));
    }

    /** The JVM's flag for the heap. */
    String heapFlag(int usualMegabytes) {
        return "-Xmx" + (heapMegabytes == null ? usualMegabytes : heapMegabytes) + "m";
    }

    public ServerOptions withServersHome(Path home) {
        return new ServerOptions(dataFolder, home, preferredPort, heapMegabytes, settings, startTimeout);
    }

    public ServerOptions withPreferredPort(int port) {
        return new ServerOptions(dataFolder, serversHome, port, heapMegabytes, settings, startTimeout);
    }

    public ServerOptions withHeapMegabytes(int megabytes) {
        return new ServerOptions(dataFolder, serversHome, preferredPort, megabytes, settings, startTimeout);
    }

    public ServerOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new ServerOptions(dataFolder, serversHome, preferredPort, heapMegabytes, more, startTimeout);
    }

    public ServerOptions withStartTimeout(Duration timeout) {
        return new ServerOptions(dataFolder, serversHome, preferredPort, heapMegabytes, settings, timeout);
    }
}
