package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.policy.PolicyNames;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import dev.metsuke.events.policy.PublishedPolicies;
import dev.metsuke.events.policy.PublishedPolicy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The console finds by their place in the file the names that detection has in its policy; it knows nothing of detection. */
class PolicyNamesAgreeTest {

    /** With a name of its own at each place where a policy names a department, a dataset or a calendar. */
    private static final String EVERYWHERE = """
        policy:
          concurrent-posts:
            OnePost/OtherPost: [OnePost, OtherPost]
          bulk-read:
            departments: {BulkDepartment: 500}
            datasets: {bulk-dataset: {size: 900}}
          revoked:
            scope:
              scope-dataset: [ScopeDepartment, OtherDepartment]
          off-hours:
            calendars:
              night: {hours: {monday: ["22:00-06:00"]}}
            departments: {HoursDepartment: night}
          exceptions:
            - {rule: bulk-read, dataset: except-dataset, until: 2026-12-01T00:00:00Z, why: CHG-18, by: mori}
        """;

    @Test
    void consoleAndDetectionFindTheSameNames() {
        Policy policy = PolicyFeed.parse(EVERYWHERE, "test");
        PublishedPolicies policies = new PublishedPolicies();
        Instant at = Instant.parse("2026-08-01T00:00:00Z");
        policies.put("v1", new PublishedPolicy("e1", "v1", EVERYWHERE, at, "mori", null).toJson(), problem -> {});
        PolicyNames names = PolicyNames.of(policies);

        assertThat(policy.departments()).hasSize(7);
        assertThat(names.departments()).contains(policy.departments());
        assertThat(policy.datasets()).hasSize(3);
        assertThat(names.datasets()).contains(policy.datasets());
        assertThat(names.calendars().orElseThrow())
                .containsAll(policy.offHours().calendars().keySet());
    }
}
