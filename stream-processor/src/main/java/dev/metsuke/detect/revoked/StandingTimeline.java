package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Holder;
import dev.metsuke.detect.directory.Holding;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an account stood over time, by all that is reported now. A reinstatement lifts what stopped the account; where the
 * person works stays what the last transfer said. A return from a leave ends the leave, and neither a retirement nor another
 * suspension that was told of since the return was planned.
 */
final class StandingTimeline {

    private static final Comparator<StatusReport> ORDER =
            Comparator.comparing(StatusReport::effectiveAt).thenComparing(StatusReport::reportedAt);

    private final List<Step> steps;
    private final Function<Instant, Workplace> workplace;

    private StandingTimeline(List<Step> steps, Function<Instant, Workplace> workplace) {
        this.steps = steps;
        this.workplace = workplace;
    }

    /**
     * Later reports go before earlier ones that take effect at the same time, and all before the contract's end. Where both
     * were reported at the same time, too, as with dates alone, the order is that of the messages.
     *
     * @param messages of each report its first message, which tells when it was known, and its latest; in the order in which
     *     the latest came
     * @param holdings whose the account was, one after another; one at least
     * @param workplace where the directory said at a time that the person works
     */
    static StandingTimeline of(
            Collection<StatusReport> messages, List<Holding> holdings, Function<Instant, Workplace> workplace) {
        Map<String, StatusReport> firsts = new HashMap<>();
        Map<String, StatusReport> reports = new LinkedHashMap<>();
        for (StatusReport message : messages) {
            firsts.merge(
                    message.reportId(),
                    message,
                    (known, next) -> next.reportedAt().isBefore(known.reportedAt()) ? next : known);
            reports.merge(
                    message.reportId(),
                    message,
                    (known, next) -> next.reportedAt().isBefore(known.reportedAt()) ? known : next);
        }
        List<Change> changes = new ArrayList<>();
        @Nullable Holding before = null;
        for (Holding holding : holdings) {
            if (before != null) {
                changes.add(handOver(before.holder(), holding));
            }
            before = holding;
            @Nullable Instant end = holding.holder().contractEnd();
            if (end != null && end.isBefore(holding.until())) {
                Instant from = end.isBefore(holding.from()) ? holding.from() : end;
                changes.add(new Change(from, step -> step.ending(end, from)));
            }
        }
        reports.values().stream().filter(StandingTimeline::holds).sorted(ORDER).forEach(report -> {
            Report known = new Report(report, Objects.requireNonNull(firsts.get(report.reportId())));
            holding(report, holdings)
                    .map(holding -> change(known, holding))
                    .or(() -> changeOfFormer(known, holdings))
                    .ifPresent(changes::add);
        });
        List<Step> steps = new ArrayList<>();
        Step step = new Step(Instant.MIN, List.of(), null, null, null);
        for (Change change :
                changes.stream().sorted(Comparator.comparing(Change::at)).toList()) {
            step = change.step().apply(step);
            steps.add(step);
        }
        return new StandingTimeline(steps, untilMoved(steps, holdings, workplace));
    }

    /** Of what was taken back nothing is left; what else was reported is as it would be without it. */
    private static boolean holds(StatusReport report) {
        return report.status() != Status.TAKEN_BACK;
    }

    private static Change handOver(Holder former, Holding next) {
        return new Change(next.from(), step -> step.changingHands(former, next));
    }

    /** During which it counts: of what is reported about a person, the first one that is not over by then. */
    private static Optional<Holding> holding(StatusReport report, List<Holding> holdings) {
        return holdings.stream()
                .filter(holding -> report.effectiveAt().isBefore(holding.until()) && isAbout(report, holding.holder()))
                .findFirst();
    }

    /** Whoever has no number may be anybody, and moves with whom a report names. */
    private static boolean isAbout(StatusReport report, Holder holder) {
        @Nullable String person = report.person();
        return person == null
                || person.equals(holder.person())
                || (report.status() == Status.TRANSFERRED && holder.person() == null);
    }

    /** What is reported about a person says nothing of the time in which the account was somebody else's before. */
    private static Change change(Report report, Holding holding) {
        Instant effectiveAt = report.latest().effectiveAt();
        boolean isOfBefore = report.latest().person() != null && effectiveAt.isBefore(holding.from());
        Instant at = isOfBefore ? holding.from() : effectiveAt;
        return new Change(at, step -> step.then(report, null, at));
    }

    /**
     * Of somebody whose account it is no more, or of whom the directory says nothing: that nobody may use the account is lifted by
     * HR's word alone; who moves is a person, and nobody else moves with that.
     */
    private static Optional<Change> changeOfFormer(Report report, List<Holding> holdings) {
        StatusReport said = report.latest();
        if (said.status() == Status.TRANSFERRED) {
            return Optional.empty();
        }
        @Nullable
        Holder former = holdings.stream()
                .map(Holding::holder)
                .filter(holder -> Objects.equals(holder.person(), said.person()))
                .reduce((one, later) -> later)
                .orElse(null);
        return Optional.of(new Change(said.effectiveAt(), step -> step.then(report, former, said.effectiveAt())));
    }

    /**
     * Until somebody moves for the first time, the directory may be ahead of that move alone; what it says else is where the person
     * works, be it where a later move leads back to.
     */
    private static Function<Instant, Workplace> untilMoved(
            List<Step> steps, List<Holding> holdings, Function<Instant, Workplace> workplace) {
        List<Ahead> moves = holdings.stream()
                .flatMap(holding -> firstMove(steps, holding).stream())
                .toList();
        return moves.isEmpty()
                ? workplace
                : time -> {
                    Workplace listed = workplace.apply(time);
                    return moves.stream()
                            .filter(move -> move.isAheadOf(time))
                            .findFirst()
                            .map(move -> listed.before(move.department()))
                            .orElse(listed);
                };
    }

    private static Optional<Ahead> firstMove(List<Step> steps, Holding holding) {
        List<Step> moves = steps.stream()
                .filter(step -> step.moved != null
                        && !step.from.isBefore(holding.from())
                        && step.from.isBefore(holding.until()))
                .toList();
        return moves.stream()
                .filter(step -> step.from.equals(moves.getFirst().from))
                .reduce((one, later) -> later)
                .map(step -> new Ahead(
                        holding.from(),
                        step.from,
                        Objects.requireNonNull(step.moved).department()));
    }

    /** Every moment before it is unrestricted; empty where every moment is. */
    Optional<Instant> start() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getFirst().from);
    }

    /** A report holds from its very moment on. */
    Standing at(Instant time) {
        for (Step step : steps.reversed()) {
            if (!step.from.isAfter(time)) {
                return step.standing(unrestricted(time));
            }
        }
        return unrestricted(time);
    }

    private Standing.Active unrestricted(Instant time) {
        return new Standing.Active(workplace.apply(time));
    }

    /** How it stood from the next change on. */
    Optional<Standing> after(Instant time) {
        return steps.stream()
                .filter(step -> step.from.isAfter(time))
                .findFirst()
                .map(step -> at(step.from));
    }

    /**
     * From a change on.
     *
     * @param leaves those that no return ended yet, from the first to the last that took effect
     * @param leaveToldAt since when a leave was known that no return ended yet
     */
    private record Step(
            Instant from,
            List<Leave> leaves,
            @Nullable Ended ended,
            @Nullable Instant leaveToldAt,
            Standing.@Nullable Moved moved) {

        Step ending(Instant contractEnd, Instant at) {
            Standing.Stopped stop = new Standing.Stopped(Status.CONTRACT_ENDED, contractEnd, null, null);
            return new Step(at, leaves, new Ended(stop, contractEnd, reportedEnd()), leaveToldAt, moved);
        }

        /** Contract and move were the former holder's; what stops the account by HR's word stays. */
        Step changingHands(Holder former, Holding next) {
            @Nullable Ended reported = reportedEnd();
            return new Step(
                    next.from(),
                    leaves.stream()
                            .map(leave -> leave.passedOn(former, next.holder()))
                            .toList(),
                    reported == null ? null : reported.passedOn(former, next.holder()),
                    leaveToldAt,
                    null);
        }

        private @Nullable Ended reportedEnd() {
            return ended == null ? null : ended.reported();
        }

        /** By a report, be it of a former holder. */
        Step then(Report report, @Nullable Holder former, Instant at) {
            StatusReport said = report.latest();
            return switch (said.status()) {
                case RETIRED, CONTRACT_ENDED ->
                    new Step(
                            at,
                            leaves,
                            Ended.reported(stop(said, former), report.endToldAt()),
                            leaveKnown(report),
                            moved);
                case SUSPENDED ->
                    new Step(
                            at,
                            leavesWith(stop(said, former), Objects.requireNonNull(report.leaveToldAt())),
                            ended,
                            leaveKnown(report),
                            moved);
                case REINSTATED -> returning(said, at);
                case TRANSFERRED -> new Step(at, leaves, ended, leaveToldAt, move(said));
                case TAKEN_BACK -> this;
            };
        }

        /** Of what begins at the same moment nobody can tell whether it is more than the same leave reported twice. */
        private List<Leave> leavesWith(Standing.Stopped stop, Instant toldAt) {
            List<Leave> more = new ArrayList<>();
            Instant first = toldAt;
            for (Leave leave : leaves) {
                if (leave.stop.since().equals(stop.since())) {
                    first = earlier(first, leave.toldAt);
                } else {
                    more.add(leave);
                }
            }
            more.add(new Leave(stop, first));
            return more;
        }

        private Step returning(StatusReport said, Instant at) {
            boolean isLeaveAlone = endsTheLeaveAlone(said);
            List<Leave> left = leavesAfter(said);
            return new Step(
                    at, left, isLeaveAlone ? ended : null, isLeaveAlone || !left.isEmpty() ? leaveToldAt : null, moved);
        }

        /** Those that were told of after the return was reported, and after that which it was planned for. */
        private List<Leave> leavesAfter(StatusReport reinstatement) {
            if (leaveToldAt == null) {
                return List.of();
            }
            Instant known = ended == null ? leaveToldAt : earlier(leaveToldAt, ended.toldAt);
            return isPlannedFor(known, reinstatement)
                    ? leaves.stream()
                            .filter(leave ->
                                    leave.toldAt.isAfter(known) && leave.toldAt.isAfter(reinstatement.reportedAt()))
                            .toList()
                    : List.of();
        }

        /** Whether it was known when the return was reported, or on its day. */
        private static boolean isPlannedFor(Instant known, StatusReport reinstatement) {
            return !known.isAfter(reinstatement.reportedAt()) || !known.isAfter(reinstatement.effectiveAt());
        }

        private @Nullable Instant leaveKnown(Report report) {
            @Nullable Instant told = report.leaveToldAt();
            return told == null ? leaveToldAt : earlier(leaveToldAt, told);
        }

        /** Who works there already does not move again, and gets no second hand-over. */
        private Standing.Moved move(StatusReport report) {
            String department = Objects.requireNonNull(report.department());
            return moved != null && moved.department().equals(department)
                    ? moved
                    : new Standing.Moved(department, report.effectiveAt(), report.reportedAt(), report.reportedBy());
        }

        private static Standing.Stopped stop(StatusReport report, @Nullable Holder former) {
            return new Standing.Stopped(
                    report.status(), report.effectiveAt(), report.reportedAt(), report.reportedBy(), former);
        }

        /** A return that was reported before anybody told of the end, and by whose report or day the leave, or the end, was known. */
        private boolean endsTheLeaveAlone(StatusReport reinstatement) {
            if (leaveToldAt == null || ended == null || !ended.toldAt.isAfter(reinstatement.reportedAt())) {
                return false;
            }
            return isPlannedFor(earlier(leaveToldAt, ended.toldAt), reinstatement);
        }

        Standing standing(Standing.Active unrestricted) {
            Standing.@Nullable Stopped leave = leaves.isEmpty() ? null : leaves.getLast().stop;
            Standing.@Nullable Stopped stopped = ended == null ? leave : ended.stop;
            if (stopped != null && leave != null && leave.since().isAfter(stopped.since())) {
                stopped = leave;
            }
            if (stopped != null) {
                return stopped;
            }
            return moved == null ? unrestricted : moved;
        }
    }

    /**
     * What a report says.
     *
     * @param first its first message, which tells since when it was known, as far as it said the same
     */
    private record Report(StatusReport latest, StatusReport first) {

        Instant endToldAt() {
            boolean isEnd = first.status() == Status.RETIRED || first.status() == Status.CONTRACT_ENDED;
            return isEnd ? first.reportedAt() : latest.reportedAt();
        }

        /** Also of a leave that became an end by its correction; null where it never was one. */
        @Nullable
        Instant leaveToldAt() {
            if (first.status() == Status.SUSPENDED) {
                return first.reportedAt();
            }
            return latest.status() == Status.SUSPENDED ? latest.reportedAt() : null;
        }
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    /**
     * What stops an account for a while.
     *
     * @param toldAt when it was reported first
     */
    private record Leave(Standing.Stopped stop, Instant toldAt) {

        Leave passedOn(Holder former, Holder next) {
            return new Leave(stop.passedOn(former, next), toldAt);
        }
    }

    /**
     * The end of an employment, which no leave is.
     *
     * @param toldAt when it was reported first; of a contract's end in the directory, that end
     * @param before of a contract's end in the directory, what was reported before it; null where nothing was
     */
    private record Ended(
            Standing.Stopped stop, Instant toldAt, @Nullable Ended before) {

        static Ended reported(Standing.Stopped stop, Instant toldAt) {
            return new Ended(stop, toldAt, null);
        }

        Ended passedOn(Holder former, Holder next) {
            return new Ended(stop.passedOn(former, next), toldAt, before);
        }

        /** Without the directory's word. */
        @Nullable
        Ended reported() {
            return stop.reportedAt() == null ? before : this;
        }
    }

    /** Where somebody is to move first, which the directory may say already. */
    private record Ahead(Instant from, Instant until, String department) {

        boolean isAheadOf(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    /** What follows from a moment on. */
    private record Change(Instant at, UnaryOperator<Step> step) {}
}
