package dev.metsuke.detect.state;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds and finds the stores; windowed ones would forget by the fastest clock of all accounts. */
public enum StateStores {

    /** Durable: what detection in earnest remembers survives it. */
    ON_DISK,

    /** For small trials that end with their process: reading a range costs a copy of its keys. */
    IN_MEMORY;

    /** Written through: for what is seldom written, or read by range. */
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name) {
        KeyValueBytesStoreSupplier store = switch (this) {
            case ON_DISK -> Stores.persistentKeyValueStore(name);
            case IN_MEMORY -> Stores.inMemoryKeyValueStore(name);
        };
        return Stores.keyValueStoreBuilder(store, Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Written before a commit, in the order of the keys: for what is often written and seldom read by range. */
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> batched(String name) {
        return new BatchedStore.Builder(plain(name));
    }

    public static KeyValueStore<Bytes, byte[]> find(ProcessingContext context, String name) {
        StateStore store = context.getStateStore(name);
        @SuppressWarnings("unchecked")
        KeyValueStore<Bytes, byte[]> found = (KeyValueStore<Bytes, byte[]>) store;
        return found;
    }
}
