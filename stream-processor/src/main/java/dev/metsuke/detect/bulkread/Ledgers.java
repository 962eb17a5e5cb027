package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** A few numbers of every account that tell, at every read, whether there is anything to judge at all. */
final class Ledgers {

    private static final AccountEntries.Form<Ledger> FORM =
            AccountEntries.Form.of(Section.LEDGER, Ledger::bytes, Ledger::of);

    private final AccountEntries<Ledger> store;

    Ledgers(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
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
