package dev.metsuke.detect.state;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds and finds the stores; windowed ones would forget by the fastest clock of all accounts. */
public enum StateStores {

    /** Durable: what detection in earnest remembers survives it. */
    ON_DISK {
        @Override
        public StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name) {
            return Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
        }

        @Override
        public StoreBuilder<KeyValueStore<Bytes, byte[]>> cached(String name) {
            return plain(name).withCachingEnabled();
        }
    },

    /** For small trials that end with their process: reading a range costs a copy of its keys. */
    IN_MEMORY {
        @Override
        public StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name) {
            return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
        }

        @Override
        public StoreBuilder<KeyValueStore<Bytes, byte[]>> cached(String name) {
            return plain(name);
        }
    };

    /** Written through: for what is seldom written, or read by range. */
    public abstract StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name);

    /** Kept in memory between commits: for what one account's accesses change again and again. */
    public abstract StoreBuilder<KeyValueStore<Bytes, byte[]>> cached(String name);

    public static KeyValueStore<Bytes, byte[]> find(ProcessingContext context, String name) {
        StateStore store = context.getStateStore(name);
        @SuppressWarnings("unchecked")
        KeyValueStore<Bytes, byte[]> found = (KeyValueStore<Bytes, byte[]>) store;
        return found;
    }
}
