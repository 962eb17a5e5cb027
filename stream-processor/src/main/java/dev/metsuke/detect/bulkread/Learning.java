package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for each account. Closes its days where they are due, learns of what was not too much on them, and lets its
 * department learn.
 */
final class Learning {

    /** For how many days what is usual is learnt. */
    private static final long DAYS = 91;

    /** For so many days at most reads are remembered beyond the horizon. */
    private static final long FORGOTTEN_WITHIN_DAYS = 7;

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final LeastCeilings leastCeilings;
    private final long latenessMinutes;
    private final Directory directory;
    private final Calendars calendars;
    private final Ledgers ledgers;
    private final MinuteSlots minutes;
    private final ReadDays days;
    private final PersonDays personDays;
    private final PeerDays peerDays;
    private final Newcomers newcomers;

    Learning(
            ProcessingContext context,
            Policy policy,
            Directory directory,
            Calendars calendars,
            Ledgers ledgers,
            MinuteSlots minutes,
            PeerDays peerDays,
            Newcomers newcomers) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.leastCeilings = new LeastCeilings(rule);
        this.latenessMinutes = policy.lateness().toMinutes();
        this.directory = directory;
        this.calendars = calendars;
        this.ledgers = ledgers;
        this.minutes = minutes;
        this.days = new ReadDays(context);
        this.personDays = new PersonDays(context);
        this.peerDays = peerDays;
        this.newcomers = newcomers;
    }

    /** What is usual for windows that end before the bound's days are closed; closes what is due before. */
    Usual usual(AccountId account, long bound) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        WorkingCalendar calendar = calendars.of(entry);
        LongFunction<DepartmentUsual> department = peerDays.of(Directory.department(entry));
        Usual usual = nothingLearnt(calendar, department).and(days.between(account, bound - DAYS, bound));
        Ledger ledger = ledgers.of(account);
        if (ledger.closedUntil() >= bound) {
            return usual;
        }
        for (long day : ledger.days(ledger.closedUntil(), bound)) {
            // As of the account's own, of the department's days none that was not over before this one.
            Usual usualThen = usual.with(until -> department.apply(Math.min(until, day)));
            ReadDay closed = calm(account, ledger, day, usualThen);
            Usual withIt = usual.and(List.of(closed));
            if (leastCeilings.mayBeMonth(account, ledger.between(day - Months.DAYS + 1, day))
                    && isTooMuchWithItsMonth(account, day, withIt.days(), usualThen)) {
                // Nobody becomes used to more than is usual by reading a little more every day.
                closed = closed.flagged();
                withIt = usual.and(List.of(closed));
            }
            days.put(account, closed);
            usual = withIt;
        }
        ledgers.put(account, ledger.closed(bound));
        minutes.letGo(account, (bound - 1) * ReadDay.MINUTES);
        tellDepartment(account, entry, ledger.closedUntil(), bound, usual);
        return usual;
    }

    /** What is usual for the account's department; of its own days nothing. */
    Usual usualOfDepartment(AccountId account) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        return nothingLearnt(calendars.of(entry), peerDays.of(Directory.department(entry)));
    }

    /**
     * The days from one to another, both included, without what was too much: as they were closed, and where they are not,
     * by what is usual now.
     */
    NavigableMap<Long, ReadDay> calmDays(AccountId account, long first, long last, Usual usual) {
        NavigableMap<Long, ReadDay> calm = new TreeMap<>();
        days.between(account, first, last + 1).forEach(day -> calm.put(day.day(), day));
        Ledger ledger = ledgers.of(account);
        for (long day : ledger.days(Math.max(first, ledger.closedUntil()), last + 1)) {
            calm.put(day, calm(account, ledger, day, usual));
        }
        return calm;
    }

    /** All that is remembered of the account counts for its new department from now on, as of a bound. */
    Usual moveTo(@Nullable DirectoryEntry entry, AccountId account, long bound) {
        newcomers.remove(account);
        Usual usual = usual(account, bound);
        tellDepartment(account, entry, Long.MIN_VALUE, bound, usual);
        return usual;
    }

    /** Days from one on, as far as their reads are still known, are to be closed anew. */
    void forgetFrom(AccountId account, long from) {
        Ledger ledger = ledgers.of(account);
        if (!ledger.isEmpty() && ledger.hasClosedDays()) {
            long first = Math.max(from, firstThatCanBeClosed(account, ledger));
            if (first < ledger.closedUntil()) {
                days.open(account, first, ledger.closedUntil());
                ledgers.put(account, ledger.closed(first));
            }
        }
    }

    /** Forgets what nothing is learnt of any more: all days that lie too far before the newest that may still be judged. */
    void forgetLongBefore(AccountId account, long newestDay) {
        long firstDay = Usual.bound(newestDay * ReadDay.MINUTES, latenessMinutes) - DAYS;
        days.forget(account, firstDay);
        personDays.forget(account, firstDay);
    }

    void forget(AccountId account) {
        days.forget(account, Long.MAX_VALUE);
        personDays.forget(account, Long.MAX_VALUE);
        newcomers.remove(account);
    }

    private Usual nothingLearnt(WorkingCalendar calendar, LongFunction<DepartmentUsual> department) {
        return new Usual(calendar, rule.unusual(), latenessMinutes, department);
    }

    /** Of an account, what was closed from one bound until another. */
    private void tellDepartment(
            AccountId account, @Nullable DirectoryEntry entry, long closedUntil, long bound, Usual usual) {
        // A local date may begin on the day of UTC before.
        long firstDate =
                closedUntil == Long.MIN_VALUE ? Math.floorDiv(Span.ALL.first(), ReadDay.MINUTES) : closedUntil - 2;
        @Nullable String department = Directory.department(entry);
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
    private ReadDay calm(AccountId account, Ledger ledger, long day, Usual asOfThen) {
        long first = day * ReadDay.MINUTES;
        long last = first + ReadDay.MINUTES - 1;
        List<MinuteSlot> ofDay = inTime(account, first, last);
        if (ofDay.stream().noneMatch(slot -> slot.hasUnsizedExports(rule))
                && cannotBeTooMuch(account, ledger, day, asOfThen)) {
            return ReadDay.of(day, ofDay, new BitSet(), rule);
        }
        long reach = 2 * BulkReads.reach(rule);
        BulkReads reads = BulkReads.judge(
                CeilingsByTime.of(account, rule, directory.workplaces(account)),
                rule,
                asOfThen,
                inTime(account, first - reach, last + reach));
        return ReadDay.of(day, reads.calm(), reads.flaggedHours(day * 24), rule);
    }

    /** False where windows with a part of the day may hold more than their limits. */
    private boolean cannotBeTooMuch(AccountId account, Ledger ledger, long day, Usual asOfThen) {
        // No window, 24 hours at most, reaches over three days.
        long near = Math.max(ledger.between(day - 1, day), ledger.between(day, day + 1));
        return !leastCeilings.mayBeDay(account, near)
                || (near <= leastCeilings.of(account) && near <= asOfThen.leastOfWindowsWith(day));
    }

    private boolean isTooMuchWithItsMonth(AccountId account, long day, List<ReadDay> known, Usual usual) {
        NavigableMap<Long, ReadDay> calm = new TreeMap<>();
        known.forEach(each -> calm.put(each.day(), each));
        return new Months(rule, CeilingsByTime.of(account, rule, directory.workplaces(account)), usual, calm)
                .isTooMuch(day);
    }

    private List<MinuteSlot> inTime(AccountId account, long first, long last) {
        List<MinuteSlot> slots = minutes.between(account, first, last);
        slots.removeIf(MinuteSlot::isLate);
        return slots;
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
}
