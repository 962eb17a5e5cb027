package dev.metsuke.servers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerKindTest {

    @Test
    void knowsBothAndRefusesTheRest() {
        assertThat(ServerKind.of("embedded")).isEqualTo(ServerKind.EMBEDDED);
        assertThat(ServerKind.of("containers")).isEqualTo(ServerKind.CONTAINER);
        assertThatThrownBy(() -> ServerKind.of("docker")).hasMessageContaining("give \"embedded\" or \"containers\"");
    }

    @Test
    void skipsSuitesWithAReasonWhereDockerIsMissing() {
        assertThat(ServersCondition.ofDocker(true).isDisabled()).isFalse();
        assertThat(ServersCondition.ofDocker(false).isDisabled()).isTrue();
        assertThat(ServersCondition.ofDocker(false).getReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("-Pdocker", "no Docker engine answers"));
    }

    @Test
    void tellsTheImageItsSettingsInVariables() {
        assertThat(ContainerBroker.variables(Map.of("broker.session.timeout.ms", "2000")))
                .isEqualTo(Map.of("KAFKA_BROKER_SESSION_TIMEOUT_MS", "2000"));
    }
}
