package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.published;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
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
    void openAlertsGrowNoMoreByWhatALaterExceptionOverlooksAndCloseAsTheyWereJudged() {
        String offOnTuesdays = "off-hours: {calendars: {office: {holidays: none, hours: {monday: ['07:00-22:00']}}}}";
        String settings = "bulk-read: {ceiling: 100}, " + offOnTuesdays;
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {version: v1, " + settings + "}"))) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            export(driver, "2026-11-24T02:50:00Z", 200);
            driver.pass(MOMENT);
            assertThat(driver.holding()).hasSize(3).extracting(Alert::state).containsOnly(AlertState.OPEN);

            // When
            String exceptions = Arrays.stream(Rule.values())
                    .map(rule -> "{rule: " + rule.id() + ", account: sato, until: 2026-11-25T00:00:00Z, why: x, by: y}")
                    .collect(Collectors.joining(", ", "exceptions: [", "]"));
            driver.send(published("v2", "2026-11-24T03:00:00Z", settings + ", " + exceptions));
            export(driver, "2026-11-24T02:55:00Z", 300);
            driver.pass(Duration.ofHours(2));

            // Then
            assertThat(driver.alerts())
                    .hasSize(3)
                    .extracting(Alert::state, Alert::policyVersion, Alert::records)
                    .containsOnly(tuple(AlertState.CLOSED, "v1", 200L));
        }
    }

    /** The read between them was overlooked. */
    @Test
    void readsThatCameBeforeAnExceptionAreCountedAndNamed() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {version: v1}"))) {
            // Given
            read(driver, "2026-11-24T02:50:00Z", 900);
            driver.pass(MOMENT);
            driver.send(published(
                    "v2",
                    "2026-11-24T03:00:00Z",
                    "exceptions: [{rule: bulk-read, dataset: crm.orders, until: 2026-11-24T02:56:00Z, why: x,"
                            + " by: y}]"));

            // When
            read(driver, "2026-11-24T02:55:00Z", 500);
            read(driver, "2026-11-24T02:57:00Z", 200);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.records()).isEqualTo(1_100);
                assertThat(alert.evidence())
                        .extracting(Evidence::timestamp)
                        .containsExactly(Instant.parse("2026-11-24T02:50:00Z"), Instant.parse("2026-11-24T02:57:00Z"));
            });
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

    private static void export(DetectDriver driver, String time, long people) {
        driver.send(event("sato", time, Action.EXPORT)
                .dataset("crm.orders")
                .records(people)
                .build());
    }

    private static void read(DetectDriver driver, String time, long people) {
        driver.send(event("sato", time, Action.READ)
                .dataset("crm.orders")
                .records(people)
                .build());
    }
}
