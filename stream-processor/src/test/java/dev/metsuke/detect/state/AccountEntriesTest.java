package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEntriesTest {

    private static final AccountEntries.Form<String> TEXT = AccountEntries.Form.of(
            text -> text.getBytes(StandardCharsets.UTF_8), (_, bytes) -> new String(bytes, StandardCharsets.UTF_8));

    private static final String STORE = "any";
    private static final int ACCOUNTS = 6;
    private static final int NUMBERS = 12;
    private static final AccountId SATO = new AccountId("sato");

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore(STORE).get();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void isAMapOfEveryAccountHoweverLittleItKeepsAsObjects(long seed) {
        Random random = new Random(seed);
        List<TreeMap<Long, String>> model = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            model.add(new TreeMap<>());
        }
        AccountEntries<String> entries = entries(random);
        for (int step = 0; step < 5_000; step++) {
            int index = random.nextInt(ACCOUNTS);
            AccountId account = new AccountId("account-" + index);
            TreeMap<Long, String> expected = model.get(index);
            long one = random.nextInt(NUMBERS) - 3L;
            long other = one + random.nextInt(NUMBERS) - 1;
            String told = "seed " + seed + ", step " + step;
            switch (random.nextInt(18)) {
                case 0, 1, 2, 3, 4 -> {
                    entries.put(account, one, told);
                    expected.put(one, told);
                }
                case 5, 6, 7 -> assertThat(entries.get(account, one)).as(told).isEqualTo(expected.get(one));
                case 8, 9 -> {
                    entries.remove(account, one);
                    expected.remove(one);
                }
                case 10, 11, 12 -> {
                    TreeMap<Long, String> range = new TreeMap<>();
                    entries.forEach(account, one, other, range::put);
                    assertThat(range)
                            .as(told)
                            .isEqualTo(one > other ? new TreeMap<>() : expected.subMap(one, true, other, true));
                }
                case 13 ->
                    assertThat(entries.first(account))
                            .as(told)
                            .isEqualTo(expected.isEmpty() ? null : expected.firstKey());
                case 14 -> {
                    entries.removeAll(account, one, other);
                    if (one <= other) {
                        expected.subMap(one, true, other, true).clear();
                    }
                }
                case 15, 16 -> {
                    if (expected.tailMap(one).isEmpty()) {
                        entries.expectNone(account, one);
                    }
                }
                default -> {
                    List<String> found = new ArrayList<>();
                    entries.forEach((of, number, value) -> found.add(of + " " + number + " " + value));
                    assertThat(found).as(told).isEqualTo(listed(model));
                    // All of it is in the store now, so that another may go on.
                    entries = entries(random);
                }
            }
        }
    }

    @Test
    void forgetsWhatWasNotWrittenWhenItIsCleared() {
        AccountEntries<String> entries = entries(new Random(0));
        entries.put(SATO, 1, "written");
        entries.forEach((account, number, value) -> {});
        entries.put(SATO, 1, "not written");
        entries.put(SATO, 2, "not written");

        entries.clearCache();

        assertThat(entries.get(SATO, 1)).isEqualTo("written");
        assertThat(entries.get(SATO, 2)).isNull();
    }

    @Test
    void goesRoundAccountsThatWereNotWrittenYet() {
        AccountEntries<String> entries = entries(new Random(0));
        entries.put(SATO, 1, "not written");

        assertThat(entries.cursor().next(10)).containsExactly(SATO);
    }

    @Test
    void isWrittenToItsChangelogOnceACommit() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String())).process(new PutEachLetter());
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), config)) {
            TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic(
                    "test-" + STORE + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            // The driver commits after each record.
            driver.createInputTopic("in", new StringSerializer(), new StringSerializer())
                    .pipeInput("sato", "abc");

            assertThat(changelog.readValuesToList())
                    .extracting(value -> new String(value, StandardCharsets.UTF_8))
                    .containsExactly("c");
        }
    }

    private AccountEntries<String> entries(Random random) {
        return AccountEntries.builder(StateStores.IN_MEMORY, STORE, TEXT)
                .over(store, new HeapBudget(random.nextBoolean() ? 100 : 1_000));
    }

    private static List<String> listed(List<? extends Map<Long, String>> model) {
        List<String> listed = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            String account = "account-" + i;
            model.get(i).forEach((number, value) -> listed.add(account + " " + number + " " + value));
        }
        return listed;
    }

    private static final class PutEachLetter implements ProcessorSupplier<String, String, Void, Void> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(AccountEntries.builder(StateStores.IN_MEMORY, STORE, TEXT));
        }

        @Override
        public Processor<String, String, Void, Void> get() {
            return new Processor<>() {
                private @Nullable AccountEntries<String> entries;

                @Override
                public void init(ProcessorContext<Void, Void> context) {
                    entries = AccountEntries.find(context, STORE);
                }

                @Override
                public void process(Record<String, String> record) {
                    record.value()
                            .chars()
                            .forEach(letter -> Objects.requireNonNull(entries)
                                    .put(new AccountId(record.key()), 1, Character.toString(letter)));
                }
            };
        }
    }
}
