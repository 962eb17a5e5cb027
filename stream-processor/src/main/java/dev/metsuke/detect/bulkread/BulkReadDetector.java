package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.department.PublishedDays;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.DueMinutes;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.Pace;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Finds accounts that read more people's data than their ceiling grants, or than is usual for them or their department. */
public final class BulkReadDetector implements Detector {

    private static final Rule RULE = Rule.BULK_READ;
    private static final int ACCOUNTS_PER_SWEEP = 500;

    /** So many minutes' reads are judged in a sweep for what it is to forget; the rest is forgotten by a later one. */
    private static final long JUDGED_PER_SWEEP = 100_000;

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final long latenessMinutes;
    private final AccessHistory history;
    private final Directory directory;
    private final Calendars calendars;
    private final MinuteSlots minutes;
    private final Ledgers ledgers;
    private final SettledReads settledReads;
    private final PeerDays peerDays;
    private final Newcomers newcomers;
    private final Learning learning;
    private final Watches watches;
    private final DueMinutes due;
    private final EpisodeBook book;
    private final ReadEpisodes episodes;
    private final Counter excepted;
    private final Pace pace;
    private final AccountCursor swept;
    private final AccountCursor settledSwept;

    private BulkReadDetector(
            ProcessorContext<AccountId, Alert> context, Policy policy, PublishedDays published, MeterRegistry meters) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.latenessMinutes = policy.lateness().toMinutes();
        this.history = new AccessHistory(context, policy.horizon());
        this.directory = new Directory(context);
        this.calendars = new Calendars(policy);
        this.minutes = new MinuteSlots(context);
        this.ledgers = new Ledgers(context);
        this.settledReads = new SettledReads(context);
        this.peerDays = new PeerDays(context, published, rule.unusual());
        this.newcomers = new Newcomers(context);
        this.learning = new Learning(context, policy, directory, calendars, ledgers, minutes, peerDays, newcomers);
        this.watches = new Watches(policy, minutes, learning);
        this.due = new DueMinutes(context, RULE);
        this.book = new EpisodeBook(
                context, RULE, policy, new BulkReadAlerts(policy, directory::workplaces), due::holds, meters);
        this.episodes = new ReadEpisodes(policy, directory, history, ledgers, minutes, settledReads, learning, book);
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
                AccessHistory.EXPORTS,
                AccountStore.ACCOUNTS);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        pace.hear();
        switch (fact) {
            case Fact.Accessed(Access access) -> count(access);
            case Fact.Listed(var before, var now, Instant from, var _) -> {
                if (!calendars.of(before).equals(calendars.of(now))) {
                    forgetWhatIsUsual(account, Long.MIN_VALUE);
                    due.add(account, Span.ALL);
                } else if (haveFormersGone(before, from) || !hasSameCeilings(account, before, now)) {
                    judgeByOtherCeilings(account, MinuteSlot.minuteOf(from));
                }
                if (!Objects.equals(Directory.department(before), Directory.department(now))) {
                    moveDepartment(account, Directory.department(before), now);
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
        // A sweep judges without telling, so that another policy may come between the two.
        book.drainUntold(due::addUntold);
        peerDays.takeOver(now, this::judgedByDepartmentUntil, this::judgeNewcomersAnew);
        pace.begin();
        due.drain(ACCOUNTS_PER_TELLING, Long.MAX_VALUE, account -> pace.isReady(account, now), (account, span) -> {
            long minutes = episodes.judge(account, span);
            pace.judged(account, minutes, now);
            return minutes;
        });
        return book.tell(now);
    }

    @Override
    public void sweep(Instant now) {
        pace.forget(now);
        List<AccountId> accounts = swept.next(ACCOUNTS_PER_SWEEP);
        due.drain(ACCOUNTS_PER_SWEEP, JUDGED_PER_SWEEP, Set.copyOf(accounts)::contains, episodes::judge);
        for (AccountId account : accounts) {
            if (!due.contains(account)) {
                forgetFuture(account, now);
                forget(account, history.forgottenBefore(account, now));
            }
        }
        book.sweep(history, now);
        for (AccountId account : settledSwept.next(ACCOUNTS_PER_SWEEP)) {
            if (book.of(account).isEmpty()) {
                settledReads.forget(account);
            }
        }
    }

    private void count(Access access) {
        if (!MinuteSlot.counts(access)) {
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
        if (isNewDay && directory.departmentOf(account) != null) {
            // Whatever is read next, the department learns of every day once the account has read two days later.
            long bound = ledger.lastBound(latenessMinutes);
            watches.beginDay(account, before, ledger, added, bound, learning.usual(account, bound));
        }
        if (!added.isLate() && isClosed(ledger, added.minute())) {
            // Only where clocks disagree: by the times of its other reads, this day could not have had any more.
            forgetWhatIsUsual(account, firstDayTouchedBy(added.minute()));
            due.add(account, Span.of(access.time()).with(Span.of(endOf(ledger))));
        } else if (watches.mayBeTooMuch(account, ledger, added, hour)) {
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

    /** No window of what the department's accounts have read is judged by it from this bound on. */
    private long judgedByDepartmentUntil(String department) {
        long until = Long.MIN_VALUE;
        for (Map.Entry<AccountId, Long> newcomer : newcomers.of(department).entrySet()) {
            // Who has a history of its own from then on makes it no later.
            Ledger ledger = newcomer.getValue() > until ? ledgers.of(newcomer.getKey()) : Ledger.NOTHING;
            if (!ledger.isEmpty()) {
                until = Math.max(until, Math.min(newcomer.getValue(), ledger.lastBound(latenessMinutes) + 1));
            }
        }
        return until;
    }

    /** What is usual for a department became different: whoever was judged by it, and may be judged otherwise now. */
    private void judgeNewcomersAnew(String department, NavigableMap<Long, Long> leastByBound) {
        long first = leastByBound.firstKey();
        newcomers.of(department).forEach((account, until) -> {
            if (until <= first) {
                return;
            }
            NavigableMap<Long, Long> mattering = leastByBound.headMap(until, false);
            Ledger ledger = ledgers.of(account);
            if (!ledger.isEmpty() && mustBeJudgedAnew(account, ledger, mattering)) {
                judgeAnewFrom(account, ledger, first);
            } else {
                watches.watchAnew(account, mattering);
            }
        });
    }

    private boolean mustBeJudgedAnew(AccountId account, Ledger ledger, NavigableMap<Long, Long> leastByBound) {
        long least = Collections.min(leastByBound.values());
        return Arrays.stream(ledger.days(leastByBound.firstKey(), Long.MAX_VALUE))
                        .anyMatch(day -> ledger.between(day - 1, day) > least)
                || isToldByDepartment(account);
    }

    /** All that is remembered of the account counts for its new department, and is judged by it where that matters. */
    private void moveDepartment(AccountId account, @Nullable String before, @Nullable DirectoryEntry entry) {
        watches.forget(account);
        Ledger ledger = ledgers.of(account);
        if (ledger.isEmpty()) {
            newcomers.remove(account);
            return;
        }
        long last = ledger.lastBound(latenessMinutes);
        Usual usual = learning.moveTo(entry, account, last);
        LongFunction<DepartmentUsual> one = peerDays.of(before);
        LongFunction<DepartmentUsual> other = peerDays.of(Directory.department(entry));
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

    private void forgetWhatIsUsual(AccountId account, long from) {
        learning.forgetFrom(account, from);
        watches.forget(account);
    }

    private boolean hasSameCeilings(AccountId account, @Nullable DirectoryEntry before, @Nullable DirectoryEntry now) {
        String id = account.value();
        return rule.ceilings(id, Directory.department(before)).equals(rule.ceilings(id, Directory.department(now)));
    }

    /** Whether less is known than before of the departments that it was in. */
    private static boolean haveFormersGone(@Nullable DirectoryEntry before, Instant from) {
        return before != null && from.equals(UnfitRecordException.EARLIEST);
    }

    /** What was read from a minute on is to be compared with others than before. */
    private void judgeByOtherCeilings(AccountId account, long minute) {
        Ledger ledger = ledgers.of(account);
        long first = firstDayTouchedBy(minute);
        if (!ledger.isEmpty() && first <= ledger.lastDay()) {
            judgeAnewFrom(account, ledger, first);
        }
    }

    /** The first day that may be closed otherwise where something about a minute, or a later one, is other than it was. */
    private long firstDayTouchedBy(long minute) {
        return Math.floorDiv(minute - 2 * BulkReads.reach(rule), ReadDay.MINUTES);
    }

    /** What a fast clock stamped goes with the accesses; it would keep all days before it closed. */
    private void forgetFuture(AccountId account, Instant now) {
        Ledger ledger = ledgers.of(account);
        if (ledger.isEmpty()) {
            return;
        }
        long afterTomorrow = Math.floorDiv(MinuteSlot.minuteOf(now), ReadDay.MINUTES) + 2;
        Instant from = MinuteSlot.startOf(afterTomorrow * ReadDay.MINUTES);
        if (ledger.lastDay() >= afterTomorrow && history.hasForgottenFuture(account, from, Instant.MAX, now)) {
            minutes.forgetFrom(account, afterTomorrow * ReadDay.MINUTES);
            forgetWhatIsUsual(account, afterTomorrow);
            ledgers.put(account, ledgers.of(account).until(afterTomorrow));
        }
    }

    /** What is forgotten of an episode that goes on is settled; the minutes that its windows reach back to stay. */
    private void forget(AccountId account, Instant before) {
        if (before.equals(Instant.MAX)) {
            settledReads.forget(account);
            minutes.forget(account, MinuteSlot.minuteOf(before));
            ledgers.forget(account);
            learning.forget(account);
            watches.forget(account);
            return;
        }
        long until = MinuteSlots.startOfHour(MinuteSlot.minuteOf(before));
        Map<String, List<Episode>> known = book.of(account);
        Ledger ledger = ledgers.of(account);
        long bound = Usual.bound(until + 3 * ReadDay.MINUTES, latenessMinutes);
        if (!ledger.isEmpty() && (ledger.closedUntil() < bound || !known.isEmpty())) {
            Usual usual = learning.usual(account, bound);
            if (!known.isEmpty()) {
                episodes.settle(account, until, known, usual);
            }
        }
        minutes.forget(account, until - 2 * BulkReads.reach(rule));
        long firstDay = Math.floorDiv(until, ReadDay.MINUTES);
        learning.forgetLongBefore(account, firstDay + policy.horizon().toDays());
        Ledger whole = ledgers.of(account);
        Ledger kept = whole.from(firstDay - Months.DAYS);
        if (kept.isEmpty()) {
            ledgers.forget(account);
        } else if (kept != whole) {
            ledgers.put(account, kept);
        }
    }
}
