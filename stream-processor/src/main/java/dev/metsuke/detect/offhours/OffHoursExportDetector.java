package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.DueMinutes;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.Pace;
import dev.metsuke.detect.episode.Rejudging;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.history.Walk;
import dev.metsuke.detect.history.Walks;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.approval.ExportApproval;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Finds exports outside the account's working time and in forbidden ways, and records the use of approvals. */
public final class OffHoursExportDetector implements Detector {

    private static final Rule RULE = Rule.OFF_HOURS_EXPORT;
    private static final int ACCOUNTS_PER_SWEEP = 500;

    private final ProcessorContext<AccountId, Alert> context;
    private final Policy policy;
    private final AccessHistory history;
    private final Directory directory;
    private final Approvals approvals;
    private final Calendars calendars;
    private final DueMinutes due;
    private final OffHoursExportAlerts writer;
    private final Walks<ApprovalUse> walks;
    private final EpisodeBook book;
    private final Rejudging<ApprovalUse> rejudging;
    private final Pace pace;
    private final AccountCursor swept;
    private final Counter excepted;

    private OffHoursExportDetector(ProcessorContext<AccountId, Alert> context, Policy policy, MeterRegistry meters) {
        this.context = context;
        this.policy = policy;
        this.history = new AccessHistory(context, policy.horizon());
        this.directory = new Directory(context);
        this.approvals = new Approvals(context, directory);
        this.calendars = new Calendars(policy);
        this.due = new DueMinutes(context, RULE);
        this.writer =
                new OffHoursExportAlerts(policy, calendars, directory::entryAt, approvals::histories, approvals::of);
        this.walks = new Walks<>(context, RULE, policy, ApprovalUse.FORM);
        this.book = new EpisodeBook(
                context, RULE, policy, writer, account -> walks.isUnderWay(account) || due.holds(account), meters);
        this.rejudging = new Rejudging<>(history, history::walkExports, walks, book);
        this.pace = new Pace(Interval.JUDGE_AGAIN.of(context));
        this.swept = approvals.cursor();
        this.excepted = Detector.excepted(meters, RULE);
    }

    public static Flow<AccountId, Alert> addTo(
            Flow<AccountId, Fact> facts, PolicyInForce policy, MeterRegistry meters, StateStores state) {
        Set<StoreBuilder<?>> stores = new HashSet<>(EpisodeBook.storeBuilders(state, RULE));
        stores.add(DueMinutes.storeBuilder(state, RULE));
        return Detector.addTo(
                facts,
                RULE.id(),
                OffHoursExportDetector::new,
                policy,
                meters,
                stores,
                AccessHistory.STORE,
                AccessHistory.EXPORTS,
                AccountStore.ACCOUNTS,
                Walks.STORE);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        pace.hear();
        switch (fact) {
            case Fact.Accessed(Access access) -> {
                if (access.action().takesDataOut()) {
                    hearExport(account, access);
                }
            }
            case Fact.Listed(var before, var now, Instant from, boolean changesHands) -> {
                if (!calendars.of(before).equals(calendars.of(now))
                        || !Objects.equals(namedCalendar(before), namedCalendar(now))
                        || !Objects.equals(Directory.department(before), Directory.department(now))
                        || changesHands) {
                    due.add(account, Span.since(from));
                }
                book.touch(account);
            }
            case Fact.Approved(ExportApproval approval, Instant recordedAt) ->
                approvals.remember(new RecordedApproval(approval, recordedAt)).stream()
                        .filter(changed -> changed.until().isAfter(changed.from()))
                        .forEach(changed -> due.add(account, Span.of(changed.from(), changed.until())));
            case Fact.Reported _ -> {
                // When people work does not change with what HR reports here.
            }
        }
    }

    @Override
    public boolean tell(Instant now) {
        rejudging.drainUntold(due::addUntold);
        pace.begin();
        due.drain(
                ACCOUNTS_PER_TELLING,
                walks.left(),
                account -> !walks.isUnderWay(account) && pace.isReady(account, now),
                (account, span) -> judgeAgain(account, span, now));
        walks.goOn(
                (account, walk) -> goOn(account, walk, now),
                (account, walk) -> judgeAgain(account, Span.of(walk.first(), walk.last()), now));
        return book.tell(now);
    }

    @Override
    public void sweep(Instant now) {
        pace.forget(now);
        List<AccountId> accounts = swept.next(ACCOUNTS_PER_SWEEP);
        Set<AccountId> ofSweep = Set.copyOf(accounts);
        due.drain(
                ACCOUNTS_PER_SWEEP,
                walks.left(),
                account -> ofSweep.contains(account) && !walks.isUnderWay(account),
                (account, span) -> judgeAgain(account, span, now));
        book.sweep(history, now);
        for (AccountId account : accounts) {
            if (!due.contains(account) && !walks.isUnderWay(account)) {
                Instant before = history.forgottenBefore(account, now);
                approvals.forget(account, before.isBefore(now) ? before : now.minus(policy.horizon()));
            }
        }
    }

    /** What an approval covers depends on all of its uses, so it is judged with them; of a settled approval nobody knows all uses. */
    private void hearExport(AccountId account, Access access) {
        if (access.isExcepted(policy, RULE)) {
            excepted.increment();
        } else if (Exports.isCovered(policy, unsettled(account), access)) {
            if (!walks.comeTo(access)) {
                due.add(account, Span.of(access.time()));
            }
        } else {
            Exports.restriction(policy, calendarAt(account, access.time()), access)
                    .ifPresent(scope -> add(account, scope, access));
        }
    }

    private void add(AccountId account, String scope, Access access) {
        Episode finding = finding(access);
        // Whatever approval is for it is settled.
        List<ExportApproval> settled = approvals.of(account);
        Episode exceeding = finding.exceeding(Exports.exceeded(policy, settled, access));
        if (walks.comeTo(access)) {
            // The walk comes to it, unless it would take it for one that an episode tells already.
            Stream<String> scopes =
                    Stream.concat(Stream.of(scope), Exports.scopesWhileSettled(policy, settled, access));
            if (rejudging.takesForTold(access, finding, scopes)) {
                book.addToSettled(account, scope, exceeding);
            }
        } else if (Exports.isCovered(policy, settled, access)) {
            book.addToSettled(account, scope, exceeding);
        } else if (walks.endBefore(account, access.time()) || !book.add(account, scope, finding)) {
            due.add(account, Span.of(access.time()));
        }
    }

    private List<ExportApproval> unsettled(AccountId account) {
        List<ExportApproval> approved = approvals.of(account);
        if (approved.isEmpty()) {
            return approved;
        }
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        Instant horizon = rejudging.horizonOf(account, now);
        return approved.stream()
                .filter(approval -> !isSettled(approval, horizon))
                .toList();
    }

    private static boolean isSettled(ExportApproval approval, Instant horizon) {
        return approval.from().isBefore(horizon);
    }

    /**
     * Exactly, as far as is remembered; an episode that began before is beyond the horizon and only grows, and so does what an
     * approval was used for, or did not suffice for, of whose time a part is beyond it.
     *
     * @return how many exports it went through
     */
    private long judgeAgain(AccountId account, Span changed, Instant now) {
        return goOn(account, begin(account, changed, now), now);
    }

    /** What is judged again is taken out. Where nothing follows the span, it takes in what comes meanwhile. */
    private Walk<ApprovalUse> begin(AccountId account, Span changed, Instant now) {
        List<ExportApproval> approved = approvals.of(account);
        Span span = widened(account, approved, changed);
        Instant horizon = rejudging.horizonOf(account, now);
        List<ExportApproval> settled = settled(approved, horizon);
        Predicate<Episode> isJudgedAgain =
                rejudging.isRemembered(account, horizon, now).and(episode -> span.isNear(episode, policy.quiet()));
        book.takeOut(
                account,
                (scope, episode) -> isJudgedAgain.test(episode)
                        && settled.stream().noneMatch(approval -> Exports.isAbout(approval, scope, episode)));
        book.reword(account, isJudgedAgain);
        Span walked = history.hasExportAfter(account, span.end()) ? span : Span.since(span.start());
        return walks.begin(horizon, walked.start(), walked.end());
    }

    /** Goes through the next exports; what is left of them waits for the next telling. */
    private long goOn(AccountId account, Walk<ApprovalUse> walk, Instant now) {
        List<ExportApproval> approved = approvals.of(account);
        List<ExportApproval> settled = settled(approved, walk.horizon());
        Exports exports = new Exports(policy, time -> calendarAt(account, time), approved, settled, walk.carried());
        Walked walked = rejudging.goOn(
                account,
                walk,
                (access, holding) -> exports.judge(access, scope -> holding.tells(scope, finding(access)))
                        .ifPresent(judged ->
                                holding.add(judged.scope(), finding(access).exceeding(judged.exceeded()))),
                exports::used);
        if (walked.isLast()) {
            pace.judged(account, walk.gone() + walked.count(), now);
        }
        return walked.count();
    }

    private Episode finding(Access access) {
        return Episode.of(access, policy.lateness());
    }

    private static List<ExportApproval> settled(List<ExportApproval> approved, Instant horizon) {
        return approved.stream()
                .filter(approval -> isSettled(approval, horizon))
                .toList();
    }

    /** To whole approvals and whole episodes. */
    private Span widened(AccountId account, List<ExportApproval> approved, Span changed) {
        Span wider = changed.withNear(book.of(account), writer::quiet);
        for (ExportApproval approval : approved) {
            if (approval.from().isBefore(wider.end()) && wider.start().isBefore(approval.until())) {
                wider = wider.with(Span.of(approval.from(), approval.until()));
            }
        }
        return wider.equals(changed) ? changed : widened(account, approved, wider);
    }

    /** Who moved was at work then by the calendar that held then. */
    private WorkingCalendar calendarAt(AccountId account, Instant time) {
        return calendars.of(directory.entryAt(account, time));
    }

    private static @Nullable String namedCalendar(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.calendar();
    }
}
