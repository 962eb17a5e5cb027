package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.operations.settings.InvalidSettingsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody who works in two departments at once. */
class ConcurrentPostsTest {

    private static final Policy POLICY = DetectDriver.policy("""
        policy:
          concurrent-posts:
            Sales/Planning: [Sales, Planning]
            Planning/Legal: [Planning, Legal]
            Support: [Sales, Legal]
          bulk-read:
            ceiling: 1000
            departments: {Planning: 3000, Legal: 200}
          revoked:
            scope:
              crm.customers: [Sales]
              plan.figures: [Planning]
              hr.staff: [Personnel]
            scope-for-everyone: true
          off-hours:
            calendars:
              night: {hours: {monday: ["22:00-06:00"]}}
            departments: {Planning: night}
        """);

    @Test
    void mayTouchWhatAnyOfTheirDepartmentsWorksWith() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            driver.send(entry("sato", "Sato", "Sales/Planning", null));
            for (String dataset : new String[] {"crm.customers", "plan.figures", "hr.staff"}) {
                driver.send(event("sato", "2026-11-24T02:00:00Z", Action.READ)
                        .id(dataset)
                        .dataset(dataset)
                        .build());
            }
            driver.pass(Duration.ofSeconds(5));

            assertThat(driver.holding()).extracting(Alert::scope).containsExactly("outside Sales/Planning");
            assertThat(driver.holding().getFirst().events()).isOne();
        }
    }

    @Test
    void soMayWhoMovesToSuchPosts() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // To Support, which stands for Sales and Legal here.
            driver.send(report("r1", "sato", Status.TRANSFERRED, "2026-11-20T00:00:00Z", "2026-11-19T00:00:00Z"));
            driver.send(event("sato", "2026-11-24T02:00:00Z", Action.READ)
                    .id("1")
                    .dataset("crm.customers")
                    .build());
            driver.send(event("sato", "2026-11-24T02:00:00Z", Action.READ)
                    .id("2")
                    .dataset("plan.figures")
                    .build());
            driver.pass(Duration.ofSeconds(5));

            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isOne();
                assertThat(alert.evidence())
                        .singleElement()
                        .satisfies(access -> assertThat(access.dataset()).isEqualTo("plan.figures"));
            });
        }
    }

    @Test
    void haveTheHighestCeilingAndTheFirstCalendarOfTheirDepartments() {
        assertThat(POLICY.bulkRead().ceilings("sato", "Sales/Planning").ofAll()).isEqualTo(3_000);
        assertThat(POLICY.bulkRead().ceilings("sato", "Planning/Legal").ofAll()).isEqualTo(3_000);
        // Sales has none of its own, so the default holds there.
        assertThat(POLICY.bulkRead().ceilings("sato", "Support").ofAll()).isEqualTo(1_000);
        assertThat(POLICY.offHours().calendarFor(null, "Sales/Planning")).isEqualTo("night");
        assertThat(POLICY.offHours().calendarFor(null, "Support")).isEqualTo("office");
    }

    @Test
    void haveWhatARuleSaysOfThemselvesBeforeAllElse() {
        Policy policy = DetectDriver.policy("""
            policy:
              concurrent-posts: {Sales/Planning: [Sales, Planning]}
              bulk-read:
                departments: {Planning: 3000, Sales/Planning: 500}
              off-hours:
                calendars:
                  night: {hours: {monday: ["22:00-06:00"]}}
                departments: {Planning: night, Sales/Planning: office}
            """);

        assertThat(policy.bulkRead().ceilings("sato", "Sales/Planning").ofAll()).isEqualTo(500);
        assertThat(policy.offHours().calendarFor(null, "Sales/Planning")).isEqualTo("office");
    }

    @Test
    void areTwoDepartmentsOrMoreOfWhichNoneIsSuchItself() {
        assertThatThrownBy(() -> DetectDriver.policy("""
            policy:
              concurrent-posts: {A/B: [A, B], C: [D], E: [A/B, F]}
            """))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        problem -> assertThat(problem.problems())
                                .satisfiesExactly(
                                        one -> assertThat(one)
                                                .contains("concurrent-posts: C must be two departments or more"),
                                        two -> assertThat(two)
                                                .contains("concurrent-posts: E names posts that are concurrent"
                                                        + " themselves")));
    }
}
