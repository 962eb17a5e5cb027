package dev.metsuke.detect.episode;

import dev.metsuke.detect.history.Access;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.ReadOnDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Findings with no more than the quiet time between them. Joining is commutative and associative, so the order in which
 * the accesses became known leaves no trace.
 *
 * @param start time of the first access that counts
 * @param end time of the last one
 * @param events how many accesses count
 * @param records how many people's data they touched, as far as known
 * @param unknownRecords how many of them read people's data without saying how many people's
 * @param failures how many of them failed, and so touched nothing
 * @param late how many of them arrived later than the policy waits for
 * @param actions what was done by those that did not fail
 * @param peak the largest sum that the rule compared with a ceiling
 * @param grounds what else explains it
 * @param evidence the first of the accesses, in order of event time
 */
public record Episode(
        Instant start,
        Instant end,
        long events,
        long records,
        long unknownRecords,
        long failures,
        long late,
        Set<Action> actions,
        Peak peak,
        Grounds grounds,
        List<Evidence> evidence) {

    /** How many accesses an alert carries with it. */
    public static final int MOST_EVIDENCE = 20;

    public Episode {
        actions = Set.copyOf(actions);
        evidence = List.copyOf(evidence);
    }

    /** A single access, that came late or not. */
    public static Episode of(Access access, Duration lateness) {
        Long records = access.records();
        return new Episode(
                access.time(),
                access.time(),
                1,
                records == null || access.hasFailed() ? 0 : records,
                access.readsAnUnknownNumber() ? 1 : 0,
                access.hasFailed() ? 1 : 0,
                access.isLate(lateness) ? 1 : 0,
                access.hasFailed() ? Set.of() : Set.of(access.action()),
                Peak.NONE,
                Grounds.NONE,
                List.of(access.evidence()));
    }

    /** All findings as episodes, from the first to the last. */
    public static List<Episode> join(Collection<Episode> findings, Duration quiet) {
        List<Episode> sorted =
                findings.stream().sorted(Comparator.comparing(Episode::start)).toList();
        List<Episode> episodes = new ArrayList<>();
        Instant quietUntil = Instant.MIN;
        int first = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (i > first && sorted.get(i).start.isAfter(quietUntil)) {
                episodes.add(joined(sorted.subList(first, i)));
                first = i;
            }
            quietUntil = later(quietUntil, sorted.get(i).end.plus(quiet));
        }
        if (first < sorted.size()) {
            episodes.add(joined(sorted.subList(first, sorted.size())));
        }
        return episodes;
    }

    /** Thousands of minutes' findings are one episode; so they are not joined one by one. */
    private static Episode joined(Collection<Episode> findings) {
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        long events = 0;
        long records = 0;
        long unknownRecords = 0;
        long failures = 0;
        long late = 0;
        Set<Action> actions = EnumSet.noneOf(Action.class);
        Peak peak = Peak.NONE;
        Grounds grounds = Grounds.NONE;
        TreeSet<Evidence> evidence = new TreeSet<>();
        for (Episode finding : findings) {
            start = finding.start.isBefore(start) ? finding.start : start;
            end = later(end, finding.end);
            events += finding.events;
            records = sum(records, finding.records);
            unknownRecords += finding.unknownRecords;
            failures += finding.failures;
            late += finding.late;
            actions.addAll(finding.actions);
            boolean isLarger = finding.peak.compareTo(peak) > 0;
            peak = isLarger ? finding.peak : peak;
            grounds = isLarger ? finding.grounds.with(grounds) : grounds.with(finding.grounds);
            evidence.addAll(finding.evidence);
        }
        return new Episode(
                start,
                end,
                events,
                records,
                unknownRecords,
                failures,
                late,
                actions,
                peak,
                grounds,
                evidence.stream().limit(MOST_EVIDENCE).toList());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    public boolean isNear(Episode other, Duration quiet) {
        return !other.start.isAfter(end.plus(quiet)) && !start.isAfter(other.end.plus(quiet));
    }

    /** Whether a single access counts in it already. Where it counts more than it names, every access of its time does. */
    boolean tells(Episode access) {
        boolean isWithin = !access.start.isBefore(start) && !access.end.isAfter(end);
        return isWithin && (!namesAll() || evidence.containsAll(access.evidence));
    }

    boolean namesAll() {
        return events == evidence.size();
    }

    public Episode with(Episode other) {
        return joined(List.of(this, other));
    }

    /** Stays at the largest number rather than passing it: logs may claim anything. */
    public static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The same with other evidence: the first accesses are looked up only once the episode is known. */
    public Episode withEvidence(List<Evidence> first) {
        return new Episode(start, end, events, records, unknownRecords, failures, late, actions, peak, grounds, first);
    }

    /** The same with another number of people: each counts once, however many findings name them. */
    public Episode withRecords(long people) {
        return new Episode(
                start, end, events, people, unknownRecords, failures, late, actions, peak, grounds, evidence);
    }

    /** The same, beyond approvals that were for it. */
    public Episode exceeding(Set<String> approvals) {
        return approvals.isEmpty() ? this : withGrounds(new Grounds(approvals, grounds.days()));
    }

    /** The same with the days of which its largest sum is. */
    public Episode withDays(List<ReadOnDay> days) {
        return withGrounds(new Grounds(grounds.exceeded(), days));
    }

    private Episode withGrounds(Grounds other) {
        return new Episode(start, end, events, records, unknownRecords, failures, late, actions, peak, other, evidence);
    }

    /** Whether enough time has passed that nothing more is expected. */
    public boolean isOver(Instant now, Duration quiet) {
        return !now.isBefore(end.plus(quiet));
    }

    /** Whether one of the accesses that did not fail did. */
    public boolean takesDataOut() {
        return actions.stream().anyMatch(Action::takesDataOut);
    }
}
