package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class TopicSetupTest {

    @Test
    void saysOnceThatKafkaIsNotThere() {
        KafkaSettings nobody = new KafkaSettings(
                "127.0.0.1:1", 4, (short) 1, Map.of("request.timeout.ms", "300", "default.api.timeout.ms", "500"));

        assertThatThrownBy(() -> TopicSetup.apply(nobody))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith("cannot set up the topics in Kafka at 127.0.0.1:1 (")
                .doesNotContain("metsuke.alerts");
    }

    @Test
    void namesTheSettingWhoseBrokersNobodyKnows() {
        assertThatThrownBy(() -> TopicSetup.apply(KafkaSettings.of("nobody.invalid:9092")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Kafka at nobody.invalid:9092 cannot be asked (")
                .hasMessageEndingWith("; check kafka.bootstrap-servers and kafka.properties");
    }

    @Test
    void waitsLessThanAMinuteUnlessTheSettingsSaySo() {
        assertThat(SetupClient.properties(KafkaSettings.of("127.0.0.1:1")))
                .containsEntry(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000)
                .containsEntry(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 20_000);
        assertThat(SetupClient.properties(
                        new KafkaSettings("127.0.0.1:1", 4, (short) 1, Map.of("request.timeout.ms", "40000"))))
                .containsEntry(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "40000")
                .doesNotContainKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
    }
}
