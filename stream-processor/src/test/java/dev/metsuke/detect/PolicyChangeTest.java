package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A policy that is published takes effect at once, and every alert names the one that it was judged by. */
class PolicyChangeTest {

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {version: before}"));

    @Test
    void closesAnAlertInTheWordsOfThePolicyThatItWasJudgedBy() {
        try (driver) {
            // Given
            read("2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", "bulk-read: {ceiling: 1500}"));
            driver.pass(Duration.ofHours(1));

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.state() + " " + alert.policyVersion() + " " + alert.expected())
                    .containsExactly("OPEN before at most 1,000 in 10 min", "CLOSED before at most 1,000 in 10 min");
        }
    }

    @Test
    void tellsOfTheNewPersonInTheWordsOfThePolicyThatItWasJudgedBy() {
        try (driver) {
            // Given
            read("2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", "bulk-read: {ceiling: 1500}"));
            driver.send(entry("sato", "Sato Ken", "Sales", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages().getLast()).satisfies(alert -> {
                assertThat(alert.policyVersion()).isEqualTo("before");
                assertThat(alert.headline()).startsWith("sato (Sato Ken, Sales) read 2,000");
                assertThat(alert.department()).isEqualTo("Sales");
            });
        }
    }

    @Test
    void whatGrowsIsJudgedByThePolicyThatHolds() {
        try (driver) {
            // Given
            read("2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", "bulk-read: {ceiling: 1500}"));
            read("2026-11-24T03:01:00Z", 10);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.policyVersion() + " " + alert.records() + " " + alert.expected())
                    .containsExactly("before 2000 at most 1,000 in 10 min", "after 2010 at most 1,500 in 10 min");
        }
    }

    @Test
    void whatWasHeardButNotToldWhenThePolicyChangesIsNotLost() {
        try (driver) {
            // Given
            read("2026-11-24T03:00:00Z", 2_000);

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", "quiet: 2h"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::policyVersion).containsExactly("after");
        }
    }

    @Test
    void thePolicyPublishedLastHoldsWhateverComesLast() {
        try (driver) {
            // Given
            driver.send(published("v2", "2026-11-24T02:00:00Z", "quiet: 2h"));
            driver.send(published("v1", "2026-11-24T01:00:00Z", "quiet: 3h"));

            // When
            read("2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::policyVersion).containsExactly("v2");
        }
    }

    @Test
    void aPolicyThatCannotBeUsedChangesNothing() {
        try (driver) {
            // Given
            driver.send(published("bad", "2026-11-24T02:00:00Z", "quiet: soon"));
            driver.send(Topic.POLICY, "garbage", "{".getBytes(StandardCharsets.UTF_8));

            // When
            read("2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::policyVersion).containsExactly("before");
            assertThat(driver.meters.counter("metsuke.detect.policies.refused").count())
                    .isEqualTo(2);
        }
    }

    private void read(String time, long people) {
        driver.send(
                event("sato", time, Action.READ).dataset("a").records(people).build());
    }
}
