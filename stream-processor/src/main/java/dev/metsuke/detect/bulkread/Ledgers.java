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
        return AccountEntries.builder(state, STORE, new LedgerForm());
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

    private static final class LedgerForm implements AccountEntries.Form<Ledger> {

        @Override
        public byte[] write(Ledger ledger) {
            return ledger.bytes();
        }

        @Override
        public Ledger read(long number, byte[] bytes) {
            return Ledger.of(bytes);
        }

        @Override
        public boolean isOnly() {
            return true;
        }
    }
}
