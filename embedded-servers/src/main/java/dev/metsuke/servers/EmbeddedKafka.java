package dev.metsuke.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A real Kafka broker, one KRaft node on 127.0.0.1, in a child JVM that never outlives this one. */
public final class EmbeddedKafka extends EmbeddedServer {

    private static final String NAME = "Kafka";
    private static final int HEAP_MEGABYTES = 256;

    private EmbeddedKafka(ChildServer child) {
        super(child);
    }

    /** With default options; blocks until the broker serves. */
    public static EmbeddedKafka start(Path dataFolder) {
        return start(ServerOptions.in(dataFolder));
    }

    /**
     * Blocks until the broker serves.
     *
     * @throws ServerStartException if it does not come up
     */
    public static EmbeddedKafka start(ServerOptions options) {
        Path jar = ServersHome.jar(options.serversHome(), "kafka", "kafka-broker.jar");
        DataFolder data = DataFolder.open(NAME, options.dataFolder());
        List<String> jvmFlags = List.of(
                options.heapFlag(HEAP_MEGABYTES),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
        ChildServer.Launch launch = new ChildServer.Launch(NAME, jar, jvmFlags, data, options.startTimeout());
        return new EmbeddedKafka(ChildServer.start(launch, new Setup(options, data)));
    }

    /** The same without blocking; the future fails with {@link ServerStartException}. */
    public static CompletableFuture<EmbeddedKafka> startAsync(ServerOptions options) {
        return CompletableFuture.supplyAsync(
                () -> start(options), task -> Thread.ofVirtual().start(task));
    }

    /** By Kafka's own names, what makes a broker a small and quick one, wherever it runs. */
    public static Map<String, String> smallNodeSettings() {
        return KafkaSettings.ofSmallNode();
    }

    /** For the clients' setting of that name. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    private record Setup(ServerOptions options, DataFolder data) implements ChildServer.Setup {

        private static final String BROKER = "broker";
        private static final String CONTROLLER = "controller";

        @Override
        public Map<String, Integer> choosePorts() {
            int broker = LoopbackPorts.choose(Set.of(), options.preferredPort(), data.notedPort(BROKER));
            int controller = LoopbackPorts.choose(Set.of(broker), data.notedPort(CONTROLLER));
            return Map.of(BROKER, broker, CONTROLLER, controller);
        }

        @Override
        public Map<String, String> settings(Map<String, Integer> ports) {
            Map<String, String> settings = new LinkedHashMap<>(
                    KafkaSettings.of(ports.getOrDefault(BROKER, 0), ports.getOrDefault(CONTROLLER, 0), data.stored()));
            settings.putAll(options.settings());
            return settings;
        }
    }
}
