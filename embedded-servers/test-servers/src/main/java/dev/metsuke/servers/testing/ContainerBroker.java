package dev.metsuke.servers.testing;

import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.LoopbackPorts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container, set like the embedded one. */
final class ContainerBroker extends ContainerServer implements TestBroker {

    private static final int PORT = 9092;

    private final String bootstrapServers;

    private ContainerBroker(KafkaContainer container, BrokerAnswers serving) {
        super(container, serving);
        bootstrapServers = container.getBootstrapServers();
    }

    static ContainerBroker start() {
        BrokerAnswers serving = new BrokerAnswers(PORT);
        KafkaContainer container = new KafkaContainer(ServerImages.configured().kafka())
                .withEnv(variables(EmbeddedKafka.smallNodeSettings()))
                .withEnv("KAFKA_LOG_DIRS", "/var/lib/kafka/data")
                .withEnv("KAFKA_HEAP_OPTS", "-Xmx256m")
                .waitingFor(serving);
        container.setPortBindings(List.of(LoopbackPorts.anyFree() + ":" + PORT));
        container.start();
        return new ContainerBroker(container, serving);
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** As the image wants them: {@code KAFKA_NUM_IO_THREADS} for {@code num.io.threads}. */
    static Map<String, String> variables(Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>();
        settings.forEach((name, value) ->
                variables.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return variables;
    }
}
