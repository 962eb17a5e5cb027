package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Section;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts of a department are judged by it, for want of an own history, and until which bound: the first day of UTC
 * whose windows are judged by their own.
 */
final class Newcomers {

    private static final String STORE = "bulk-read-newcomers";

    private static final AccountEntries.Form<Newcomer> FORM =
            AccountEntries.Form.of(Section.NEWCOMER, Newcomer::bytes, Newcomer::of);

    private final KeyValueStore<Bytes, byte[]> byDepartment;

    /** The same by account, which is asked for every day. */
    private final AccountEntries<Newcomer> byAccount;

    Newcomers(ProcessingContext context) {
        this.byDepartment = StateStores.find(context, STORE);
        this.byAccount = AccountEntries.find(context, FORM);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.batched(STORE);
    }

    /** In place of what was known of the account. */
    void put(String department, AccountId account, long until) {
        Newcomer now = new Newcomer(department, until);
        if (!now.equals(byAccount.get(account, AccountEntries.ONLY))) {
            remove(account);
            byDepartment.put(
                    key(department, account), new CompactWriter().number(until).bytes());
            byAccount.put(account, AccountEntries.ONLY, now);
        }
    }

    void remove(AccountId account) {
        @Nullable Newcomer known = byAccount.get(account, AccountEntries.ONLY);
        if (known != null) {
            byDepartment.delete(key(known.department(), account));
            byAccount.remove(account, AccountEntries.ONLY);
        }
    }

    Map<AccountId, Long> of(String department) {
        Map<AccountId, Long> accounts = new TreeMap<>();
        StateKey all = StateKey.ofText(department);
        try (KeyValueIterator<Bytes, byte[]> entries = byDepartment.range(all.first(), all.last())) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                StateKey.Reader key = StateKey.read(entry.key);
                key.text();
                accounts.put(key.account(), new CompactReader(entry.value).number());
            }
        }
        return accounts;
    }

    private static Bytes key(String department, AccountId account) {
        return StateKey.ofText(department).text(account.value()).first();
    }

    private record Newcomer(String department, long until) {

        private byte[] bytes() {
            return new CompactWriter().text(department).number(until).bytes();
        }

        private static Newcomer of(byte[] bytes) {
            CompactReader in = new CompactReader(bytes);
            return new Newcomer(in.name(), in.number());
        }
    }
}
