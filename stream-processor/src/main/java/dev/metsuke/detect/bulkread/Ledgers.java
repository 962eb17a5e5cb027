package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** A few numbers of every account that tell, at every read, whether there is anything to judge at all. */
final class Ledgers {

    private static final String STORE = "bulk-read-ledgers";

    private final KeyValueStore<Bytes, byte[]> store;

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
        byte[] known = store.get(StateKey.of(account).first());
        return known == null ? new Ledger(Long.MIN_VALUE, new TreeMap<>()) : Ledger.of(new CompactReader(known));
    }

    void put(AccountId account, Ledger ledger) {
        store.put(StateKey.of(account).first(), ledger.bytes());
    }

    void forget(AccountId account) {
        store.delete(StateKey.of(account).first());
    }

    /**
     * Of one account.
     *
     * @param closedUntil the first day that is not closed
     * @param days by day of UTC, at least as many people as were read: everybody counts as often as read
     */
    record Ledger(long closedUntil, NavigableMap<Long, Long> days) {

        void add(long day, long people) {
            days.merge(day, people, Episode::sum);
        }

        Ledger closed(long until) {
            return new Ledger(until, days);
        }

        /** From one day to another, both included. */
        long between(long first, long last) {
            return days.subMap(first, true, last, true).values().stream().reduce(0L, Episode::sum);
        }

        private byte[] bytes() {
            CompactWriter out = new CompactWriter().number(closedUntil);
            long before = 0;
            for (var day : days.entrySet()) {
                out.number(day.getKey() - before).number(day.getValue());
                before = day.getKey();
            }
            return out.bytes();
        }

        private static Ledger of(CompactReader in) {
            long closedUntil = in.number();
            NavigableMap<Long, Long> days = new TreeMap<>();
            long day = 0;
            while (in.hasMore()) {
                day += in.number();
                days.put(day, in.number());
            }
            return new Ledger(closedUntil, days);
        }
    }
}
