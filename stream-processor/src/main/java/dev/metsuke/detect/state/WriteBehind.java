package dev.metsuke.detect.state;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps what it is given until a commit, over one that is written through and that is opened, closed and
 * restored with it.
 */
abstract class WriteBehind implements StateStore, CachedStateStore<Bytes, byte[]> {

    final KeyValueStore<Bytes, byte[]> below;
    private @Nullable InternalProcessorContext<?, ?> context;

    WriteBehind(KeyValueStore<Bytes, byte[]> below) {
        this.below = below;
    }

    abstract boolean hasWaiting();

    abstract void writeWaiting();

    /** Before every commit; Kafka Streams tells it to stores that say they are cached, and to no others. */
    @Override
    public void flushCache() {
        if (!hasWaiting()) {
            return;
        }
        InternalProcessorContext<?, ?> at = Objects.requireNonNull(context);
        if (at.recordContext() != null) {
            writeWaiting();
            return;
        }
        // No record is being processed, and the changelog wants a time.
        at.setRecordContext(new ProcessorRecordContext(at.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
        try {
            writeWaiting();
        } finally {
            at.setRecordContext(null);
        }
    }

    @Override
    public boolean setFlushListener(@Nullable CacheFlushListener<Bytes, byte[]> listener, boolean sendsOldValues) {
        return false;
    }

    @Override
    public String name() {
        return below.name();
    }

    @Override
    public void init(StateStoreContext initial, StateStore root) {
        clearCache();
        context = (InternalProcessorContext<?, ?>) initial;
        below.init(initial, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        below.commit(offsets);
    }

    @Override
    @SuppressWarnings("deprecation") // still asked
    public boolean managesOffsets() {
        return below.managesOffsets();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return below.committedOffset(partition);
    }

    @Override
    public Position getPosition() {
        return below.getPosition();
    }

    @Override
    public void close() {
        clearCache();
        below.close();
    }

    @Override
    public boolean persistent() {
        return below.persistent();
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    /** Builds one with the changelog of the store below. */
    abstract static class Builder<S extends StateStore> implements StoreBuilder<S> {

        private StoreBuilder<KeyValueStore<Bytes, byte[]>> below;

        Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> below) {
            this.below = below;
        }

        abstract S over(KeyValueStore<Bytes, byte[]> store);

        @Override
        public S build() {
            return over(below.build());
        }

        @Override
        public StoreBuilder<S> withCachingEnabled() {
            throw new UnsupportedOperationException(name() + " is a cache itself");
        }

        @Override
        public StoreBuilder<S> withCachingDisabled() {
            throw new UnsupportedOperationException(name() + " is a cache itself");
        }

        @Override
        public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
            below = below.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<S> withLoggingDisabled() {
            below = below.withLoggingDisabled();
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return below.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return below.loggingEnabled();
        }

        @Override
        public String name() {
            return below.name();
        }
    }
}
