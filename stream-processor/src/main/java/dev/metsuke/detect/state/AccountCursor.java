package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Goes round a store's accounts, some at a time. To open a range costs more than to step over a few keys, with a cache before
 * the store much more; so it steps, and seeks only behind an account that has many.
 */
public final class AccountCursor {

    private static final int KEYS_TO_STEP_OVER = 32;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Runnable before;
    private final Predicate<AccountId> isWanted;
    private @Nullable AccountId last;

    public AccountCursor(KeyValueStore<Bytes, byte[]> store) {
        this(store, () -> {}, account -> true);
    }

    /** With something to be done before each round; gives those alone of the accounts it passes that are wanted. */
    AccountCursor(KeyValueStore<Bytes, byte[]> store, Runnable before, Predicate<AccountId> isWanted) {
        this.store = store;
        this.before = before;
        this.isWanted = isWanted;
    }

    /** Those that are wanted of the next so many accounts at most; at the end it starts over. */
    public List<AccountId> next(int limit) {
        if (last == null) {
            before.run();
        }
        List<AccountId> accounts = new ArrayList<>();
        boolean isRound = false;
        while (!isRound && accounts.size() < limit) {
            isRound = read(accounts, limit);
        }
        accounts.removeIf(isWanted.negate());
        return accounts;
    }

    /** Adds what one range gives; true where it came to the end. */
    private boolean read(List<AccountId> accounts, int limit) {
        int steps = 0;
        try (KeyValueIterator<Bytes, byte[]> entries =
                last == null ? store.all() : store.range(StateKey.of(last).last(), null)) {
            while (accounts.size() < limit && steps < KEYS_TO_STEP_OVER) {
                if (!entries.hasNext()) {
                    last = null;
                    return true;
                }
                AccountId account = StateKey.read(entries.next().key).account();
                if (account.equals(last)) {
                    steps++;
                } else {
                    accounts.add(account);
                    last = account;
                    steps = 0;
                }
            }
        }
        return false;
    }
}
