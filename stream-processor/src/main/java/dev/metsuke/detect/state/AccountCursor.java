package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Goes round a store's accounts, some at a time, without reading what lies between them. */
public final class AccountCursor {

    private final KeyValueStore<Bytes, byte[]> store;
    private @Nullable AccountId last;

    public AccountCursor(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The next accounts; fewer at the end, after which it starts over. */
    public List<AccountId> next(int limit) {
        List<AccountId> accounts = new ArrayList<>();
        do {
            last = after(last);
            if (last != null) {
                accounts.add(last);
            }
        } while (last != null && accounts.size() < limit);
        return accounts;
    }

    private @Nullable AccountId after(@Nullable AccountId account) {
        try (KeyValueIterator<Bytes, byte[]> entries =
                account == null ? store.all() : store.range(StateKey.of(account).last(), null)) {
            return entries.hasNext() ? StateKey.read(entries.next().key).account() : null;
        }
    }
}
