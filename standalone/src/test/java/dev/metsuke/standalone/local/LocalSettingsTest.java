package dev.metsuke.standalone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {

    @Test
    void tellAllThatIsWrongBeforeAServerStarts() {
        assertThatThrownBy(() -> local("""
            console: {prot: 8080}
            detect: {application-id: ""}
            kafka: {bootstrap-servers: "far:9092", partition: 8}
            """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("metsuke.yml:1: ")
                .hasMessageContaining("metsuke.yml:2: ")
                .hasMessageContaining("metsuke.yml:3: ");
    }

    @Test
    void leaveOutWhereOthersServersAre() {
        SettingsFile file = local("""
            kafka:
              bootstrap-servers: "${env:NO_SUCH_VARIABLE_HERE}"
              partitions: 8
              properties: {security.protocol: SASL_SSL, sasl.jaas.config: "${env:NO_SUCH_VARIABLE_HERE}"}
            elasticsearch: {url: "https://es1:9200", api-key: "${env:NO_SUCH_VARIABLE_HERE}", certificate-authority: no.crt}
            """).file();

        // Commands read what an instance runs by, and could not where a secret of the cluster is not here.
        assertThat(file.toYaml()).doesNotContain("NO_SUCH_VARIABLE_HERE", "elasticsearch");
        KafkaSettings kafka = file.section("kafka", KafkaSettings.class);
        assertThat(kafka.partitions()).isEqualTo(8);
        assertThat(kafka.properties()).isEmpty();
    }

    @Test
    void leaveWhatIsNoMappingToWhoeverReadsIt() {
        assertThatThrownBy(() -> local("kafka: far:9092")).hasMessageContaining("metsuke.yml:1: ");
        assertThat(local("kafka:").file().sections()).contains("kafka");
    }

    private static LocalSettings local(String yaml) {
        return LocalSettings.of(SettingsFile.of(yaml, "metsuke.yml", Path.of("")));
    }
}
