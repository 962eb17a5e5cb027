package dev.metsuke.detect.history;

import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Every account's accesses, by event time, as far back as its own horizon. */
public final class AccessHistory {

    /** The name of the store of all accesses. */
    public static final String STORE = "all-accesses";

    /** What it was called before there was a store of exports. */
    public static final String FORMER_STORE = "accesses";

    /** The name of the store that has those again that take data out: of millions of accesses they may be a few. */
    public static final String EXPORTS = "exports";

    private final KeyValueStore<Bytes, byte[]> store;
    private final KeyValueStore<Bytes, byte[]> exports;
    private final LastSeenAccounts lastSeen;
    private final Duration horizon;

    public AccessHistory(ProcessingContext context, Duration horizon) {
        this.store = StateStores.find(context, STORE);
        this.exports = StateStores.find(context, EXPORTS);
        this.lastSeen = new LastSeenAccounts(context);
        this.horizon = horizon;
    }

    static Set<StoreBuilder<?>> storeBuilders(StateStores state) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> all = state.batched(STORE);
        StoreBuilder<KeyValueStore<Bytes, byte[]>> exports = state.batched(EXPORTS);
        return Set.of(all, exports);
    }

    LastSeen lastSeen(AccountId account) {
        return lastSeen.of(account);
    }

    /**
     * False where the same event was remembered before. What is newer than all of its account's is new; it needs no look. To
     * find out which is the newest costs more than such a look, and is done for accounts that come twice in a day, while they are kept.
     */
    boolean remember(Access access, LastSeen seen) {
        if (seen.needsItsTimeAgain(access.time())) {
            @Nullable Instant newest = newest(seen.account(), StateKey.of(seen.account()));
            seen.becomes(newest == null ? Instant.MIN : newest);
        }
        Bytes key = access.key().first();
        byte[] value = access.value();
        boolean isLast = seen.hasNoneSince(access.time());
        if (isLast) {
            store.put(key, value);
        } else if (store.putIfAbsent(key, value) != null) {
            return false;
        }
        lastSeen.saw(seen, access, isLast);
        if (access.action().takesDataOut()) {
            exports.put(key, value);
        }
        return true;
    }

    /**
     * The next of an account's accesses, in order of event time: so many, and what has to be gone through with them.
     *
     * @param most none where it is not positive
     * @param mayEndBefore whether there may be an end where the next access is there
     * @return how many there were, and where to go on
     */
    public Walked walk(
            AccountId account, Walk<?> walk, int most, Predicate<Place> mayEndBefore, Consumer<Access> consumer) {
        return walk(store, account, walk, most, mayEndBefore, consumer);
    }

    /** The same with those that take data out. */
    public Walked walkExports(
            AccountId account, Walk<?> walk, int most, Predicate<Place> mayEndBefore, Consumer<Access> consumer) {
        return walk(exports, account, walk, most, mayEndBefore, consumer);
    }

    private static Walked walk(
            KeyValueStore<Bytes, byte[]> store,
            AccountId account,
            Walk<?> walk,
            int most,
            Predicate<Place> mayEndBefore,
            Consumer<Access> consumer) {
        int count = 0;
        @Nullable Instant last = walk.next().isAmid() ? walk.next().time() : null;
        try (KeyValueIterator<Bytes, byte[]> accesses = store.range(
                walk.next().key(account), StateKey.of(account).time(walk.last()).last())) {
            while (accesses.hasNext()) {
                KeyValue<Bytes, byte[]> entry = accesses.next();
                Access access = Access.of(entry.key, entry.value);
                if (count >= most) {
                    Place here = access.time().equals(last) ? Place.before(access) : Place.before(access.time());
                    if (mayEndBefore.test(here)) {
                        return new Walked(count, here);
                    }
                }
                consumer.accept(access);
                last = access.time();
                count++;
            }
        }
        return new Walked(count, null);
    }

    /**
     * A part of an account's accesses.
     *
     * @param count how many they were
     * @param next where the first that follows them is; null where none does
     */
    public record Walked(int count, @Nullable Place next) {

        public boolean isLast() {
            return next == null;
        }
    }

    /** Whether an account took data out after a time. */
    public boolean hasExportAfter(AccountId account, Instant time) {
        try (KeyValueIterator<Bytes, byte[]> later = exports.range(
                StateKey.of(account).time(time).last(), StateKey.of(account).last())) {
            return later.hasNext();
        }
    }

    /** The first accesses of an account that fit, in order of event time. */
    public List<Access> first(int limit, AccountId account, Instant from, Instant to, Predicate<Access> fitting) {
        List<Access> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> accesses = range(store, account, from, to)) {
            while (accesses.hasNext() && found.size() < limit) {
                KeyValue<Bytes, byte[]> entry = accesses.next();
                Access access = Access.of(entry.key, entry.value);
                if (fitting.test(access)) {
                    found.add(access);
                }
            }
        }
        return found;
    }

    /**
     * From when on all accesses of an account are remembered: from its oldest one, or from its horizon where that is later,
     * as behind one that came very late.
     *
     * @param horizonsStart what {@link #horizonOf} gives
     */
    public Instant rememberedFrom(AccountId account, Instant horizonsStart) {
        StateKey all = StateKey.of(account);
        try (KeyValueIterator<Bytes, byte[]> accesses = store.range(all.first(), all.last())) {
            if (!accesses.hasNext()) {
                return Instant.MAX;
            }
            Instant oldest = timeOf(accesses.next().key);
            return oldest.isBefore(horizonsStart) ? horizonsStart : oldest;
        }
    }

    /**
     * What of an account lies before this time is forgotten: its horizon before its newest access; an account of which
     * nothing arrived for a whole horizon, and the rest of the day, is forgotten.
     */
    public Instant forgottenBefore(AccountId account, Instant now) {
        // By the day that is written down: an account that was at work all day may have millions of accesses.
        if (lastSeen.isSilentSince(account, now.minus(horizon))) {
            return Instant.MAX;
        }
        @Nullable Instant newest = newest(account, StateKey.of(account).time(now));
        if (newest != null) {
            return newest.minus(horizon);
        }
        return newest(account, StateKey.of(account)) == null ? Instant.MAX : now.minus(horizon);
    }

    /** Before its newest access; one from the future, of a fast clock, counts for nothing. */
    public Instant horizonOf(AccountId account, Instant now) {
        @Nullable Instant newest = newest(account, StateKey.of(account).time(now));
        return (newest == null ? now : newest).minus(horizon);
    }

    /** Up to a key; null where there is none. */
    private @Nullable Instant newest(AccountId account, StateKey last) {
        try (KeyValueIterator<Bytes, byte[]> accesses =
                store.reverseRange(StateKey.of(account).first(), last.last())) {
            return accesses.hasNext() ? timeOf(accesses.next().key) : null;
        }
    }

    /** Whether no access between two times, both included, is remembered. */
    public boolean isForgotten(AccountId account, Instant from, Instant to) {
        return first(1, account, from, to, access -> true).isEmpty();
    }

    /** Whether nothing is remembered of what a fast clock stamped between two times, which goes by its arrival. */
    public boolean hasForgottenFuture(AccountId account, Instant from, Instant to, Instant now) {
        return from.isAfter(now) && isForgotten(account, from, to);
    }

    /**
     * Forgets what lies before the account's horizon, and what a fast clock stamped once it arrived that long ago; so many
     * accesses at a time, the oldest first, for an account may have millions.
     *
     * @param from looks at nothing older: a store passes over what was just forgotten one by one
     */
    Forgotten forget(AccountId account, Instant from, Instant now, int most) {
        Instant before = forgottenBefore(account, now);
        Instant until = from;
        List<KeyValue<Bytes, byte[]>> forgotten = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> accesses = range(store, account, from, Instant.MAX)) {
            while (accesses.hasNext() && forgotten.size() < most) {
                KeyValue<Bytes, byte[]> entry = accesses.next();
                Instant time = timeOf(entry.key);
                if (!time.isBefore(before)) {
                    break;
                }
                until = time;
                forgotten.add(entry);
            }
        }
        if (!before.equals(Instant.MAX)) {
            forgotten.addAll(longSinceArrivedOfFuture(account, now, most - forgotten.size()));
        }
        forgotten.forEach(this::forget);
        if (before.equals(Instant.MAX) && forgotten.size() < most) {
            lastSeen.forget(account);
        }
        return new Forgotten(forgotten.size(), until);
    }

    /**
     * What was forgotten of an account.
     *
     * @param count how many accesses; where they are fewer than the most, there are no more
     * @param until from where to go on
     */
    record Forgotten(int count, Instant until) {}

    /** Looks at so many at most: those that are stamped first are those that arrived first. */
    private List<KeyValue<Bytes, byte[]>> longSinceArrivedOfFuture(AccountId account, Instant now, int most) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stampedLater = store.range(
                StateKey.of(account).time(now).last(), StateKey.of(account).last())) {
            for (int looked = 0; looked < most && stampedLater.hasNext(); looked++) {
                KeyValue<Bytes, byte[]> entry = stampedLater.next();
                if (isLongSinceArrived(Access.of(entry.key, entry.value), now)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    private void forget(KeyValue<Bytes, byte[]> entry) {
        store.delete(entry.key);
        if (Access.of(entry.key, entry.value).action().takesDataOut()) {
            exports.delete(entry.key);
        }
    }

    private boolean isLongSinceArrived(Access access, Instant now) {
        return access.arrived().plus(horizon).isBefore(now);
    }

    private static KeyValueIterator<Bytes, byte[]> range(
            KeyValueStore<Bytes, byte[]> store, AccountId account, Instant from, Instant to) {
        return store.range(
                StateKey.of(account).time(from).first(),
                StateKey.of(account).time(to).last());
    }

    private static Instant timeOf(Bytes key) {
        StateKey.Reader reader = StateKey.read(key);
        reader.account();
        return reader.time();
    }
}
