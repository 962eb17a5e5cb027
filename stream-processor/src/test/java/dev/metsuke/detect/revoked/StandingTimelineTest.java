package dev.metsuke.detect.revoked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.directory.Holder;
import dev.metsuke.detect.directory.Holding;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTimelineTest {

    private static final Instant DAY_1 = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DAY_2 = Instant.parse("2026-11-02T00:00:00Z");
    private static final Instant DAY_3 = Instant.parse("2026-11-03T00:00:00Z");

    @Test
    void holdsFromItsVeryMomentOn() {
        StandingTimeline timeline = of(null, report("r", Status.RETIRED, DAY_2, DAY_3));

        assertThat(timeline.at(DAY_2.minusNanos(1))).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(timeline.at(DAY_2)).isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_2, DAY_3, null));
    }

    @Test
    void laterReportGoesFirstWhereBothTakeEffectAtOnce() {
        StandingTimeline timeline =
                of(null, report("a", Status.REINSTATED, DAY_2, DAY_3), report("b", Status.SUSPENDED, DAY_2, DAY_2));

        assertThat(timeline.at(DAY_3)).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    /** Whatever they are called: reports are often made by dates alone. */
    @Test
    void ofReportsOfOneMomentTheOneThatCameLastHolds() {
        StatusReport suspended = report("b", Status.SUSPENDED, DAY_2, DAY_2);
        StatusReport reinstated = report("a", Status.REINSTATED, DAY_2, DAY_2);

        assertThat(of(null, suspended, reinstated).at(DAY_3)).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(of(null, reinstated, suspended).at(DAY_3)).isInstanceOf(Standing.Stopped.class);
    }

    @Test
    void reinstatedPersonStaysInTheNewDepartment() {
        StandingTimeline timeline = of(
                null,
                report("a", Status.TRANSFERRED, DAY_1, DAY_1),
                report("b", Status.SUSPENDED, DAY_2, DAY_2),
                report("c", Status.REINSTATED, DAY_3, DAY_3));

        assertThat(timeline.at(DAY_2)).isInstanceOf(Standing.Stopped.class);
        assertThat(timeline.at(DAY_3)).isEqualTo(new Standing.Moved("Support", DAY_1, DAY_1, null));
    }

    @Test
    void returnUnderAReportsOwnIdTakesItBack() {
        StatusReport moved = report("a", Status.TRANSFERRED, DAY_1, DAY_1);
        StatusReport retired = report("b", Status.RETIRED, DAY_2, DAY_2);

        assertThat(of(null, moved, report("a", Status.REINSTATED, DAY_1, DAY_3)).at(DAY_2))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(of(null, moved, retired, report("b", Status.REINSTATED, DAY_2, DAY_3))
                        .at(DAY_3))
                .isEqualTo(new Standing.Moved("Support", DAY_1, DAY_1, null));
    }

    @Test
    void ofWhatIsTakenBackNothingIsLeftAndAllElseStays() {
        Standing.Active active = new Standing.Active(Workplace.UNKNOWN);
        StatusReport leave = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_1);
        StatusReport moved = report("c", Status.TRANSFERRED, DAY_2, DAY_1);
        StatusReport notMoved = report("c", Status.TAKEN_BACK, DAY_2, DAY_2);

        assertThat(of(null, leave, moved, notMoved).at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.SUSPENDED, DAY_1, DAY_1, null));
        assertThat(of(null, leave, moved, planned, notMoved).at(DAY_3)).isEqualTo(active);
        assertThat(of(DAY_1, moved, notMoved).at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.CONTRACT_ENDED, DAY_1, null, null));
        // Of a leave, the return that was planned for it is left, and of a return the leave.
        assertThat(of(null, leave, planned, report("a", Status.TAKEN_BACK, DAY_1, DAY_2))
                        .at(DAY_2))
                .isEqualTo(active);
        assertThat(of(null, leave, planned, report("b", Status.TAKEN_BACK, DAY_3, DAY_2))
                        .at(DAY_3))
                .isInstanceOf(Standing.Stopped.class);
        assertThat(of(null, moved, notMoved).start()).isEmpty();
        // What is said anew under its id counts again.
        assertThat(of(
                                null,
                                leave,
                                report("a", Status.TAKEN_BACK, DAY_1, DAY_2),
                                report("a", Status.SUSPENDED, DAY_2, DAY_3))
                        .at(DAY_2))
                .isEqualTo(new Standing.Stopped(Status.SUSPENDED, DAY_2, DAY_3, null));
    }

    @Test
    void whoIsReportedAgainToHaveMovedToTheSameDepartmentGetsNoSecondHandOver() {
        StandingTimeline timeline =
                of(null, report("a", Status.TRANSFERRED, DAY_1, DAY_1), report("b", Status.TRANSFERRED, DAY_2, DAY_2));

        assertThat(timeline.at(DAY_3)).isEqualTo(new Standing.Moved("Support", DAY_1, DAY_1, null));
    }

    @Test
    void contractEndsForWhoeverHadTheAccountThen() {
        Standing.Active active = new Standing.Active(Workplace.UNKNOWN);
        Standing.Stopped ended = new Standing.Stopped(Status.CONTRACT_ENDED, DAY_1, null, null);
        Holding before = new Holding(Instant.MIN, DAY_2, holder("p-7", DAY_1));

        StandingTimeline unlimited = held(List.of(before, new Holding(DAY_2, Instant.MAX, holder("p-8", null))));
        assertThat(unlimited.at(DAY_1)).isEqualTo(ended);
        assertThat(unlimited.at(DAY_2)).isEqualTo(active);

        StandingTimeline endedAsWell = held(List.of(before, new Holding(DAY_2, Instant.MAX, holder("p-8", DAY_1))));
        assertThat(endedAsWell.at(DAY_2)).isEqualTo(ended);

        StandingTimeline inTime = held(List.of(
                new Holding(Instant.MIN, DAY_2, holder("p-7", DAY_3)),
                new Holding(DAY_2, Instant.MAX, holder("p-8", DAY_1))));
        assertThat(inTime.at(DAY_1)).isEqualTo(active);
        assertThat(inTime.at(DAY_3)).isEqualTo(ended);
    }

    @Test
    void whatWasReportedOfAnAccountStaysWhenItChangesHands() {
        StandingTimeline timeline = held(
                List.of(
                        new Holding(Instant.MIN, DAY_3, holder("p-7", DAY_2)),
                        new Holding(DAY_3, Instant.MAX, holder("p-8", null))),
                report("r", Status.RETIRED, DAY_1, DAY_1));

        assertThat(timeline.at(DAY_2)).isEqualTo(new Standing.Stopped(Status.CONTRACT_ENDED, DAY_2, null, null));
        assertThat(timeline.at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_1, DAY_1, null, holder("p-7", DAY_2)));
    }

    @Test
    void nobodyMovesWithTheFormerHolder() {
        List<Holding> holdings = List.of(
                new Holding(Instant.MIN, DAY_2, holder("p-7", null)),
                new Holding(DAY_2, Instant.MAX, holder("p-8", null)));
        Standing.Active active = new Standing.Active(Workplace.UNKNOWN);
        StatusReport moved = report("a", Status.TRANSFERRED, DAY_1, DAY_1);
        StatusReport later = report("a", Status.TRANSFERRED, DAY_3, DAY_1);

        assertThat(held(holdings, moved).at(DAY_1)).isInstanceOf(Standing.Moved.class);
        assertThat(held(holdings, moved).at(DAY_2)).isEqualTo(active);
        assertThat(held(holdings, about("p-7", moved)).at(DAY_1)).isInstanceOf(Standing.Moved.class);
        assertThat(held(holdings, about("p-7", moved)).at(DAY_2)).isEqualTo(active);
        assertThat(held(holdings, about("p-7", later)).at(DAY_3)).isEqualTo(active);
        assertThat(held(holdings, about("p-8", later)).at(DAY_3)).isInstanceOf(Standing.Moved.class);
        assertThat(held(holdings, later).at(DAY_3)).isInstanceOf(Standing.Moved.class);
    }

    /** A number that was mistyped for a while. */
    @Test
    void whoHasTheAccountBackIsNoFormerHolder() {
        List<Holding> holdings = List.of(
                new Holding(Instant.MIN, DAY_2, holder("p-7", null)),
                new Holding(DAY_2, DAY_3, holder("p-8", null)),
                new Holding(DAY_3, Instant.MAX, holder("p-7", null)));
        StandingTimeline timeline = held(holdings, about("p-7", report("a", Status.RETIRED, DAY_1, DAY_1)));

        assertThat(timeline.at(DAY_2))
                .isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_1, DAY_1, null, holder("p-7", null)));
        assertThat(timeline.at(DAY_3)).isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_1, DAY_1, null));
    }

    /** Before the first move of each person the directory may be ahead of that move, and of none of somebody else's. */
    @Test
    void directoryIsAheadOfTheHoldersOwnMoveAlone() {
        Workplace support = new Workplace("Support", List.of());
        StandingTimeline timeline = StandingTimeline.of(
                List.of(about("p-7", report("a", Status.TRANSFERRED, DAY_2, DAY_1))),
                List.of(
                        new Holding(Instant.MIN, DAY_3, holder("p-7", null)),
                        new Holding(DAY_3, Instant.MAX, holder("p-8", null))),
                time -> support);

        assertThat(timeline.at(DAY_1)).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(timeline.at(DAY_3)).isEqualTo(new Standing.Active(support));
    }

    @Test
    void whatIsReportedOfAPersonHoldsFromWhenTheAccountIsThatPersons() {
        List<Holding> holdings = List.of(
                new Holding(Instant.MIN, DAY_2, holder("p-7", null)),
                new Holding(DAY_2, Instant.MAX, holder("p-8", null)));
        StatusReport suspended = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport back = report("b", Status.REINSTATED, DAY_1.plusSeconds(1), DAY_1);

        assertThat(held(holdings, about("p-8", suspended)).at(DAY_1)).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(held(holdings, about("p-8", suspended)).at(DAY_2)).isInstanceOf(Standing.Stopped.class);
        assertThat(held(holdings, about("p-8", suspended), about("p-8", back)).at(DAY_2))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(held(holdings, about("p-7", suspended)).at(DAY_1)).isInstanceOf(Standing.Stopped.class);
        assertThat(held(holdings, suspended).at(DAY_1)).isInstanceOf(Standing.Stopped.class);
    }

    private static StatusReport about(String person, StatusReport report) {
        return new StatusReport(
                report.eventId(),
                report.reportId(),
                report.account(),
                report.status(),
                report.effectiveAt(),
                report.reportedAt(),
                report.department(),
                report.note(),
                report.reportedBy(),
                person);
    }

    @Test
    void contractEndsWithoutAReport() {
        StandingTimeline timeline = of(DAY_2, report("a", Status.TRANSFERRED, DAY_1, DAY_1));

        assertThat(timeline.at(DAY_2)).isEqualTo(new Standing.Stopped(Status.CONTRACT_ENDED, DAY_2, null, null));
    }

    @Test
    void reinstatementAtTheContractsEndGoesFirst() {
        StandingTimeline timeline = of(DAY_2, report("a", Status.REINSTATED, DAY_2, DAY_1));

        assertThat(timeline.at(DAY_2)).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    @Test
    void plannedReturnEndsTheLeaveAndNotARetirementToldOfSince() {
        StatusReport leave = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_1);
        StatusReport retired = report("c", Status.RETIRED, DAY_2, DAY_2);

        assertThat(of(null, leave, planned).at(DAY_3)).isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(of(null, leave, planned, retired).at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_2, DAY_2, null));
        assertThat(of(DAY_2, leave, planned).at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.CONTRACT_ENDED, DAY_2, null, null));
        // Said again once the retirement was known, it is meant for that, too.
        assertThat(of(null, leave, report("b", Status.REINSTATED, DAY_3, DAY_2), retired)
                        .at(DAY_3))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    @Test
    void plannedReturnLiftsNoRetirementThatIsToldAfterItsDay() {
        StatusReport leave = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_1);
        StatusReport retired = report("c", Status.RETIRED, DAY_2, DAY_3.plusSeconds(86_400));

        for (StandingTimeline timeline : List.of(
                of(null, leave, planned, retired),
                of(null, report("a", Status.SUSPENDED, DAY_1, DAY_1.plusSeconds(60)), planned, retired),
                of(null, leave, planned, report("twin", Status.REINSTATED, DAY_3, DAY_1), retired))) {
            assertThat(timeline.at(DAY_3))
                    .isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_2, retired.reportedAt(), null));
        }
        StatusReport knowing = report("d", Status.REINSTATED, DAY_3, retired.reportedAt());
        assertThat(of(null, leave, planned, retired, knowing).at(DAY_3))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    @Test
    void plannedReturnLiftsNoRetirementThatTheLeaveIsCorrectedTo() {
        StatusReport leave = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_1);
        StatusReport corrected = report("a", Status.RETIRED, DAY_2, DAY_2);

        assertThat(of(null, leave, corrected, planned).at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.RETIRED, DAY_2, DAY_2, null));
        // Said again once the correction was known, it is meant for that, too.
        assertThat(of(null, leave, corrected, report("b", Status.REINSTATED, DAY_3, DAY_2))
                        .at(DAY_3))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    /** As of somebody who is suspended while on leave: the return was planned when nobody knew of it. */
    @Test
    void plannedReturnEndsItsLeaveAndNoSuspensionToldOfSince() {
        Instant day4 = DAY_3.plusSeconds(86_400);
        StatusReport leave = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_1);
        StatusReport suspended = report("c", Status.SUSPENDED, DAY_2, DAY_2);
        Standing.Stopped stopped = new Standing.Stopped(Status.SUSPENDED, DAY_2, DAY_2, null);

        assertThat(of(null, leave, planned, suspended).at(DAY_3)).isEqualTo(stopped);
        // Of an end of employment, too, that was to be followed by another contract.
        assertThat(of(null, report("a", Status.CONTRACT_ENDED, DAY_1, DAY_1), planned, suspended)
                        .at(DAY_3))
                .isEqualTo(stopped);
        // Also where the suspension took effect first, or is told of after the day of the return.
        assertThat(of(null, leave, planned, report("c", Status.SUSPENDED, DAY_1.minusSeconds(1), DAY_2))
                        .at(DAY_3))
                .isEqualTo(new Standing.Stopped(Status.SUSPENDED, DAY_1.minusSeconds(1), DAY_2, null));
        assertThat(of(null, leave, planned, report("c", Status.SUSPENDED, DAY_2, day4))
                        .at(DAY_3))
                .isInstanceOf(Standing.Stopped.class);
        // What is said once it was known is meant for it, too.
        assertThat(of(null, leave, planned, suspended, report("d", Status.REINSTATED, day4, DAY_3))
                        .at(day4))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    @Test
    void plannedReturnEndsALeaveThatIsReportedTwiceOrLate() {
        Instant day4 = DAY_3.plusSeconds(86_400);
        StatusReport leave = report("a", Status.SUSPENDED, DAY_2, DAY_1);
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_1);
        Standing.Active active = new Standing.Active(Workplace.UNKNOWN);

        assertThat(of(null, leave, planned, report("twin", Status.SUSPENDED, DAY_2, DAY_2))
                        .at(DAY_3))
                .isEqualTo(active);
        assertThat(of(null, leave, planned, report("a", Status.SUSPENDED, DAY_2.plusSeconds(1), DAY_2))
                        .at(DAY_3))
                .isEqualTo(active);
        assertThat(of(null, planned, report("a", Status.SUSPENDED, DAY_2, DAY_2))
                        .at(DAY_3))
                .isEqualTo(active);
        assertThat(of(
                                null,
                                planned,
                                report("a", Status.SUSPENDED, DAY_1, day4),
                                report("c", Status.SUSPENDED, DAY_2, day4.plusSeconds(1)))
                        .at(day4))
                .isEqualTo(active);
    }

    @Test
    void returnThatIsNoLeavesEndLiftsARetirementWhoseReportComesLate() {
        Instant day4 = DAY_3.plusSeconds(86_400);
        StatusReport returned = report("b", Status.REINSTATED, DAY_3, DAY_2);

        assertThat(of(null, returned, report("c", Status.RETIRED, DAY_2, day4)).at(day4))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        assertThat(of(null, returned, report("c", Status.RETIRED, DAY_2, DAY_3)).at(DAY_3))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
        // A leave that is reported afterwards for the sake of order changes nothing.
        assertThat(of(
                                null,
                                returned,
                                report("a", Status.SUSPENDED, DAY_1, day4),
                                report("c", Status.RETIRED, DAY_2, day4))
                        .at(day4))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    @Test
    void correctedRetirementWasKnownSinceItsFirstReport() {
        StatusReport leave = report("a", Status.SUSPENDED, DAY_1, DAY_1);
        StatusReport first = report("c", Status.RETIRED, DAY_1, DAY_1);
        StatusReport corrected = report("c", Status.RETIRED, DAY_2, DAY_3.minusSeconds(1));
        StatusReport planned = report("b", Status.REINSTATED, DAY_3, DAY_2);

        assertThat(of(null, leave, planned, corrected).at(DAY_3)).isInstanceOf(Standing.Stopped.class);
        assertThat(of(null, leave, planned, corrected, first).at(DAY_3))
                .isEqualTo(new Standing.Active(Workplace.UNKNOWN));
    }

    private static StandingTimeline of(@Nullable Instant contractEnd, StatusReport... reports) {
        return held(List.of(Holding.ofOne(holder("p-7", contractEnd))), reports);
    }

    private static StandingTimeline held(List<Holding> holdings, StatusReport... reports) {
        return StandingTimeline.of(List.of(reports), holdings, time -> Workplace.UNKNOWN);
    }

    private static Holder holder(String person, @Nullable Instant contractEnd) {
        return new Holder(person, null, contractEnd);
    }

    private static StatusReport report(String id, Status status, Instant effectiveAt, Instant reportedAt) {
        return new StatusReport(id, id, new AccountId("sato"), status, effectiveAt, reportedAt, "Support", null, null);
    }
}
