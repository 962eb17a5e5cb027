package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kafka1                     | kafka1 has no port; brokers usually listen on 9092, so write kafka1:9092
        '[::1]'                    | [::1] has no port; brokers usually listen on 9092, so write [::1]:9092
        kafka1:99999               | kafka1:99999 has the port 99999, and a port is 1 to 65535
        kafka1:0                   | kafka1:0 has the port 0, and a port is 1 to 65535
        kafka1:99999999999         | kafka1:99999999999 has the port 99999999999, and a port is 1 to 65535
        http://kafka1:9092         | http://kafka1:9092 must not have what ends in ://; properties.security.protocol says whether it is TLS
        SSL://kafka1:9092          | SSL://kafka1:9092 must not have what ends in ://; properties.security.protocol says whether it is TLS
        kafka1:ninety              | kafka1:ninety is no such address; an IPv6 address stands in brackets, as in [::1]:9092
        ::1:9092                   | ::1:9092 is no such address; an IPv6 address stands in brackets, as in [::1]:9092
        kafka1:9092 kafka2:9092    | kafka1:9092 kafka2:9092 is no such address; an IPv6 address stands in brackets, as in [::1]:9092
        """)
    void refusesBrokersThatNoClientCouldReach(String servers, String because) {
        assertThatThrownBy(() -> settings(servers))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("kafka")
                .hasMessageContaining("bootstrap-servers must be host:port, several with commas: " + because);
    }

    @Test
    void tellsOfEveryBrokerThatIsWrong() {
        assertThatThrownBy(() -> settings("kafka1:9092,kafka2,kafka3:x"))
                .hasMessageContaining(": kafka2 has no port")
                .hasMessageContaining(": kafka3:x is no such address");
        assertThatThrownBy(() -> settings(" , ")).hasMessageContaining("bootstrap-servers must name a broker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9092",
                "[::1]:9092",
                "[fe80::1%lo]:9092",
                "my_kafka-1.example.jp:1, 127.0.0.1:65535 ,",
            })
    void takesNamesAndAddressesWithTheirPorts(String servers) {
        assertThat(settings(servers).bootstrapServers()).isEqualTo(servers);
    }

    @Test
    void refusesPropertiesThatNoClientWouldTake() {
        SettingsFile file = SettingsFile.of("""
            kafka:
              properties: {security.protocol: SASLSSL, sasl.mechanizm: PLAIN, ssl.keystore.type: PEM, somebody.else: x}
            """, "metsuke.yml", Path.of(""));

        assertThatThrownBy(() -> file.section("kafka", KafkaSettings.class))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.problems())
                                .satisfiesExactly(
                                        typo -> assertThat(typo)
                                                .isEqualTo(
                                                        "metsuke.yml:2: kafka: properties has sasl.mechanizm, which no"
                                                            + " client of Kafka knows; did you mean sasl.mechanism?"),
                                        value -> assertThat(value)
                                                .startsWith(
                                                        "metsuke.yml:2: kafka: properties must set security.protocol to"
                                                                + " what Kafka takes (string, ")
                                                .contains("SASL_SSL")));
    }

    private static KafkaSettings settings(String servers) {
        return SettingsFile.of("kafka:\n  bootstrap-servers: '" + servers + "'\n", "metsuke.yml", Path.of(""))
                .section("kafka", KafkaSettings.class);
    }
}
