package dev.metsuke.detect.state;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds and finds the durable stores; windowed ones would forget by the fastest clock of all accounts. */
public final class StateStores {

    private StateStores() {}

    /** Written through: for what is seldom written, or read by range. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Kept in memory between commits: for what one account's accesses change again and again. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> cached(String name) {
        return plain(name).withCachingEnabled();
    }

    public static KeyValueStore<Bytes, byte[]> find(ProcessingContext context, String name) {
        StateStore store = context.getStateStore(name);
        @SuppressWarnings("unchecked")
        KeyValueStore<Bytes, byte[]> found = (KeyValueStore<Bytes, byte[]>) store;
        return found;
    }
}
