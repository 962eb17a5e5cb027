package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.EpisodeJoiner;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.history.Walks;
import dev.metsuke.detect.history.Walks.Walk;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Finds accesses that HR's reports and the directory forbid, also when the report comes after the access. */
public final class RevokedAccountDetector implements Detector {

    /** So many accesses are judged again at a time where Kafka Streams' configuration does not say otherwise. */
    static final int ACCESSES_PER_TELLING = 5_000;

    /** The name of that setting. */
    public static final String ACCESSES_SETTING = "metsuke.judge.again.accesses";

    private final ProcessorContext<AccountId, Alert> context;
    private final Policy policy;
    private final AccessHistory history;
    private final StatusReports reports;
    private final EpisodeBook book;
    private final Counter excepted;
    private final Walks walks;
    private final int accessesPerTelling;

    /** The accounts of which a walk is under way, those first that wait longest. */
    private final Set<AccountId> waiting = new LinkedHashSet<>();

    /** How many accesses may be judged again until the next telling. */
    private int left;

    private RevokedAccountDetector(ProcessorContext<AccountId, Alert> context, Policy policy, MeterRegistry meters) {
        Directory directory = new Directory(context);
        this.context = context;
        this.policy = policy;
        this.history = new AccessHistory(context, policy.horizon());
        this.reports = new StatusReports(context, directory);
        this.book = new EpisodeBook(
                context, Rule.REVOKED_ACCOUNT, policy, new RevokedAccountAlerts(policy, reports::timeline), meters);
        this.excepted = Detector.excepted(meters, Rule.REVOKED_ACCOUNT);
        this.walks = new Walks(context);
        this.accessesPerTelling = accessesPerTelling(context);
        this.left = accessesPerTelling;
        walks.forEach(account -> {
            waiting.add(account);
            book.hold(account);
        });
    }

    private static int accessesPerTelling(ProcessingContext context) {
        Object given = context.appConfigs().get(ACCESSES_SETTING);
        return given == null ? ACCESSES_PER_TELLING : Math.max(1, Integer.parseInt(given.toString()));
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
                AccountStore.ACCOUNTS,
                Walks.STORE);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        switch (fact) {
            case Fact.Accessed(Access access) ->
                finding(access).ifPresent(scope -> {
                    if (access.isExcepted(policy, Rule.REVOKED_ACCOUNT)) {
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

    private void add(Access access, String scope) {
        AccountId account = access.account();
        Episode finding = Episode.of(access, policy.lateness());
        @Nullable Walk walk = waiting.contains(account) ? walks.get(account) : null;
        if (walk == null) {
            if (!book.add(account, scope, finding)) {
                judgeAgain(account);
            }
        } else if (access.time().isBefore(walk.next()) || book.tells(account, scope, finding)) {
            // The walk has passed it, or would take it for one that an episode tells already; else it comes to it.
            book.addToSettled(account, scope, finding);
        }
    }

    @Override
    public boolean tell(Instant now) {
        left = accessesPerTelling;
        book.drainUntold((account, span) -> {
            if (!waiting.contains(account)) {
                judgeAgain(account);
            }
        });
        for (AccountId account : List.copyOf(waiting)) {
            if (left > 0) {
                Walk walk = Objects.requireNonNull(walks.get(account));
                goOn(account, walk.policyVersion().equals(policy.versionName()) ? walk : begin(account));
            }
        }
        left = accessesPerTelling;
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

    /** What is judged again is taken out. Where that is under way already, all is still remembered that was when it began. */
    private Walk begin(AccountId account) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        @Nullable Walk known = walks.get(account);
        Instant rememberedNow = history.rememberedFrom(account, history.horizonOf(account, now));
        Instant remembered =
                known != null && known.remembered().isBefore(rememberedNow) ? known.remembered() : rememberedNow;
        book.hold(
                account,
                episode -> !episode.start().isBefore(remembered)
                        && !history.hasForgottenFuture(account, episode.start(), episode.end(), now));
        Instant from = policy.revoked().scopeForEveryone()
                ? Instant.MIN
                : reports.timeline(account).start().orElse(Instant.MAX);
        return new Walk(remembered, from, policy.versionName());
    }

    /** Goes through the next accesses; what is left of them waits for the next telling. */
    private void goOn(AccountId account, Walk walk) {
        EpisodeJoiner holding = book.joiner(account, walk.next());
        Walked walked = history.walk(
                account,
                walk.next(),
                left,
                holding::mayEndBefore,
                access -> finding(access)
                        .filter(scope -> !access.isExcepted(policy, Rule.REVOKED_ACCOUNT))
                        .ifPresent(scope -> holding.add(scope, Episode.of(access, policy.lateness()))));
        book.addPart(account, holding.episodes());
        left -= walked.count();
        boolean wasWaiting = waiting.remove(account);
        @Nullable Instant next = walked.next();
        if (next != null) {
            waiting.add(account);
            walks.put(account, walk.until(next));
            return;
        }
        if (wasWaiting) {
            walks.remove(account);
        }
        book.release(account);
        book.touch(account);
    }

    private static @Nullable Instant contractEnd(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.contractEnd();
    }
}
