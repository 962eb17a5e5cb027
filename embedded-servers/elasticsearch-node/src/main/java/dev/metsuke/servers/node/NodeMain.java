package dev.metsuke.servers.node;

import dev.metsuke.servers.process.RunningServer;
import dev.metsuke.servers.process.ServerProcess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.action.admin.cluster.health.ClusterHealthResponse;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginBundle;
import org.elasticsearch.plugins.PluginsLoader;

/** Runs one Elasticsearch node from the properties file it is given. */
public final class NodeMain {

    /** How long a restart waits for its indices; a larger archive goes on recovering while it already serves. */
    private static final TimeValue RECOVERY_LIMIT = TimeValue.timeValueSeconds(30);

    private NodeMain() {}

    public static void main(String[] args) {
        ServerProcess.run(() -> start(Path.of(args[0])));
    }

    private static RunningServer start(Path propertiesFile) throws Exception {
        Settings settings = read(propertiesFile);
        Path home = Path.of(settings.get(Environment.PATH_HOME_SETTING.getKey()));
        System.setProperty("es.path.home", home.toString());
        // That library is not on Central; looking for it in vain would turn off all native access, and zstd with it.
        System.setProperty("org.elasticsearch.nativeaccess.enableVectorLibrary", "false");
        // Before any class of the server, which would fail for want of a logger.
        LogConfigurator.configureESLogging();
        Node node = openNode(settings, home);
        node.start();
        awaitPrimaries(node);
        int port = node.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort();
        return new RunningServer(port, () -> stop(node));
    }

    private static Settings read(Path propertiesFile) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(propertiesFile)) {
            properties.load(reader);
        }
        Settings.Builder settings = Settings.builder();
        properties.forEach((name, value) -> settings.put((String) name, (String) value));
        return settings.build();
    }

    private static Node openNode(Settings settings, Path home) {
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings, Map.of(), home.resolve("config"), () -> settings.get("node.name"));
        Set<PluginBundle> modules = PluginsLoader.loadModulesBundles(environment.modulesDir(), false);
        return new QuietNode(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false));
    }

    private static void awaitPrimaries(Node node) {
        ClusterHealthResponse health = node.client()
                .admin()
                .cluster()
                .prepareHealth(RECOVERY_LIMIT)
                .setWaitForYellowStatus()
                .setTimeout(RECOVERY_LIMIT)
                .get();
        if (health.isTimedOut()) {
            System.err.println("Some indices are not recovered yet; the cluster is " + health.getStatus() + ".");
        }
    }

    private static void stop(Node node) throws IOException, InterruptedException {
        node.prepareForClose();
        node.close();
        node.awaitClose(10, TimeUnit.SECONDS);
    }

    private static final class QuietNode extends Node {

        private QuietNode(Environment environment, PluginsLoader plugins) {
            super(environment, plugins);
        }

        /** It feeds the server's own log layout, which is not in use and can be fed only once in a JVM. */
        @Override
        protected void configureNodeAndClusterIdStateListener(ClusterService clusterService) {}
    }
}
