package dev.metsuke.detect.trial;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A processor's surroundings in a trial. */
final class TrialContext<K, V> implements ProcessorContext<K, V> {

    private final TrialClock clock;
    private final Map<String, Object> settings;
    private final TaskId task;
    private final Map<String, StateStore> stores;
    private final TrialGraph.TrialFlow<K, V> next;

    TrialContext(
            TrialClock clock,
            Map<String, Object> settings,
            TaskId task,
            Map<String, StateStore> stores,
            TrialGraph.TrialFlow<K, V> next) {
        this.clock = clock;
        this.settings = settings;
        this.task = task;
        this.stores = stores;
        this.next = next;
    }

    @Override
    public <K1 extends K, V1 extends V> void forward(Record<K1, V1> record) {
        // A record's types say what may be read of it, and nobody writes into it.
        @SuppressWarnings("unchecked")
        Record<K, V> wider = (Record<K, V>) record;
        next.send(wider);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        if (type != PunctuationType.WALL_CLOCK_TIME) {
            throw new UnsupportedOperationException("detection knows no stream time");
        }
        return clock.schedule(interval, punctuator);
    }

    @Override
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // Kafka Streams' own signature
    public <S extends StateStore> S getStateStore(String name) {
        S store = (S) Objects.requireNonNull(stores.get(name), name);
        return store;
    }

    @Override
    public Map<String, Object> appConfigs() {
        return settings;
    }

    @Override
    public long currentSystemTimeMs() {
        return clock.millis();
    }

    @Override
    public TaskId taskId() {
        return task;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.empty();
    }

    @Override
    public void commit() {
        // There is nothing to commit to.
    }

    @Override
    public <K1 extends K, V1 extends V> void forward(Record<K1, V1> record, String child) {
        throw unused();
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        throw unused();
    }

    @Override
    public String applicationId() {
        throw unused();
    }

    @Override
    public Serde<?> keySerde() {
        throw unused();
    }

    @Override
    public Serde<?> valueSerde() {
        throw unused();
    }

    @Override
    public File stateDir() {
        throw unused();
    }

    @Override
    public StreamsMetrics metrics() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unused();
    }

    @Override
    public long currentStreamTimeMs() {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("no part of detection asks for it");
    }
}
