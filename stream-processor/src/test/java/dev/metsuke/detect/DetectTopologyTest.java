package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.approval;
import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.ReadOnDay;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DetectTopologyTest {

    private static final String ALWAYS_AT_NIGHT = """
        policy:
          bulk-read: {ceiling: 100000}
          off-hours:
            departments: {Night: always}
            calendars:
              always:
                holidays: none
                hours: {monday: ["00:00-24:00"], tuesday: ["00:00-24:00"], wednesday: ["00:00-24:00"]}
        """;

    @Test
    void whoMovedIsJudgedByTheCalendarThatHeldThen() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(ALWAYS_AT_NIGHT))) {
            driver.send(entry("night", "Night", "Night", null));
            driver.send(entry("thief", "Thief", "Sales", null));
            driver.send(exported("night", "2026-11-23T17:00:00Z"));
            driver.send(exported("thief", "2026-11-23T17:00:00Z"));
            driver.pass(Duration.ofHours(2));
            assertThat(driver.holding())
                    .extracting(alert -> alert.account().value())
                    .containsExactly("thief");

            driver.send(entry("night", "Night", "Sales", null));
            driver.send(entry("thief", "Thief", "Night", null));
            driver.pass(Duration.ofHours(1));
            driver.send(exported("night", "2026-11-24T17:00:00Z"));
            driver.send(exported("thief", "2026-11-24T17:00:00Z"));
            driver.pass(Duration.ofHours(20));

            assertThat(driver.holding())
                    .extracting(alert -> alert.account().value() + " " + alert.start())
                    .containsExactlyInAnyOrder("thief 2026-11-23T17:00:00Z", "night 2026-11-24T17:00:00Z");
        }
    }

    @Test
    void exportIsAsSevereWhetherTheDirectoryComesBeforeOrAfterIt() {
        for (boolean isListedFirst : List.of(true, false)) {
            try (DetectDriver driver = new DetectDriver(DetectDriver.policy(
                    "policy: {bulk-read: {departments: {Support: 3000}}, off-hours: {own-domains: [example.jp]}}"))) {
                if (isListedFirst) {
                    driver.send(entry("sato", "Sato", "Support", null));
                }
                driver.send(exported("sato", "2026-11-23T17:00:00Z"));
                driver.pass(Duration.ofMinutes(1));
                driver.send(entry("sato", "Sato", "Support", null));
                driver.pass(Duration.ofHours(2));

                assertThat(driver.holding())
                        .filteredOn(alert -> alert.rule() == Rule.OFF_HOURS_EXPORT)
                        .extracting(Alert::severity)
                        .containsExactly(Severity.MEDIUM);
            }
        }
    }

    private static AccessEvent exported(String account, String time) {
        return event(account, time, Action.EXPORT)
                .dataset("crm")
                .records(1_500L)
                .build();
    }

    /** Year 1 is what many programs write for no time at all; whatever is judged must survive it. */
    @ParameterizedTest
    @CsvSource({
        "japan, 0001-01-01T00:00:00Z",
        "japan, 1100-06-01T00:00:00Z",
        "japan, 4600-06-01T00:00:00Z",
        "japan, 9998-12-31T23:00:00Z",
        "singapore, 0001-01-01T00:00:00Z",
        "singapore, 1601-01-01T00:00:00Z",
        "singapore, 9998-12-31T23:00:00Z"
    })
    void judgesWhateverTimeALogClaims(String country, String time) {
        try (DetectDriver driver =
                new DetectDriver(DetectDriver.policy("policy: {off-hours: {own-domains: [example.jp],"
                        + " default-calendar: office, calendars: {office: {holidays: " + country + "}}}}"))) {
            for (Action action : Action.values()) {
                driver.send(event("sato", time, action)
                        .dataset("crm")
                        .records(5_000L)
                        .build());
            }
            driver.send(report("r", "sato", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-24T00:00:00Z"));
            driver.send(entry("sato", "Sato", "Sales", null));
            driver.send(approval("a", "sato", "crm", "2026-11-24T00:00:00Z", "2026-12-01T00:00:00Z", 10));
            driver.pass(Duration.ofHours(2));
            driver.send(event("sato", "2026-11-24T02:00:00Z", Action.LOGIN).build());
            driver.pass(Duration.ofHours(2));

            assertThat(driver.holding())
                    .anyMatch(alert -> alert.rule() == Rule.REVOKED_ACCOUNT
                            && alert.start().equals(Instant.parse("2026-11-24T02:00:00Z")));
            assertThat(driver.rejected()).isEmpty();
        }
    }

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Policy POLICY = DetectDriver.policy("""
        policy:
          version: v7
          bulk-read:
            datasets:
              crm.customers: {size: 50000}
          revoked:
            scope:
              helpdesk.tickets: [Support]
          off-hours:
            calendars:
              night: {holidays: none, hours: {monday: ["22:00-06:00"], tuesday: ["22:00-06:00"]}}
        """);

    @Test
    void isOneSubtopologyWithoutRepartitioning() {
        // Given
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        StreamsConfig config = new StreamsConfig(DetectConfig.properties(
                KafkaSettings.of("127.0.0.1:1"), DetectDriver.settings(Path.of("/nowhere")), meters));

        // When
        Topology topology = new DetectTopology(POLICY, meters).build(config);

        // Then
        String description = topology.describe().toString();
        assertThat(topology.describe().subtopologies()).hasSize(1);
        assertThat(description)
                .doesNotContain("repartition")
                .doesNotContain("KSTREAM-")
                .doesNotContain("STATE-STORE");
    }

    @Test
    void manySmallReadsAreOneAlertThatGrows() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(entry("yamada", "Yamada Hanako", "Sales", null));
            Instant start = Instant.parse("2026-11-24T02:00:00Z");

            // When
            for (int i = 0; i < 35; i++) {
                driver.send(event("yamada", start.plusSeconds(7L * i), Action.READ)
                        .dataset("crm.customers")
                        .records(500L)
                        .build());
                driver.pass(MOMENT);
            }

            // Then
            assertThat(driver.messages())
                    .hasSize(33)
                    .extracting(Alert::id)
                    .containsOnly(driver.messages().getFirst().id());
            Alert alert = driver.messages().getLast();
            assertThat(driver.links()).hasSize(33).containsOnly("https://metsuke.example.jp/alerts/" + alert.id());
            assertThat(alert.records()).isEqualTo(17_500);
            assertThat(alert.events()).isEqualTo(35);
            assertThat(alert.start()).isEqualTo(start);
            assertThat(alert.end()).isEqualTo(start.plusSeconds(7 * 34));
            assertThat(alert.state()).isEqualTo(AlertState.OPEN);
            assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(alert.evidence()).hasSize(20);
            assertThat(alert.policyVersion()).isEqualTo("v7");
            assertThat(alert.headline())
                    .isEqualTo("yamada (Yamada Hanako, Sales) read 17,500 people's records of crm.customers in 3 min;"
                            + " the ceiling is 1,000 in 10 min");
        }
    }

    @Test
    void ofManyAccountsThatAreDueAtOnceSomeWaitForTheNextTime() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            Instant start = Instant.parse("2026-11-24T02:00:00Z");
            for (int i = 0; i < 501; i++) {
                driver.send(event("account-" + i, start, Action.READ)
                        .dataset("crm.customers")
                        .records(5_000L)
                        .build());
            }

            // When
            driver.pass(MOMENT);
            int first = driver.alerts().size();
            driver.pass(MOMENT);

            // Then
            assertThat(first).isEqualTo(500);
            assertThat(driver.alerts()).hasSize(501);
        }
    }

    @Test
    void readingOnForLongerThanTheHorizonStaysOneAlert() {
        // Given
        Policy policy = DetectDriver.policy("policy: {quiet: 1h, horizon: 3h}");
        int reads = 12 * 9;
        try (DetectDriver driver = new DetectDriver(policy)) {
            // When
            for (int i = 0; i < reads; i++) {
                driver.send(event("yamada", DetectDriver.NOW.plus(Duration.ofMinutes(5L * i)), Action.READ)
                        .dataset("a")
                        .records(600L)
                        .build());
                driver.pass(Duration.ofMinutes(5));
            }

            // Then
            assertThat(driver.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.state()).isEqualTo(AlertState.OPEN);
                assertThat(alert.start()).isEqualTo(DetectDriver.NOW);
                assertThat(alert.events()).isEqualTo(reads);
                assertThat(alert.records()).isEqualTo(600L * reads);
                assertThat(alert.evidence()).hasSize(20);
                assertThat(alert.evidence().getFirst().timestamp()).isEqualTo(DetectDriver.NOW);
            });

            // When
            driver.pass(Duration.ofHours(5));
            driver.send(event("yamada", DetectDriver.NOW.plus(Duration.ofHours(14)), Action.READ)
                    .dataset("a")
                    .records(1_600L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactlyInAnyOrder((long) reads, 1L);
            assertThat(driver.alerts()).hasSize(2);
        }
    }

    @Test
    void readsOfSeveralDatasetsCountTogether() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            for (String dataset : List.of("a", "b", "c")) {
                driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                        .id(dataset)
                        .dataset(dataset)
                        .records(400L)
                        .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.scope()).isEqualTo("all datasets");
                assertThat(alert.records()).isEqualTo(1_200);
            });
        }
    }

    @Test
    void allDatasetsGiveWayToTheOneThatExplainsThem() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            for (String dataset : List.of("a", "b")) {
                driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                        .id(dataset)
                        .dataset(dataset)
                        .records(600L)
                        .build());
            }
            driver.pass(MOMENT);

            // When
            driver.send(event("yamada", "2026-11-24T02:00:30Z", Action.READ)
                    .dataset("a")
                    .records(600L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::scope).containsExactly("a");
            assertThat(driver.alerts())
                    .filteredOn(alert -> alert.state() == AlertState.WITHDRAWN)
                    .extracting(Alert::withdrawnBecause)
                    .containsExactly(
                            "the account's reads no longer are above the limit, or another alert explains them");
        }
    }

    @Test
    void unknownCountIsTheDatasetsSizeWhereThePolicyKnowsIt() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(event("tanaka", "2026-11-24T02:00:00Z", Action.EXPORT)
                    .dataset("crm.customers")
                    .build());
            driver.send(event("tanaka", "2026-11-24T02:00:00Z", Action.READ)
                    .dataset("unheard.of")
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.records()).isEqualTo(50_000);
                assertThat(alert.unknownRecords()).isEqualTo(1);
                assertThat(alert.headline()).startsWith("tanaka read up to 50,000 people's records of crm.customers");
                assertThat(alert.observed()).contains("1 of them did not say how many");
            });
        }
    }

    @Test
    void failedReadsCountForNothing() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                    .dataset("a")
                    .records(5_000L)
                    .outcome(Outcome.FAILURE)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).isEmpty();
        }
    }

    @Test
    void readsWithoutAnOutcomeCount() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                    .dataset("a")
                    .records(600L)
                    .outcome(null)
                    .build());
            driver.send(event("yamada", "2026-11-24T02:00:01Z", Action.READ)
                    .dataset("a")
                    .records(600L)
                    .outcome(Outcome.UNKNOWN)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::records).containsExactly(1_200L);
        }
    }

    @Test
    void severalDatasetsAreToldWithTheCeilingThatTheyWereComparedWith() {
        // Given
        Policy policy = DetectDriver.policy("policy: {bulk-read: {datasets: {a: {ceiling: 5000}}}}");
        try (DetectDriver driver = new DetectDriver(policy)) {
            // When
            driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                    .id("a")
                    .dataset("a")
                    .records(4_900L)
                    .build());
            driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                    .id("b")
                    .dataset("b")
                    .records(900L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
                assertThat(alert.settings()).containsEntry("bulk-read.ceiling", "5000");
                assertThat(alert.headline())
                        .isEqualTo("yamada read 5,800 people's records of all datasets in under 1 min; the ceiling is"
                                + " 5,000 in 10 min");
                assertThat(alert.observed()).endsWith("5,800 in the 10 min that were furthest above their ceiling");
                assertThat(alert.expected()).startsWith("at most 5,000 in 10 min over all datasets together");
            });
        }
    }

    @Test
    void sameEventTwiceCountsOnce() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            for (int i = 0; i < 3; i++) {
                driver.send(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                        .dataset("a")
                        .records(600L)
                        .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).isEmpty();
        }
    }

    @Test
    void flagsAccessBeforeLateRevocation() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("sato", "2026-11-19T23:59:59Z", Action.READ).build());
            driver.send(event("sato", "2026-11-20T00:00:00Z", Action.LOGIN)
                    .outcome(Outcome.FAILURE)
                    .build());
            driver.send(event("sato", "2026-11-20T00:10:00Z", Action.READ)
                    .dataset("crm.customers")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);

            // When
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-24T02:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).singleElement().satisfies(alert -> {
                assertThat(alert.rule()).isEqualTo(Rule.REVOKED_ACCOUNT);
                assertThat(alert.events()).isEqualTo(2);
                assertThat(alert.start()).isEqualTo("2026-11-20T00:00:00Z");
                assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
                assertThat(alert.severity()).isEqualTo(Severity.HIGH);
                assertThat(alert.headline())
                        .isEqualTo("sato: 2 accesses (1 of them failed) from 2026-11-20 09:00 +09:00, though"
                                + " retired since 2026-11-20 09:00 +09:00");
                assertThat(alert.expected())
                        .isEqualTo("no access from 2026-11-20 09:00 +09:00 on: retired, reported on 2026-11-24 11:00"
                                + " +09:00 by hr");
            });
        }
    }

    @Test
    void failedExportOfARevokedAccountTookNothingOut() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));

            // When
            driver.send(event("sato", "2026-11-20T02:00:00Z", Action.EXPORT)
                    .dataset("crm.customers")
                    .records(900L)
                    .outcome(Outcome.FAILURE)
                    .build());
            driver.send(event("sato", "2026-11-20T02:01:00Z", Action.READ)
                    .dataset("crm.customers")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.severity()).isEqualTo(Severity.HIGH);
                assertThat(alert.records()).isEqualTo(3);
                assertThat(alert.observed()).contains(", touching 3 people's records;");
            });
        }
    }

    @Test
    void changesThatDoNotSayHowManyAreNotToldAsNone() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(report("r2", "kato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));

            // When
            for (String account : List.of("sato", "kato")) {
                driver.send(event(account, "2026-11-20T02:00:00Z", Action.DELETE)
                        .dataset("crm.customers")
                        .build());
            }
            driver.send(event("kato", "2026-11-20T02:01:00Z", Action.READ)
                    .dataset("crm.customers")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::observed)
                    .containsExactlyInAnyOrder(
                            "1 access from 2026-11-20 11:00 to 2026-11-20 11:00 +09:00; arrived more than 24 h late",
                            "2 accesses from 2026-11-20 11:00 to 2026-11-20 11:01 +09:00, touching at least 3 people's"
                                    + " records; arrived more than 24 h late");
        }
    }

    @Test
    void correctionWithdrawsWhatNoLongerHolds() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-20T00:10:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(report("r1", "sato", Status.RETIRED, "2026-12-20T00:00:00Z", "2026-11-21T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).isEmpty();
            assertThat(driver.messages().getLast().withdrawnBecause())
                    .isEqualTo(
                            "by what HR reported and the directory says now, the account was not restricted then; it is"
                                    + " retired from 2026-12-20 09:00 +09:00 on");
        }
    }

    @Test
    void sameReportTwiceChangesNothing() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.SUSPENDED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-20T00:10:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(report("r1", "sato", Status.SUSPENDED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).hasSize(1);
        }
    }

    @Test
    void ofReportsOfOneMomentTheOneThatCameLastHolds() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            String day = "2026-11-20T00:00:00Z";
            driver.send(event("sato", "2026-11-20T00:10:00Z", Action.READ).build());

            // When
            driver.send(report("leave", "sato", Status.SUSPENDED, day, day));
            driver.send(report("back", "sato", Status.REINSTATED, day, day));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).isEmpty();

            // When: the first is corrected, and so comes last; then comes an older word of the other.
            driver.send(report("leave", "sato", Status.RETIRED, day, day));
            driver.send(report("back", "sato", Status.REINSTATED, day, "2026-11-19T00:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::expected)
                    .singleElement()
                    .asString()
                    .contains("retired");
        }
    }

    @Test
    void reinstatementEndsARevocation() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.SUSPENDED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(report("r2", "sato", Status.REINSTATED, "2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z"));

            // When
            driver.send(event("sato", "2026-11-22T00:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages()).isEmpty();
        }
    }

    @Test
    void transferOfSomebodyOnLeaveThatIsTakenBackLeavesTheLeave() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.SUSPENDED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(report("r2", "sato", Status.TRANSFERRED, "2026-11-21T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-22T00:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(report("r2", "sato", Status.TAKEN_BACK, "2026-11-21T00:00:00Z", "2026-11-22T01:00:00Z"));
            driver.send(event("sato", "2026-11-22T00:30:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isEqualTo(2);
                assertThat(alert.headline()).contains("though suspended since 2026-11-20 09:00 +09:00");
            });
        }
    }

    @Test
    void reportThatIsTakenBackWithdrawsWhatFollowedFromIt() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-22T00:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(report("r1", "sato", Status.TAKEN_BACK, "2026-11-20T00:00:00Z", "2026-11-22T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages().getLast().state()).isEqualTo(AlertState.WITHDRAWN);
            assertThat(driver.holding()).isEmpty();
        }
    }

    @Test
    void transferThatIsTakenBackWithdrawsInItsOwnNameWhereTheDirectoryGivesTheSameDepartment() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(entry("sato", "Sato Ken", "Support", null));
            driver.send(report("r1", "sato", Status.TRANSFERRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-22T00:00:00Z", Action.READ)
                    .dataset("wiki")
                    .build());
            driver.pass(MOMENT);

            // When
            driver.send(report("r1", "sato", Status.TAKEN_BACK, "2026-11-20T00:00:00Z", "2026-11-22T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages().getLast().withdrawnBecause())
                    .isEqualTo("by what HR reported and the directory says now, the account was not restricted then");
        }
    }

    @Test
    void transferredPersonIsHeldToTheNewScope() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "suzuki", Status.TRANSFERRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));

            // When
            driver.send(event("suzuki", "2026-11-20T02:00:00Z", Action.LOGIN).build());
            driver.send(event("suzuki", "2026-11-20T02:01:00Z", Action.READ)
                    .dataset("helpdesk.tickets")
                    .build());
            driver.send(event("suzuki", "2026-11-20T02:02:00Z", Action.READ)
                    .dataset("crm.customers")
                    .records(1L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isEqualTo(1);
                assertThat(alert.headline())
                        .isEqualTo("suzuki: 1 access to datasets outside Support from 2026-11-20 11:02 +09:00, though"
                                + " moved to Support on 2026-11-20 09:00 +09:00");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Support, only datasets of Support from",
        "Supprot, only datasets of Supprot (the policy's scope names none) from"
    })
    void transferToADepartmentOfNoScopeSaysSo(String department, String expected) {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            Instant moved = Instant.parse("2026-11-20T00:00:00Z");
            driver.send(new StatusReport(
                    "r1@1", "r1", new AccountId("suzuki"), Status.TRANSFERRED, moved, moved, department, null, "hr"));

            // When
            driver.send(event("suzuki", "2026-11-20T02:02:00Z", Action.READ)
                    .dataset("crm.customers")
                    .records(1L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.expected()).startsWith(expected));
        }
    }

    @Test
    void whoMovesIsMeasuredByTheFormerCeilingForWhatWasReadUntilThen() {
        Policy policy = DetectDriver.policy("policy: {bulk-read: {departments: {Sales: 500, Support: 50}}}");
        try (DetectDriver driver = new DetectDriver(policy)) {
            // Given
            driver.send(entry("suzuki", "Suzuki", "Sales", null));
            read(driver, "2026-11-23T01:00:00Z", 600);
            read(driver, "2026-11-23T05:00:00Z", 400);
            driver.pass(Duration.ofHours(1));

            // When
            driver.send(entry("suzuki", "Suzuki", "Support", null));
            read(driver, "2026-11-23T09:00:00Z", 700);
            read(driver, "2026-11-24T04:30:00Z", 60);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::records, Alert::expected)
                    .containsExactlyInAnyOrder(
                            tuple(600L, "at most 500 in 10 min"),
                            tuple(700L, "at most 500 in 10 min; the account's department was Sales"),
                            tuple(60L, "at most 50 in 10 min"));
        }
    }

    @Test
    void whoIsTakenOutOfTheDirectoryIsJudgedByWhatItSaidLast() {
        Policy policy = DetectDriver.policy("""
            policy:
              bulk-read: {departments: {Sales: 500}}
              revoked: {scope: {hr.people: [HR]}, scope-for-everyone: true}
              off-hours: {calendars: {night: {hours: {tuesday: ["22:00-06:00"], wednesday: ["22:00-06:00"]}}}}
            """);
        try (DetectDriver driver = new DetectDriver(policy)) {
            // Given: work in the night, and what nobody of Sales may do.
            driver.send(entry("suzuki", "Suzuki", "Sales", "night"));
            read(driver, "2026-11-24T01:00:00Z", 600);
            touch(driver, "2026-11-24T01:01:00Z", "hr.people");
            takeOut(driver, "2026-11-17T15:00:00Z");
            driver.pass(Duration.ofHours(1));
            List<Alert> told = driver.messages();
            assertThat(told).extracting(Alert::scope).containsExactlyInAnyOrder("crm.customers", "outside Sales");

            // When
            driver.send(Topic.DIRECTORY, "suzuki", null);
            driver.send(Topic.DIRECTORY, "suzuki", null);
            takeOut(driver, "2026-11-17T15:10:00Z");
            takeOut(driver, "2026-11-24T02:00:00Z");
            driver.pass(MOMENT);

            // Then: they hold as they were told.
            assertThat(driver.messages().subList(told.size(), driver.messages().size()))
                    .extracting(alert -> alert.scope() + " " + alert.start() + " " + alert.personName())
                    .containsExactly("crm.orders 2026-11-24T02:00:00Z Suzuki");
        }
    }

    private static void takeOut(DetectDriver driver, String time) {
        driver.send(event("suzuki", time, Action.EXPORT)
                .dataset("crm.orders")
                .records(1L)
                .build());
    }

    @Test
    void contractEndsThoughTheAccountIsTakenOutOfTheDirectory() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {bulk-read: {ceiling: 100000}}"))) {
            // Given
            Instant end = Instant.parse("2026-11-20T00:00:00Z");
            driver.send(
                    new DirectoryEntry(new AccountId("suzuki"), "p-7", "Suzuki", null, "Sales", "contract", null, end));
            read(driver, "2026-11-23T01:00:00Z", 1);
            driver.pass(MOMENT);

            // When
            driver.send(Topic.DIRECTORY, "suzuki", null);
            driver.send(Topic.DIRECTORY, "suzuki", null);
            read(driver, "2026-11-24T02:00:00Z", 1);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.start() + " " + alert.personName() + " " + alert.department())
                    .containsExactlyInAnyOrder(
                            "2026-11-23T01:00:00Z Suzuki Sales", "2026-11-24T02:00:00Z Suzuki Sales");
        }
    }

    @Test
    void entryThatLosesAllButItsContractEndIsNotTakenOut() {
        Instant end = Instant.parse("2027-03-31T00:00:00Z");
        AccountId account = new AccountId("suzuki");
        try (DetectDriver driver = new DetectDriver(
                DetectDriver.policy("policy: {revoked: {scope: {hr.people: [HR]}, scope-for-everyone: true}}"))) {
            driver.send(new DirectoryEntry(account, null, null, null, "Sales", null, null, end));
            touch(driver, "2026-11-20T01:00:00Z", "hr.people");
            driver.pass(Duration.ofHours(1));

            driver.send(new DirectoryEntry(account, null, null, null, null, null, null, end));
            driver.pass(Duration.ofHours(1));

            assertThat(driver.holding()).extracting(Alert::scope).containsExactly("outside Sales");

            driver.send(new DirectoryEntry(account, null, null, null, "HR", null, null, end));
            driver.pass(Duration.ofHours(1));
            assertThat(driver.holding()).extracting(Alert::scope).containsExactly("outside Sales");
        }
    }

    @Test
    void entryThatComesAgainSaysAnewWhenTheContractEnds() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            Instant end = Instant.parse("2026-11-20T00:00:00Z");
            driver.send(new DirectoryEntry(
                    new AccountId("suzuki"), "p-suzuki", "Suzuki", null, "Support", "contract", null, end));
            driver.send(Topic.DIRECTORY, "suzuki", null);
            read(driver, "2026-11-23T01:00:00Z", 1);
            driver.pass(MOMENT);
            assertThat(driver.holding()).extracting(Alert::rule).containsExactly(Rule.REVOKED_ACCOUNT);

            // When
            driver.send(entry("suzuki", "Suzuki", "Support", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).isEmpty();
        }
    }

    private static void read(DetectDriver driver, String time, long people) {
        driver.send(event("suzuki", time, Action.READ)
                .dataset("crm.customers")
                .records(people)
                .build());
    }

    @Test
    void whoIsToMoveIsJudgedByTheDirectoryUntilThen() {
        Policy policy = DetectDriver.policy("""
            policy:
              revoked: {scope: {crm.customers: [Sales], support.tickets: [Support], hr.people: [HR]}, scope-for-everyone: true}
            """);
        try (DetectDriver driver = new DetectDriver(policy)) {
            // Given
            driver.send(entry("suzuki", "Suzuki", "Sales", null));
            touch(driver, "2026-11-20T01:00:00Z", "hr.people");
            driver.pass(Duration.ofHours(1));
            assertThat(driver.holding()).hasSize(1);

            // When
            driver.send(report("t", "suzuki", Status.TRANSFERRED, "2026-12-01T00:00:00Z", "2026-11-24T04:00:00Z"));
            driver.pass(Duration.ofHours(1));
            driver.send(entry("suzuki", "Suzuki", "Support", null));
            for (String dataset : List.of("hr.people", "crm.customers", "support.tickets")) {
                touch(driver, "2026-11-24T06:00:00Z", dataset);
                touch(driver, "2026-12-01T00:00:00Z", dataset);
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(alert -> alert.scope() + " " + alert.start() + " " + alert.events())
                    .containsExactlyInAnyOrder(
                            "outside Sales 2026-11-20T01:00:00Z 1",
                            "outside Sales 2026-11-24T06:00:00Z 2",
                            "outside Support 2026-12-01T00:00:00Z 2");
        }
    }

    @Test
    void whoIsToHelpOutElsewhereAndToComeBackIsJudgedByTheDirectoryUntilThen() {
        Policy policy = DetectDriver.policy("""
            policy: {revoked: {scope: {crm.customers: [Sales], hr.people: [HR]}, scope-for-everyone: true}}
            """);
        try (DetectDriver driver = new DetectDriver(policy)) {
            // Given
            driver.send(entry("suzuki", "Suzuki", "Sales", null));
            touch(driver, "2026-11-20T01:00:00Z", "hr.people");
            driver.pass(Duration.ofHours(1));

            // When
            driver.send(transfer("there", "2026-12-01T00:00:00Z", "Support"));
            driver.send(transfer("back", "2027-03-01T00:00:00Z", "Sales"));
            touch(driver, "2026-11-24T03:00:00Z", "hr.people");
            touch(driver, "2026-11-24T03:00:00Z", "crm.customers");
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(
                            alert -> alert.state() + " " + alert.scope() + " " + alert.start() + " " + alert.events())
                    .containsExactlyInAnyOrder(
                            "CLOSED outside Sales 2026-11-20T01:00:00Z 1",
                            "CLOSED outside Sales 2026-11-24T03:00:00Z 1");
        }
    }

    private static StatusReport transfer(String id, String effectiveAt, String department) {
        return new StatusReport(
                id + "@1",
                id,
                new AccountId("suzuki"),
                Status.TRANSFERRED,
                Instant.parse(effectiveAt),
                Instant.parse("2026-11-24T04:00:00Z"),
                department,
                null,
                "hr");
    }

    /** Nobody tells where the person worked before. */
    @Test
    void directoryThatIsAheadOfATransferFromItsFirstEntryOnTellsNothingUntilThen() {
        Policy policy =
                DetectDriver.policy("policy: {revoked: {scope: {crm.customers: [Sales]}, scope-for-everyone: true}}");
        try (DetectDriver driver = new DetectDriver(policy)) {
            driver.send(report("t", "suzuki", Status.TRANSFERRED, "2026-11-24T02:00:00Z", "2026-11-24T02:00:00Z"));
            driver.send(entry("suzuki", "Suzuki", "Support", null));
            touch(driver, "2026-11-24T01:00:00Z", "crm.customers");
            touch(driver, "2026-11-24T02:00:00Z", "crm.customers");
            driver.pass(MOMENT);

            assertThat(driver.holding())
                    .extracting(Alert::start)
                    .containsExactly(Instant.parse("2026-11-24T02:00:00Z"));
        }
    }

    private static void touch(DetectDriver driver, String time, String dataset) {
        driver.send(event("suzuki", time, Action.READ)
                .id(time + dataset)
                .dataset(dataset)
                .build());
    }

    @Test
    void whoMovedByTheDirectoryAloneHandsOverTheFormerDepartmentsWorkAndNoOthers() {
        Policy policy = DetectDriver.policy("""
            policy:
              revoked:
                hand-over: 1h
                scope: {crm.customers: [Sales], hr.people: [HR]}
                scope-for-everyone: true
            """);
        try (DetectDriver driver = new DetectDriver(policy)) {
            // Given
            driver.send(entry("suzuki", "Suzuki", "Sales", null));
            driver.pass(Duration.ofHours(1));
            driver.send(entry("suzuki", "Suzuki", "Support", null));

            // When
            for (String access : List.of(
                    "04:30:00 crm.customers",
                    "04:40:00 hr.people",
                    "04:59:59 crm.customers",
                    "05:00:00 crm.customers")) {
                driver.send(event("suzuki", "2026-11-24T" + access.substring(0, 8) + "Z", Action.READ)
                        .dataset(access.substring(9))
                        .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.evidence())
                        .extracting(Evidence::timestamp)
                        .containsExactly(Instant.parse("2026-11-24T04:40:00Z"), Instant.parse("2026-11-24T05:00:00Z"));
                assertThat(alert.headline())
                        .isEqualTo("suzuki (Suzuki, Support): 2 accesses to datasets outside Support from 2026-11-24"
                                + " 13:40 +09:00, though working in Support since 2026-11-24 13:00 +09:00");
                assertThat(alert.expected())
                        .isEqualTo("only datasets that the policy does not keep for departments other than Support,"
                                + " and until 2026-11-24 14:00 +09:00 those of Sales: there since 2026-11-24 13:00"
                                + " +09:00, as the directory says");
            });
        }
    }

    @Test
    void contractEndInTheDirectoryNeedsNoReport() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("temp", "2026-11-22T00:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(new DirectoryEntry(
                    new AccountId("temp"),
                    null,
                    "Mori Ken",
                    null,
                    null,
                    "contract",
                    null,
                    Instant.parse("2026-11-21T15:00:00Z")));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::headline)
                    .containsExactly("temp (Mori Ken): 1 access from 2026-11-22 09:00 +09:00, though out of"
                            + " contract since 2026-11-22 00:00 +09:00");
        }
    }

    @Test
    void slowDripTellsTheDaysThatMakeItUp() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(
                "policy: {bulk-read: {ceiling: 100, hour-times: 1, day-times: 1, month-times: 1}}"))) {
            // When
            for (int day = 8; day < 20; day++) {
                driver.send(dripped("mori", day, "crm.customers", 11));
                driver.send(dripped("yamada", day, "crm.customers", 6));
                driver.send(dripped("yamada", day, "crm.orders", 5));
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.account() + " " + alert.scope() + " " + alert.start())
                    .containsExactlyInAnyOrder(
                            "mori crm.customers over 30 d 2026-11-17T01:00:00Z",
                            "yamada all datasets over 30 d 2026-11-17T01:00:00Z");
            assertThat(driver.holding()).allSatisfy(alert -> {
                assertThat(alert.headline()).contains(" read 132 people's records of ");
                assertThat(alert.days())
                        .hasSize(12)
                        .extracting(ReadOnDay::records)
                        .containsOnly(11L);
                assertThat(alert.days().getFirst().date()).isEqualTo("2026-11-08");
                assertThat(alert.days().getLast().datasets())
                        .isEqualTo(
                                alert.scope().startsWith("crm")
                                        ? List.of()
                                        : List.of(
                                                new ReadOnDay.OfDataset("crm.customers", 6),
                                                new ReadOnDay.OfDataset("crm.orders", 5)));
            });
        }
    }

    private static AccessEvent dripped(String account, int day, String dataset, long people) {
        Instant time = Instant.parse("2026-11-08T01:00:00Z").plus(Duration.ofDays(day - 8));
        return event(account, time, Action.READ)
                .id(account + day + dataset)
                .dataset(dataset)
                .records(people)
                .created(time)
                .build();
    }

    /** A new action has to be thought of here, and in docs/policy.md. */
    @ParameterizedTest
    @EnumSource
    void atNightAlertsWhateverTakesDataOut(Action action) {
        boolean alerts = switch (action) {
            case EXPORT, DOWNLOAD, PRINT, EMAIL, COPY_TO_MEDIA -> true;
            case READ, SEARCH, UPDATE, DELETE, LOGIN, LOGOUT -> false;
        };
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(event("tanaka", "2026-11-23T15:04:40Z", action)
                    .dataset("crm.orders")
                    .records(1L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::rule)
                    .isEqualTo(alerts ? List.of(Rule.OFF_HOURS_EXPORT) : List.of());
        }
    }

    @Test
    void exportAtMidnightOfUnknownSizeAlerts() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(event("tanaka", "2026-11-23T15:04:40Z", Action.EXPORT)
                    .dataset("crm.orders")
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .filteredOn(alert -> alert.rule() == Rule.OFF_HOURS_EXPORT)
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.rule()).isEqualTo(Rule.OFF_HOURS_EXPORT);
                        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
                        assertThat(alert.headline())
                                .isEqualTo("tanaka took out an unknown number of people's records of crm.orders on Tue"
                                        + " 2026-11-24 00:04 +09:00, working time 07:00-22:00 in calendar office");
                    });
        }
    }

    @Test
    void timesInSentencesAreOfTheZoneThatTheAlertNames() {
        String policy = """
            policy:
              version: %s
              zone: UTC
              bulk-read: {ceiling: 10}
              off-hours:
                default-calendar: berlin
                calendars: {berlin: {zone: Europe/Berlin, holidays: none, hours: {monday: ["07:00-%s"]}}}
            """;
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy(policy.formatted("v1", "22:00")))) {
            // Given
            for (String time : List.of("2026-11-23T22:04:00Z", "2026-11-23T22:34:00Z")) {
                driver.send(event("tanaka", time, Action.EXPORT)
                        .dataset("a")
                        .records(30L)
                        .build());
            }
            driver.pass(MOMENT);
            assertThat(driver.holding())
                    .extracting(alert -> alert.settings().get("zone"), Alert::observed, Alert::expected)
                    .containsExactlyInAnyOrder(
                            tuple(
                                    "UTC",
                                    "2 accesses from 2026-11-23 22:04 to 2026-11-23 22:34 +00:00, 60 people's records;"
                                            + " up to 30 in 10 min",
                                    "at most 10 in 10 min"),
                            tuple(
                                    "Europe/Berlin",
                                    "2 accesses (export) from 2026-11-23 23:04 to 2026-11-23 23:34 +01:00, 60 people's"
                                            + " records",
                                    "exports within working time only, by calendar berlin (Europe/Berlin): working time"
                                            + " 07:00-22:00"));

            // When
            driver.send(
                    new PublishedPolicy("p2", "v2", policy.formatted("v2", "23:30"), DetectDriver.NOW, "mori", null));
            driver.send(event("tanaka", "2026-11-23T22:40:00Z", Action.EXPORT)
                    .dataset("a")
                    .records(30L)
                    .build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.alerts())
                    .extracting(Alert::withdrawnBecause)
                    .filteredOn(Objects::nonNull)
                    .containsExactly("by calendar berlin as the policy has it now, it was within working time; the rest"
                            + " is told by the episode that starts at 2026-11-23 23:34 +01:00");
        }
    }

    @Test
    void calendarOfTheDirectoryCountsAlsoWhenItComesLater() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("night", "2026-11-23T15:04:40Z", Action.EXPORT)
                    .dataset("crm.orders")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);

            // When
            driver.send(entry("night", "Kato Jun", "Operations", "night"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(Alert::state)
                    .containsExactly(AlertState.CLOSED, AlertState.WITHDRAWN);
        }
    }

    @Test
    void episodeClosesAfterQuiet() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("tanaka", "2026-11-24T02:30:00Z", Action.COPY_TO_MEDIA)
                    .records(5L)
                    .id("late")
                    .timestamp(Instant.parse("2026-11-22T02:30:00Z"))
                    .build());
            driver.send(event("sato", "2026-11-24T02:30:00Z", Action.READ)
                    .dataset("a")
                    .records(2_000L)
                    .build());
            driver.pass(MOMENT);
            List<AlertState> before =
                    driver.messages().stream().map(Alert::state).toList();

            // When
            driver.pass(Duration.ofMinutes(31));

            // Then
            assertThat(before).containsExactlyInAnyOrder(AlertState.OPEN, AlertState.CLOSED);
            assertThat(driver.holding()).extracting(Alert::state).containsOnly(AlertState.CLOSED);
            assertThat(driver.messages()).hasSize(3);
        }
    }

    @Test
    void episodeThatGrewClosesAfterItsLastAccess() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-24T03:00:00Z", Action.READ).build());
            driver.pass(Duration.ofMinutes(50));
            driver.send(event("sato", "2026-11-24T03:50:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.pass(Duration.ofMinutes(59));
            List<Alert> before = driver.holding();
            driver.pass(Duration.ofMinutes(2));

            // Then
            assertThat(before).extracting(Alert::state).containsExactly(AlertState.OPEN);
            assertThat(driver.holding()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
        }
    }

    @Test
    void newNameIsToldWithoutJudgingAgain() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(entry("tanaka", "Tanaka Ken", "Sales", null));
            driver.send(event("tanaka", "2026-11-23T15:04:40Z", Action.EXPORT)
                    .dataset("crm.orders")
                    .records(3L)
                    .build());
            driver.pass(MOMENT);
            Alert before = driver.holding().getFirst();

            // When
            driver.send(entry("tanaka", "Sato Ken", "Support", null));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.personName()).isEqualTo("Sato Ken");
                assertThat(alert.department()).isEqualTo("Support");
                assertThat(alert.headline())
                        .isEqualTo(before.headline().replace("(Tanaka Ken, Sales)", "(Sato Ken, Support)"));
            });
        }
    }

    /** The median is of days; what is usual for 30 d is made of as many as had reads. */
    @Test
    void saysOfWhatTheUsualMonthIsMade() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {bulk-read: {ceiling: 100000}}"))) {
            // When
            for (int day = 0; day < 61; day++) {
                driver.send(event("tanaka", DetectDriver.NOW.plus(Duration.ofDays(day)), Action.READ)
                        .dataset("crm.customers")
                        .records(day < 50 ? 50L : 200L)
                        .build());
                driver.pass(Duration.ofDays(1));
            }

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.headline()).contains(" in 30 d; 1,500 in 30 d are usual for the account, by 31 days");
                assertThat(alert.expected())
                        .isEqualTo("at most 3,000 in 30 d, by the account's own history: for as many days with reads,"
                                + " the median of 31 days makes 1,500");
            });
        }
    }

    @Test
    void lateEventThatJoinsTwoEpisodesWithdrawsTheSecond() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(event("sato", "2026-11-20T01:00:00Z", Action.READ).build());
            driver.send(event("sato", "2026-11-20T03:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // When
            driver.send(event("sato", "2026-11-20T02:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(3L);
            assertThat(driver.alerts())
                    .extracting(Alert::withdrawnBecause)
                    .contains("taken in by the episode that starts at 2026-11-20 10:00 +09:00");
        }
    }

    @Test
    void fastClockOfOneAccountLeavesOthersAlone() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("sato", "2026-11-01T00:00:00Z", Action.READ).build());
            driver.send(event("fast", "2027-11-24T00:00:00Z", Action.READ).build());
            driver.send(event("fast", "2026-11-01T00:00:00Z", Action.READ).build());
            driver.pass(Duration.ofMinutes(1));

            // When
            driver.send(report("r1", "sato", Status.RETIRED, "2026-10-30T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.send(report("r2", "fast", Status.RETIRED, "2026-10-30T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(alert -> alert.account() + " " + alert.start())
                    .containsExactlyInAnyOrder(
                            "sato 2026-11-01T00:00:00Z", "fast 2026-11-01T00:00:00Z", "fast 2027-11-24T00:00:00Z");
        }
    }

    @Test
    void fastClockNeitherWipesAnActiveAccountNorIsRememberedForEver() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("sato", "2099-01-01T00:00:00Z", Action.READ).build());
            driver.pass(Duration.ofDays(34));
            Instant recent = DetectDriver.NOW.plus(Duration.ofDays(34));
            driver.send(event("sato", recent, Action.READ).build());

            // When
            driver.pass(Duration.ofDays(2));
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).extracting(Alert::start).containsExactly(recent);
        }
    }

    @Test
    void lateArrivalOfAnOldAccessKeepsTheAccountRemembered() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("sato", "2026-11-20T00:00:00Z", Action.READ).build());
            driver.pass(Duration.ofDays(34));
            driver.send(event("sato", "2026-11-19T00:00:00Z", Action.READ).build());

            // When
            driver.pass(Duration.ofDays(2));
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).hasSize(2);
        }
    }

    @Test
    void whatLiesBeforeTheAccountsHorizonIsForgotten() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            driver.send(event("sato", "2026-10-01T00:00:00Z", Action.READ).build());
            driver.send(event("sato", "2026-11-20T00:00:00Z", Action.READ).build());
            driver.pass(Duration.ofMinutes(1));

            // When
            driver.send(report("r1", "sato", Status.RETIRED, "2026-09-30T00:00:00Z", "2026-11-20T01:00:00Z"));
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::start)
                    .containsExactly(Instant.parse("2026-11-20T00:00:00Z"));
        }
    }

    @Test
    void malformedRecordIsRejectedWithItsReasonAndTheRestGoesOn() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // Given
            byte[] garbage = "{\"user\":".getBytes(StandardCharsets.UTF_8);
            byte[] good = AccessEventJson.encode(event("yamada", "2026-11-24T02:00:00Z", Action.READ)
                    .dataset("a")
                    .records(2_000L)
                    .build());

            // When
            driver.send(Topic.ACCESS_EVENTS, "yamada", garbage);
            driver.send(Topic.ACCESS_EVENTS, "someone-else", good);
            driver.send(Topic.ACCESS_EVENTS, null, good);
            driver.send(Topic.ACCESS_EVENTS, "yamada", null);
            driver.send(Topic.ACCESS_EVENTS, "yamada", good);
            driver.send(Topic.ACCOUNT_STATUS, "yamada", garbage);
            driver.pass(MOMENT);

            // Then
            List<TestRecord<byte[], byte[]>> rejected = driver.rejected();
            assertThat(rejected)
                    .extracting(record -> header(record, Header.REASON))
                    .satisfiesExactly(
                            reason -> assertThat(reason).startsWith("not JSON"),
                            reason -> assertThat(reason)
                                    .isEqualTo("the record's key is someone-else, but it is about the account yamada;"
                                            + " they must be the same"),
                            reason -> assertThat(reason).startsWith("the record has no key"),
                            reason -> assertThat(reason).isEqualTo("the record has no value"),
                            reason -> assertThat(reason).startsWith("not JSON"));
            assertThat(rejected.getFirst().value()).isEqualTo(garbage);
            assertThat(rejected.get(1).value()).isEqualTo(good);
            assertThat(header(rejected.getFirst(), Header.STAGE)).isEqualTo("detect");
            assertThat(header(rejected.getFirst(), Header.ORIGIN)).isEqualTo("metsuke.access-events-0@0");
            assertThat(new String(rejected.getFirst().key(), StandardCharsets.UTF_8))
                    .isEqualTo("metsuke.access-events");
            assertThat(driver.holding()).hasSize(1);
            assertThat(driver.meters.counter("metsuke.detect.rejected").count()).isEqualTo(5);
        }
    }

    @Test
    void writesNothingThatKafkaDoesNotTake() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(Topic.ACCESS_EVENTS, "yamada", """
                {"@timestamp":"2026-11-23T18:00:00Z","event":{"id":"1","action":"%s"},"user":{"id":"yamada"}}\
                """.formatted("x".repeat(600_000))
                    .getBytes(StandardCharsets.UTF_8));
            driver.send(Topic.ACCESS_EVENTS, "yamada", "x".repeat(1_048_000).getBytes(StandardCharsets.UTF_8));
            driver.send(event("y".repeat(400_000), "2026-11-23T18:00:00Z", Action.EXPORT)
                    .id("long")
                    .build());
            for (int second = 0; second < 20; second++) {
                driver.send(
                        event("yamada", Instant.parse("2026-11-23T18:00:00Z").plusSeconds(second), Action.EXPORT)
                                .dataset("x".repeat(60_000))
                                .records(5L)
                                .build());
            }
            driver.pass(MOMENT);

            // Then
            assertThat(driver.rejected())
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(size(record)).isLessThan(1_010_000))
                    .extracting(record -> header(record, Header.REASON))
                    .satisfiesExactly(
                            reason -> assertThat(reason)
                                    .startsWith("event.action is xxx")
                                    .endsWith("x…"),
                            reason -> assertThat(reason)
                                    .startsWith("not a JSON object")
                                    .contains("only the first 262144 of its 1048000 bytes"),
                            reason -> assertThat(reason).startsWith("the account has 400000 characters"));
            assertThat(driver.holding())
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.toJson()).hasSizeLessThan(100_000));
        }
    }

    private static int size(TestRecord<byte[], byte[]> record) {
        int size = record.key().length + record.value().length;
        for (org.apache.kafka.common.header.Header header : record.headers()) {
            size += header.key().length() + header.value().length;
        }
        return size;
    }

    @Test
    void timeThatNoLogMeansIsRejected() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(event("yamada", Instant.MAX, Action.READ).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.rejected())
                    .singleElement()
                    .satisfies(
                            record -> assertThat(header(record, Header.REASON)).startsWith("@timestamp is "));
        }
    }

    @Test
    void reportFromATimeThatNobodyMeansIsRejected() {
        try (DetectDriver driver = new DetectDriver(POLICY)) {
            // When
            driver.send(report("r1", "sato", Status.RETIRED, "2026-11-20T00:00:00Z", Instant.MAX.toString()));
            driver.send(event("sato", "2026-11-20T01:00:00Z", Action.READ).build());
            driver.pass(MOMENT);

            // Then
            assertThat(driver.rejected())
                    .singleElement()
                    .satisfies(record ->
                            assertThat(header(record, Header.REASON)).startsWith("metsuke.status.reported_at is "));
            assertThat(driver.holding()).isEmpty();
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
