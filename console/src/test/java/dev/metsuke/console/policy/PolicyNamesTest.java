package dev.metsuke.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.policy.PublishedPolicies;
import dev.metsuke.events.policy.PublishedPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyNamesTest {

    private static final Instant MORNING = Instant.parse("2026-08-01T00:00:00Z");

    private final PublishedPolicies policies = new PublishedPolicies();
    private final PolicyNames names = PolicyNames.of(policies);

    @Test
    void areThoseOfTheLatestPolicy() {
        published("v2", 1, """
            policy:
              bulk-read:
                departments: {Sales: 500}
                datasets: {crm.customers: {size: 900}}
              revoked:
                scope:
                  orders: [Sales, 経理]
                  invoices: Accounting
              off-hours:
                calendars:
                  night-shift: {days: [mon], from: "22:00", until: "06:00"}
                  夜勤: {days: [mon], from: "22:00", until: "06:00"}
                departments: {Support: night-shift}
              exceptions:
                - {rule: bulk-read, account: batch, until: 2026-12-01T00:00:00Z, why: CHG-17, by: mori}
                - {rule: bulk-read, dataset: backups, until: 2026-12-01T00:00:00Z, why: CHG-18, by: mori}
            """);
        published("v1", 0, "policy: {off-hours: {calendars: {old: {}}}}");

        assertThat(names.calendars()).contains(Set.of("office", "night-shift", "夜勤"));
        assertThat(names.departments()).contains(Set.of("Sales", "経理", "Accounting", "Support"));
        assertThat(names.datasets()).contains(Set.of("crm.customers", "orders", "invoices", "backups"));
    }

    @Test
    void areUnknownWhereNobodyPublishedAPolicyAndFewWhereItNamesNone() {
        policies.put("v0", "{}".getBytes(StandardCharsets.UTF_8), problem -> {});
        assertThat(names.calendars()).isEmpty();
        assertThat(names.datasets()).isEmpty();

        published("v1", 0, "policy: {version: v1, off-hours: , revoked: {scope: {orders: []}}}");

        assertThat(names.calendars()).contains(Set.of("office"));
        assertThat(names.departments()).contains(Set.of());
        assertThat(names.datasets()).contains(Set.of("orders"));
        policies.put("v1", null, problem -> {});
        assertThat(names.calendars()).isEmpty();
    }

    private void published(String version, int minutes, String yaml) {
        byte[] json = new PublishedPolicy(
                        "event-" + version, version, yaml, MORNING.plusSeconds(60L * minutes), "mori", null)
                .toJson();
        policies.put(version, json, problem -> {});
    }
}
