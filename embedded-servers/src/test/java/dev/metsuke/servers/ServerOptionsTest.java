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
    void leavesPortAndHeapToTheServer() {
        ServerOptions options = ServerOptions.in(Path.of("/data")).withServersHome(HOME);

        assertThat(options)
                .isEqualTo(new ServerOptions(Path.of("/data"), HOME, 0, null, Map.of(), Duration.ofMinutes(2)));
        assertThat(options.heapFlag(256)).isEqualTo("-Xmx256m");
        assertThat(options.withHeapMegabytes(100).heapFlag(256)).isEqualTo("-Xmx100m");
    }

    @Test
    void refusesWhatNoServerCouldUse() {
        ServerOptions options = ServerOptions.in(Path.of("/data"));

        assertThatThrownBy(() -> options.withPreferredPort(65_536)).hasMessageContaining("preferred port is 65536");
        assertThatThrownBy(() -> options.withHeapMegabytes(16)).hasMessageContaining("heap is 16 MB");
        assertThatThrownBy(() -> options.withStartTimeout(Duration.ZERO)).hasMessageContaining("start timeout");
    }

    @Test
    void saysHowToLayTheServersOut() {
        ServerOptions options = ServerOptions.in(Path.of("/data")).withServersHome(Path.of("/nowhere"));

        assertThatThrownBy(() -> EmbeddedKafka.start(options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/nowhere/kafka/lib/kafka-broker.jar is missing")
                .hasMessageContaining("process-classes");
    }
}
