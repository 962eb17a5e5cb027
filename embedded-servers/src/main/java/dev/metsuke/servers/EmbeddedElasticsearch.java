package dev.metsuke.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A real Elasticsearch node, alone on 127.0.0.1, in a child JVM that never outlives this one. */
public final class EmbeddedElasticsearch extends EmbeddedServer {

    private static final String NAME = "Elasticsearch";
    private static final int HEAP_MEGABYTES = 512;

    private EmbeddedElasticsearch(ChildServer child) {
        super(child);
    }

    /** With default options; blocks until the node serves. */
    public static EmbeddedElasticsearch start(Path dataFolder) {
        return start(ServerOptions.in(dataFolder));
    }

    /**
     * Blocks until the node serves.
     *
     * @throws ServerStartException if it does not come up
     */
    public static EmbeddedElasticsearch start(ServerOptions options) {
        Path jar = ServersHome.jar(options.serversHome(), "elasticsearch", "elasticsearch-node.jar");
        Path home = ServersHome.ofNode(jar);
        DataFolder data = DataFolder.open(NAME, options.dataFolder());
        List<String> jvmFlags = List.of(
                options.heapFlag(HEAP_MEGABYTES),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                // It would tell of errors in the archive of classes, for these modules, and use it all the same:
                // nothing to read before why a node did not start.
                "-Xlog:cds=off");
        ChildServer.Launch launch = new ChildServer.Launch(NAME, jar, jvmFlags, data, options.startTimeout());
        return new EmbeddedElasticsearch(ChildServer.start(launch, new Setup(options, home, data)));
    }

    /** The same without blocking; the future fails with {@link ServerStartException}. */
    public static CompletableFuture<EmbeddedElasticsearch> startAsync(ServerOptions options) {
        return CompletableFuture.supplyAsync(
                () -> start(options), task -> Thread.ofVirtual().start(task));
    }

    /** Where HTTP requests go, without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    private record Setup(ServerOptions options, Path home, DataFolder data) implements ChildServer.Setup {

        private static final String HTTP = "http";

        @Override
        public Map<String, Integer> choosePorts() {
            return Map.of(HTTP, LoopbackPorts.choose(Set.of(), options.preferredPort(), data.notedPort(HTTP)));
        }

        @Override
        public Map<String, String> settings(Map<String, Integer> ports) {
            Map<String, String> settings =
                    new LinkedHashMap<>(ElasticsearchSettings.of(ports.getOrDefault(HTTP, 0), home, data));
            settings.putAll(options.settings());
            return settings;
        }
    }
}
