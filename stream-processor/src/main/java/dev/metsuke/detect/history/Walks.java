package dev.metsuke.detect.history;

import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import java.time.Instant;
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
public final class Walks<C> {

    /** The name of the store, which all rules share; {@code walks} was one whose keys name no rule. */
    public static final String STORE = "walks-by-rule";

    /** The name of the setting in Kafka Streams' configuration that says how many accesses are gone through at a time. */
    public static final String ACCESSES_SETTING = "metsuke.judge.again.accesses";

    private static final int ACCESSES_PER_TELLING = 5_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Rule rule;
    private final String policyVersion;
    private final Walk.Form<C> form;
    private final int most;

    /** Those first that wait longest. */
    private final Map<AccountId, Walk<C>> underWay = new LinkedHashMap<>();

    private int left;

    public Walks(ProcessingContext context, Rule rule, Policy policy, Walk.Form<C> form) {
        this.store = StateStores.find(context, STORE);
        this.rule = rule;
        this.policyVersion = policy.versionName();
        this.form = form;
        this.most = accessesPerTelling(context);
        this.left = most;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> {
                StateKey.Reader key = StateKey.read(entry.key);
                AccountId account = key.account();
                if (key.text().equals(rule.id())) {
                    underWay.put(account, Walk.of(entry.value, form));
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

    /** Whether one is under way that comes to an access yet. */
    public boolean comeTo(Access access) {
        @Nullable Walk<C> walk = underWay.get(access.account());
        return walk != null && walk.comesTo(access);
    }

    /** Whether one is under way that has gone through some of the accesses of this very time, and not through all. */
    public boolean areAmid(AccountId account, Instant time) {
        @Nullable Walk<C> walk = underWay.get(account);
        return walk != null && walk.next().isAmid() && walk.next().time().equals(time);
    }

    /** Whether one is under way that ends before this time. */
    public boolean endBefore(AccountId account, Instant time) {
        @Nullable Walk<C> walk = underWay.get(account);
        return walk != null && time.isAfter(walk.last());
    }

    /** Whether one is under way that goes through all accesses of these times. */
    public boolean takeIn(AccountId account, Instant start, Instant end) {
        @Nullable Walk<C> walk = underWay.get(account);
        return walk != null && walk.takesIn(start, end);
    }

    /** An account's horizon, or the earlier one of a walk that is under way: all is still remembered that was when it began. */
    public Instant horizonOf(AccountId account, Instant horizonNow) {
        @Nullable Walk<C> walk = underWay.get(account);
        return walk != null && walk.horizon().isBefore(horizonNow) ? walk.horizon() : horizonNow;
    }

    /** How many accesses may be gone through until the next telling. */
    public int left() {
        return left;
    }

    /** One that is to begin, by the policy that holds. */
    public Walk<C> begin(Instant horizon, Instant first, Instant last) {
        return begin(horizon, first, first, last);
    }

    /** One through all of an account's accesses, of which those before a time are nothing to the rule. */
    public Walk<C> beginWithAll(Instant horizon, Instant next) {
        return begin(horizon, Instant.MIN, next, Instant.MAX);
    }

    private Walk<C> begin(Instant horizon, Instant first, Instant next, Instant last) {
        return new Walk<>(horizon, first, Place.before(next), last, 0, policyVersion, form.none());
    }

    /**
     * Lets those that are under way go on, by turns. What begins until the next telling may go through as many again.
     *
     * @param part takes those on which the policy that holds began
     * @param anew takes those on which another one did: an alert names one policy
     */
    public void goOn(BiConsumer<AccountId, Walk<C>> part, BiConsumer<AccountId, Walk<C>> anew) {
        left = most;
        for (AccountId account : List.copyOf(underWay.keySet())) {
            if (left > 0) {
                Walk<C> walk = Objects.requireNonNull(underWay.get(account));
                (walk.policyVersion().equals(policyVersion) ? part : anew).accept(account, walk);
            }
        }
        left = most;
    }

    /** A part is gone through. */
    public void advance(AccountId account, Walk<C> walk, Walked part) {
        left -= part.count();
        @Nullable Walk<C> before = underWay.remove(account);
        @Nullable Place next = part.next();
        if (next != null) {
            Walk<C> rest = walk.behind(part, next);
            underWay.put(account, rest);
            store.put(key(account), rest.bytes(form));
        } else if (before != null) {
            store.delete(key(account));
        }
    }

    private Bytes key(AccountId account) {
        return StateKey.of(account).text(rule.id()).first();
    }
}
