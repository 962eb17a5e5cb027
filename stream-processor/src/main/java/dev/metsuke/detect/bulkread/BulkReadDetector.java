package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.DueMinutes.Span;
import dev.metsuke.detect.bulkread.SettledReads.Settled;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final SettledReads settledReads;
    private final DueMinutes due;
    private final EpisodeBook book;
    private final AccountCursor swept;
    private final AccountCursor settledSwept;

    private BulkReadDetector(Policy policy, ProcessorContext<AccountId, Alert> context, MeterRegistry meters) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.history = new AccessHistory(context, policy.horizon());
        this.minutes = new MinuteSlots(context);
        this.settledReads = new SettledReads(context);
        this.due = new DueMinutes(context);
        this.book = new EpisodeBook(
                context,
                Rule.BULK_READ,
                policy.quiet(),
                new BulkReadAlerts(policy, new Directory(context)::entry),
                meters);
        this.swept = minutes.cursor();
        this.settledSwept = settledReads.cursor();
    }

    public static KStream<AccountId, Alert> addTo(KStream<AccountId, Fact> facts, Policy policy, MeterRegistry meters) {
        Set<StoreBuilder<?>> stores = new HashSet<>(EpisodeBook.storeBuilders(Rule.BULK_READ));
        stores.add(MinuteSlots.storeBuilder());
        stores.add(SettledReads.storeBuilder());
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
        due.drain(this::judge);
        for (AccountId account : swept.next(ACCOUNTS_PER_SWEEP)) {
            forget(account, history.forgottenBefore(account, now));
        }
        book.sweep(history, now);
        for (AccountId account : settledSwept.next(ACCOUNTS_PER_SWEEP)) {
            if (book.of(account).isEmpty()) {
                settledReads.forget(account);
            }
        }
    }

    /** What is forgotten of an episode that goes on is settled; the minutes that its windows reach back to stay. */
    private void forget(AccountId account, Instant before) {
        if (before.equals(Instant.MAX)) {
            settledReads.forget(account);
            minutes.forget(account, MinuteSlot.minuteOf(before));
            return;
        }
        long until = MinuteSlots.startOfHour(MinuteSlot.minuteOf(before));
        Map<String, List<Episode>> known = book.of(account);
        if (!known.isEmpty()) {
            settle(account, until, known);
        }
        minutes.forget(account, until - reach());
    }

    private void settle(AccountId account, long until, Map<String, List<Episode>> known) {
        Settled settled = settledReads.of(account);
        if (until <= settled.until()
                || minutes.between(account, settled.until(), until - 1).isEmpty()) {
            return;
        }
        Map<String, Map<Long, Peak>> flagged = BulkReads.flaggedMinutes(
                account, rule, minutes.between(account, settled.until() - reach(), until - 1 + reach()));
        List<MinuteSlot> forgotten = minutes.between(account, settled.until(), until - 1);
        Map<String, List<Episode>> parts = new TreeMap<>();
        known.forEach((scope, episodes) -> {
            List<Episode> findings = new ArrayList<>(settled.partsOf(scope, episodes));
            findings(scope, forgotten, flagged.getOrDefault(scope, Map.of())).stream()
                    .filter(finding -> Settled.isWithin(finding, episodes))
                    .forEach(findings::add);
            parts.put(scope, Episode.join(findings, policy.quiet()));
        });
        settledReads.put(account, new Settled(until, parts));
    }

    private static List<Episode> findings(String scope, List<MinuteSlot> slots, Map<Long, Peak> peaks) {
        return slots.stream()
                .filter(slot -> peaks.containsKey(slot.minute()) && BulkReads.isWithin(scope, slot.dataset()))
                .map(slot -> slot.finding(peaks.getOrDefault(slot.minute(), Peak.NONE)))
                .toList();
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
        return !access.hasFailed() && access.action().readsData();
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
        Settled settled = settledReads.of(account);
        Map<String, List<Episode>> known = book.of(account);
        List<MinuteSlot> slots = minutes.between(account, span.first() - reach(), span.last() + reach());
        Map<String, Map<Long, Peak>> flagged = BulkReads.flaggedMinutes(account, rule, slots);
        List<MinuteSlot> judged = slots.stream()
                .filter(slot ->
                        slot.minute() >= Math.max(span.first(), settled.until()) && slot.minute() <= span.last())
                .toList();
        Set<String> scopes = new TreeSet<>(flagged.keySet());
        scopes.addAll(settled.parts().keySet());
        Map<String, List<Episode>> holding = new TreeMap<>();
        for (String scope : scopes) {
            Map<Long, Peak> peaks = flagged.getOrDefault(scope, Map.of());
            List<Episode> before = known.getOrDefault(scope, List.of());
            List<Episode> findings = new ArrayList<>(findings(scope, judged, peaks));
            settled.partsOf(scope, before).stream()
                    .filter(part -> isNear(part, span))
                    .forEach(findings::add);
            Instant settledUntil = MinuteSlot.startOf(settled.until());
            holding.put(
                    scope,
                    Episode.join(findings, policy.quiet()).stream()
                            .map(episode -> withEvidence(account, scope, episode, peaks.keySet(), before, settledUntil))
                            .toList());
        }
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

    /** What is remembered, and of what is not any more, the evidence that was told before. */
    private Episode withEvidence(
            AccountId account,
            String scope,
            Episode episode,
            Set<Long> flagged,
            List<Episode> before,
            Instant settledUntil) {
        Set<Evidence> evidence = new TreeSet<>();
        before.stream()
                .filter(told -> Settled.isWithin(told, List.of(episode)))
                .flatMap(told -> told.evidence().stream())
                .filter(told -> told.timestamp().isBefore(settledUntil)
                        || flagged.contains(MinuteSlot.minuteOf(told.timestamp())))
                .forEach(evidence::add);
        history
                .first(
                        Episode.MOST_EVIDENCE,
                        account,
                        episode.start().isBefore(settledUntil) ? settledUntil : episode.start(),
                        episode.end(),
                        access -> counts(access)
                                && flagged.contains(MinuteSlot.minuteOf(access.time()))
                                && BulkReads.isWithin(
                                        scope, access.dataset() == null ? MinuteSlot.UNNAMED : access.dataset()))
                .stream()
                .map(Access::evidence)
                .forEach(evidence::add);
        return episode.withEvidence(
                evidence.stream().limit(Episode.MOST_EVIDENCE).toList());
    }

    private long reach() {
        return rule.window().toMinutes() - 1;
    }
}
