package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.published;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the policy overlooks, until when, and that it is counted. */
class PolicyExceptionTest {

    private static final Duration MOMENT = Duration.ofMillis(100);

    @Test
    void anExceptionExpiresByItselfAndIsCountedWhileItHolds() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("""
            policy:
              exceptions:
                - {rule: off-hours-export, account: batch, until: 2026-11-23T16:00:00Z, why: CHG-17, by: mori}
            """))) {
            // When
            for (String time : new String[] {"2026-11-23T15:00:00Z", "2026-11-23T15:59:59Z", "2026-11-23T16:00:00Z"}) {
                driver.send(event("batch", time, Action.EXPORT)
                        .dataset("crm.orders")
                        .records(3L)
                        .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(1L);
            assertThat(driver.meters
                            .counter("metsuke.detect.excepted", "rule", "off-hours-export")
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void anExceptionIsForItsRuleAndDatasetAlone() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("""
            policy:
              exceptions:
                - {rule: revoked-account, dataset: crm.orders, until: 2026-12-01T00:00:00Z, why: CHG-17, by: mori}
            """))) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));

            // When
            for (String dataset : new String[] {"crm.orders", "crm.customers"}) {
                driver.send(event("sato", "2026-11-23T15:00:00Z", Action.EXPORT)
                        .id(dataset)
                        .dataset(dataset)
                        .records(3L)
                        .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.rule().id() + " " + alert.events() + " " + alert.scope())
                    .containsExactlyInAnyOrder(
                            "revoked-account 1 account",
                            "off-hours-export 1 crm.orders",
                            "off-hours-export 1 crm.customers");
        }
    }

    @Test
    void alertThatAnExceptionWithdrawsSaysSo() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {version: v1}"))) {
            // Given
            driver.send(event("sato", "2026-11-23T17:00:00Z", Action.EXPORT)
                    .dataset("crm.orders")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);
            driver.send(published(
                    "v2",
                    "2026-11-24T03:00:00Z",
                    "exceptions: [{rule: off-hours-export, account: sato, until: 2026-12-24T00:00:00Z, why: x,"
                            + " by: y}]"));

            // When
            driver.send(entry("sato", "Sato", "Sales", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(Alert::withdrawnBecause)
                    .containsExactly("the policy has an exception for it now");
        }
    }

    @Test
    void anExceptionWithoutAnAccountOrADatasetIsRefused() {
        assertThatThrownBy(() -> DetectDriver.policy("""
            policy:
              exceptions:
                - {rule: bulk-read, until: 2026-12-01T00:00:00Z, why: " ", by: mori}
            """))
                .hasMessageContaining("an exception needs an account, a dataset, or both")
                .hasMessageContaining("why must say why");
    }
}
