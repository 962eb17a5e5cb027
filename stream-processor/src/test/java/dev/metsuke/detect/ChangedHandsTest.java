package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.takenBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An account that is given to somebody else. What happened before was not that person's doing. */
class ChangedHandsTest {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final AccountId ACCOUNT = new AccountId("desk-3");
    private static final String POLICY = """
        policy:
          bulk-read: {ceiling: 100}
          revoked: {hand-over: 14d, scope: {crm.customers: [Sales], hr.people: [HR]}, scope-for-everyone: true}
        """;

    @Test
    void alertsNameWhoseTheAccountWasThen() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            read(driver, "2026-11-24T01:00:00Z", "crm.customers", 150);
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(entry("p-8", "Mori Hanako", "HR", null));
            read(driver, "2026-11-24T01:30:00Z", "crm.customers", 10);
            read(driver, "2026-11-24T06:00:00Z", "hr.people", 150);
            driver.pass(MOMENT);
            driver.send(entry("p-8", "Abe Hanako", "HR", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .containsExactlyInAnyOrder(
                            "desk-3 (Suzuki Taro, Sales) read 150 people's records of crm.customers in under 1 min; the"
                                    + " ceiling is 100 in 10 min",
                            "desk-3 (Abe Hanako, HR) read 150 people's records of hr.people in under 1 min; the ceiling"
                                    + " is 100 in 10 min");
        }
    }

    @Test
    void alertsNameTheFormerHolderOfAnAccountThatWasNobodysInBetween() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            read(driver, "2026-11-24T01:00:00Z", "crm.customers", 150);
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(entry(null, null, "Sales", null));
            driver.pass(Duration.ofHours(2));
            driver.send(entry("p-8", "Mori Hanako", "Sales", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::personName).containsExactly("Suzuki Taro");
        }
    }

    @Test
    void contractEndOfTheFormerHolderHoldsUntilThen() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", "2026-11-24T00:00:00Z"));
            read(driver, "2026-11-24T01:00:00Z", "crm.customers", 1);
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(Topic.DIRECTORY, ACCOUNT.value(), null);
            driver.pass(Duration.ofHours(1));
            driver.send(entry("p-8", "Mori Hanako", "Sales", null));
            read(driver, "2026-11-24T05:59:00Z", "crm.customers", 1);
            read(driver, "2026-11-24T06:00:00Z", "crm.customers", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(alert ->
                            alert.state() + " " + alert.start() + " " + alert.events() + " " + alert.personName())
                    .containsExactlyInAnyOrder(
                            "CLOSED 2026-11-24T01:00:00Z 1 Suzuki Taro", "OPEN 2026-11-24T05:59:00Z 1 Suzuki Taro");
        }
    }

    @Test
    void reportAboutThePersonSaysNothingOfTheFormerHolder() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            read(driver, "2026-11-24T01:00:00Z", "crm.customers", 1);
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(entry("p-8", "Mori Hanako", "HR", null));
            driver.send(new StatusReport(
                    "r@1",
                    "r",
                    ACCOUNT,
                    Status.TRANSFERRED,
                    Instant.parse("2026-10-01T00:00:00Z"),
                    Instant.parse("2026-09-20T00:00:00Z"),
                    "HR",
                    null,
                    "hr",
                    "p-8"));
            read(driver, "2026-11-24T05:00:00Z", "crm.customers", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.scope() + " " + alert.start())
                    .containsExactly("outside HR 2026-11-24T05:00:00Z");
        }
    }

    @Test
    void nobodyHandsOverToTheNextHolder() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(entry("p-8", "Mori Hanako", "HR", null));
            read(driver, "2026-11-24T04:59:00Z", "crm.customers", 1);
            read(driver, "2026-11-24T05:00:00Z", "crm.customers", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.state()).isEqualTo(AlertState.OPEN);
                assertThat(alert.headline())
                        .isEqualTo("desk-3 (Mori Hanako, HR): 1 access to datasets outside HR from 2026-11-24 14:00"
                                + " +09:00, though working in HR");
            });
        }
    }

    /** As on the first of April: who moved away leaves the account to who comes. */
    @Test
    void nobodyMovesWithTheFormerHolder() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            driver.send(about("p-7", Status.TRANSFERRED, "2026-11-01T00:00:00Z", "HR"));
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(entry("p-8", "Mori Hanako", "Sales", null));
            read(driver, "2026-11-24T04:59:00Z", "crm.customers", 1);
            read(driver, "2026-11-24T05:00:00Z", "crm.customers", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.scope() + " " + alert.start() + " " + alert.events())
                    .containsExactly("outside HR 2026-11-24T04:59:00Z 1");
        }
    }

    @Test
    void alertSaysThatTheFormerHolderIsWhoRetired() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            driver.send(about("p-7", Status.RETIRED, "2026-11-20T00:00:00Z", null));
            driver.pass(Duration.ofHours(2));

            // When
            driver.send(entry("p-8", "Mori Hanako", "Sales", null));
            read(driver, "2026-11-24T05:00:00Z", "crm.customers", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.headline())
                        .isEqualTo("desk-3 (Mori Hanako, Sales): 1 access from 2026-11-24 14:00 +09:00, though Suzuki"
                                + " Taro, whose it was before, is retired since 2026-11-20 09:00 +09:00");
                assertThat(alert.expected())
                        .isEqualTo("no access from 2026-11-20 09:00 +09:00 on: retired, reported on 2026-11-19 09:00"
                                + " +09:00 by hr; that was Suzuki Taro, and holds for the account until it is"
                                + " reported reinstated");
            });
        }
    }

    /** Whoever approved it meant who had the account on its first day. */
    @Test
    void approvalIsNotPassedOnWithTheAccount() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(POLICY))) {
            // Given
            driver.send(entry("p-7", "Suzuki Taro", "Sales", null));
            driver.send(approval("a1", "2026-11-23T01:00:00Z"));
            driver.send(approval("a2", "2026-11-24T14:30:00Z"));
            export(driver, "2026-11-24T14:00:00Z");
            export(driver, "2026-11-24T18:00:00Z");
            driver.pass(Duration.ofHours(12));

            // When
            driver.send(entry("p-8", "Mori Hanako", "Sales", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() + " " + alert.scope() + " " + alert.start())
                    .containsExactlyInAnyOrder(
                            "APPROVED approved: a1 2026-11-24T14:00:00Z", "APPROVED approved: a2 2026-11-24T18:00:00Z");

            // When
            driver.send(takenBack(approval("a2", "2026-11-24T14:30:00Z"), Instant.parse("2026-11-24T15:00:00Z")));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .filteredOn(alert -> alert.state() != AlertState.APPROVED)
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.observed())
                            .endsWith("; approval a1 (CHG-17) was for whoever had the account until 2026-11-25 00:00"
                                    + " +09:00"));
        }
    }

    private static ExportApproval approval(String id, String from) {
        return DetectDriver.approval(id, ACCOUNT.value(), "crm.customers", from, "2026-11-25T00:00:00Z", 50);
    }

    private static void export(DetectDriver driver, String time) {
        driver.send(event(ACCOUNT.value(), time, Action.EXPORT)
                .dataset("crm.customers")
                .records(10L)
                .build());
    }

    private static StatusReport about(String person, Status status, String effectiveAt, @Nullable String department) {
        return new StatusReport(
                person + status,
                person + status,
                ACCOUNT,
                status,
                Instant.parse(effectiveAt),
                Instant.parse("2026-11-19T00:00:00Z"),
                department,
                null,
                "hr",
                person);
    }

    private static DirectoryEntry entry(
            @Nullable String person, @Nullable String name, String department, @Nullable String contractEnd) {
        return new DirectoryEntry(
                ACCOUNT,
                person,
                name,
                null,
                department,
                null,
                null,
                contractEnd == null ? null : Instant.parse(contractEnd));
    }

    private static void read(DetectDriver driver, String time, String dataset, long people) {
        driver.send(event(ACCOUNT.value(), time, Action.READ)
                .dataset(dataset)
                .records(people)
                .build());
    }
}
