package dev.metsuke.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OperatorsGuideTest {

    @Test
    void explainsEveryAlertThatARuleRaises() throws IOException {
        assertThat(OperatorsGuide.alertsOfRules())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(OperatorsGuide.alerts());
    }

    @Test
    void explainsEveryMetricThatARuleAsksFor() throws IOException {
        assertThat(OperatorsGuide.metricsOfRules()).isNotEmpty().isSubsetOf(OperatorsGuide.metrics());
    }
}
