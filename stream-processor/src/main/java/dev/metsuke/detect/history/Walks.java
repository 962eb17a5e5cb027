package dev.metsuke.detect.history;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How far accounts' accesses are gone through where one go would take too long; durable, so that it goes on after a restart.
 * Nothing of such an account is forgotten meanwhile.
 */
public final class Walks {

    /** The name of the store. */
    public static final String STORE = "walks";

    private final KeyValueStore<Bytes, byte[]> store;

    public Walks(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    /** Null where none is under way. */
    public @Nullable Walk get(AccountId account) {
        byte @Nullable [] stored = store.get(key(account));
        return stored == null ? null : Walk.of(stored);
    }

    public void put(AccountId account, Walk walk) {
        store.put(key(account), walk.bytes());
    }

    public void remove(AccountId account) {
        store.delete(key(account));
    }

    /** Gives out the accounts of which one is under way. */
    public void forEach(Consumer<AccountId> consumer) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(
                    entry -> consumer.accept(StateKey.read(entry.key).account()));
        }
    }

    private static Bytes key(AccountId account) {
        return StateKey.of(account).first();
    }

    /**
     * One of them.
     *
     * @param remembered from when on all accesses were remembered when it began
     * @param next all earlier ones are gone through, and none of this time or later
     * @param policyVersion by which policy
     */
    public record Walk(Instant remembered, Instant next, String policyVersion) {

        /** With all before a time gone through. */
        public Walk until(Instant time) {
            return new Walk(remembered, time, policyVersion);
        }

        private byte[] bytes() {
            return new CompactWriter()
                    .time(remembered)
                    .time(next)
                    .text(policyVersion)
                    .bytes();
        }

        private static Walk of(byte[] bytes) {
            CompactReader in = new CompactReader(bytes);
            return new Walk(in.time(), in.time(), in.text());
        }
    }
}
