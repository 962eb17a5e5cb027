package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Who has no history yet is compared with the department, on the first day. */
class NewcomerTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Test
    void whoReadsFarMoreThanTheDepartmentIsFoundOnTheFirstDay() {
        try (DetectDriver driver = driver()) {
            // Given
            work(driver, 5, 20);
            driver.send(entry("sato", "Sato Ken", "Support", null));

            // When
            read(driver, "sato", TODAY.atTime(10, 0), 300);
            settle(driver);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.headline())
                        .isEqualTo("sato (Sato Ken, Support) read 300 people's records of all datasets in under 1 min;"
                                + " 15 times the usual of the department Support, 20 in 1 h, from 70 person-days");
                assertThat(alert.expected())
                        .isEqualTo("at most 120 in 1 h, by the department Support, since the account has too little"
                                + " history of its own: the median of 70 person-days is 20");
                assertThat(alert.settings())
                        .containsEntry("bulk-read.yardstick", "department")
                        .containsEntry("bulk-read.samples", "70")
                        .containsEntry("bulk-read.usual", "20");
            });
        }
    }

    @Test
    void whoReadsAsTheDepartmentDoesIsNot() {
        try (DetectDriver driver = driver()) {
            // Given
            work(driver, 5, 20);
            driver.send(entry("sato", "Sato Ken", "Support", null));

            // When
            read(driver, "sato", TODAY.atTime(10, 0), 60);
            read(driver, "sato", TODAY.atTime(13, 0), 40);
            settle(driver);

            // Then
            assertThat(driver.messages()).isEmpty();
        }
    }

    @Test
    void withoutPeersTheCeilingAloneCounts() {
        try (DetectDriver driver = driver()) {
            // Given
            work(driver, 2, 20);
            driver.send(entry("sato", "Sato Ken", "Support", null));
            driver.send(entry("ito", "Ito Jun", "Sales", null));

            // When
            for (String account : new String[] {"sato", "ito", "unlisted"}) {
                read(driver, account, TODAY.atTime(10, 0), 900);
            }
            settle(driver);
            boolean isAlertedBelow = !driver.messages().isEmpty();
            read(driver, "ito", TODAY.atTime(10, 1), 200);
            settle(driver);

            // Then
            assertThat(isAlertedBelow).isFalse();
            assertThat(driver.holding())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.settings()).containsEntry("bulk-read.yardstick", "ceiling"));
        }
    }

    /** What came before the department was known is judged by it, too, and no longer by the one before. */
    @Test
    void whoMovesIsJudgedByTheNewDepartment() {
        try (DetectDriver driver = driver()) {
            // Given
            work(driver, 5, 20);
            read(driver, "sato", TODAY.atTime(10, 0), 300);
            settle(driver);
            boolean isAlertedWithout = !driver.messages().isEmpty();

            // When
            driver.send(entry("sato", "Sato Ken", "Support", null));
            settle(driver);
            long inSupport = driver.holding().size();
            driver.send(entry("sato", "Sato Ken", "Sales", null));
            settle(driver);

            // Then
            assertThat(isAlertedWithout).isFalse();
            assertThat(inSupport).isEqualTo(1);
            assertThat(driver.holding()).isEmpty();
        }
    }

    /** From the tenth day on, an own history goes before the department's. */
    @Test
    void whoHasAHistoryIsJudgedByIt() {
        try (DetectDriver driver = driver()) {
            // Given
            work(driver, 5, 20);
            driver.send(entry("batch", "Nightly report", "Support", null));
            for (int day = 40; day >= 1; day--) {
                read(driver, "batch", TODAY.minusDays(day).atTime(3, 0), 500);
            }
            settle(driver);

            // When
            read(driver, "batch", TODAY.atTime(3, 0), 500);
            settle(driver);

            // Then
            assertThat(driver.holding())
                    .allSatisfy(alert -> assertThat(alert.end()).isBefore(Instant.parse("2026-11-01T00:00:00Z")));
        }
    }

    /** Before the others' days are known, nobody can tell; then what was read is judged again. */
    @Test
    void peersThatArriveLaterCountAsWell() {
        try (DetectDriver driver = driver()) {
            // Given
            driver.send(entry("sato", "Sato Ken", "Support", null));
            read(driver, "sato", TODAY.atTime(10, 0), 300);
            settle(driver);
            boolean isAlertedBefore = !driver.messages().isEmpty();

            // When
            work(driver, 5, 20);
            settle(driver);

            // Then
            assertThat(isAlertedBefore).isFalse();
            assertThat(driver.holding()).extracting(Alert::records).containsExactly(300L);
        }
    }

    /** What was read before they arrived is not too much by them, what comes within the same hour is. */
    @Test
    void whatIsReadOnceTheyHaveArrivedIsJudgedByThem() {
        try (DetectDriver driver = driver()) {
            // Given
            driver.send(entry("sato", "Sato Ken", "Support", null));
            read(driver, "sato", TODAY.atTime(10, 0), 90);
            settle(driver);
            work(driver, 5, 20);
            settle(driver);
            boolean isAlertedBefore = !driver.messages().isEmpty();

            // When
            read(driver, "sato", TODAY.atTime(10, 30), 50);
            settle(driver);

            // Then
            assertThat(isAlertedBefore).isFalse();
            assertThat(driver.holding())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.headline()).contains("read 140 people's records"));
        }
    }

    /** The horizon of 120 days and 35 more after it last changed. */
    @Test
    void aDepartmentsDaysAreForgottenInTheEnd() {
        for (int days : new int[] {150, 160}) {
            try (DetectDriver driver = driver()) {
                // Given
                work(driver, 5, 20);
                driver.pass(Duration.ofDays(days));
                settle(driver);
                driver.send(entry("sato", "Sato Ken", "Support", null));

                // When
                read(driver, "sato", TODAY.atTime(10, 0), 300);
                settle(driver);

                // Then
                assertThat(driver.holding()).as("after %d days", days).hasSize(days == 150 ? 1 : 0);
            }
        }
    }

    @Test
    void whatDetectionNeverWroteToTheTopicCountsForNothing() {
        try (DetectDriver driver = driver()) {
            // Given
            work(driver, 5, 20);
            driver.send(entry("sato", "Sato Ken", "Support", null));

            // When
            driver.send(Topic.BASELINES, "Support", "{".getBytes(StandardCharsets.UTF_8));
            driver.send(Topic.BASELINES, "Support", null);
            read(driver, "sato", TODAY.atTime(10, 0), 300);
            settle(driver);

            // Then
            assertThat(driver.holding()).hasSize(1);
        }
    }

    private static DetectDriver driver() {
        return new DetectDriver(DetectDriver.policy(
                "policy: {horizon: 120d, bulk-read: {ceiling: 1000, unusual: {at-least: 30, times: 4, spread: 6}}}"));
    }

    /** Until every partition's days are known to every other, and judged by. */
    private static void settle(DetectDriver driver) {
        for (int i = 0; i < 8; i++) {
            driver.pass(Duration.ofSeconds(6));
        }
    }

    /** Three weeks of a department, at ten in the morning, but on Saturdays and Sundays. */
    private static void work(DetectDriver driver, int accounts, long people) {
        for (int account = 0; account < accounts; account++) {
            driver.send(entry("clerk-" + account, "Clerk " + account, "Support", null));
        }
        for (LocalDate day = LocalDate.of(2026, 11, 2); !day.isAfter(TODAY); day = day.plusDays(1)) {
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                for (int account = 0; account < accounts; account++) {
                    read(driver, "clerk-" + account, day.atTime(10, 0), people);
                }
            }
        }
        settle(driver);
    }

    /** Arrives at once. */
    private static void read(DetectDriver driver, String account, LocalDateTime time, long people) {
        Instant at = time.atZone(ZoneId.of("Asia/Tokyo")).toInstant();
        driver.send(event(account, at, Action.READ)
                .dataset("a")
                .records(people)
                .created(at)
                .build());
    }
}
