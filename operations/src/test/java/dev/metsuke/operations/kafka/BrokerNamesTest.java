package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class BrokerNamesTest {

    @Test
    void namesThoseOfWhichNoAddressIsKnown() {
        assertThat(BrokerNames.obstacle(KafkaSettings.of("one.invalid:9092, two.invalid:9093")))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("no address is known of one.invalid, two.invalid (kafka.bootstrap-servers)"));
    }

    @Test
    void isContentWithOne() {
        assertThat(BrokerNames.obstacle(KafkaSettings.of("one.invalid:9092,localhost:1")))
                .isEmpty();
        assertThat(BrokerNames.obstacle(KafkaSettings.of("127.0.0.1:1"))).isEmpty();
        assertThat(BrokerNames.obstacle(KafkaSettings.of("[::1]:1"))).isEmpty();
    }

    @Test
    void knowsTheFailureOfAClientWithoutThem() {
        Map<String, Object> nobody = KafkaSettings.of("nobody.invalid:9092").clientProperties("test");
        assertThatThrownBy(() -> Admin.create(nobody)).matches(BrokerNames::wereUnknown);

        Map<String, Object> noNumber = KafkaSettings.of("127.0.0.1:1").clientProperties("test");
        noNumber.put("request.timeout.ms", "many");
        assertThatThrownBy(() -> Admin.create(noNumber)).matches(failure -> !BrokerNames.wereUnknown(failure));
    }
}
