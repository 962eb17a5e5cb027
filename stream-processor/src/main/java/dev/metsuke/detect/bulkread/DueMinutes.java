package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Which accounts' minutes are to be judged again; durable, for a commit may come between the event and the judgement. */
final class DueMinutes {

    private static final String STORE = "bulk-read-due";

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<AccountId, Span> due = new HashMap<>();
    private boolean isRecovered;

    DueMinutes(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder() {
        return StateStores.plain(STORE);
    }

    void add(AccountId account, long minute) {
        recover();
        Span known = due.get(account);
        Span wider = known == null ? new Span(minute, minute) : known.with(minute);
        if (!wider.equals(known)) {
            due.put(account, wider);
            store.put(StateKey.of(account).first(), wider.bytes());
        }
    }

    void drain(BiConsumer<AccountId, Span> judge) {
        recover();
        due.forEach((account, span) -> {
            judge.accept(account, span);
            store.delete(StateKey.of(account).first());
        });
        due.clear();
    }

    private void recover() {
        if (isRecovered) {
            return;
        }
        isRecovered = true;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(
                    entry -> due.put(StateKey.read(entry.key).account(), Span.of(new CompactReader(entry.value))));
        }
    }

    /** Minutes from the first to the last, both included. */
    record Span(long first, long last) {

        Span with(long minute) {
            return new Span(Math.min(first, minute), Math.max(last, minute));
        }

        Span with(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }

        Span widened(long minutes) {
            return new Span(first - minutes, last + minutes);
        }

        private byte[] bytes() {
            return new CompactWriter().number(first).number(last).bytes();
        }

        private static Span of(CompactReader in) {
            return new Span(in.number(), in.number());
        }
    }
}
