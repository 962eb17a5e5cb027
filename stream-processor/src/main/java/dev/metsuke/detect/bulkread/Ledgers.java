package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.RecentlyUsed;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** A few numbers of every account that tell, at every read, whether there is anything to judge at all. */
final class Ledgers {

    private static final String STORE = "bulk-read-ledgers";
    private static final int MOST_REMEMBERED = 20_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RecentlyUsed<AccountId, Ledger> recent = new RecentlyUsed<>(MOST_REMEMBERED);

    Ledgers(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.cached(STORE);
    }

    AccountCursor cursor() {
        return new AccountCursor(store);
    }

    Ledger of(AccountId account) {
        Ledger known = recent.get(account);
        if (known == null) {
            byte[] stored = store.get(StateKey.of(account).first());
            known = stored == null ? Ledger.NOTHING : Ledger.of(stored);
            recent.put(account, known);
        }
        return known;
    }

    void put(AccountId account, Ledger ledger) {
        store.put(StateKey.of(account).first(), ledger.bytes());
        recent.put(account, ledger);
    }

    void forget(AccountId account) {
        store.delete(StateKey.of(account).first());
        recent.remove(account);
    }
}
