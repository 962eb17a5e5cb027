package dev.metsuke.servers.broker;

import dev.metsuke.servers.process.RunningServer;
import dev.metsuke.servers.process.ServerProcess;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Runs one Kafka node, broker and controller in one, from the properties file it is given. */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) {
        ServerProcess.run(() -> start(Path.of(args[0])));
    }

    private static RunningServer start(Path propertiesFile) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(propertiesFile)) {
            properties.load(reader);
        }
        formatOnce(properties);
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new RunningServer(brokerPort(properties), () -> {
            server.shutdown();
            server.awaitShutdown();
        });
    }

    private static void formatOnce(Properties properties) throws Exception {
        String folder = properties.getProperty("log.dirs");
        if (Files.exists(Path.of(folder, "meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(System.err)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .addDirectory(folder)
                .setMetadataLogDirectory(folder)
                .setIgnoreFormatted(true)
                .run();
    }

    /** The first listener is the one for clients. */
    private static int brokerPort(Properties properties) {
        String listener = properties.getProperty("listeners").split(",", -1)[0];
        return Integer.parseInt(listener.substring(listener.lastIndexOf(':') + 1));
    }
}
