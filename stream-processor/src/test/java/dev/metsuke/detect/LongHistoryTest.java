package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.approval;
import static dev.metsuke.detect.DetectDriver.entry;
import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.published;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.metsuke.detect.history.Walks;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.policy.PublishedPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of so many accesses that they cannot be judged again in one go: here from three on. */
class LongHistoryTest {

    private static final Duration MOMENT = Duration.ofMillis(60);
    private static final Instant MORNING = Instant.parse("2026-11-24T00:00:00Z");
    private static final Policy POLICY = DetectDriver.policy("policy: {version: v1}");
    private static final String NIGHT_CALENDAR =
            "off-hours: {calendars: {night: {holidays: none, hours: {monday: [\"00:00-05:00\"]}}}}";
    private static final Policy SHORT_HORIZON =
            DetectDriver.policy("policy: {version: v1, quiet: 1h, horizon: 3h, " + NIGHT_CALENDAR + "}");
    private static final Policy NIGHT_WORK = DetectDriver.policy("policy: {version: v1, " + NIGHT_CALENDAR + "}");

    @Test
    void goesThroughSoManyAccessesAtATimeAndTellsOnceAllAreJudged() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            accesses(driver, 0, 10);
            driver.pass(MOMENT);

            driver.send(retired("left", 0));
            driver.pass(MOMENT);
            assertThat(driver.messages()).isEmpty();
            driver.pass(MOMENT);
            driver.pass(MOMENT);

            assertThat(driver.messages()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isEqualTo(10);
                assertThat(alert.start()).isEqualTo(minute(0));
                assertThat(alert.end()).isEqualTo(minute(9));
            });
        }
    }

    @Test
    void alertStandsAsItWasUntilAllIsJudgedAgain() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            // Given
            driver.send(retired("left", 0));
            accesses(driver, 0, 10);
            driver.pass(MOMENT);

            // When: from the seventh on.
            driver.send(retired("left", 6));
            driver.pass(MOMENT);
            driver.pass(MOMENT);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .extracting(Alert::state, Alert::events)
                    .containsExactly(
                            tuple(AlertState.CLOSED, 10L),
                            tuple(AlertState.WITHDRAWN, 10L),
                            tuple(AlertState.CLOSED, 4L));
        }
    }

    @Test
    void accessesThatComeMeanwhileCountOnce() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            accesses(driver, 0, 10);
            driver.pass(MOMENT);

            // When: some before, some behind what is gone through.
            driver.send(retired("left", 0));
            driver.send(access(0).id("late").build());
            driver.send(access(2).id("late-too").build());
            driver.send(access(7).id("ahead").build());
            driver.send(access(20).build());
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.events()).isEqualTo(14));
        }
    }

    @Test
    void anotherPolicyBeginsAnew() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            accesses(driver, 0, 10);
            driver.pass(MOMENT);
            driver.send(retired("left", 0));

            // When
            driver.send(published("v2", "2026-11-24T02:00:00Z", "horizon: 35d"));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.messages()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isEqualTo(10);
                assertThat(alert.policyVersion()).isEqualTo("v2");
            });
        }
    }

    /** So that the same is told in the same order by every process. */
    @Test
    void whatWasToldOfNowhereIsJudgedByAnotherPolicyInTheOrderOfItsAccounts() {
        List<String> accounts = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        try (DetectDriver driver = driver(POLICY, 1)) {
            // Given
            accounts.forEach(account -> {
                driver.send(report("left", account, Status.RETIRED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
                driver.send(event(account, minute(0), Action.UPDATE).build());
            });

            // When: as many accesses a telling as one account has.
            driver.send(published("v2", "2026-11-24T02:00:00Z", "horizon: 35d"));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.messages())
                    .extracting(alert -> alert.account().value())
                    .containsExactlyElementsOf(accounts);
        }
    }

    @Test
    void addsToAnAlertThatBeganBeforeTheHorizonWhatItDoesNotTell() {
        Policy shortHorizon = DetectDriver.policy("policy: {quiet: 1h, horizon: 3h, bulk-read: {ceiling: 100000}}");
        try (DetectDriver driver = driver(shortHorizon, 1)) {
            // Given: on leave until the 22nd access, of which the alert names 20.
            driver.send(report("leave", "batch", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(
                    report("back", "batch", Status.REINSTATED, minute(22 * 30).toString(), "2026-11-02T00:00:00Z"));
            driver.pass(Duration.between(DetectDriver.NOW, MORNING.plus(Duration.ofHours(4))));
            for (int i = 0; i < 26; i++) {
                driver.send(access(i * 30).build());
                driver.pass(Duration.ofMinutes(30));
            }
            untilAllIsJudged(driver);
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(22L);

            // When: it was longer; and more comes within the alert, and behind it.
            driver.send(
                    report("back", "batch", Status.REINSTATED, minute(24 * 30).toString(), "2026-11-03T00:00:00Z"));
            driver.send(access(20 * 30 + 10).build());
            driver.send(access(23 * 30 + 10).build());
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.start()).isEqualTo(minute(0));
                assertThat(alert.end()).isEqualTo(minute(23 * 30 + 10));
                assertThat(alert.events()).isEqualTo(26);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 0})
    void addsToAnAlertThatBeganBeforeTheHorizonMoreThanItCanName(int minutesApart) {
        Policy shortHorizon = DetectDriver.policy("policy: {quiet: 1h, horizon: 3h, bulk-read: {ceiling: 100000}}");
        try (DetectDriver driver = driver(shortHorizon, 1)) {
            // Given: back from leave for half an hour, with twelve accesses that are no findings.
            driver.send(report("leave", "batch", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(report("back", "batch", Status.REINSTATED, minute(480).toString(), "2026-11-02T00:00:00Z"));
            driver.send(report("again", "batch", Status.SUSPENDED, minute(510).toString(), "2026-11-02T00:00:01Z"));
            IntStream onLeave = IntStream.iterate(180, minute -> minute < 480, minute -> minute + 30);
            IntStream back = IntStream.range(0, 12).map(i -> 481 + minutesApart * i);
            IntStream onLeaveAgain = IntStream.of(510, 540);
            int[] minutes = IntStream.concat(IntStream.concat(onLeave, back), onLeaveAgain)
                    .toArray();
            for (int i = 0; i < minutes.length; i++) {
                driver.passUntil(minute(minutes[i]));
                driver.send(access(minutes[i]).id("access-" + i).build());
            }
            untilAllIsJudged(driver);
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(12L);

            // When
            driver.send(report("back", "batch", Status.REINSTATED, minute(510).toString(), "2026-11-03T00:00:00Z"));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(24L);
        }
    }

    /** It can only grow: what a report gave it cannot be told any more from what it told before. */
    @ParameterizedTest
    @CsvSource({"100, 19", "3, 13"})
    void alertThatBeganBeforeTheHorizonKeepsWhatAReportGaveItThatIsCorrectedMeanwhile(int atATime, long kept) {
        Policy shortHorizon = DetectDriver.policy("policy: {quiet: 1h, horizon: 3h, bulk-read: {ceiling: 100000}}");
        try (DetectDriver driver = driver(shortHorizon, atATime)) {
            // Given: on leave for ten accesses, and back for nine.
            driver.send(report("leave", "batch", Status.SUSPENDED, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            driver.send(report("back", "batch", Status.REINSTATED, minute(480).toString(), "2026-11-02T00:00:00Z"));
            IntStream onLeave = IntStream.iterate(180, minute -> minute < 480, minute -> minute + 30);
            IntStream back = IntStream.range(0, 9).map(i -> 481 + 2 * i);
            IntStream.concat(onLeave, back).forEach(minute -> {
                driver.passUntil(minute(minute));
                driver.send(access(minute).build());
            });
            untilAllIsJudged(driver);
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(10L);

            // When
            driver.send(report("back", "batch", Status.REINSTATED, minute(510).toString(), "2026-11-03T00:00:00Z"));
            driver.pass(MOMENT);
            driver.send(report("back", "batch", Status.REINSTATED, minute(480).toString(), "2026-11-04T00:00:00Z"));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(kept);
        }
    }

    /** All that a detector knows lies in its stores: one that is made anew goes on as after a restart. */
    @Test
    void detectorThatIsMadeAnewGoesOnWhereTheOneBeforeStopped() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            accesses(driver, 0, 10);
            driver.pass(MOMENT);
            driver.send(retired("left", 0));

            // When
            driver.send(published("v1", "2026-11-24T02:00:00Z", "horizon: 35d"));
            driver.pass(MOMENT);
            driver.pass(MOMENT);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.messages())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.events()).isEqualTo(10));
        }
    }

    @Test
    void forgetsNothingOfAnAccountUntilAllIsJudged() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            // Given
            accesses(driver, 0, 10);
            driver.pass(MOMENT);
            driver.send(retired("left", 0));

            // When: of the same time on, all lies before the horizon.
            driver.send(event("batch", MORNING.plus(Duration.ofDays(40)), Action.UPDATE)
                    .dataset("crm")
                    .build());
            driver.pass(Duration.ofDays(41));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).contains(10L);
        }
    }

    @Test
    void goesThroughSoManyExportsAtATimeAndTellsOnceAllAreJudged() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            exports(driver, 0, 10);
            driver.pass(MOMENT);

            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);
            driver.pass(MOMENT);
            assertThat(driver.messages()).isEmpty();
            driver.pass(MOMENT);

            assertThat(driver.messages()).singleElement().satisfies(alert -> {
                assertThat(alert.rule()).isEqualTo(Rule.OFF_HOURS_EXPORT);
                assertThat(alert.events()).isEqualTo(10);
                assertThat(alert.start()).isEqualTo(minute(0));
                assertThat(alert.end()).isEqualTo(minute(9));
            });
        }
    }

    @Test
    void exportsThatComeMeanwhileCountOnce() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            exports(driver, 0, 10);
            driver.pass(MOMENT);

            // When: one before, one behind what is gone through, and one after all.
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);
            driver.send(export(0).id("late").build());
            driver.send(export(7).id("ahead").build());
            driver.send(export(20).build());
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.messages())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.events()).isEqualTo(13));
        }
    }

    /** What is used of an approval is counted over the parts, also by a detector that is made anew as after a restart. */
    @Test
    void approvalIsUsedUpOverTheParts() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            exports(driver, 0, 10);
            driver.pass(MOMENT);
            driver.send(approval(
                    "a", "batch", "crm", minute(2).toString(), minute(100).toString(), 5));
            driver.pass(MOMENT);

            // When
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);
            driver.pass(MOMENT);
            driver.send(published("v1", "2026-11-24T02:00:00Z", NIGHT_CALENDAR));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::scope, Alert::events, alert -> alert.start())
                    .containsExactlyInAnyOrder(tuple("approved: a", 5L, minute(2)), tuple("crm", 5L, minute(0)));
        }
    }

    /** An alert tells by its policy alone. */
    @Test
    void exportsAreJudgedAnewByAPolicyThatComesMeanwhile() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            exports(driver, 0, 10);
            driver.pass(MOMENT);
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);

            // When
            driver.send(published("v2", "2026-11-24T02:00:00Z", NIGHT_CALENDAR));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.messages()).singleElement().satisfies(alert -> {
                assertThat(alert.events()).isEqualTo(10);
                assertThat(alert.policyVersion()).isEqualTo("v2");
            });
        }
    }

    /** From 21 on, an episode does not name all that it counts. */
    @Test
    void exportsThatComeAheadOfWhatIsGoneThroughHideNoOthers() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            exports(driver, 0, 10);
            driver.pass(MOMENT);

            // When
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);
            for (int i = 1; i <= 25; i++) {
                driver.send(event("batch", minute(6).plusSeconds(i * 7L), Action.EXPORT)
                        .dataset("crm")
                        .records(1L)
                        .build());
            }
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(35L);
        }
    }

    @Test
    void lateExportOfASettledApprovalHidesNoOthers() {
        try (DetectDriver driver = driver(SHORT_HORIZON, 30)) {
            // Given: 70 s apart, the last one 8 min before a settled approval ends.
            for (int i = 0; i < 70; i++) {
                driver.send(event("batch", minute(0).plusSeconds(i * 70L), Action.EXPORT)
                        .dataset("crm")
                        .records(1L)
                        .build());
            }
            driver.pass(MOMENT);
            Instant last = minute(0).plusSeconds(69 * 70L);
            driver.send(approval(
                    "a",
                    "batch",
                    "crm",
                    last.minus(Duration.ofHours(3)).minusSeconds(30).toString(),
                    minute(100).toString(),
                    100));
            untilAllIsJudged(driver);

            // When
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(Duration.ofMillis(50));
            driver.send(event("batch", minute(78).plusSeconds(5), Action.EXPORT)
                    .dataset("crm")
                    .records(1L)
                    .build());
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(71L);
        }
    }

    /** Of a settled approval nobody knows what is left: what it may have been for stays a finding. */
    @Test
    void settledApprovalThatComesMeanwhileTakesNothingAway() {
        try (DetectDriver driver = driver(SHORT_HORIZON, 3)) {
            exports(driver, 0, 10);
            driver.pass(MOMENT);

            // When: it began 3 h and 30 s before the last export.
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);
            String beforeHorizon = minute(9 - 180).minusSeconds(30).toString();
            driver.send(approval("a", "batch", "crm", beforeHorizon, minute(100).toString(), 100));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::scope, Alert::events).containsExactly(tuple("crm", 10L));
        }
    }

    @Test
    void exportIsFoundWhoseApprovalIsSettledBeforeItIsJudged() {
        try (DetectDriver driver = driver(SHORT_HORIZON, 3)) {
            // Given
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.send(approval(
                    "a", "batch", "crm", minute(-300).toString(), minute(0).toString(), 100));

            // When
            driver.send(export(-299).build());
            driver.send(access(-100).build());
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.observed()).contains("beyond approval a"));
        }
    }

    @Test
    void settledApprovalTakesNoUsesOfALaterOne() {
        try (DetectDriver driver = driver(SHORT_HORIZON, 3)) {
            // Given
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.send(approval(
                    "a", "batch", "crm", minute(-300).toString(), minute(-130).toString(), 2));
            driver.send(approval(
                    "b", "batch", "crm", minute(-140).toString(), minute(100).toString(), 10));
            IntStream.of(-299, -298, -135, -134, -133)
                    .forEach(minute -> driver.send(export(minute).build()));
            untilAllIsJudged(driver);

            // When
            driver.send(access(-115).build());
            driver.send(export(-110).build());
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::scope, Alert::events)
                    .containsExactlyInAnyOrder(tuple("approved: a", 2L), tuple("approved: b", 4L));
        }
    }

    /** What was found beside what is gone through, and not told, is judged by the policy that comes meanwhile, too. */
    @Test
    void whatIsFoundMeanwhileIsJudgedByAPolicyThatComesThen() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            // Given
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.send(approval(
                    "a", "batch", "crm", minute(0).toString(), minute(100).toString(), 10));
            exports(driver, 0, 10);
            driver.pass(MOMENT);
            assertThat(driver.store(Walks.STORE).approximateNumEntries()).isEqualTo(1);

            // When: days before.
            driver.send(event("batch", Instant.parse("2026-11-20T10:00:00Z"), Action.EXPORT)
                    .dataset("crm")
                    .records(1L)
                    .build());
            driver.send(published("v2", "2026-11-24T02:00:00Z", NIGHT_CALENDAR));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.messages())
                    .extracting(Alert::scope, Alert::events, Alert::policyVersion)
                    .containsExactlyInAnyOrder(tuple("crm", 1L, "v2"), tuple("approved: a", 10L, "v2"));
        }
    }

    @Test
    void forgetsNoExportOfAnAccountUntilAllAreJudged() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            // Given
            exports(driver, 0, 10);
            driver.pass(MOMENT);
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);

            // When: of the same time on, all lies before the horizon.
            driver.send(event("batch", MORNING.plus(Duration.ofDays(40)), Action.UPDATE)
                    .dataset("crm")
                    .build());
            driver.pass(Duration.ofDays(41));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).contains(10L);
        }
    }

    @Test
    void goesThroughSoManyOfOneTimeAtATimeAndTellsOnceAllAreJudged() {
        try (DetectDriver driver = driver(POLICY, 3)) {
            ofOneTime(driver, Action.UPDATE, 10);
            driver.pass(MOMENT);

            driver.send(retired("left", 0));
            driver.pass(MOMENT);
            driver.pass(MOMENT);
            assertThat(driver.messages()).isEmpty();
            driver.pass(MOMENT);

            assertThat(driver.messages())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.events()).isEqualTo(10));
        }
    }

    /** From 21 on, an episode does not name all that it counts. */
    @Test
    void accessesOfOneTimeThatComeMeanwhileCountOnce() {
        try (DetectDriver driver = driver(POLICY, 25)) {
            ofOneTime(driver, Action.UPDATE, 90);
            driver.pass(MOMENT);

            // When: one before, one behind what is gone through, and detectors that are made anew as after a restart.
            driver.send(retired("left", 0));
            driver.send(access(0).id("10-late").build());
            driver.send(access(0).id("80-ahead").build());
            driver.pass(MOMENT);
            driver.send(published("v1", "2026-11-24T02:00:00Z", "horizon: 35d"));
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding()).extracting(Alert::events).containsExactly(92L);
        }
    }

    @Test
    void approvalIsUsedUpOverThePartsOfOneTime() {
        try (DetectDriver driver = driver(NIGHT_WORK, 3)) {
            ofOneTime(driver, Action.EXPORT, 10);
            driver.pass(MOMENT);
            driver.send(approval(
                    "a", "batch", "crm", minute(0).toString(), minute(100).toString(), 5));
            driver.pass(MOMENT);

            // When
            driver.send(entry("batch", "Batch", "Ops", "night"));
            driver.pass(MOMENT);
            assertThat(driver.messages()).isEmpty();
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding())
                    .extracting(Alert::scope, Alert::events)
                    .containsExactlyInAnyOrder(tuple("approved: a", 5L), tuple("crm", 5L));
        }
    }

    /** Bulk reads are not judged in parts, and are left out. */
    @ParameterizedTest
    @CsvSource({"0, PT0.001S", "1, PT0.001S", "2, PT0.001S", "3, PT0.001S", "4, PT8H", "5, PT24H"})
    void anyOrderGivesTheBatchComputationsAlerts(int run, Duration clock) {
        // Given
        List<Object> records = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 15; i++) {
            long seed = 5_000L + run * 15 + i;
            String account = "seed-" + seed;
            List<AccessEvent> events = ArrivalOrderTest.events(account, new Random(seed)).stream()
                    .map(event -> datedBy(clock, event))
                    .toList();
            BatchOracle.Known known = new BatchOracle.Known(
                    events,
                    ArrivalOrderTest.reports(account, new Random(seed + 1_000_000)),
                    ArrivalOrderTest.approvals(account, new Random(seed + 2_000_000)),
                    ArrivalOrderTest.listed(account, new Random(seed + 3_000_000)));
            expected.addAll(BatchOracle.alerts(account, ArrivalOrderTest.POLICY, known));
            records.addAll(events);
            records.addAll(known.reports());
            records.addAll(known.approvals());
            records.addAll(known.entries());
        }
        Random shuffling = new Random(run);
        Collections.shuffle(records, shuffling);
        ArrivalOrderTest.keepOrderOfDirectory(records);

        try (DetectDriver driver = driver(ArrivalOrderTest.POLICY, 1 + run % 4 * 3)) {
            // When
            for (int i = 0; i < records.size(); i++) {
                switch (records.get(i)) {
                    case AccessEvent event -> driver.send(event);
                    case StatusReport report -> driver.send(report);
                    case ExportApproval approval -> driver.send(approval);
                    case BatchOracle.Listed listed -> driver.send(listed);
                    default -> throw new AssertionError(records.get(i));
                }
                if (shuffling.nextInt(10) == 0) {
                    driver.pass(MOMENT);
                }
                if (shuffling.nextInt(100) == 0) {
                    driver.send(detectorsAreMadeAnew(i));
                }
            }
            untilAllIsJudged(driver);

            // Then
            assertThat(driver.holding().stream().map(BatchOracle::line).filter(LongHistoryTest::isJudgedInParts))
                    .as("run %d", run)
                    .containsExactlyInAnyOrderElementsOf(expected.stream()
                            .filter(LongHistoryTest::isJudgedInParts)
                            .toList());
        }
    }

    /** By a log that knows so much of a time: of the day, perhaps. */
    private static AccessEvent datedBy(Duration clock, AccessEvent event) {
        long millis = event.timestamp().toEpochMilli();
        Instant time = Instant.ofEpochMilli(millis - Math.floorMod(millis, clock.toMillis()));
        return event.toBuilder().timestamp(time).build();
    }

    /** The same policy once more: what a detector knows lies in its stores, as after a restart. */
    private static PublishedPolicy detectorsAreMadeAnew(int time) {
        return new PublishedPolicy(
                "v1@" + time, "v1", ArrivalOrderTest.POLICY_YAML, MORNING.plusSeconds(time), "mori", null);
    }

    private static boolean isJudgedInParts(String line) {
        return !line.startsWith(Rule.BULK_READ.id());
    }

    /** What came while an account was gone through may be judged thereafter. */
    private static void untilAllIsJudged(DetectDriver driver) {
        for (int quiet = 0; quiet < 3; quiet++) {
            driver.pass(Duration.ofMillis(200));
            if (driver.store(Walks.STORE).approximateNumEntries() > 0) {
                quiet = -1;
            }
        }
    }

    private static DetectDriver driver(Policy policy, int accessesAtATime) {
        return new DetectDriver(policy, Map.of(Walks.ACCESSES_SETTING, Integer.toString(accessesAtATime)));
    }

    private static StatusReport retired(String id, int minute) {
        return report(
                id,
                "batch",
                Status.RETIRED,
                minute(minute).toString(),
                minute(100 + minute).toString());
    }

    private static void accesses(DetectDriver driver, int first, int count) {
        for (int i = first; i < first + count; i++) {
            driver.send(access(i).build());
        }
    }

    private static void exports(DetectDriver driver, int first, int count) {
        for (int i = first; i < first + count; i++) {
            driver.send(export(i).build());
        }
    }

    private static void ofOneTime(DetectDriver driver, Action action, int count) {
        for (int i = 10; i < 10 + count; i++) {
            driver.send(event("batch", minute(0), action)
                    .id(i + "-of-one-time")
                    .dataset("crm")
                    .records(1L)
                    .build());
        }
    }

    private static AccessEvent.Builder export(int minute) {
        return event("batch", minute(minute), Action.EXPORT).dataset("crm").records(1L);
    }

    private static AccessEvent.Builder access(int minute) {
        return event("batch", minute(minute), Action.UPDATE).dataset("crm").records(1L);
    }

    private static Instant minute(int minute) {
        return MORNING.plus(Duration.ofMinutes(minute));
    }
}
