package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.DueMinutes.Span;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** Finds accounts that read more people's data in a window than their ceiling grants. */
public final class BulkReadDetector implements Detector {

    private static final int ACCOUNTS_PER_SWEEP = 500;

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final AccessHistory history;
    private final MinuteSlots minutes;
    private final DueMinutes due;
    private final EpisodeBook book;
    private final AccountCursor swept;

    private BulkReadDetector(Policy policy, ProcessorContext<AccountId, Alert> context, MeterRegistry meters) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.history = new AccessHistory(context, policy.horizon());
        this.minutes = new MinuteSlots(context);
        this.due = new DueMinutes(context);
        this.book = new EpisodeBook(
                context,
                Rule.BULK_READ,
                policy.quiet(),
                new BulkReadAlerts(policy, new Directory(context)::entry),
                meters);
        this.swept = minutes.cursor();
    }

    public static KStream<AccountId, Alert> addTo(KStream<AccountId, Fact> facts, Policy policy, MeterRegistry meters) {
        Set<StoreBuilder<?>> stores = new HashSet<>(EpisodeBook.storeBuilders(Rule.BULK_READ));
        stores.add(MinuteSlots.storeBuilder());
        stores.add(DueMinutes.storeBuilder());
        return Detector.addTo(
                facts,
                Rule.BULK_READ.id(),
                (context, counting) -> new BulkReadDetector(policy, context, counting),
                meters,
                stores,
                AccessHistory.STORE,
                Directory.STORE);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        switch (fact) {
            case Fact.Accessed(Access access) -> count(access);
            case Fact.Listed _ -> book.touch(account);
            case Fact.Reported _ -> {
                // Reading too much is judged alike whatever HR reported.
            }
        }
    }

    @Override
    public void tell(Instant now) {
        due.drain(this::judge);
        book.tell(now);
    }

    @Override
    public void sweep(Instant now) {
        for (AccountId account : swept.next(ACCOUNTS_PER_SWEEP)) {
            Instant before = history.forgottenBefore(account, now);
            minutes.forget(account, MinuteSlot.minuteOf(before));
        }
        book.sweep(history, now);
    }

    private void count(Access access) {
        if (!counts(access)) {
            return;
        }
        MinuteSlot added = MinuteSlot.of(access, rule);
        List<MinuteSlot> hour = minutes.add(access.account(), added);
        if (mayExceed(access.account(), added.minute(), hour)) {
            due.add(access.account(), added.minute());
        }
    }

    private static boolean counts(Access access) {
        return access.outcome() == Outcome.SUCCESS && access.action().readsData();
    }

    /** No window that holds the minute can be above a ceiling while all minutes near it together are below the least. */
    private boolean mayExceed(AccountId account, long minute, List<MinuteSlot> hour) {
        long first = minute - reach();
        long last = minute + reach();
        List<MinuteSlot> near = new ArrayList<>(hour);
        for (long each = MinuteSlots.hourOf(first); each <= MinuteSlots.hourOf(last); each++) {
            if (each != MinuteSlots.hourOf(minute)) {
                near.addAll(minutes.hour(account, each));
            }
        }
        long sum = 0;
        long least = rule.ceiling(account.value());
        for (MinuteSlot slot : near) {
            if (slot.minute() >= first && slot.minute() <= last) {
                sum = Episode.sum(sum, slot.records());
                least = Math.min(least, rule.ceiling(account.value(), slot.dataset()));
            }
        }
        return sum > least;
    }

    /** Judges anew the minutes that the span can have a part in, and every episode that these come near. */
    private void judge(AccountId account, Span changed) {
        Span reached = changed.widened(reach());
        for (Span wider = withNearEpisodes(account, reached); !wider.equals(reached); ) {
            reached = wider;
            wider = withNearEpisodes(account, reached);
        }
        Span span = reached;
        List<MinuteSlot> slots = minutes.between(account, span.first() - reach(), span.last() + reach());
        Map<String, List<Episode>> holding = new TreeMap<>();
        Map<String, Map<Long, Long>> flagged = BulkReads.flaggedMinutes(account, rule, slots);
        List<MinuteSlot> judged = slots.stream()
                .filter(slot -> slot.minute() >= span.first() && slot.minute() <= span.last())
                .toList();
        flagged.forEach((scope, sums) -> {
            List<Episode> findings = judged.stream()
                    .filter(slot -> sums.containsKey(slot.minute()) && BulkReads.isWithin(scope, slot.dataset()))
                    .map(slot -> slot.finding(sums.getOrDefault(slot.minute(), 0L)))
                    .toList();
            holding.put(
                    scope,
                    Episode.join(findings, policy.quiet()).stream()
                            .map(episode -> withEvidence(account, scope, episode, sums.keySet()))
                            .toList());
        });
        book.replace(account, episode -> isNear(episode, span), holding);
    }

    private Span withNearEpisodes(AccountId account, Span span) {
        Span wider = span;
        for (List<Episode> episodes : book.of(account).values()) {
            for (Episode episode : episodes) {
                if (isNear(episode, wider)) {
                    wider = wider.with(MinuteSlot.minuteOf(episode.start())).with(MinuteSlot.minuteOf(episode.end()));
                }
            }
        }
        return wider;
    }

    private boolean isNear(Episode episode, Span span) {
        Instant from = MinuteSlot.startOf(span.first()).minus(policy.quiet());
        Instant until = MinuteSlot.startOf(span.last() + 1).plus(policy.quiet());
        return !episode.end().isBefore(from) && !episode.start().isAfter(until);
    }

    private Episode withEvidence(AccountId account, String scope, Episode episode, Set<Long> flagged) {
        return episode.withEvidence(history
                .first(
                        Episode.MOST_EVIDENCE,
                        account,
                        episode.start(),
                        episode.end(),
                        access -> counts(access)
                                && flagged.contains(MinuteSlot.minuteOf(access.time()))
                                && BulkReads.isWithin(
                                        scope, access.dataset() == null ? MinuteSlot.UNNAMED : access.dataset()))
                .stream()
                .map(Access::evidence)
                .toList());
    }

    private long reach() {
        return rule.window().toMinutes() - 1;
    }
}
