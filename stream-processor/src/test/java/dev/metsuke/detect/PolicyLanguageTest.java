package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Alert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Alerts are told in the language of the policy in force when they are; what was told before stays until it changes. */
class PolicyLanguageTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final String AT_ONCE = "2026-11-24T03:00:00Z";

    private final DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {version: before}"));

    @Test
    void whatIsToldFromThenOnIsInTheNewLanguage() {
        try (driver) {
            // Given
            read("sato", "2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", AT_ONCE, "language: ja"));
            read("tanaka", "2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(Alert::policyVersion, Alert::headline, Alert::expected)
                    .containsExactly(
                            tuple(
                                    "before",
                                    "sato read 2,000 people's records of crm.customers in under 1 min; the ceiling is"
                                            + " 1,000 in 10 min",
                                    "at most 1,000 in 10 min"),
                            tuple(
                                    "after",
                                    "tanakaが1分未満でcrm.customersから2,000人分の記録を読み出し（上限は10分あたり1,000人分）",
                                    "10分あたり1,000人分まで"));
        }
    }

    @Test
    void whatWasToldBeforeStaysAndCloses() {
        try (driver) {
            // Given
            read("sato", "2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", AT_ONCE, "language: ja"));
            driver.pass(Duration.ofHours(1));

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.state() + " " + alert.policyVersion() + " " + alert.expected())
                    .containsExactly("OPEN before at most 1,000 in 10 min", "CLOSED before at most 1,000 in 10 min");
        }
    }

    @Test
    void whatWasToldBeforeNamesANewPersonInItsOwnLanguage() {
        try (driver) {
            // Given
            read("sato", "2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", AT_ONCE, "language: ja"));
            driver.send(entry("sato", "佐藤健", "営業部", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages().getLast().headline()).startsWith("sato (佐藤健, 営業部) read 2,000 people's");
        }
    }

    @Test
    void whatGrowsIsToldAnewInTheNewLanguage() {
        try (driver) {
            // Given
            driver.send(entry("sato", "佐藤健", "営業部", null));
            read("sato", "2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", AT_ONCE, "language: ja"));
            read("sato", "2026-11-24T03:01:00Z", 10);
            driver.pass(MOMENT);
            driver.send(entry("sato", "鈴木一郎", "人事部", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(Alert::headline)
                    .containsExactly(
                            "sato (佐藤健, 営業部) read 2,000 people's records of crm.customers in under 1 min; the ceiling"
                                    + " is 1,000 in 10 min",
                            "sato（佐藤健、営業部）が1分でcrm.customersから2,010人分の記録を読み出し（上限は10分あたり1,000人分）",
                            "sato（鈴木一郎、人事部）が1分でcrm.customersから2,010人分の記録を読み出し（上限は10分あたり1,000人分）");
            assertThat(driver.holding()).hasSize(1);
        }
    }

    private void read(String account, String time, long records) {
        driver.send(event(account, time, Action.READ)
                .dataset("crm.customers")
                .records(records)
                .build());
    }
}
