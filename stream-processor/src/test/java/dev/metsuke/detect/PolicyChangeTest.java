package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.published;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.state.Interval;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A policy that is published takes effect at once, and every alert names the one that it was judged by. */
class PolicyChangeTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final String WORKING_UNTIL_HALF_PAST_TWO =
            "off-hours: {calendars: {office: {holidays: none, hours: {monday: [\"07:00-14:30\"]}}}}";

    private static final List<String> MORE_THAN_ARE_JUDGED_AT_A_TIME =
            IntStream.range(0, 600).mapToObj(number -> "account-" + number).toList();

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

    /** The 23rd of November was a holiday. */
    @Test
    void exportThatGrowsIsJudgedWholeByThePolicyThatItNames() {
        try (driver) {
            // Given
            export("2026-11-23T05:00:00Z");
            driver.pass(MOMENT);

            // When: by the new policy only the second is at night.
            driver.send(published("after", "2026-11-24T03:00:00Z", WORKING_UNTIL_HALF_PAST_TWO));
            export("2026-11-23T05:40:00Z");
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.policyVersion()).isEqualTo("after");
                assertThat(alert.start()).isEqualTo("2026-11-23T05:40:00Z");
                assertThat(alert.evidence()).hasSize(1);
            });
            assertThat(driver.messages())
                    .extracting(alert -> alert.state() + " " + alert.policyVersion() + " " + alert.events())
                    .containsExactlyInAnyOrder("CLOSED before 1", "WITHDRAWN before 1", "CLOSED after 1");
        }
    }

    @Test
    void exportThatTheNewPolicyAllowsChangesNoAlertBesideIt() {
        try (driver) {
            // Given
            export("2026-11-23T05:00:00Z");
            driver.pass(MOMENT);

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", WORKING_UNTIL_HALF_PAST_TWO));
            export("2026-11-23T05:10:00Z");
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.state() + " " + alert.policyVersion() + " " + alert.events())
                    .containsExactly("CLOSED before 1");
        }
    }

    @Test
    void accessOfARevokedAccountThatGrowsIsJudgedWholeByThePolicyThatItNames() {
        try (driver) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            read("2026-11-24T02:00:00Z", 2);
            driver.pass(MOMENT);

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", """
                exceptions: [{rule: revoked-account, account: sato, until: 2026-11-24T02:30:00Z, why: x, by: y}]\
                """));
            read("2026-11-24T02:40:00Z", 3);
            read("2026-11-24T02:50:00Z", 4);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.policyVersion() + " " + alert.events() + " " + alert.records())
                    .containsExactly("after 2 7");
        }
    }

    @Test
    void whatWasHeardButNotToldWhenThePolicyChangesIsJudgedByTheNewOne() {
        try (driver) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.pass(MOMENT);
            export("2026-11-23T05:00:00Z");
            export("2026-11-23T07:00:00Z");

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", WORKING_UNTIL_HALF_PAST_TWO + """
                , exceptions: [{rule: revoked-account, account: sato, until: 2026-11-23T06:00:00Z, why: x, by: y}]\
                """));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.rule().id() + " " + alert.policyVersion() + " " + alert.start())
                    .containsExactlyInAnyOrder(
                            "off-hours-export after 2026-11-23T07:00:00Z",
                            "revoked-account after 2026-11-23T07:00:00Z");
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

    /** A sweep judges what it is about to forget, and leaves the telling to what comes next. */
    @Test
    void whatASweepJudgedWhenThePolicyChangesIsJudgedByTheNewOne() {
        try (DetectDriver driver = judgedBySweepsAlone()) {
            // Given
            read(driver, "sato", "2026-11-24T03:00:00Z", 2_000);
            driver.pass(MOMENT);
            read(driver, "sato", "2026-11-24T03:01:00Z", 10);
            driver.pass(Interval.SWEEP.usual());

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", "bulk-read: {ceiling: 1500}"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.policyVersion() + " " + alert.records() + " " + alert.expected())
                    .containsExactly("before 2000 at most 1,000 in 10 min", "after 2010 at most 1,500 in 10 min");
        }
    }

    @Test
    void readsThatWaitToBeJudgedByTheNewPolicyAreNotToldBefore() {
        try (DetectDriver driver = judgedBySweepsAlone()) {
            // Given: the turn of those that a sweep judges comes behind that of the others.
            MORE_THAN_ARE_JUDGED_AT_A_TIME.forEach(account -> read(driver, account, "2026-11-24T03:00:00Z", 2_000));
            driver.pass(MOMENT);
            driver.pass(MOMENT);
            MORE_THAN_ARE_JUDGED_AT_A_TIME.forEach(account -> read(driver, account, "2026-11-24T03:01:00Z", 10));
            driver.pass(Interval.SWEEP.usual());
            long told = driver.messages().size();

            // When
            driver.send(published("after", "2026-11-24T03:00:00Z", "bulk-read: {ceiling: 1500}"));
            driver.pass(MOMENT);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages().stream()
                            .skip(told)
                            .map(alert -> alert.state() + " " + alert.policyVersion() + " " + alert.expected()))
                    .hasSameSizeAs(MORE_THAN_ARE_JUDGED_AT_A_TIME)
                    .containsOnly("OPEN after at most 1,500 in 10 min");
        }
    }

    @Test
    void exportsThatWaitToBeJudgedByTheNewPolicyAreNotToldBefore() {
        try (driver) {
            // Given
            MORE_THAN_ARE_JUDGED_AT_A_TIME.forEach(account -> export(driver, account, "2026-11-23T05:00:00Z"));

            // When: by the new policy none was off hours.
            driver.send(published("after", "2026-11-24T03:00:00Z", WORKING_UNTIL_HALF_PAST_TWO));
            driver.pass(MOMENT);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).isEmpty();
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

    /** Who was judged once is judged again by a sweep, or by another policy. */
    private static DetectDriver judgedBySweepsAlone() {
        return new DetectDriver(
                DetectDriver.policy("policy: {version: before}"), Map.of(Interval.JUDGE_AGAIN.setting(), "3600000"));
    }

    private void export(String time) {
        export(driver, "sato", time);
    }

    private static void export(DetectDriver driver, String account, String time) {
        driver.send(event(account, time, Action.EXPORT).dataset("a").records(2L).build());
    }

    /** The night of Tuesday, the 24th. */
    @Test
    void saysWhichPartOfAnAlertAnExceptionCovers() {
        try (driver) {
            // Given
            export("2026-11-23T17:00:00Z");
            export("2026-11-23T17:40:00Z");
            driver.pass(MOMENT);

            // When
            driver.send(published(
                    "after",
                    "2026-11-24T03:00:00Z",
                    "exceptions: [{rule: off-hours-export, account: sato, until: 2026-11-23T17:30:00Z, why: x,"
                            + " by: y}]"));
            export("2026-11-23T17:50:00Z");
            driver.pass(MOMENT);

            // Then
            assertThat(withdrawn())
                    .containsExactly(
                            "the policy has an exception for it now; the rest is told by the episode that starts"
                                    + " at 2026-11-24 02:40 +09:00");
        }
    }

    @Test
    void saysThatWhatWasOffHoursIsForbiddenAtAnyHour() {
        try (DetectDriver lenient = new DetectDriver(
                DetectDriver.policy("policy: {version: before, off-hours: {forbid-copy-to-media: false}}"))) {
            // Given
            lenient.send(copyToMedia("2026-11-23T17:00:00Z"));
            lenient.pass(MOMENT);

            // When
            lenient.send(published("after", "2026-11-24T03:00:00Z", "off-hours: {forbid-copy-to-media: true}"));
            lenient.send(copyToMedia("2026-11-23T17:30:00Z"));
            lenient.send(event("sato", "2026-11-23T17:40:00Z", Action.EXPORT)
                    .dataset("crm.orders")
                    .records(3L)
                    .build());
            lenient.pass(MOMENT);

            // Then
            assertThat(lenient.alerts())
                    .extracting(Alert::withdrawnBecause)
                    .contains("by the policy as it is now, it is forbidden at any hour, which another alert tells");
        }
    }

    @Test
    void saysThatADatasetIsOpenToTheDepartmentByThePolicyThatHolds() {
        String opened = "revoked: {scope: {hr: [HR, Sales, Support], x: [HR]}, scope-for-everyone: true}";
        try (DetectDriver scoped = new DetectDriver(DetectDriver.policy(
                "policy: {version: before, revoked: {scope: {hr: [HR]}, scope-for-everyone: true}}"))) {
            // Given
            scoped.send(entry("sato", "Sato Ken", "Sales", null));
            scoped.send(report("r", "kato", Status.TRANSFERRED, "2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z"));
            for (String account : List.of("sato", "kato")) {
                scoped.send(event(account, "2026-11-24T02:00:00Z", Action.READ)
                        .dataset("hr")
                        .build());
            }
            scoped.pass(MOMENT);

            // When
            scoped.send(published("after", "2026-11-24T03:00:00Z", opened));
            for (String account : List.of("sato", "kato")) {
                scoped.send(event(account, "2026-11-24T02:10:00Z", Action.READ)
                        .dataset("x")
                        .build());
            }
            scoped.pass(MOMENT);

            // Then
            assertThat(scoped.alerts())
                    .extracting(Alert::withdrawnBecause)
                    .containsExactlyInAnyOrder(
                            null,
                            null,
                            "by the policy as it is now, it was open to Sales, or has an exception",
                            "by the policy as it is now, it was open to Support, or has an exception");
        }
    }

    @Test
    void saysThatADatasetIsOpenByThePolicyThatHoldsAlsoWhileItsPersonHandsOver() {
        String scope = "revoked: {hand-over: 14d, scope: {hr: [HR%s], x: [HR]}, scope-for-everyone: true}";
        try (DetectDriver scoped =
                new DetectDriver(DetectDriver.policy("policy: {version: before, " + scope.formatted("") + "}"))) {
            // Given
            scoped.send(new BatchOracle.Listed(
                    entry("sato", "Sato Ken", "Sales", null), Instant.parse("2026-11-01T00:00:00Z")));
            scoped.send(new BatchOracle.Listed(
                    entry("sato", "Sato Ken", "Support", null), Instant.parse("2026-11-23T00:00:00Z")));
            scoped.send(event("sato", "2026-11-24T02:00:00Z", Action.READ)
                    .dataset("hr")
                    .build());
            scoped.pass(MOMENT);

            // When
            scoped.send(published("after", "2026-11-24T03:00:00Z", scope.formatted(", Support")));
            scoped.send(event("sato", "2026-11-24T02:10:00Z", Action.READ)
                    .dataset("x")
                    .build());
            scoped.pass(MOMENT);

            // Then
            assertThat(scoped.alerts())
                    .extracting(Alert::withdrawnBecause)
                    .containsExactlyInAnyOrder(
                            null, "by the policy as it is now, it was open to Support, or has an exception");
        }
    }

    private List<String> withdrawn() {
        return driver.messages().stream()
                .map(Alert::withdrawnBecause)
                .filter(Objects::nonNull)
                .toList();
    }

    private static AccessEvent copyToMedia(String time) {
        return event("sato", time, Action.COPY_TO_MEDIA)
                .dataset("crm.orders")
                .records(3L)
                .build();
    }

    private void read(String time, long people) {
        read(driver, "sato", time, people);
    }

    private static void read(DetectDriver driver, String account, String time, long people) {
        driver.send(
                event(account, time, Action.READ).dataset("a").records(people).build());
    }
}
