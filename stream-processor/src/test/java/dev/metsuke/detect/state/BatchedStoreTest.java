package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedStoreTest {

    private static final String STORE = "any";
    private static final int KEYS = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isAMapWhateverWaits(long seed) {
        Random random = new Random(seed);
        NavigableMap<Bytes, String> expected = new TreeMap<>();
        BatchedStore store =
                new BatchedStore(Stores.inMemoryKeyValueStore(STORE).get());
        for (int step = 0; step < 5_000; step++) {
            Bytes key = key(random.nextInt(KEYS));
            Bytes other = key(random.nextInt(KEYS));
            String told = "seed " + seed + ", step " + step;
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    store.put(key, bytes(told));
                    expected.put(key, told);
                }
                case 2 ->
                    assertThat(text(store.putIfAbsent(key, bytes(told))))
                            .as(told)
                            .isEqualTo(expected.putIfAbsent(key, told));
                case 3 -> assertThat(text(store.delete(key))).as(told).isEqualTo(expected.remove(key));
                case 4 -> assertThat(text(store.get(key))).as(told).isEqualTo(expected.get(key));
                case 5 ->
                    assertThat(listed(store.range(key, other)))
                            .as(told)
                            .isEqualTo(
                                    key.compareTo(other) > 0
                                            ? List.of()
                                            : List.copyOf(expected.subMap(key, true, other, true)
                                                    .values()));
                case 6 ->
                    assertThat(listed(store.reverseRange(key, null)))
                            .as(told)
                            .isEqualTo(List.copyOf(
                                    expected.tailMap(key, true).reversed().values()));
                default -> assertThat(listed(store.all())).as(told).isEqualTo(List.copyOf(expected.values()));
            }
        }
    }

    @Test
    void forgetsWhatWasNotWrittenWhenItIsCleared() {
        BatchedStore store =
                new BatchedStore(Stores.inMemoryKeyValueStore(STORE).get());
        store.put(key(1), bytes("written"));
        assertThat(listed(store.all())).containsExactly("written");
        store.put(key(1), bytes("not written"));

        store.clearCache();

        assertThat(text(store.get(key(1)))).isEqualTo("written");
    }

    @Test
    void isInItsChangelogOnceTheRecordIsCommitted() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(new PutEachByte());
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), config)) {
            TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic(
                    "test-" + STORE + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            // The driver commits after each record.
            driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(bytes("key"), bytes("cab"));

            assertThat(changelog.readKeyValuesToList())
                    .extracting(entry -> text(entry.key))
                    .containsExactly("a", "b", "c");
        }
    }

    private static Bytes key(int number) {
        return Bytes.wrap(new byte[] {(byte) number});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> listed(KeyValueIterator<Bytes, byte[]> entries) {
        List<String> listed = new ArrayList<>();
        try (entries) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                listed.add(String.valueOf(text(entry.value)));
            }
        }
        return listed;
    }

    private static final class PutEachByte implements ProcessorSupplier<byte[], byte[], Void, Void> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            StoreBuilder<KeyValueStore<Bytes, byte[]>> store = StateStores.IN_MEMORY.batched(STORE);
            return Set.of(store);
        }

        @Override
        public Processor<byte[], byte[], Void, Void> get() {
            return new Processor<>() {
                private @Nullable KeyValueStore<Bytes, byte[]> store;

                @Override
                public void init(ProcessorContext<Void, Void> context) {
                    store = StateStores.find(context, STORE);
                }

                @Override
                public void process(Record<byte[], byte[]> record) {
                    for (byte each : record.value()) {
                        Objects.requireNonNull(store).put(Bytes.wrap(new byte[] {each}), record.key());
                    }
                }
            };
        }
    }
}
