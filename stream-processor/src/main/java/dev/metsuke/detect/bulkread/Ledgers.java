package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** A few numbers of every account that tell, at every read, whether there is anything to judge at all. */
final class Ledgers {

    private static final String STORE = "bulk-read-ledgers";

    private final AccountEntries<Ledger> store;

    Ledgers(ProcessingContext context) {
        this.store = AccountEntries.find(context, STORE);
    }

    static StoreBuilder<AccountEntries<Ledger>> storeBuilder(StateStores state) {
        return AccountEntries.builder(state, STORE, AccountEntries.Form.ofOnly(Ledger::bytes, Ledger::of));
    }

    AccountCursor cursor() {
        return store.cursor();
    }

    Ledger of(AccountId account) {
        Ledger known = store.get(account, AccountEntries.ONLY);
        return known == null ? Ledger.NOTHING : known;
    }

    void put(AccountId account, Ledger ledger) {
        store.put(account, AccountEntries.ONLY, ledger);
    }

    void forget(AccountId account) {
        store.remove(account, AccountEntries.ONLY);
    }
}
