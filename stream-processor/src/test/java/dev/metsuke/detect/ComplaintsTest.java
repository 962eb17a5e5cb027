package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users of other tools complain of does not happen here; each test names the complaint. */
class ComplaintsTest {

    private static final Duration MOMENT = Duration.ofMillis(100);

    /** wazuh#30407: rules that look at the time of receipt. */
    @Test
    void theTimeOfTheAccessCountsNotThatOfItsArrival() {
        try (DetectDriver driver = driver("")) {
            // When
            for (int i = 0; i < 4; i++) {
                driver.send(event("spread", DetectDriver.NOW.minus(Duration.ofHours(i)), Action.READ)
                        .dataset("a")
                        .records(600L)
                        .build());
                driver.send(event("burst", DetectDriver.NOW.minus(Duration.ofMinutes(i)), Action.READ)
                        .dataset("a")
                        .records(600L)
                        .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.account().value())
                    .containsExactly("burst");
        }
    }

    /** elastalert#2534: late events missed by a rule for disabled users. */
    @Test
    void aLateEventOfADisabledUserAlerts() {
        try (DetectDriver driver = driver("")) {
            // Given
            driver.send(report("r1", "sato", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(event("sato", "2026-10-31T00:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(event("sato", "2026-11-02T00:00:00Z", Action.LOGIN).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::observed)
                    .singleElement()
                    .asString()
                    .endsWith("; arrived more than 24 h late");
        }
    }

    /** wazuh#11870: alert storms, and one entity's alert that silences another's. */
    @Test
    void aStormIsOneAlertAndSilencesNobodyElse() {
        try (DetectDriver driver = driver("")) {
            // Given
            for (String account : List.of("loud", "quiet")) {
                driver.send(report(account, account, Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            }

            // When
            for (int i = 0; i < 5_000; i++) {
                driver.send(event("loud", DetectDriver.NOW.minusMillis(i), Action.READ)
                        .build());
            }
            driver.send(event("quiet", DetectDriver.NOW, Action.READ).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.account() + " " + alert.events())
                    .containsExactlyInAnyOrder("loud 5000", "quiet 1");
        }
    }

    /** OpenSearch anomaly-detection#577: detectors that are stuck on sparse data. */
    @Test
    void anAccountThatSeldomWorksHasAHistoryOfTheDaysOnWhichItDid() {
        try (DetectDriver driver = driver("")) {
            // Given
            for (int week = 12; week >= 1; week--) {
                read(
                        driver,
                        "seldom",
                        LocalDate.of(2026, 11, 23).minusWeeks(week).atTime(10, 0),
                        100);
            }

            // When
            read(driver, "seldom", LocalDate.of(2026, 11, 23).atTime(10, 0), 100);
            driver.pass(MOMENT);
            List<Alert> before = driver.holding();
            read(driver, "seldom", LocalDate.of(2026, 11, 23).atTime(11, 0), 400);
            driver.pass(MOMENT);

            // Then
            assertThat(before).isEmpty();
            assertThat(driver.holding())
                    .isNotEmpty()
                    .allSatisfy(
                            alert -> assertThat(alert.settings()).containsEntry("bulk-read.yardstick", "own history"));
        }
    }

    /** elasticsearch#107115: bursts of false alarms when clocks change. */
    @Test
    void aChangeOfTheClocksDisturbsNothing() {
        try (DetectDriver driver = driver("zone: Europe/Berlin, ")) {
            // When
            for (LocalDate day = LocalDate.of(2026, 9, 7);
                    day.isBefore(LocalDate.of(2026, 11, 21));
                    day = day.plusDays(1)) {
                if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                    for (int hour = 9; hour < 17; hour++) {
                        read(driver, "clerk", day.atTime(hour, 30), hour == 9 ? 60 : 10, "Europe/Berlin");
                    }
                }
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).isEmpty();
        }
    }

    /** random-cut-forest#400: constant baselines, where one more scores 100. */
    @Test
    void oneMoreThanAlwaysIsNothing() {
        try (DetectDriver driver = driver("")) {
            // Given
            for (int day = 40; day >= 1; day--) {
                read(
                        driver,
                        "constant",
                        LocalDate.of(2026, 11, 23).minusDays(day).atTime(10, 0),
                        50);
            }

            // When
            read(driver, "constant", LocalDate.of(2026, 11, 23).atTime(10, 0), 51);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).isEmpty();
        }
    }

    /** Streams that fall silent do not hold alerts back. */
    @Test
    void silenceOfEverythingElseHoldsNothingBack() {
        try (DetectDriver driver = driver("")) {
            // When
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(event("sato", DetectDriver.NOW, Action.READ).build());
            driver.pass(MOMENT);
            List<AlertState> open = driver.messages().stream().map(Alert::state).toList();
            driver.pass(Duration.ofHours(1));

            // Then
            assertThat(open).containsExactly(AlertState.OPEN);
            assertThat(driver.holding()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
        }
    }

    private static DetectDriver driver(String settings) {
        return new DetectDriver(
                DetectDriver.policy("policy: {" + settings + "horizon: 120d, bulk-read: {ceiling: 1000}}"));
    }

    private static void read(DetectDriver driver, String account, LocalDateTime time, long people) {
        read(driver, account, time, people, "Asia/Tokyo");
    }

    /** Arrives at once. */
    private static void read(DetectDriver driver, String account, LocalDateTime time, long people, String zone) {
        Instant at = time.atZone(ZoneId.of(zone)).toInstant();
        driver.send(event(account, at, Action.READ)
                .dataset("a")
                .records(people)
                .created(at)
                .build());
    }
}
