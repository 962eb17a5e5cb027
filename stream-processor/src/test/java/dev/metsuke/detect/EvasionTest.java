package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.approval;
import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to hide from the rules that do not work. */
class EvasionTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final LocalDate FIRST = LocalDate.of(2026, 8, 1);

    /** A rest of ten people a day, then six times as many for weeks: what 30 days tell of them teaches nothing either. */
    @Test
    void whoReadsALittleTooMuchEveryDayDoesNotBecomeUsedToIt() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("""
            policy:
              horizon: 120d
              bulk-read: {ceiling: 100, hour-times: 1, day-times: 3, month-times: 10}
            """))) {
            // When
            for (int day = 0; day < 25; day++) {
                readEveryHour(driver, day, 1);
            }
            for (int day = 25; day < 95; day++) {
                readEveryHour(driver, day, 6);
            }
            readEveryHour(driver, 95, 25);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .filteredOn(alert -> alert.scope().endsWith(" over 24 h"))
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.observed()).contains("; 250 in the 24 h");
                        assertThat(alert.settings())
                                .containsEntry("bulk-read.yardstick", "own history")
                                .containsEntry("bulk-read.usual", "10");
                    });
        }
    }

    /** Three times the usual on every day, which no day is judged for: the month becomes too much in the middle of a day. */
    @Test
    void whoReadsALittleMoreEveryDayIsFoundWithTheReadThatMakesTheMonthTooMuch() {
        try (DetectDriver driver = new DetectDriver(
                DetectDriver.policy("policy: {horizon: 120d, bulk-read: {ceiling: 10000, unusual: {at-least: 10}}}"))) {
            // Given
            for (int day = 0; day < 30; day++) {
                readEveryHour(driver, day, 1);
            }
            for (int day = 30; day < 45; day++) {
                readEveryHour(driver, day, 3);
            }
            driver.pass(MOMENT);
            assertThat(driver.messages()).isEmpty();

            // When
            readEveryHour(driver, 45, 3);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.scope()).isEqualTo("all datasets over 30 d");
                assertThat(alert.observed()).contains("; 620 in the 30 d");
                assertThat(alert.days().getLast().date()).isEqualTo(FIRST.plusDays(45));
            });
        }
    }

    /** Of a dataset that may be read without end, such as a log, a single record; before or after the others. */
    @ParameterizedTest
    @CsvSource({"10, 0, 0", "60, 0, 0", "600, 0, 0", "10, 1, 1", "60, 1, 1", "600, 1, 1"})
    void glanceAtADatasetWithAHighCeilingOpensNoOthers(long minutes, long minute, long read) {
        Policy policy = DetectDriver.policy("""
            policy: {bulk-read: {ceiling: 100, hour-times: 2, day-times: 3, datasets: {log: {ceiling: 100000}}}}
            """);
        try (DetectDriver driver = new DetectDriver(policy)) {
            // Given
            Instant start = Instant.parse("2026-11-23T10:00:00Z");
            for (int i = 0; i < 8; i++) {
                driver.send(event(
                                "yamada",
                                start.plus(Duration.ofMinutes(minutes)
                                        .multipliedBy(i)
                                        .dividedBy(8)),
                                Action.READ)
                        .dataset("dataset-" + i)
                        .records(90L)
                        .build());
            }
            driver.pass(MOMENT);
            assertThat(driver.holding()).extracting(Alert::records).containsExactly(720L);

            // When
            driver.send(event("yamada", start.plusSeconds(60 * minute), Action.READ)
                    .id("log")
                    .dataset("log")
                    .records(read)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts()).extracting(Alert::state).doesNotContain(AlertState.WITHDRAWN);
            assertThat(driver.holding()).extracting(Alert::records).containsExactly(720L + read);
        }
    }

    @Test
    void noDatasetHidesBehindItsName() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {bulk-read: {ceiling: 100}}"))) {
            // When
            List<String> names = List.of(
                    "logs over 24 h",
                    "top customers over 30 d",
                    "x in exports of unknown size",
                    "approved: x",
                    "forbidden: y",
                    "all datasets",
                    "exports",
                    "\"quoted\"");
            names.forEach(name -> driver.send(event("yamada", "2026-11-21T18:00:00Z", Action.EXPORT)
                    .id(name)
                    .dataset(name)
                    .records(150L)
                    .build()));
            driver.pass(MOMENT);

            driver.send(event("yamada", "2026-11-21T18:00:00Z", Action.EXPORT)
                    .id("unnamed")
                    .records(7L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::state).containsOnly(AlertState.CLOSED);
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .anyMatch(text -> text.contains(" took out 7 people's records on "));
            for (String name : names) {
                assertThat(driver.holding())
                        .filteredOn(alert -> alert.headline().contains("150 people's records of " + name + " "))
                        .as(name)
                        .extracting(Alert::rule)
                        .containsExactlyInAnyOrder(Rule.BULK_READ, Rule.OFF_HOURS_EXPORT);
            }
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .noneMatch(text -> text.contains("forbidden at any hour"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void exportsOfADatasetWithoutANameAlertAsThoseThatNameNone(String blank) {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {bulk-read: {ceiling: 1000}}"))) {
            // When
            for (int minute = 0; minute < 2; minute++) {
                driver.send(event("yamada", "2026-11-23T18:0" + minute + ":00Z", Action.EXPORT)
                        .dataset(blank)
                        .records(5L)
                        .build());
                driver.pass(MOMENT);
            }
            driver.pass(Duration.ofHours(2));

            // Then
            assertThat(driver.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.scope()).isEqualTo("exports");
                assertThat(alert.events()).isEqualTo(2);
                assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
            });
        }
    }

    /** Half a character has no bytes of its own, so that such a name would differ from the one that is remembered. */
    @Test
    void noDatasetHidesBehindHalfACharacter() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {bulk-read: {ceiling: 100}}"))) {
            // When
            driver.send(Topic.ACCESS_EVENTS, "yamada", """
                {"@timestamp":"2026-11-23T18:00:00Z","event":{"id":"1","action":"export"},"user":{"id":"yamada"},
                 "metsuke":{"dataset":"crm\\ud800","records":150}}\
                """.getBytes(StandardCharsets.UTF_8));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.rule() + " " + alert.scope())
                    .containsExactlyInAnyOrder("BULK_READ crm\ufffd", "OFF_HOURS_EXPORT crm\ufffd");
        }
    }

    /** What was used lies behind the horizon by then. */
    @Test
    void noApprovalIsUsedTwice() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(
                "policy: {horizon: 7d, bulk-read: {ceiling: 1000}, off-hours: {own-domains: []}}"))) {
            // Given
            driver.send(approval("a1", "yamada", "crm", "2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", 100));

            // When
            for (String saturday : List.of("2026-11-07T03:00:00Z", "2026-11-21T03:00:00Z")) {
                driver.send(event("yamada", saturday, Action.EXPORT)
                        .dataset("crm")
                        .records(100L)
                        .created(Instant.parse(saturday))
                        .build());
                driver.pass(Duration.ofMinutes(1));
            }

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() + " " + alert.start())
                    .containsExactlyInAnyOrder("APPROVED 2026-11-07T03:00:00Z", "CLOSED 2026-11-21T03:00:00Z");
        }
    }

    @Test
    void noApprovalIsFreeAgainOnceItsUseIsForgotten() {
        try (DetectDriver driver = new DetectDriver(
                DetectDriver.policy("policy: {bulk-read: {ceiling: 1000}, off-hours: {own-domains: []}}"))) {
            // Given
            driver.send(approval("a1", "yamada", "crm", "2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z", 100));
            for (String sunday : List.of("2026-11-29T02:00:00Z", "2026-12-13T02:00:00Z")) {
                driver.pass(Duration.ofDays(14));
                driver.send(event("yamada", sunday, Action.EXPORT)
                        .dataset("crm")
                        .records(100L)
                        .created(Instant.parse(sunday))
                        .build());
            }
            driver.pass(Duration.ofDays(24));
            Instant later = Instant.parse("2027-01-06T02:00:00Z");
            driver.send(event("yamada", later, Action.READ)
                    .dataset("x")
                    .created(later)
                    .build());
            driver.pass(Duration.ofMinutes(10));
            driver.pass(Duration.ofMinutes(10));

            // When
            driver.send(entry("yamada", "Yamada", "Sales", "office"));
            driver.pass(Duration.ofMinutes(1));

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.state() + " " + alert.start())
                    .containsExactlyInAnyOrder("APPROVED 2026-11-29T02:00:00Z", "CLOSED 2026-12-13T02:00:00Z");
        }
    }

    /** Of its first days nothing is remembered, so nobody knows what is left of it. */
    @Test
    void exportThatArrivesAfterItsApprovalIsSettledAlerts() {
        try (DetectDriver driver = new DetectDriver(
                DetectDriver.policy("policy: {bulk-read: {ceiling: 1000}, off-hours: {own-domains: []}}"))) {
            // Given
            driver.send(approval("a1", "yamada", "crm", "2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z", 100));
            driver.pass(Duration.ofDays(36));
            driver.send(event("yamada", "2026-12-30T02:00:00Z", Action.READ)
                    .dataset("x")
                    .build());

            // When
            driver.send(event("yamada", "2026-12-13T02:00:00Z", Action.EXPORT)
                    .dataset("crm")
                    .records(50L)
                    .build());
            driver.pass(Duration.ofMinutes(1));
            driver.send(entry("yamada", "Yamada", "Sales", "office"));
            driver.pass(Duration.ofMinutes(1));

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.state() + " " + alert.start())
                    .containsExactly("CLOSED 2026-12-13T02:00:00Z");
        }
    }

    /** A batch account that never pauses, so that its one episode is older than what is remembered of it. */
    @Test
    void eventFromBeforeTheHorizonUndoesNoAlert() {
        try (DetectDriver driver = new DetectDriver(
                DetectDriver.policy("policy: {quiet: 1h, horizon: 3h, bulk-read: {ceiling: 100000}}"))) {
            // Given
            driver.send(report("r", "batch", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            for (int i = 0; i < 20; i++) {
                Instant time = DetectDriver.NOW.plus(Duration.ofMinutes(30L * i));
                driver.send(event("batch", time, Action.READ)
                        .dataset("a")
                        .records(1L)
                        .build());
                driver.pass(Duration.ofMinutes(30));
            }

            // When
            driver.send(event("batch", DetectDriver.NOW.minus(Duration.ofMinutes(150)), Action.LOGIN)
                    .build());
            driver.send(report("s", "batch", Status.RETIRED, "2026-11-02T00:00:00Z", "2026-11-24T00:00:00Z"));
            driver.pass(Duration.ofMinutes(1));

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.start() + " " + alert.events())
                    .containsExactlyInAnyOrder("2026-11-24T00:30:00Z 1", "2026-11-24T03:00:00Z 20");
        }
    }

    private static void readEveryHour(DetectDriver driver, int day, long people) {
        for (int hour = 9; hour < 19; hour++) {
            Instant time = FIRST.plusDays(day)
                    .atTime(LocalTime.of(hour, 0))
                    .atZone(ZoneId.of("Asia/Tokyo"))
                    .toInstant();
            driver.send(event("yamada", time, Action.READ)
                    .dataset("crm")
                    .records(people)
                    .created(time)
                    .build());
        }
    }
}
