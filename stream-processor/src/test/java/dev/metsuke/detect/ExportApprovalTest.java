package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.approval;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.takenBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exports that were approved beforehand, and those that are forbidden at any hour. The 24th of November is a Tuesday. */
class ExportApprovalTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final String NIGHT = "2026-11-23T15:00:00Z";
    private static final String MORNING = "2026-11-23T22:00:00Z";

    private final DetectDriver driver = new DetectDriver(DetectDriver.policy(
            "policy: {version: v7, bulk-read: {ceiling: 100000}, off-hours: {own-domains: [example.jp]}}"));

    @Test
    void withinAnApprovalNothingAlertsButItsUseIsRecorded() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500));

            // When
            export("2026-11-23T15:30:00Z", 300);
            export("2026-11-23T15:40:00Z", 200);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(record -> {
                assertThat(record.state()).isEqualTo(AlertState.APPROVED);
                assertThat(record.severity()).isEqualTo(Severity.LOW);
                assertThat(record.records()).isEqualTo(500);
                assertThat(record.evidence()).hasSize(2);
                assertThat(record.settings())
                        .containsEntry("off-hours.approval", "a1")
                        .containsEntry("off-hours.ticket", "CHG-17");
                assertThat(record.headline())
                        .isEqualTo("tanaka took out 500 people's records of crm.customers on Tue 2026-11-24 00:30"
                                + " +09:00 as approved in CHG-17");
                assertThat(record.expected())
                        .isEqualTo("approval a1 (CHG-17): at most 500 people's records of crm.customers from 2026-11-24"
                                + " 00:00 +09:00 until 2026-11-24 07:00 +09:00, approved on 2026-11-20 09:00 +09:00"
                                + " by mori");
            });
        }
    }

    @Test
    void beyondItsVolumeTheAlertSaysSo() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500));

            // When
            export("2026-11-23T15:30:00Z", 300);
            export("2026-11-23T15:40:00Z", 201);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() + " " + alert.records())
                    .containsExactlyInAnyOrder("APPROVED 300", "CLOSED 201");
            assertThat(driver.holding())
                    .filteredOn(alert -> alert.state() == AlertState.CLOSED)
                    .extracting(Alert::observed)
                    .singleElement()
                    .asString()
                    .contains("; beyond approval a1 (CHG-17): at most 500 people's records of crm.customers");
        }
    }

    @Test
    void volumeIsUsedUpInTheOrderOfTheExportsNotOfTheirArrival() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500));
            export("2026-11-23T15:40:00Z", 300);
            driver.pass(MOMENT);

            // When
            export("2026-11-23T15:30:00Z", 400);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() + " " + alert.records())
                    .containsExactlyInAnyOrder("APPROVED 400", "CLOSED 300");
        }
    }

    @Test
    void ofApprovalsThatEndAtOnceTheOneWithTheLeastRoomIsUsed() {
        try (driver) {
            // Given
            driver.send(approval("a-large", "tanaka", "crm.customers", NIGHT, MORNING, 500));
            driver.send(approval("b-small", "tanaka", "crm.customers", NIGHT, MORNING, 100));
            driver.send(approval("c-later", "tanaka", "crm.customers", NIGHT, "2026-11-23T23:00:00Z", 90));

            // When
            export("2026-11-23T15:30:00Z", 90);
            export("2026-11-23T15:40:00Z", 450);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() + " " + alert.scope() + " " + alert.records())
                    .containsExactlyInAnyOrder("APPROVED approved: b-small 90", "APPROVED approved: a-large 450");
        }
    }

    /** Each judgement goes through all of the approval's exports; a batch that made one a moment would take all of the time. */
    @Test
    void ofManyExportsEachIsCountedWithTheNextOnes() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 50_000));
            Instant first = Instant.parse("2026-11-23T15:30:00Z");
            for (int i = 0; i < 4_000; i++) {
                export(first.plusMillis(i).toString(), 1);
            }
            driver.pass(MOMENT);

            // When
            export("2026-11-23T15:40:00Z", 1);
            driver.pass(MOMENT);
            List<Long> atOnce = driver.holding().stream().map(Alert::records).toList();
            driver.pass(Duration.ofMillis(400));

            // Then
            assertThat(atOnce).containsExactly(4_000L);
            assertThat(driver.holding()).extracting(Alert::records).containsExactly(4_001L);
        }
    }

    @Test
    void anApprovalThatComesLateWithdrawsTheAlert() {
        try (driver) {
            // Given
            export("2026-11-23T15:30:00Z", 300);
            driver.pass(MOMENT);

            // When
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.state() + " " + alert.withdrawnBecause())
                    .containsExactlyInAnyOrder(
                            "APPROVED null",
                            "WITHDRAWN as far as it was approved, the approval's use is recorded instead");
        }
    }

    @Test
    void anApprovalThatIsTakenBackAlertsAfterAll() {
        try (driver) {
            // Given
            ExportApproval approval = approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500);
            driver.send(approval);
            export("2026-11-23T15:30:00Z", 300);
            driver.pass(MOMENT);

            // When
            driver.send(takenBack(approval, Instant.parse("2026-11-24T02:00:00Z")));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
        }
    }

    @Test
    void anApprovalThatIsTakenBackIsNotEvenForNobodysData() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 0));

            // When
            export("2026-11-23T15:30:00Z", 0);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
        }
    }

    /** Who gives it a later end does not approve afterwards what was approved before. */
    @Test
    void theUseOfAnApprovalSaysWhetherItWasChangedAfterwards() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500));
            export("2026-11-23T15:30:00Z", 300);

            // When
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, "2026-11-25T22:00:00Z", 900)
                    .as("longer", Instant.parse("2026-11-24T02:00:00Z")));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .singleElement()
                    .asString()
                    .endsWith(" as approved in CHG-17, which was changed afterwards");
        }
    }

    @Test
    void whatWasTakenBackBeforeTheExportIsApprovedAfterwards() {
        try (driver) {
            // Given
            ExportApproval approval = approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500);
            driver.send(approval);
            driver.send(takenBack(approval, Instant.parse("2026-11-21T00:00:00Z")));
            export("2026-11-23T15:30:00Z", 300);

            // When
            driver.send(approval.as("anew", Instant.parse("2026-11-24T02:00:00Z")));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .singleElement()
                    .asString()
                    .endsWith(" as approved afterwards in CHG-17");
        }
    }

    /** When it was approved is what somebody says; that somebody dates it back must be seen. */
    @Test
    void theUseOfAnApprovalSaysThatItWasRecordedAfterwards() {
        try (driver) {
            // Given
            export("2026-11-23T15:30:00Z", 300);

            // When
            driver.send(
                    approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500),
                    Instant.parse("2026-11-24T02:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .singleElement()
                    .asString()
                    .endsWith(" as approved in CHG-17, which was recorded afterwards, on 2026-11-24 11:00 +09:00");
        }
    }

    @Test
    void anApprovalIsForItsAccountItsDatasetAndItsTime() {
        try (driver) {
            // Given
            driver.send(approval("a1", "suzuki", "crm.customers", NIGHT, MORNING, 500));
            driver.send(approval("a2", "tanaka", "crm.orders", NIGHT, MORNING, 500));
            driver.send(approval("a3", "tanaka", "crm.customers", NIGHT, "2026-11-23T15:30:00Z", 500));

            // When
            export("2026-11-23T15:30:00Z", 300);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
        }
    }

    @Test
    void anAlertNamesWhatWasApprovedForTheTimeOfAnotherDataset() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "CRM.Customers", NIGHT, MORNING, 500));
            driver.send(approval("a2", "tanaka", "crm.orders", NIGHT, "2026-11-23T15:30:00Z", 500));

            // When
            export("2026-11-23T15:30:00Z", 300);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::observed)
                    .singleElement()
                    .asString()
                    .endsWith(
                            "; not covered by approval a1 (CHG-17): at most 500 people's records of CRM.Customers from"
                                    + " 2026-11-24 00:00 +09:00 until 2026-11-24 07:00 +09:00, approved on 2026-11-20"
                                    + " 09:00 +09:00 by mori");
        }
    }

    @Test
    void anApprovalThatComesLateForAnotherDatasetIsNamedInTheAlertThatStands() {
        try (driver) {
            // Given
            export("2026-11-23T15:30:00Z", 300);
            driver.pass(MOMENT);

            // When
            for (String approval : List.of("a1", "a2", "a3", "a4")) {
                driver.send(approval(approval, "tanaka", "crm.orders", NIGHT, MORNING, 500));
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
                assertThat(alert.observed())
                        .contains("; not covered by approval a1 (CHG-17)", ", and approval a3 (CHG-17)")
                        .endsWith(", nor by 1 more");
            });
        }
    }

    /** As a log does that counts a request as one. */
    @Test
    void anExportIsOfAsManyPeopleAsItNamesThoughItCountsFewer() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 2));

            // When
            driver.send(event("tanaka", "2026-11-23T15:30:00Z", Action.EXPORT)
                    .dataset("crm.customers")
                    .records(1L)
                    .subjects(List.of("c-1", "c-2", "c-3"))
                    .build());
            driver.send(event("tanaka", "2026-11-23T20:30:00Z", Action.EXPORT)
                    .dataset("crm.customers")
                    .subjects(List.of("c-1", "c-1", "c-1", "c-2"))
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.state() + " " + alert.records())
                    .containsExactlyInAnyOrder("CLOSED 3", "APPROVED 2");
        }
    }

    /** Who looks into it must not take somebody for a thief whose approval was taken back behind the export. */
    @Test
    void anAlertSaysThatAnApprovalForItWasTakenBack() {
        try (driver) {
            // Given
            ExportApproval approval = approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500);
            driver.send(approval);
            export("2026-11-23T15:30:00Z", 300);
            driver.pass(MOMENT);

            // When
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 0)
                    .as("taken-back", Instant.parse("2026-11-24T02:00:00Z")));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::observed)
                    .singleElement()
                    .asString()
                    .endsWith(" 300 people's records; approval a1 (CHG-17) was taken back on 2026-11-24 11:00 +09:00 by"
                            + " mori");
        }
    }

    @Test
    void anExportOfUnknownSizeFitsIntoNoApproval() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, MORNING, 500));

            // When
            driver.send(event("tanaka", "2026-11-23T15:30:00Z", Action.EXPORT)
                    .dataset("crm.customers")
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .filteredOn(alert -> alert.scope().equals("crm.customers"))
                    .extracting(Alert::state)
                    .containsExactly(AlertState.CLOSED);
        }
    }

    @Test
    void copyToMediaIsForbiddenAtAnyHour() {
        try (driver) {
            // When
            driver.send(event("tanaka", "2026-11-24T02:00:00Z", Action.COPY_TO_MEDIA)
                    .dataset("crm.customers")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.severity()).isEqualTo(Severity.HIGH);
                assertThat(alert.headline())
                        .isEqualTo("tanaka took out 3 people's records of crm.customers on external media on Tue"
                                + " 2026-11-24 11:00 +09:00, which is forbidden at any hour");
                assertThat(alert.expected()).isEqualTo("nothing on external media, unless it is approved beforehand");
            });
        }
    }

    @Test
    void emailIsForbiddenToOutsideDomainsOnly() {
        try (driver) {
            // When
            mail("2026-11-24T02:00:00Z", "sato@example.jp, mori@EXAMPLE.JP");
            mail("2026-11-24T02:01:00Z", "Sato <sato@example.jp>; somebody@example.com");
            mail("2026-11-24T02:02:00Z", "email");
            mail("2026-11-24T05:00:00Z", "['sato@example.jp', 'mori@example.jp.'] (ito@example.jp)、ueda＠example.jp");
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.start()).isEqualTo("2026-11-24T02:01:00Z");
                assertThat(alert.expected())
                        .isEqualTo("nothing by e-mail to an outside domain, unless it is approved beforehand");
            });
        }
    }

    @Test
    void whatIsForbiddenCanBeApproved() {
        try (driver) {
            // Given
            driver.send(approval("a1", "tanaka", "crm.customers", NIGHT, "2026-11-24T09:00:00Z", 500));

            // When
            driver.send(event("tanaka", "2026-11-24T02:00:00Z", Action.COPY_TO_MEDIA)
                    .dataset("crm.customers")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::state).containsExactly(AlertState.APPROVED);
        }
    }

    /** The exports that it was for are none of the first that the alert names, nor its last. */
    @Test
    void alertOfManyExportsSaysBeyondWhatItIsThoughTheApprovalWasForSomeInItsMiddle() {
        try (driver) {
            // Given
            driver.send(
                    approval("enough", "tanaka", "crm.customers", "2026-11-23T16:00:00Z", "2026-11-23T16:10:00Z", 500));
            driver.send(approval(
                    "too-small", "tanaka", "crm.customers", "2026-11-23T16:20:00Z", "2026-11-23T16:30:00Z", 500));

            // When
            for (int minute = 10; minute < 40; minute++) {
                export("2026-11-23T15:" + minute + ":00Z", 1);
            }
            export("2026-11-23T16:05:00Z", 500);
            export("2026-11-23T16:25:00Z", 501);
            export("2026-11-23T16:50:00Z", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .filteredOn(alert -> alert.state() != AlertState.APPROVED)
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.events()).isEqualTo(32);
                        assertThat(alert.observed())
                                .contains("; beyond approval too-small (CHG-17)")
                                .doesNotContain("approval enough");
                    });
        }
    }

    private void export(String time, long people) {
        driver.send(event("tanaka", time, Action.EXPORT)
                .dataset("crm.customers")
                .records(people)
                .build());
    }

    private void mail(String time, String to) {
        driver.send(event("tanaka", time, Action.EMAIL)
                .dataset("crm.customers")
                .destination(to)
                .records(3L)
                .build());
    }
}
