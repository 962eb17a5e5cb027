package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.bulkread.SettledReads.Settled;
import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.department.PublishedDays;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.DueMinutes;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.state.RecentlyUsed;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Finds accounts that read more people's data than their ceiling grants, or than is usual for them or their department. */
public final class BulkReadDetector implements Detector {

    private static final Rule RULE = Rule.BULK_READ;
    private static final int ACCOUNTS_PER_SWEEP = 500;
    private static final int MOST_WATCHED = 20_000;
    private static final long MONTH = 30;

    /** For how many days what is usual is learnt. */
    private static final long LEARNING_DAYS = 91;

    /** For so many days at most reads are remembered beyond the horizon. */
    private static final long FORGOTTEN_WITHIN_DAYS = 7;

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final long leastOfOthers;
    private final long latenessMinutes;
    private final AccessHistory history;
    private final Directory directory;
    private final Calendars calendars;
    private final MinuteSlots minutes;
    private final ReadDays days;
    private final Ledgers ledgers;
    private final SettledReads settledReads;
    private final PeerDays peerDays;
    private final PersonDays personDays;
    private final Newcomers newcomers;
    private final DueMinutes due;
    private final EpisodeBook book;
    private final Counter excepted;
    private final Pace pace;
    private final AccountCursor swept;
    private final AccountCursor settledSwept;
    private final RecentlyUsed<AccountId, Watch> watches = new RecentlyUsed<>(MOST_WATCHED);

    private BulkReadDetector(
            ProcessorContext<AccountId, Alert> context, Policy policy, PublishedDays published, MeterRegistry meters) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.leastOfOthers = leastOfOthers(rule);
        this.latenessMinutes = policy.lateness().toMinutes();
        this.history = new AccessHistory(context, policy.horizon());
        this.directory = new Directory(context);
        this.calendars = new Calendars(policy);
        this.minutes = new MinuteSlots(context);
        this.days = new ReadDays(context);
        this.ledgers = new Ledgers(context);
        this.settledReads = new SettledReads(context);
        this.peerDays = new PeerDays(context, published, rule.unusual());
        this.personDays = new PersonDays(context);
        this.newcomers = new Newcomers(context);
        this.due = new DueMinutes(context, RULE);
        this.book = new EpisodeBook(context, RULE, policy, new BulkReadAlerts(policy, directory), meters);
        this.excepted = Detector.excepted(meters, RULE);
        this.pace = new Pace(Interval.JUDGE_AGAIN.of(context));
        this.swept = ledgers.cursor();
        this.settledSwept = settledReads.cursor();
    }

    public static Flow<AccountId, Alert> addTo(
            Flow<AccountId, Fact> facts,
            PolicyInForce policy,
            PublishedDays published,
            MeterRegistry meters,
            StateStores state) {
        Set<StoreBuilder<?>> stores = new HashSet<>(EpisodeBook.storeBuilders(state, RULE));
        stores.add(DueMinutes.storeBuilder(state, RULE));
        stores.add(PeerDays.storeBuilder(state));
        stores.addAll(PersonDays.storeBuilders(state));
        stores.add(Newcomers.storeBuilder(state));
        return Detector.addTo(
                facts,
                RULE.id(),
                (context, inForce, counted) -> new BulkReadDetector(context, inForce, published, counted),
                policy,
                meters,
                stores,
                AccessHistory.STORE,
                AccountStore.ACCOUNTS);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        pace.hear();
        switch (fact) {
            case Fact.Accessed(Access access) -> count(access);
            case Fact.Listed(var before, var now) -> {
                if (!judgedAlike(before, now)) {
                    forgetWhatIsUsual(account, Long.MIN_VALUE);
                    due.add(account, Span.ALL);
                }
                if (!Objects.equals(departmentOf(before), departmentOf(now))) {
                    moveDepartment(account, departmentOf(before), now);
                }
                book.touch(account);
            }
            case Fact.Reported _, Fact.Approved _ -> {
                // Reading too much is judged alike whatever HR reported or somebody approved.
            }
        }
    }

    @Override
    public boolean tell(Instant now) {
        peerDays.takeOver(now, this::judgedByDepartmentUntil, this::judgeNewcomersAnew);
        pace.begin();
        due.drain(
                ACCOUNTS_PER_TELLING,
                account -> pace.isReady(account, now),
                (account, span) -> pace.judged(account, judge(account, span), now));
        return book.tell(now);
    }

    @Override
    public void sweep(Instant now) {
        pace.forget(now);
        List<AccountId> accounts = swept.next(ACCOUNTS_PER_SWEEP);
        due.drain(Integer.MAX_VALUE, Set.copyOf(accounts)::contains, this::judge);
        for (AccountId account : accounts) {
            forget(account, history.forgottenBefore(account, now));
        }
        book.sweep(history, now);
        for (AccountId account : settledSwept.next(ACCOUNTS_PER_SWEEP)) {
            if (book.of(account).isEmpty()) {
                settledReads.forget(account);
            }
        }
    }

    private static boolean counts(Access access) {
        return !access.hasFailed() && access.action().readsData();
    }

    private void count(Access access) {
        if (!counts(access)) {
            return;
        }
        if (access.isExcepted(policy, RULE)) {
            excepted.increment();
            return;
        }
        AccountId account = access.account();
        MinuteSlot added = MinuteSlot.of(access, policy.lateness());
        Ledger before = ledgers.of(account);
        boolean isNewDay = before.isEmpty() || added.day() > before.lastDay();
        if (isNewDay) {
            minutes.beginDay(account, added.day());
        }
        List<MinuteSlot> hour = minutes.add(account, added);
        Ledger ledger = before.with(added.day(), added.most(rule));
        ledgers.put(account, ledger);
        if (isNewDay && departmentOf(directory.entry(account)) != null) {
            // Whatever is read next, the department learns of every day once the account has read two days later.
            long bound = lastBound(ledger);
            Usual usual = usual(account, bound);
            // Who read much on the last day will do so again.
            boolean isWatched = mayMatter(account, ledger, added.day())
                    || (!before.isEmpty() && mayMatter(account, before, before.lastDay()));
            if (isWatched && bound == Usual.bound(added.minute(), latenessMinutes)) {
                watch(account, added, bound, usual);
            }
        }
        if (!added.isLate() && isClosed(ledger, added.minute())) {
            // Only where clocks disagree: by the times of its other reads, this day could not have had any more.
            forgetWhatIsUsual(account, added.day() - 1);
            due.add(account, Span.of(access.time()).with(Span.of(endOf(ledger))));
        } else if (mayBeTooMuch(account, ledger, added, hour)) {
            due.add(account, Span.of(access.time()));
        }
    }

    /** Whether the read has a part in days that are closed, or in how they were judged. */
    private static boolean isClosed(Ledger ledger, long minute) {
        return ledger.hasClosedDays() && minute < (ledger.closedUntil() + 1) * ReadDay.MINUTES;
    }

    private static Instant endOf(Ledger ledger) {
        return MinuteSlot.startOf((ledger.lastDay() + 1) * ReadDay.MINUTES);
    }

    /** No window of the account's reads has a later one. */
    private long lastBound(Ledger ledger) {
        return Usual.bound((ledger.lastDay() + 1) * ReadDay.MINUTES - 1, latenessMinutes);
    }

    /** No window of what the department's accounts have read is judged by it from this bound on. */
    private long judgedByDepartmentUntil(String department) {
        long until = Long.MIN_VALUE;
        for (Map.Entry<AccountId, Long> newcomer : newcomers.of(department).entrySet()) {
            // Who has a history of its own from then on makes it no later.
            Ledger ledger = newcomer.getValue() > until ? ledgers.of(newcomer.getKey()) : Ledger.NOTHING;
            if (!ledger.isEmpty()) {
                until = Math.max(until, Math.min(newcomer.getValue(), lastBound(ledger) + 1));
            }
        }
        return until;
    }

    /** What is usual for a department became different: whoever was judged by it, and may be judged otherwise now. */
    private void judgeNewcomersAnew(String department, NavigableMap<Long, Long> leastByBound) {
        newcomers.of(department).forEach((account, until) -> {
            NavigableMap<Long, Long> mattering = leastByBound.headMap(until, false);
            Ledger ledger = ledgers.of(account);
            if (!mattering.isEmpty() && !ledger.isEmpty() && mustBeJudgedAnew(account, ledger, mattering)) {
                judgeAnewFrom(account, ledger, mattering.firstKey());
            } else {
                watchAnew(account, mattering);
            }
        });
    }

    private boolean mustBeJudgedAnew(AccountId account, Ledger ledger, NavigableMap<Long, Long> leastByBound) {
        long least = Collections.min(leastByBound.values());
        return Arrays.stream(ledger.days(leastByBound.firstKey(), Long.MAX_VALUE))
                        .anyMatch(day -> ledger.between(day - 1, day) > least)
                || isToldByDepartment(account);
    }

    /** By what is usual for the department now; of the account's own days nothing is needed for it. */
    private void watchAnew(AccountId account, NavigableMap<Long, Long> leastByBound) {
        Watch watch = watches.get(account);
        if (watch != null && leastByBound.getOrDefault(watch.bound(), Long.MAX_VALUE) < Long.MAX_VALUE) {
            @Nullable DirectoryEntry entry = directory.entry(account);
            watches.put(account, watch.by(learnt(List.of(), calendars.of(entry), peerDays.of(departmentOf(entry)))));
        }
    }

    /** All that is remembered of the account counts for its new department, and is judged by it where that matters. */
    private void moveDepartment(AccountId account, @Nullable String before, @Nullable DirectoryEntry entry) {
        watches.remove(account);
        newcomers.remove(account);
        Ledger ledger = ledgers.of(account);
        if (ledger.isEmpty()) {
            return;
        }
        long last = lastBound(ledger);
        Usual usual = usual(account, last);
        tellDepartment(account, entry, Long.MIN_VALUE, last, usual);
        LongFunction<DepartmentUsual> one = peerDays.of(before);
        LongFunction<DepartmentUsual> other = peerDays.of(departmentOf(entry));
        long first = Usual.bound(ledger.firstDay() * ReadDay.MINUTES, latenessMinutes);
        LongStream.rangeClosed(first, Math.min(last, usual.historyFrom(last)))
                .filter(bound -> !one.apply(bound).equals(other.apply(bound)))
                .findFirst()
                .ifPresent(bound -> judgeAnewFrom(account, ledger, bound));
    }

    private void judgeAnewFrom(AccountId account, Ledger ledger, long bound) {
        forgetWhatIsUsual(account, bound);
        due.add(account, Span.of(MinuteSlot.startOf(bound * ReadDay.MINUTES), endOf(ledger)));
    }

    private boolean isToldByDepartment(AccountId account) {
        return book.of(account).values().stream()
                .flatMap(List::stream)
                .anyMatch(episode -> episode.peak().yardstick() == Peak.Yardstick.DEPARTMENT);
    }

    private static @Nullable String departmentOf(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.department();
    }

    /**
     * False where no window that holds the read can be above its limit, since more than all of it is below the least one.
     * Where there are reads of later days, whose windows have other limits, it does not try to know.
     */
    private boolean mayBeTooMuch(AccountId account, Ledger ledger, MinuteSlot added, List<MinuteSlot> hour) {
        if (added.unknownExports() > 0 && rule.size(added.dataset()) == null) {
            return true;
        }
        long day = added.day();
        long leastCeiling = leastCeiling(account);
        long near = nearDay(ledger, day);
        long month = nearMonth(ledger, day);
        if (!mayMatter(near, month, leastCeiling)) {
            return false;
        }
        if (ledger.lastDay() > day) {
            return true;
        }
        Watch watch = watch(account, added);
        return near > Math.min(watch.leastDay(), rule.dayTimes() * leastCeiling)
                || month > rule.monthTimes() * leastCeiling
                || mayBeUnusualMonth(ledger.sortedPeople(day - MONTH + 1, day + 1), watch)
                || (near > Math.min(watch.leastHour(), leastCeiling)
                        && withinHours(account, added.minute(), hour) > Math.min(watch.leastHour(), leastCeiling));
    }

    /** False where an account reads less about a day, and about its month, than may be too much or unusual for anybody. */
    private boolean mayMatter(AccountId account, Ledger ledger, long day) {
        return mayMatter(nearDay(ledger, day), nearMonth(ledger, day), leastCeiling(account));
    }

    private boolean mayMatter(long near, long month, long leastCeiling) {
        long least = rule.unusual().atLeast();
        return near > Math.min(least, leastCeiling) || month > Math.min(10 * least, rule.monthTimes() * leastCeiling);
    }

    private static long nearDay(Ledger ledger, long day) {
        return ledger.between(day - 1, day + 1);
    }

    private static long nearMonth(Ledger ledger, long day) {
        return ledger.between(day - MONTH + 1, day + MONTH - 1);
    }

    /** Whatever counts of these days in the end: of all choices of so many, the largest days have the largest sum. */
    private static boolean mayBeUnusualMonth(long[] people, Watch watch) {
        long sum = 0;
        for (int active = 1; active <= people.length; active++) {
            sum = Episode.sum(sum, people[people.length - active]);
            if (sum > watch.leastMonths()[active]) {
                return true;
            }
        }
        return false;
    }

    private long leastCeiling(AccountId account) {
        return rule.accounts().containsKey(account.value())
                ? rule.ceilings(account.value(), null).least()
                : leastOfOthers;
    }

    /** Of accounts that the policy does not name. A department may raise or lower it; the lowest of all is a safe bound. */
    private static long leastOfOthers(BulkReadPolicy rule) {
        long least = rule.ceilings("", null).least();
        return rule.departments().values().stream().mapToLong(Long::longValue).reduce(least, Math::min);
    }

    /** All that was read from an hour before the minute until an hour after it, everybody as often as read. */
    private long withinHours(AccountId account, long minute, List<MinuteSlot> hour) {
        long before = withinHour(minute, minutes.hour(account, MinuteSlots.hourOf(minute) - 1));
        long after = withinHour(minute, minutes.hour(account, MinuteSlots.hourOf(minute) + 1));
        return Episode.sum(Episode.sum(before, withinHour(minute, hour)), after);
    }

    private long withinHour(long minute, List<MinuteSlot> slots) {
        long sum = 0;
        for (MinuteSlot slot : slots) {
            if (Math.abs(slot.minute() - minute) < 60) {
                sum = Episode.sum(sum, slot.most(rule));
            }
        }
        return sum;
    }

    /** Closes days where they are due, so it is done once a day for an account that reads more than next to nothing. */
    private Watch watch(AccountId account, MinuteSlot added) {
        long bound = Usual.bound(added.minute(), latenessMinutes);
        Watch known = watches.get(account);
        if (known != null && known.bound() == bound && known.day() == added.day()) {
            return known;
        }
        return watch(account, added, bound, usual(account, bound));
    }

    private Watch watch(AccountId account, MinuteSlot added, long bound, Usual usual) {
        Watch watch = Watch.of(bound, added.minute(), usual);
        watches.put(account, watch);
        return watch;
    }

    /** What is usual for windows that end before the bound's days are closed. */
    private Usual usual(AccountId account, long bound) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        WorkingCalendar calendar = calendars.of(entry);
        LongFunction<DepartmentUsual> department = peerDays.of(departmentOf(entry));
        List<ReadDay> known = new ArrayList<>(days.between(account, bound - LEARNING_DAYS, bound));
        Ledger ledger = ledgers.of(account);
        if (ledger.closedUntil() >= bound) {
            return learnt(known, calendar, department);
        }
        for (long day : ledger.days(ledger.closedUntil(), bound)) {
            // As of the account's own, of the department's days none that was not over before this one.
            LongFunction<DepartmentUsual> asOfThen = until -> department.apply(Math.min(until, day));
            ReadDay closed = calm(account, ledger, day, () -> learnt(known, calendar, asOfThen));
            days.put(account, closed);
            known.add(closed);
        }
        ledgers.put(account, ledger.closed(bound));
        minutes.letGo(account, (bound - 1) * ReadDay.MINUTES);
        Usual usual = learnt(known, calendar, department);
        tellDepartment(account, entry, ledger.closedUntil(), bound, usual);
        return usual;
    }

    private Usual learnt(List<ReadDay> days, WorkingCalendar calendar, LongFunction<DepartmentUsual> department) {
        return new Usual(days, calendar, rule.unusual(), latenessMinutes, department);
    }

    /** Of an account, what was closed from one bound until another. */
    private void tellDepartment(
            AccountId account, @Nullable DirectoryEntry entry, long closedUntil, long bound, Usual usual) {
        // A local date may begin on the day of UTC before.
        long firstDate =
                closedUntil == Long.MIN_VALUE ? Math.floorDiv(Span.ALL.first(), ReadDay.MINUTES) : closedUntil - 2;
        @Nullable String department = departmentOf(entry);
        personDays.replace(account, department, firstDate, usual.personDays(firstDate, bound));
        if (department == null) {
            return;
        }
        long historyFrom = usual.historyFrom(bound);
        if (historyFrom < bound - policy.horizon().toDays() - FORGOTTEN_WITHIN_DAYS) {
            newcomers.remove(account);
        } else {
            newcomers.put(department, account, historyFrom);
        }
    }

    /** What was read on a day in time and was not too much. */
    private ReadDay calm(AccountId account, Ledger ledger, long day, Supplier<Usual> asOfThen) {
        long first = day * ReadDay.MINUTES;
        long last = first + ReadDay.MINUTES - 1;
        // No window, 24 hours at most, reaches over three days.
        long near = Math.max(ledger.between(day - 1, day), ledger.between(day, day + 1));
        if (near <= Math.min(leastCeiling(account), rule.unusual().atLeast())) {
            return calmThroughout(account, day);
        }
        Usual usual = asOfThen.get();
        if (near <= leastCeiling(account) && near <= usual.leastOfWindowsWith(day)) {
            return calmThroughout(account, day);
        }
        long reach = 2 * BulkReads.reach(rule);
        BulkReads reads = judged(account, usual, inTime(account, first - reach, last + reach));
        return ReadDay.of(day, reads.calm(), reads.flaggedHours(day * 24), rule);
    }

    private ReadDay calmThroughout(AccountId account, long day) {
        long first = day * ReadDay.MINUTES;
        return ReadDay.of(day, inTime(account, first, first + ReadDay.MINUTES - 1), new BitSet(), rule);
    }

    private List<MinuteSlot> inTime(AccountId account, long first, long last) {
        List<MinuteSlot> slots = minutes.between(account, first, last);
        slots.removeIf(MinuteSlot::isLate);
        return slots;
    }

    private BulkReads judged(AccountId account, Usual usual, List<MinuteSlot> slots) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        return BulkReads.judge(account, departmentOf(entry), rule, usual, slots);
    }

    private boolean judgedAlike(@Nullable DirectoryEntry before, @Nullable DirectoryEntry now) {
        @Nullable String one = departmentOf(before);
        @Nullable String other = departmentOf(now);
        return calendars.of(before).equals(calendars.of(now))
                && rule.ceilings("", one).equals(rule.ceilings("", other));
    }

    private void forgetWhatIsUsual(AccountId account, long from) {
        Ledger ledger = ledgers.of(account);
        if (!ledger.isEmpty() && ledger.hasClosedDays()) {
            long first = Math.max(from, firstThatCanBeClosed(account, ledger));
            if (first < ledger.closedUntil()) {
                days.forget(account, first, ledger.closedUntil());
                ledgers.put(account, ledger.closed(first));
            }
        }
        watches.remove(account);
    }

    /** Days whose reads are forgotten stay as they were closed. */
    private long firstThatCanBeClosed(AccountId account, Ledger ledger) {
        long firstKnown = ledger.firstDay();
        long firstMinute = minutes.first(account).orElse(Long.MAX_VALUE);
        long firstDay = Math.floorDiv(firstMinute, ReadDay.MINUTES);
        return firstDay <= firstKnown
                ? firstKnown
                : firstDay + Math.ceilDiv(2 * BulkReads.reach(rule), ReadDay.MINUTES);
    }

    /**
     * Judges anew the minutes that the change can have a part in, and every episode that these come near.
     *
     * @return how many minutes' reads it went through
     */
    private long judge(AccountId account, Span changed) {
        Ledger ledger = ledgers.of(account);
        if (ledger.isEmpty()) {
            return 0;
        }
        Map<String, List<Episode>> known = book.of(account);
        Map<String, List<Episode>> shorter = new TreeMap<>(known);
        shorter.keySet().removeIf(BulkReadDetector::isOfMonth);
        long firstRead = ledger.firstDay() * ReadDay.MINUTES;
        long lastRead = (ledger.lastDay() + 1) * ReadDay.MINUTES - 1;
        Span clipped = new Span(Math.max(changed.first(), firstRead), Math.min(changed.last(), lastRead));
        Span span = clipped.widened(BulkReads.reach(rule)).withNear(shorter, this::quiet);
        Settled settled = settledReads.of(account);
        Usual usual =
                usual(account, Usual.bound(Math.min(lastRead, span.last() + BulkReads.reach(rule)), latenessMinutes));
        Flagged flagged = flagged(account, span, usual);
        replace(
                account,
                span,
                known,
                settled,
                flagged,
                (scope, episode) -> !isOfMonth(scope) && span.isNear(episode, quiet(scope)));

        Span later = new Span(
                Math.floorDiv(span.first(), ReadDay.MINUTES) * ReadDay.MINUTES,
                Math.min(lastRead, span.last() + MONTH * ReadDay.MINUTES));
        boolean mayBeTooMuch = ledger.between(
                        Math.floorDiv(later.first(), ReadDay.MINUTES) - MONTH,
                        Math.floorDiv(later.last(), ReadDay.MINUTES))
                > Math.min(10 * rule.unusual().atLeast(), rule.monthTimes() * leastCeiling(account));
        long judged = flagged.slots().size();
        if (mayBeTooMuch || known.keySet().stream().anyMatch(BulkReadDetector::isOfMonth)) {
            Map<String, List<Episode>> months = new TreeMap<>(known);
            months.keySet().removeIf(scope -> !isOfMonth(scope));
            Span whole = later.withNear(months, this::quiet);
            Flagged ofMonths = flaggedOfMonths(account, ledger, whole, usual);
            replace(
                    account,
                    whole,
                    known,
                    settled,
                    ofMonths,
                    (scope, episode) -> isOfMonth(scope) && whole.isNear(episode, quiet(scope)));
            judged += ofMonths.slots().size();
        }
        return judged;
    }

    private void replace(
            AccountId account,
            Span span,
            Map<String, List<Episode>> known,
            Settled settled,
            Flagged flagged,
            BiPredicate<String, Episode> judgedAgain) {
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
                    .toList();
            if (!episodes.isEmpty()) {
                holding.put(name, episodes);
            }
        }
        book.replace(account, judgedAgain, holding);
    }

    /** Joined by the scope's quiet time; everybody whom the log names counts once in an episode. */
    private List<Episode> episodes(
            ReadScope scope, List<MinuteSlot> parts, Flagged flagged, List<Episode> settledParts) {
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

    private Flagged flagged(AccountId account, Span span, Usual usual) {
        List<MinuteSlot> slots =
                minutes.between(account, span.first() - BulkReads.reach(rule), span.last() + BulkReads.reach(rule));
        return new Flagged(slots, judged(account, usual, slots).flaggedMinutes());
    }

    /** The days whose last 30 were too much; of what no shorter window explains. */
    private Flagged flaggedOfMonths(AccountId account, Ledger ledger, Span span, Usual usual) {
        long first = Math.floorDiv(span.first(), ReadDay.MINUTES);
        long last = Math.floorDiv(span.last(), ReadDay.MINUTES);
        NavigableMap<Long, ReadDay> calm = new TreeMap<>();
        days.between(account, first - MONTH, last + 1).forEach(day -> calm.put(day.day(), day));
        for (long day : ledger.days(Math.max(first - MONTH, ledger.closedUntil()), last + 1)) {
            calm.put(day, calm(account, ledger, day, () -> usual));
        }
        @Nullable DirectoryEntry entry = directory.entry(account);
        Months months = new Months(rule, rule.ceilings(account.value(), departmentOf(entry)), usual, calm);
        List<MinuteSlot> slots = minutes.between(account, span.first(), span.last());
        return new Flagged(slots, months.flaggedMinutes(slots));
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
            Flagged flagged,
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
        history
                .first(
                        Episode.MOST_EVIDENCE,
                        account,
                        episode.start().isBefore(settledUntil) ? settledUntil : episode.start(),
                        episode.end(),
                        access -> counts(access)
                                && !access.isExcepted(policy, RULE)
                                && flagged.isFlagged(scope, MinuteSlot.minuteOf(access.time()))
                                && (scope.reach() != Reach.UNSIZED || isUnsized(access))
                                && scope.holds(access.dataset() == null ? MinuteSlot.UNNAMED : access.dataset()))
                .stream()
                .map(Access::evidence)
                .forEach(evidence::add);
        return episode.withEvidence(
                evidence.stream().limit(Episode.MOST_EVIDENCE).toList());
    }

    private boolean isUnsized(Access access) {
        return access.records() == null && access.action().takesDataOut() && rule.size(access.dataset()) == null;
    }

    /** What is forgotten of an episode that goes on is settled; the minutes that its windows reach back to stay. */
    private void forget(AccountId account, Instant before) {
        if (before.equals(Instant.MAX)) {
            settledReads.forget(account);
            minutes.forget(account, MinuteSlot.minuteOf(before));
            days.forget(account, Span.ALL.first(), Span.ALL.last());
            ledgers.forget(account);
            personDays.forget(account, Long.MAX_VALUE);
            newcomers.remove(account);
            watches.remove(account);
            return;
        }
        long until = MinuteSlots.startOfHour(MinuteSlot.minuteOf(before));
        Map<String, List<Episode>> known = book.of(account);
        Ledger ledger = ledgers.of(account);
        long bound = Usual.bound(until + 3 * ReadDay.MINUTES, latenessMinutes);
        if (!ledger.isEmpty() && (ledger.closedUntil() < bound || !known.isEmpty())) {
            Usual usual = usual(account, bound);
            if (!known.isEmpty()) {
                settle(account, until, known, usual);
            }
        }
        minutes.forget(account, until - 2 * BulkReads.reach(rule));
        // What is usual on the day of its newest access is learnt of all of these.
        long newestDay =
                Math.floorDiv(until, ReadDay.MINUTES) + policy.horizon().toDays();
        long firstDay = Usual.bound(newestDay * ReadDay.MINUTES, latenessMinutes) - LEARNING_DAYS;
        days.forget(account, Span.ALL.first(), firstDay);
        personDays.forget(account, firstDay);
        Ledger whole = ledgers.of(account);
        Ledger kept = whole.from(Math.floorDiv(until, ReadDay.MINUTES) - MONTH);
        if (kept.isEmpty()) {
            ledgers.forget(account);
        } else if (kept != whole) {
            ledgers.put(account, kept);
        }
    }

    private void settle(AccountId account, long until, Map<String, List<Episode>> known, Usual usual) {
        Settled settled = settledReads.of(account);
        if (until <= settled.until()
                || minutes.between(account, settled.until(), until - 1).isEmpty()) {
            return;
        }
        Span span = new Span(settled.until(), until - 1);
        Flagged flagged = flagged(account, span, usual);
        Flagged ofMonths = flaggedOfMonths(account, ledgers.of(account), span, usual);
        Map<String, List<Episode>> parts = new TreeMap<>();
        known.forEach((name, episodes) -> {
            ReadScope scope = ReadScope.parse(name);
            Flagged found = scope.reach() == Reach.MONTH ? ofMonths : flagged;
            List<MinuteSlot> forgotten = found.parts(scope, span.first(), span.last()).stream()
                    .filter(slot -> Settled.isWithin(slot.finding(Peak.NONE), episodes))
                    .toList();
            parts.put(name, episodes(scope, forgotten, found, settled.partsOf(name, episodes)));
        });
        settledReads.put(account, new Settled(until, parts));
    }

    /**
     * Below what an account's reads need not be judged, until days are closed anew.
     *
     * @param minute of the day on which it holds
     * @param leastMonths by how many of the 30 days have reads
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Watch(long bound, long minute, long leastHour, long leastDay, long[] leastMonths) {

        long day() {
            return Math.floorDiv(minute, ReadDay.MINUTES);
        }

        static Watch of(long bound, long minute, Usual usual) {
            return new Watch(
                    bound,
                    minute,
                    usual.leastOfHours(minute),
                    usual.leastOfDays(minute),
                    usual.monthLimits(Math.floorDiv(minute, ReadDay.MINUTES), (int) MONTH));
        }

        /** The same months, which are judged by nothing but the account's own. */
        Watch by(Usual usual) {
            return new Watch(bound, minute, usual.leastOfHours(minute), usual.leastOfDays(minute), leastMonths);
        }
    }

    /**
     * Reads, and which of them are too much.
     *
     * @param slots the reads
     * @param minutes by scope the minutes in which it was too much
     */
    private record Flagged(List<MinuteSlot> slots, Map<ReadScope, Map<Long, Peak>> minutes) {

        /** By minute. */
        Map<Long, Peak> peaks(ReadScope scope) {
            return minutes.getOrDefault(scope, Map.of());
        }

        boolean isFlagged(ReadScope scope, long minute) {
            return peaks(scope).containsKey(minute);
        }

        List<MinuteSlot> parts(ReadScope scope, long first, long last) {
            Map<Long, Peak> peaks = peaks(scope);
            return slots.stream()
                    .filter(slot -> slot.minute() >= first && slot.minute() <= last)
                    .filter(slot -> peaks.containsKey(slot.minute()) && scope.holds(slot.dataset()))
                    .filter(slot -> scope.reach() != Reach.UNSIZED || slot.unknownExports() > 0)
                    .toList();
        }
    }
}
