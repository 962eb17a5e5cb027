package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.bulkread.SettledReads.Settled;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Judges an account's minutes, and makes episodes of those that were too much. */
final class ReadEpisodes {

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final LeastCeilings leastCeilings;
    private final long latenessMinutes;
    private final Directory directory;
    private final AccessHistory history;
    private final Ledgers ledgers;
    private final MinuteSlots minutes;
    private final SettledReads settledReads;
    private final Learning learning;
    private final EpisodeBook book;

    ReadEpisodes(
            Policy policy,
            Directory directory,
            AccessHistory history,
            Ledgers ledgers,
            MinuteSlots minutes,
            SettledReads settledReads,
            Learning learning,
            EpisodeBook book) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.leastCeilings = new LeastCeilings(rule);
        this.latenessMinutes = policy.lateness().toMinutes();
        this.directory = directory;
        this.history = history;
        this.ledgers = ledgers;
        this.minutes = minutes;
        this.settledReads = settledReads;
        this.learning = learning;
        this.book = book;
    }

    /**
     * Judges anew the minutes that the change can have a part in, and every episode that these come near.
     *
     * @return how many minutes' reads it went through
     */
    long judge(AccountId account, Span changed) {
        Ledger ledger = ledgers.of(account);
        if (ledger.isEmpty()) {
            return 0;
        }
        Map<String, List<Episode>> known = book.of(account);
        Map<String, List<Episode>> shorter = new TreeMap<>(known);
        shorter.keySet().removeIf(ReadEpisodes::isOfMonth);
        long firstRead = ledger.firstDay() * ReadDay.MINUTES;
        long lastRead = (ledger.lastDay() + 1) * ReadDay.MINUTES - 1;
        Span clipped = new Span(Math.max(changed.first(), firstRead), Math.min(changed.last(), lastRead));
        Span span = clipped.widened(BulkReads.reach(rule)).withNear(shorter, this::quiet);
        Settled settled = settledReads.of(account);
        Usual usual = learning.usual(
                account, Usual.bound(Math.min(lastRead, span.last() + BulkReads.reach(rule)), latenessMinutes));
        FlaggedReads flagged = flagged(account, span, usual);
        replace(
                account,
                span,
                known,
                settled,
                flagged,
                (scope, episode) -> !isOfMonth(scope) && span.isNear(episode, quiet(scope)),
                (scope, episode) -> episode);

        Span later = new Span(
                Math.floorDiv(span.first(), ReadDay.MINUTES) * ReadDay.MINUTES,
                Math.min(lastRead, span.last() + Months.DAYS * ReadDay.MINUTES));
        boolean mayBeTooMuch = leastCeilings.mayBeMonth(
                account,
                ledger.between(
                        Math.floorDiv(later.first(), ReadDay.MINUTES) - Months.DAYS,
                        Math.floorDiv(later.last(), ReadDay.MINUTES)));
        long judged = flagged.slots().size();
        if (mayBeTooMuch || known.keySet().stream().anyMatch(ReadEpisodes::isOfMonth)) {
            Map<String, List<Episode>> months = new TreeMap<>(known);
            months.keySet().removeIf(scope -> !isOfMonth(scope));
            Span whole = later.withNear(months, this::quiet);
            Months judging = months(account, whole, usual);
            FlaggedReads ofMonths = flaggedOfMonths(account, whole, judging);
            replace(
                    account,
                    whole,
                    known,
                    settled,
                    ofMonths,
                    (scope, episode) -> isOfMonth(scope) && whole.isNear(episode, quiet(scope)),
                    (scope, episode) -> withDays(
                            scope, episode, ofMonths, judging, months.getOrDefault(scope.toString(), List.of())));
            judged += ofMonths.slots().size();
        }
        return judged;
    }

    /** What lies before a minute and is forgotten soon. */
    void settle(AccountId account, long until, Map<String, List<Episode>> known, Usual usual) {
        Settled settled = settledReads.of(account);
        if (until <= settled.until()
                || minutes.between(account, settled.until(), until - 1).isEmpty()) {
            return;
        }
        Span span = new Span(settled.until(), until - 1);
        FlaggedReads flagged = flagged(account, span, usual);
        FlaggedReads ofMonths = flaggedOfMonths(account, span, months(account, span, usual));
        Map<String, List<Episode>> parts = new TreeMap<>();
        known.forEach((name, episodes) -> {
            ReadScope scope = ReadScope.parse(name);
            FlaggedReads found = scope.reach() == Reach.MONTH ? ofMonths : flagged;
            List<MinuteSlot> forgotten = found.parts(scope, span.first(), span.last()).stream()
                    .filter(slot -> Settled.isWithin(slot.finding(Peak.NONE), episodes))
                    .toList();
            parts.put(name, episodes(scope, forgotten, found, settled.partsOf(name, episodes)));
        });
        settledReads.put(account, new Settled(until, parts));
    }

    private void replace(
            AccountId account,
            Span span,
            Map<String, List<Episode>> known,
            Settled settled,
            FlaggedReads flagged,
            BiPredicate<String, Episode> judgedAgain,
            BiFunction<ReadScope, Episode, Episode> explained) {
        Map<String, List<Episode>> holding = new TreeMap<>();
        Set<String> scopes = new TreeSet<>();
        flagged.minutes().keySet().forEach(scope -> scopes.add(scope.toString()));
        scopes.addAll(settled.parts().keySet());
        for (String name : scopes) {
            ReadScope scope = ReadScope.parse(name);
            List<Episode> before = known.getOrDefault(name, List.of());
            List<MinuteSlot> parts = flagged.parts(scope, Math.max(span.first(), settled.until()), span.last());
            List<Episode> settledParts = settled.partsOf(name, before).stream()
                    .filter(part -> judgedAgain.test(name, part))
                    .toList();
            List<Episode> episodes = episodes(scope, parts, flagged, settledParts).stream()
                    .map(episode -> withEvidence(account, scope, episode, flagged, before, settled))
                    .map(episode -> explained.apply(scope, episode))
                    .toList();
            if (!episodes.isEmpty()) {
                holding.put(name, episodes);
            }
        }
        book.replace(account, judgedAgain, holding);
    }

    /** Joined by the scope's quiet time; everybody whom the log names counts once in an episode. */
    private List<Episode> episodes(
            ReadScope scope, List<MinuteSlot> parts, FlaggedReads flagged, List<Episode> settledParts) {
        List<Episode> findings = new ArrayList<>(settledParts);
        Map<Long, Peak> peaks = flagged.peaks(scope);
        parts.forEach(slot -> findings.add(slot.finding(peaks.getOrDefault(slot.minute(), Peak.NONE))));
        List<Episode> episodes = new ArrayList<>();
        for (Episode episode : Episode.join(findings, scope.reach().quiet(policy))) {
            People.Sum people = new People.Sum();
            for (MinuteSlot slot : parts) {
                if (!slot.firstTime().isBefore(episode.start())
                        && !slot.lastTime().isAfter(episode.end())) {
                    people.add(slot.people());
                    people.addNumber(slot.peopleOfUnknown(rule));
                }
            }
            settledParts.stream()
                    .filter(part -> Settled.isWithin(part, List.of(episode)))
                    .forEach(part -> people.addNumber(part.records()));
            episodes.add(episode.withRecords(people.count()));
        }
        return episodes;
    }

    private FlaggedReads flagged(AccountId account, Span span, Usual usual) {
        List<MinuteSlot> slots =
                minutes.between(account, span.first() - BulkReads.reach(rule), span.last() + BulkReads.reach(rule));
        return new FlaggedReads(
                slots,
                BulkReads.judge(CeilingsByTime.of(account, rule, directory.workplaces(account)), rule, usual, slots)
                        .flaggedMinutes());
    }

    /** Judges the days of a span; of what no shorter window explains. */
    private Months months(AccountId account, Span span, Usual usual) {
        long first = Math.floorDiv(span.first(), ReadDay.MINUTES);
        long last = Math.floorDiv(span.last(), ReadDay.MINUTES);
        NavigableMap<Long, ReadDay> calm = learning.calmDays(account, first - Months.DAYS, last, usual);
        return new Months(rule, CeilingsByTime.of(account, rule, directory.workplaces(account)), usual, calm);
    }

    /** The days whose last 30 were too much. */
    private FlaggedReads flaggedOfMonths(AccountId account, Span span, Months months) {
        List<MinuteSlot> slots = minutes.between(account, span.first(), span.last());
        return new FlaggedReads(slots, months.flaggedMinutes(slots));
    }

    /** Those of the first of the largest sums; where that is settled, those that were told before. */
    private static Episode withDays(
            ReadScope scope, Episode episode, FlaggedReads flagged, Months months, List<Episode> before) {
        return flagged.peaks(scope).entrySet().stream()
                .filter(minute -> minute.getValue().equals(episode.peak()) && isWithin(minute.getKey(), episode))
                .map(Map.Entry::getKey)
                .min(Long::compare)
                .map(minute -> months.days(
                        scope,
                        Math.floorDiv(minute, ReadDay.MINUTES),
                        episode.peak().yardstick()))
                .or(() -> before.stream()
                        .filter(told -> told.peak().equals(episode.peak()) && Settled.isWithin(told, List.of(episode)))
                        .map(told -> told.grounds().days())
                        .findFirst())
                .map(episode::withDays)
                .orElse(episode);
    }

    private static boolean isWithin(long minute, Episode episode) {
        return minute >= MinuteSlot.minuteOf(episode.start()) && minute <= MinuteSlot.minuteOf(episode.end());
    }

    private Duration quiet(String scope) {
        return ReadScope.parse(scope).reach().quiet(policy);
    }

    private static boolean isOfMonth(String scope) {
        return ReadScope.parse(scope).reach() == Reach.MONTH;
    }

    /** What is remembered, and of what is not any more, the evidence that was told before. */
    private Episode withEvidence(
            AccountId account,
            ReadScope scope,
            Episode episode,
            FlaggedReads flagged,
            List<Episode> before,
            Settled settled) {
        Instant settledUntil = MinuteSlot.startOf(settled.until());
        Set<Evidence> evidence = new TreeSet<>();
        before.stream()
                .filter(told -> Settled.isWithin(told, List.of(episode)))
                .flatMap(told -> told.evidence().stream())
                .filter(told -> told.timestamp().isBefore(settledUntil)
                        || flagged.isFlagged(scope, MinuteSlot.minuteOf(told.timestamp())))
                .forEach(evidence::add);
        Instant from = episode.start().isBefore(settledUntil) ? settledUntil : episode.start();
        firstAccesses(account, scope, from, episode.end(), flagged).stream()
                .map(Access::evidence)
                .forEach(evidence::add);
        return episode.withEvidence(
                evidence.stream().limit(Episode.MOST_EVIDENCE).toList());
    }

    /** Looked for in the minutes that count alone: between two of them there may be millions of other accesses. */
    private List<Access> firstAccesses(
            AccountId account, ReadScope scope, Instant from, Instant to, FlaggedReads flagged) {
        List<Access> found = new ArrayList<>();
        PrimitiveIterator.OfLong counting =
                flagged.minutesOf(scope, MinuteSlot.minuteOf(from), MinuteSlot.minuteOf(to));
        while (counting.hasNext() && found.size() < Episode.MOST_EVIDENCE) {
            long minute = counting.nextLong();
            Instant first = MinuteSlot.startOf(minute);
            Instant last = MinuteSlot.startOf(minute + 1).minusNanos(1);
            List<MinuteSlot> counted = minutes.hour(account, MinuteSlots.hourOf(minute));
            found.addAll(history.first(
                    Episode.MOST_EVIDENCE - found.size(),
                    account,
                    first.isBefore(from) ? from : first,
                    last.isAfter(to) ? to : last,
                    access -> isPartOf(scope, access, counted)));
        }
        return found;
    }

    /** What came before the exception that covers it was counted then. */
    private boolean isPartOf(ReadScope scope, Access access, List<MinuteSlot> counted) {
        return MinuteSlot.counts(access)
                && (!access.isExcepted(policy, Rule.BULK_READ)
                        || counted.stream().anyMatch(slot -> slot.mayHold(access)))
                && (scope.reach() != Reach.UNSIZED || isUnsized(access))
                && scope.holds(access.dataset() == null ? MinuteSlot.UNNAMED : access.dataset());
    }

    private boolean isUnsized(Access access) {
        return access.records() == null && access.action().takesDataOut() && rule.size(access.dataset()) == null;
    }
}
