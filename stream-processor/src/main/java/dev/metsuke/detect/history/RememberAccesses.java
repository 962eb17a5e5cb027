package dev.metsuke.detect.history;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.AccessHistory.Forgotten;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.AccountId;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Remembers every access once, however often its event comes, and forgets it after the account's own horizon. */
public final class RememberAccesses implements ProcessorSupplier<AccountId, AccessEvent, AccountId, Fact> {

    private static final int ACCOUNTS_PER_SWEEP = 500;

    /**
     * Of the time between two sweeps: an account that has left may have millions, and a transaction that takes 10 s is aborted.
     * More than a partition is given for long.
     */
    private static final long MOST_FORGOTTEN_A_MILLI = 10;

    private static final int FORGOTTEN_AT_A_TIME = 10_000;

    private final PolicyInForce policy;
    private final Counter events;
    private final StateStores state;

    RememberAccesses(PolicyInForce policy, Counter events, StateStores state) {
        this.policy = policy;
        this.events = events;
        this.state = state;
    }

    public static Flow<AccountId, Fact> addTo(
            Flow<AccountId, AccessEvent> accessEvents, PolicyInForce policy, Counter events, StateStores state) {
        return accessEvents.process(new RememberAccesses(policy, events, state), "remember-accesses");
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> stores = new HashSet<>(AccessHistory.storeBuilders(state));
        stores.add(AccountStore.builder(state, AccountStore.ACCOUNTS));
        stores.add(Walks.storeBuilder(state));
        return stores;
    }

    @Override
    public Processor<AccountId, AccessEvent, AccountId, Fact> get() {
        return new Remembering();
    }

    private final class Remembering implements Processor<AccountId, AccessEvent, AccountId, Fact> {

        private @Nullable ProcessorContext<AccountId, Fact> context;
        private @Nullable AccessHistory history;
        private @Nullable Predicate<AccountId> isUnderWay;
        private final Deque<AccountId> toSweep = new ArrayDeque<>();

        /** Of the first of them. */
        private Instant sweptUntil = Instant.MIN;

        private @Nullable AccountCursor swept;
        private @Nullable Cancellable sweeping;
        private long mostForgotten;

        @Override
        public void init(ProcessorContext<AccountId, Fact> initial) {
            close();
            context = initial;
            history = history();
            isUnderWay = Walks.ofAnyRule(initial);
            toSweep.clear();
            sweptUntil = Instant.MIN;
            swept = new AccountCursor(StateStores.find(initial, AccessHistory.STORE));
            Duration interval = Interval.SWEEP.of(initial);
            mostForgotten = MOST_FORGOTTEN_A_MILLI * interval.toMillis();
            sweeping = initial.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::sweep);
        }

        /** A task that is revived is initialized again, and would sweep twice as often. */
        @Override
        public void close() {
            if (sweeping != null) {
                sweeping.cancel();
                sweeping = null;
            }
        }

        @Override
        public void process(Record<AccountId, AccessEvent> record) {
            ProcessorContext<AccountId, Fact> to = Objects.requireNonNull(context);
            AccessEvent event = UnfitRecordException.requireValue(record);
            UnfitRecordException.requireKey(record, event.account());
            UnfitRecordException.requireTime("@timestamp", event.timestamp());
            events.increment();
            // The broker's clock, but no later than ours: a record cannot have arrived in the future.
            long arrived = Math.min(record.timestamp(), to.currentSystemTimeMs());
            AccessHistory accesses = Objects.requireNonNull(history);
            LastSeen seen = accesses.lastSeen(record.key());
            Access access = Access.of(seen.account(), event, Instant.ofEpochMilli(arrived));
            if (accesses.remember(access, seen)) {
                to.forward(
                        new Record<>(seen.account(), new Fact.Accessed(access), record.timestamp(), record.headers()));
            }
        }

        /** By the horizon that holds. */
        private AccessHistory history() {
            return new AccessHistory(
                    Objects.requireNonNull(context), policy.policy().horizon());
        }

        private void sweep(long now) {
            AccessHistory accesses = history();
            if (toSweep.isEmpty()) {
                toSweep.addAll(Objects.requireNonNull(swept).next(ACCOUNTS_PER_SWEEP));
            }
            if (toSweep.removeIf(Objects.requireNonNull(isUnderWay))) {
                sweptUntil = Instant.MIN;
            }
            long left = mostForgotten;
            while (left > 0 && !toSweep.isEmpty()) {
                Forgotten forgotten =
                        accesses.forget(toSweep.getFirst(), sweptUntil, Instant.ofEpochMilli(now), FORGOTTEN_AT_A_TIME);
                left -= forgotten.count();
                sweptUntil = forgotten.until();
                if (forgotten.count() < FORGOTTEN_AT_A_TIME) {
                    toSweep.removeFirst();
                    sweptUntil = Instant.MIN;
                }
            }
        }
    }
}
