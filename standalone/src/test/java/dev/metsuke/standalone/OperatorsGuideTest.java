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

    /** What a part meets while it reads what was there before it started. */
    @Test
    void missesNothingThatIsCountedBeforeTheFirstScrape() throws IOException {
        assertThat(OperatorsGuide.countedBeforeTheFirstScrape())
                .containsExactlyInAnyOrder(
                        "metsuke_ship_gap_bytes_total",
                        "metsuke_detect_lost_total",
                        "metsuke_detect_rejected_total",
                        "metsuke_detect_policies_refused_total",
                        "metsuke_archive_lost_total",
                        "metsuke_archive_undeliverable_total",
                        "metsuke_console_alerts_unreadable_total",
                        "metsuke_console_triage_unreadable_total");
    }

    @Test
    void wakesSomebodyWhereAPartIsStartedAnewAgainAndAgain() throws IOException {
        assertThat(OperatorsGuide.metricsOfRules()).contains("process_start_time_seconds");
    }

    @Test
    void explainsEveryMetricThatARuleAsksFor() throws IOException {
        assertThat(OperatorsGuide.metricsOfRules()).isNotEmpty().isSubsetOf(OperatorsGuide.metrics());
    }
}
