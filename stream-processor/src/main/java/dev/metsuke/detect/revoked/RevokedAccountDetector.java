package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.EpisodeJoiner;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Fact;
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
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Finds accesses that HR's reports and the directory forbid, also when the report comes after the access. */
public final class RevokedAccountDetector implements Detector {

    private final ProcessorContext<AccountId, Alert> context;
    private final Policy policy;
    private final AccessHistory history;
    private final StatusReports reports;
    private final EpisodeBook book;
    private final Counter excepted;

    private RevokedAccountDetector(ProcessorContext<AccountId, Alert> context, Policy policy, MeterRegistry meters) {
        Directory directory = new Directory(context);
        this.context = context;
        this.policy = policy;
        this.history = new AccessHistory(context, policy.horizon());
        this.reports = new StatusReports(context, directory);
        this.book = new EpisodeBook(
                context, Rule.REVOKED_ACCOUNT, policy, new RevokedAccountAlerts(policy, reports::timeline), meters);
        this.excepted = Detector.excepted(meters, Rule.REVOKED_ACCOUNT);
    }

    public static Flow<AccountId, Alert> addTo(
            Flow<AccountId, Fact> facts, PolicyInForce policy, MeterRegistry meters, StateStores state) {
        return Detector.addTo(
                facts,
                Rule.REVOKED_ACCOUNT.id(),
                RevokedAccountDetector::new,
                policy,
                meters,
                EpisodeBook.storeBuilders(state, Rule.REVOKED_ACCOUNT),
                AccessHistory.STORE,
                AccessHistory.EXPORTS,
                AccountStore.ACCOUNTS);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        switch (fact) {
            case Fact.Accessed(Access access) ->
                finding(access).ifPresent(scope -> {
                    if (access.isExcepted(policy, Rule.REVOKED_ACCOUNT)) {
                        excepted.increment();
                    } else if (!book.add(account, scope, Episode.of(access, policy.lateness()))) {
                        judgeAgain(account);
                    }
                });
            case Fact.Reported(var report) -> {
                if (reports.remember(report)) {
                    judgeAgain(account);
                }
            }
            case Fact.Listed(var before, var now, var _) -> {
                reports.forgetTimeline(account);
                if (Objects.equals(contractEnd(before), contractEnd(now))
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

    @Override
    public boolean tell(Instant now) {
        book.drainUntold((account, span) -> judgeAgain(account));
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
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        Instant remembered = history.rememberedFrom(account, history.horizonOf(account, now));
        Predicate<Episode> isRemembered = episode -> !episode.start().isBefore(remembered)
                && !history.hasForgottenFuture(account, episode.start(), episode.end(), now);
        BiPredicate<String, Episode> isJudged = (scope, episode) -> isRemembered.test(episode);
        EpisodeJoiner holding = book.joiner(account, isJudged);
        Optional<Instant> restricted = policy.revoked().scopeForEveryone()
                ? Optional.of(Instant.MIN)
                : reports.timeline(account).start();
        restricted.ifPresent(from -> history.forEach(
                account,
                from,
                Instant.MAX,
                access -> finding(access)
                        .filter(scope -> !access.isExcepted(policy, Rule.REVOKED_ACCOUNT))
                        .ifPresent(scope -> holding.add(scope, Episode.of(access, policy.lateness())))));
        book.replace(account, isJudged, holding.episodes());
        book.reword(account, isRemembered);
        book.touch(account);
    }

    private static @Nullable Instant contractEnd(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.contractEnd();
    }
}
