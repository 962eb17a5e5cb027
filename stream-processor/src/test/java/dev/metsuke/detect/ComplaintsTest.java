package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            read(driver, "seldom", LocalDate.of(2026, 11, 23).atTime(11, 0), 600);
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

    /** One host's fast clock moves nobody else's time: what others do stays open, and is not late. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "P1D", "P30D"})
    void aFastClockMovesNobodyElsesTime(Duration ahead) {
        try (DetectDriver driver = driver("lateness: 10m, ")) {
            // Given
            for (String account : List.of("steady", "fast")) {
                driver.send(report(account, account, Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            }
            driver.send(hostRead("steady", "host-1", DetectDriver.NOW.minus(Duration.ofMinutes(5)), DetectDriver.NOW));
            driver.pass(MOMENT);

            // When
            Instant fast = DetectDriver.NOW.plus(ahead);
            driver.send(hostRead("fast", "host-2", fast, fast));
            driver.pass(Duration.ofMinutes(1));
            driver.send(hostRead("steady", "host-1", DetectDriver.NOW.minus(Duration.ofMinutes(4)), DetectDriver.NOW));
            driver.pass(MOMENT);

            // Then
            assertThat(of(driver.messages(), "steady")).extracting(Alert::state).containsOnly(AlertState.OPEN);
            assertThat(of(driver.holding(), "steady"))
                    .hasSize(2)
                    .allSatisfy(alert -> assertThat(alert.events()).isEqualTo(2))
                    .allSatisfy(alert -> assertThat(alert.observed()).doesNotContain("late"))
                    .extracting(Alert::rule)
                    .containsExactlyInAnyOrder(Rule.BULK_READ, Rule.REVOKED_ACCOUNT);
            assertThat(of(driver.holding(), "fast")).extracting(Alert::rule).containsExactly(Rule.REVOKED_ACCOUNT);

            // When
            driver.pass(Duration.ofHours(1));

            // Then
            assertThat(of(driver.holding(), "steady")).extracting(Alert::state).containsOnly(AlertState.CLOSED);
            assertThat(of(driver.holding(), "fast")).extracting(Alert::state).containsExactly(AlertState.OPEN);
        }
    }

    /** kibana#128538: rules that know no business hours, here of a shift over midnight on which the clocks change. */
    @Test
    void businessHoursAreThoseOfTheAccountsZone() {
        Map<String, Boolean> alerts = new TreeMap<>();
        // Summer time ends in Berlin on 2026-10-25: the night has an hour more.
        alerts.put("2026-10-24T19:59:59Z", true);
        alerts.put("2026-10-24T20:00:00Z", false);
        alerts.put("2026-10-25T00:30:00Z", false);
        alerts.put("2026-10-25T01:30:00Z", false);
        alerts.put("2026-10-25T04:59:59Z", false);
        alerts.put("2026-10-25T05:00:00Z", true);
        // It began on 2026-03-29: the night has an hour less.
        alerts.put("2026-03-28T20:59:59Z", true);
        alerts.put("2026-03-28T21:00:00Z", false);
        alerts.put("2026-03-29T01:00:00Z", false);
        alerts.put("2026-03-29T03:59:59Z", false);
        alerts.put("2026-03-29T04:00:00Z", true);
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("""
            policy:
              horizon: 400d
              off-hours:
                calendars:
                  nights: {zone: Europe/Berlin, holidays: none, hours: {saturday: ["22:00-06:00"]}}
            """))) {
            // When
            for (String time : alerts.keySet()) {
                for (String calendar : List.of("nights", "office")) {
                    String account = calendar + " " + time;
                    driver.send(entry(account, "Abe Jun", "Plant", calendar));
                    driver.send(event(account, time, Action.EXPORT)
                            .dataset("a")
                            .records(1L)
                            .build());
                }
            }
            driver.pass(MOMENT);

            // Then: it is a weekend in Tokyo, where the office is.
            alerts.forEach((time, isAlert) -> {
                assertThat(of(driver.holding(), "nights " + time)).as(time).hasSize(isAlert ? 1 : 0);
                assertThat(of(driver.holding(), "office " + time)).as(time).hasSize(1);
            });
        }
    }

    /** wazuh#11870 again, by every rule: neither another account nor another rule is silenced, nor is it withdrawn with them. */
    @Test
    void noEpisodeHidesAnother() {
        try (DetectDriver driver = driver("")) {
            // Given
            List<String> accounts = List.of("one", "other");
            for (String account : accounts) {
                driver.send(report(account, account, Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            }

            // When
            for (int i = 0; i < 10; i++) {
                for (String account : accounts) {
                    driver.send(
                            event(account, Instant.parse("2026-11-21T18:00:00Z").plusSeconds(i), Action.EXPORT)
                                    .dataset("a")
                                    .records(150L)
                                    .build());
                    driver.pass(MOMENT);
                }
            }

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.account() + " " + alert.rule().id() + " " + alert.events())
                    .containsExactlyInAnyOrder(
                            "one bulk-read 10",
                            "one revoked-account 10",
                            "one off-hours-export 10",
                            "other bulk-read 10",
                            "other revoked-account 10",
                            "other off-hours-export 10");

            // When
            driver.send(report("one", "one", Status.REINSTATED, "2026-11-01T00:00:00Z", "2026-11-22T00:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .hasSize(5)
                    .noneMatch(alert -> alert.rule() == Rule.REVOKED_ACCOUNT
                            && alert.account().value().equals("one"));
        }
    }

    private static List<Alert> of(Collection<Alert> alerts, String account) {
        return alerts.stream()
                .filter(alert -> alert.account().value().equals(account))
                .toList();
    }

    /** Of 600 people, told by a host whose clock shows a time. */
    private static AccessEvent hostRead(String account, String host, Instant time, Instant clock) {
        return event(account, time, Action.READ)
                .hostName(host)
                .dataset("a")
                .records(600L)
                .created(clock)
                .build();
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
