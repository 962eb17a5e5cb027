package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.EpisodeJoiner;
import dev.metsuke.detect.episode.Rejudging;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.history.Walk;
import dev.metsuke.detect.history.Walk.Nothing;
import dev.metsuke.detect.history.Walks;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Finds accesses that HR's reports and the directory forbid, also when the report comes after the access. */
public final class RevokedAccountDetector implements Detector {

    private static final Rule RULE = Rule.REVOKED_ACCOUNT;

    private final ProcessorContext<AccountId, Alert> context;
    private final Policy policy;
    private final AccessHistory history;
    private final StatusReports reports;
    private final Walks<Nothing> walks;
    private final EpisodeBook book;
    private final Rejudging<Nothing> rejudging;
    private final Counter excepted;

    private RevokedAccountDetector(ProcessorContext<AccountId, Alert> context, Policy policy, MeterRegistry meters) {
        Directory directory = new Directory(context);
        this.context = context;
        this.policy = policy;
        this.history = new AccessHistory(context, policy.horizon());
        this.reports = new StatusReports(context, directory);
        this.walks = new Walks<>(context, RULE, policy, Walk.Form.OF_NOTHING);
        this.book = new EpisodeBook(
                context, RULE, policy, new RevokedAccountAlerts(policy, reports::timeline), walks::isUnderWay, meters);
        this.rejudging = new Rejudging<>(history, history::walk, walks, book);
        this.excepted = Detector.excepted(meters, RULE);
    }

    public static Flow<AccountId, Alert> addTo(
            Flow<AccountId, Fact> facts, PolicyInForce policy, MeterRegistry meters, StateStores state) {
        return Detector.addTo(
                facts,
                RULE.id(),
                RevokedAccountDetector::new,
                policy,
                meters,
                EpisodeBook.storeBuilders(state, RULE),
                AccessHistory.STORE,
                AccessHistory.EXPORTS,
                AccountStore.ACCOUNTS,
                Walks.STORE);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        switch (fact) {
            case Fact.Accessed(Access access) ->
                finding(access).ifPresent(scope -> {
                    if (access.isExcepted(policy, RULE)) {
                        excepted.increment();
                    } else {
                        add(access, scope);
                    }
                });
            case Fact.Reported(var report) -> {
                if (reports.remember(report)) {
                    judgeAgain(account);
                }
            }
            case Fact.Listed(var before, var now, var _, boolean changesHands) -> {
                reports.forgetTimeline(account);
                if (!changesHands
                        && Objects.equals(contractEnd(before), now.contractEnd())
                        && (!policy.revoked().scopeForEveryone()
                                || Objects.equals(Directory.department(before), Directory.department(now)))) {
                    book.touch(account);
                } else {
                    judgeAgain(account);
                }
            }
            case Fact.Approved _ -> {
                // An approval is for what works, not for who may not.
            }
        }
    }

    private void add(Access access, String scope) {
        AccountId account = access.account();
        Episode finding = Episode.of(access, policy.lateness());
        if (!walks.isUnderWay(account)) {
            if (!book.add(account, scope, finding)) {
                judgeAgain(account);
            }
        } else if (!walks.comeTo(access) || rejudging.takesForTold(access, finding, Stream.of(scope))) {
            // The walk has passed it, or would take it for one that an episode tells already; else it comes to it.
            book.addToSettled(account, scope, finding);
        }
    }

    @Override
    public boolean tell(Instant now) {
        rejudging.drainUntold((account, span) -> judgeAgain(account));
        walks.goOn(this::goOn, (account, walk) -> judgeAgain(account));
        return book.tell(now);
    }

    @Override
    public void sweep(Instant now) {
        book.sweep(history, now);
    }

    private Optional<String> finding(Access access) {
        return Revocations.finding(access, reports.timeline(access.account()).at(access.time()), policy.revoked());
    }

    /** Everything that is remembered, exactly; an episode that began before is beyond the horizon and only grows. */
    private void judgeAgain(AccountId account) {
        goOn(account, begin(account));
    }

    /** What is judged again is taken out. */
    private Walk<Nothing> begin(AccountId account) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        Instant horizon = rejudging.horizonOf(account, now);
        Predicate<Episode> isRemembered = rejudging.isRemembered(account, horizon, now);
        book.takeOut(account, (scope, episode) -> isRemembered.test(episode));
        Instant from = policy.revoked().scopeForEveryone()
                ? Instant.MIN
                : reports.timeline(account).start().orElse(Instant.MAX);
        return walks.beginWithAll(horizon, from);
    }

    /** Goes through the next accesses; what is left of them waits for the next telling. */
    private void goOn(AccountId account, Walk<Nothing> walk) {
        Walked walked = rejudging.goOn(account, walk, this::judge, walk::carried);
        if (walked.isLast()) {
            book.touch(account);
        }
    }

    private void judge(Access access, EpisodeJoiner holding) {
        finding(access)
                .filter(scope -> !access.isExcepted(policy, RULE))
                .ifPresent(scope -> holding.add(scope, Episode.of(access, policy.lateness())));
    }

    private static @Nullable Instant contractEnd(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.contractEnd();
    }
}
