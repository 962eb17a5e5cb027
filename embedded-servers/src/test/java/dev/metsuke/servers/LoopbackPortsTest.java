package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {

    @Test
    void takesTheFirstWishThatIsFree() throws IOException {
        // Given
        int free = LoopbackPorts.choose(Set.of());
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            int chosen = LoopbackPorts.choose(Set.of(), 0, occupied.getLocalPort(), free);

            // Then
            assertThat(chosen).isEqualTo(free);
        }
    }

    @Test
    void takesNoPortThatIsPromisedToAnother() {
        // Given
        int promised = LoopbackPorts.choose(Set.of());

        // When
        int chosen = LoopbackPorts.choose(Set.of(promised), promised);

        // Then
        assertThat(chosen).isNotEqualTo(promised);
    }

    @Test
    void staysBelowThePortsOfOutgoingConnections() {
        assertThat(LoopbackPorts.choose(Set.of())).isBetween(20_000, 32_000);
    }
}
