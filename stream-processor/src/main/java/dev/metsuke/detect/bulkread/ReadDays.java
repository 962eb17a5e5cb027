package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Every account's closed days: written once a day, and read when a day's limits are computed. */
final class ReadDays {

    private static final String STORE = "bulk-read-days";

    private final KeyValueStore<Bytes, byte[]> store;

    ReadDays(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    void put(AccountId account, ReadDay day) {
        store.put(key(account, day.day()), day.bytes());
    }

    /** The days from one, included, until another, not included. */
    List<ReadDay> between(AccountId account, long first, long until) {
        List<ReadDay> days = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(account, first), key(account, until - 1))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                days.add(ReadDay.of(dayOf(entry.key), entry.value));
            }
        }
        return days;
    }

    /** Forgets the days from one, included, until another, not included. */
    void forget(AccountId account, long first, long until) {
        List<Bytes> forgotten = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(account, first), key(account, until - 1))) {
            entries.forEachRemaining(entry -> forgotten.add(entry.key));
        }
        forgotten.forEach(store::delete);
    }

    private static Bytes key(AccountId account, long day) {
        return StateKey.of(account).number(day).first();
    }

    private static long dayOf(Bytes key) {
        StateKey.Reader reader = StateKey.read(key);
        reader.account();
        return reader.number();
    }
}
