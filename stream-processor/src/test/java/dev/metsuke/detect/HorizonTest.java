package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.approval;
import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static dev.metsuke.detect.DetectDriver.takenBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts of which a part lies beyond what is remembered, beside accesses that are judged again. */
class HorizonTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Instant FRIDAY_EVENING = Instant.parse("2026-11-27T13:00:00Z");

    @Test
    void correctionFlagsWhatFollowsAnEpisodeThatBeganBeforeTheHorizon() {
        try (DetectDriver driver = driver()) {
            // Given: on leave until the 16th access.
            driver.send(report("leave", "batch", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(report("back", "batch", Status.REINSTATED, at(16).toString(), "2026-11-02T00:00:00Z"));
            everyHalfHour(driver, 20, Action.READ);
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(16L);

            // When
            driver.send(report("back", "batch", Status.REINSTATED, at(18).toString(), "2026-11-03T00:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.start()).isEqualTo(at(0));
                assertThat(alert.end()).isEqualTo(at(17));
                assertThat(alert.events()).isEqualTo(18);
            });

            // When
            driver.send(report("back", "batch", Status.REINSTATED, at(19).toString(), "2026-11-04T00:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(19L);
        }
    }

    @Test
    void whatGrowsBeyondACorrectedBeginningSaysWhyItIsWrong() {
        try (DetectDriver driver = driver()) {
            // Given
            driver.send(report("leave", "batch", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            everyHalfHour(driver, 20, Action.READ);

            // When
            driver.send(report("leave", "batch", Status.SUSPENDED, at(18).toString(), "2026-11-02T00:00:00Z"));
            driver.send(access(at(20), Action.READ));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isEqualTo(21);
                assertThat(alert.headline()).contains(", though suspended since 2026-11-28 07:00 +09:00");
                assertThat(alert.expected()).startsWith("no access from 2026-11-28 07:00 +09:00 on: suspended");
            });
        }
    }

    @Test
    void correctionFlagsWhatLiesWithinAnEpisodeThatBeganBeforeTheHorizonAndNamesAllItsAccesses() {
        try (DetectDriver driver = driver()) {
            // Given
            driver.send(report("leave", "batch", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(report("back", "batch", Status.REINSTATED, at(7).toString(), "2026-11-01T00:00:00Z"));
            driver.send(report("again", "batch", Status.SUSPENDED, at(8).toString(), "2026-11-01T00:00:00Z"));
            everyHalfHour(driver, 10, Action.READ);
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(9L);

            // When
            driver.send(report("back", "batch", Status.REINSTATED, at(8).toString(), "2026-11-02T00:00:00Z"));
            driver.send(report("again", "batch", Status.SUSPENDED, at(8).toString(), "2026-11-03T00:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(10L);
        }
    }

    @Test
    void approvalThatIsTakenBackLeavesNoExportBesideAnOldAlertUntold() {
        try (DetectDriver driver = driver()) {
            // Given
            ExportApproval approval = approval("a1", "batch", "crm", at(16).toString(), at(18).toString(), 100);
            driver.send(approval);
            everyHalfHour(driver, 20, Action.EXPORT);
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() == AlertState.APPROVED ? "approved" : alert.events())
                    .containsExactlyInAnyOrder(16L, "approved", 2L);

            // When
            driver.send(takenBack(approval, FRIDAY_EVENING));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.start()).isEqualTo(at(0));
                assertThat(alert.end()).isEqualTo(at(19));
                assertThat(alert.events()).isEqualTo(20);
            });
        }
    }

    /** A host's clock says 2099, and what it told of is forgotten once it came a horizon ago. */
    @Test
    void alertThatIsDatedInTheFutureEndsOnceItsAccessIsForgotten() {
        for (boolean worksOn : List.of(true, false)) {
            try (DetectDriver driver = driver()) {
                // Given
                Instant future = Instant.parse("2099-01-04T18:00:00Z");
                driver.send(report("r", "batch", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
                driver.send(event("batch", future, Action.EXPORT)
                        .dataset("crm")
                        .records(200_000L)
                        .build());
                driver.pass(Duration.ofHours(2));
                assertThat(driver.holding()).hasSize(3).extracting(Alert::state).containsOnly(AlertState.OPEN);

                // When
                for (int i = 4; worksOn && i < 14; i++) {
                    driver.send(access(at(i), Action.READ));
                    driver.pass(HALF_AN_HOUR);
                }
                driver.pass(Duration.ofHours(4));
                driver.pass(Duration.ofMinutes(10));

                // Then
                assertThat(driver.holding())
                        .filteredOn(alert -> alert.start().equals(future))
                        .hasSize(3)
                        .extracting(Alert::state)
                        .containsOnly(AlertState.CLOSED);

                // When
                driver.send(report("r", "batch", Status.RETIRED, "2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"));
                driver.send(entry("batch", "Batch", "Sales", "unheard-of"));
                driver.send(access(at(30), Action.READ));
                driver.pass(MOMENT);

                // Then
                assertThat(driver.alerts())
                        .filteredOn(alert -> alert.start().equals(future))
                        .hasSize(3)
                        .extracting(Alert::state)
                        .containsOnly(AlertState.CLOSED);
            }
        }
    }

    private static DetectDriver driver() {
        DetectDriver driver =
                new DetectDriver(DetectDriver.policy("policy: {quiet: 1h, horizon: 3h, bulk-read: {ceiling: 100000}}"));
        driver.pass(Duration.between(DetectDriver.NOW, FRIDAY_EVENING));
        return driver;
    }

    private static void everyHalfHour(DetectDriver driver, int times, Action action) {
        for (int i = 0; i < times; i++) {
            driver.send(access(at(i), action));
            driver.pass(HALF_AN_HOUR);
        }
    }

    private static AccessEvent access(Instant time, Action action) {
        return event("batch", time, action).dataset("crm").records(1L).build();
    }

    /** When that many half hours of the night have passed. */
    private static Instant at(int halfHours) {
        return FRIDAY_EVENING.plus(HALF_AN_HOUR.multipliedBy(halfHours));
    }
}
