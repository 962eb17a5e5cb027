package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Which accounts of a department are judged by it, for want of an own history, and until which bound: the first day of UTC
 * whose windows are judged by their own.
 */
final class Newcomers {

    private static final String STORE = "bulk-read-newcomers";

    private final KeyValueStore<Bytes, byte[]> store;

    Newcomers(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    void put(String department, AccountId account, long until) {
        Bytes key = key(department, account);
        byte[] now = new CompactWriter().number(until).bytes();
        if (!Arrays.equals(now, store.get(key))) {
            store.put(key, now);
        }
    }

    void remove(String department, AccountId account) {
        Bytes key = key(department, account);
        if (store.get(key) != null) {
            store.delete(key);
        }
    }

    Map<AccountId, Long> of(String department) {
        Map<AccountId, Long> accounts = new TreeMap<>();
        StateKey all = StateKey.ofText(department);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(all.first(), all.last())) {
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
}
