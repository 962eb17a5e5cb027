package dev.metsuke.detect.history;

import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How far a rule has gone through accounts' accesses where one go would take too long; durable, so that it goes on after a
 * restart. Until all are gone through, nothing of such an account is told, nor forgotten.
 */
public final class Walks {

    /** The name of the store, which all rules share; {@code walks} was one whose keys name no rule. */
    public static final String STORE = "walks-by-rule";

    /** The name of the setting in Kafka Streams' configuration that says how many accesses are gone through at a time. */
    public static final String ACCESSES_SETTING = "metsuke.judge.again.accesses";

    private static final int ACCESSES_PER_TELLING = 5_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Rule rule;
    private final int most;

    /** Those first that wait longest. */
    private final Map<AccountId, Walk> underWay = new LinkedHashMap<>();

    private int left;

    public Walks(ProcessingContext context, Rule rule) {
        this.store = StateStores.find(context, STORE);
        this.rule = rule;
        this.most = accessesPerTelling(context);
        this.left = most;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> {
                StateKey.Reader key = StateKey.read(entry.key);
                AccountId account = key.account();
                if (key.text().equals(rule.id())) {
                    underWay.put(account, Walk.of(entry.value));
                }
            });
        }
    }

    private static int accessesPerTelling(ProcessingContext context) {
        Object given = context.appConfigs().get(ACCESSES_SETTING);
        return given == null ? ACCESSES_PER_TELLING : Math.max(1, Integer.parseInt(given.toString()));
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    /** The accounts of which some rule has one under way. */
    static Predicate<AccountId> ofAnyRule(ProcessingContext context) {
        KeyValueStore<Bytes, byte[]> store = StateStores.find(context, STORE);
        return account -> {
            StateKey all = StateKey.of(account);
            try (KeyValueIterator<Bytes, byte[]> ofAccount = store.range(all.first(), all.last())) {
                return ofAccount.hasNext();
            }
        };
    }

    public boolean isUnderWay(AccountId account) {
        return underWay.containsKey(account);
    }

    /** Null where none is under way. */
    public @Nullable Walk of(AccountId account) {
        return underWay.get(account);
    }

    /** An account's horizon, or the earlier one of a walk that is under way: all is still remembered that was when it began. */
    public Instant horizonOf(AccountId account, Instant horizonNow) {
        @Nullable Walk walk = underWay.get(account);
        return walk != null && walk.horizon().isBefore(horizonNow) ? walk.horizon() : horizonNow;
    }

    /** How many accesses may be gone through until the next telling. */
    public int left() {
        return left;
    }

    /** Lets those that are under way go on, by turns. What begins until the next telling may go through as many again. */
    public void goOn(BiConsumer<AccountId, Walk> part) {
        left = most;
        for (AccountId account : List.copyOf(underWay.keySet())) {
            if (left > 0) {
                part.accept(account, Objects.requireNonNull(underWay.get(account)));
            }
        }
        left = most;
    }

    /** A part is gone through. True where it was the last one. */
    public boolean advance(AccountId account, Walk walk, Walked part) {
        left -= part.count();
        @Nullable Walk before = underWay.remove(account);
        @Nullable Instant next = part.next();
        if (next != null) {
            Walk rest = walk.behind(part, next);
            underWay.put(account, rest);
            store.put(key(account), rest.bytes());
        } else if (before != null) {
            store.delete(key(account));
        }
        return next == null;
    }

    private Bytes key(AccountId account) {
        return StateKey.of(account).text(rule.id()).first();
    }

    /**
     * One of them.
     *
     * @param horizon the account's when it began: of what is later, nothing is forgotten meanwhile
     * @param first from when on
     * @param next all earlier ones are gone through, and none of this time or later
     * @param last until when
     * @param gone how many accesses are gone through
     * @param used how much is used of approvals, by their ids
     * @param policyVersion by which policy
     */
    public record Walk(
            Instant horizon,
            Instant first,
            Instant next,
            Instant last,
            long gone,
            Map<String, Long> used,
            String policyVersion) {

        public Walk {
            used = Map.copyOf(used);
        }

        /** One that is to begin. */
        public static Walk begin(Instant horizon, Instant first, Instant last, String policyVersion) {
            return new Walk(horizon, first, first, last, 0, Map.of(), policyVersion);
        }

        /** Whether an access of this time is still to be gone through. */
        public boolean comesTo(Instant time) {
            return !time.isBefore(next) && !time.isAfter(last);
        }

        /** Whether it goes through all accesses of these times. */
        public boolean takesIn(Instant start, Instant end) {
            return !start.isBefore(first) && !end.isAfter(last);
        }

        /** With so much used of approvals. */
        public Walk using(Map<String, Long> now) {
            return new Walk(horizon, first, next, last, gone, now, policyVersion);
        }

        private Walk behind(Walked part, Instant time) {
            return new Walk(horizon, first, time, last, gone + part.count(), used, policyVersion);
        }

        private byte[] bytes() {
            CompactWriter out = new CompactWriter()
                    .time(horizon)
                    .time(first)
                    .time(next)
                    .time(last)
                    .number(gone)
                    .text(policyVersion);
            used.forEach((approval, people) -> out.text(approval).number(people));
            return out.bytes();
        }

        private static Walk of(byte[] bytes) {
            CompactReader in = new CompactReader(bytes);
            Instant horizon = in.time();
            Instant first = in.time();
            Instant next = in.time();
            Instant last = in.time();
            long gone = in.number();
            String policyVersion = in.text();
            Map<String, Long> used = new HashMap<>();
            while (in.hasMore()) {
                used.put(in.text(), in.number());
            }
            return new Walk(horizon, first, next, last, gone, used, policyVersion);
        }
    }
}
