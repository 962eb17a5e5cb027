package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

    private static final Path HOME = Path.of("/servers");

    @Test
    void kafkaDefaultsAreSmall() {
        assertThat(KafkaOptions.in(Path.of("/data")).withServersHome(HOME))
                .isEqualTo(new KafkaOptions(Path.of("/data"), HOME, 0, 256, Map.of(), Duration.ofMinutes(2)));
    }

    @Test
    void elasticsearchDefaultsAreSmall() {
        assertThat(ElasticsearchOptions.in(Path.of("/data")).withServersHome(HOME))
                .isEqualTo(new ElasticsearchOptions(Path.of("/data"), HOME, 0, 512, Map.of(), Duration.ofMinutes(2)));
    }

    @Test
    void refusesWhatNoServerCouldUse() {
        KafkaOptions options = KafkaOptions.in(Path.of("/data"));

        assertThatThrownBy(() -> options.withPreferredPort(65_536)).hasMessageContaining("preferred port is 65536");
        assertThatThrownBy(() -> options.withHeapMegabytes(16)).hasMessageContaining("heap is 16 MB");
        assertThatThrownBy(() -> options.withStartTimeout(Duration.ZERO)).hasMessageContaining("start timeout");
    }

    @Test
    void saysHowToLayTheServersOut() {
        KafkaOptions options = KafkaOptions.in(Path.of("/data")).withServersHome(Path.of("/nowhere"));

        assertThatThrownBy(() -> EmbeddedKafka.start(options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/nowhere/kafka/lib/kafka-broker.jar is missing")
                .hasMessageContaining("process-classes");
    }
}
