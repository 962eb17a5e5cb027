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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

class AccountStoreTest {

    private static final List<AccountEntries.Form<String>> FORMS = Stream.of(
                    Section.LEDGER, Section.MINUTES, Section.READ_DAYS, Section.PERSON_DAYS)
            .map(AccountStoreTest::text)
            .toList();

    private static final AccountEntries.Form<String> MINUTES = text(Section.MINUTES);
    private static final String STORE = "any";
    private static final int ACCOUNTS = 6;
    private static final int NUMBERS = 12;
    private static final AccountId SATO = new AccountId("sato");

    private final KeyValueStore<Bytes, byte[]> below =
            Stores.inMemoryKeyValueStore(STORE).get();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void isAMapOfEveryAccountAndSectionHoweverLittleItKeeps(long seed) {
        Random random = new Random(seed);
        // By section, then by account.
        List<List<TreeMap<Long, String>>> model =
                Stream.generate(AccountStoreTest::nothing).limit(FORMS.size()).toList();
        AccountStore store = store(random);
        for (int step = 0; step < 10_000; step++) {
            int of = random.nextInt(FORMS.size());
            AccountEntries<String> entries = new AccountEntries<>(store, FORMS.get(of));
            boolean isOne = FORMS.get(of).section().isOne();
            int index = random.nextInt(ACCOUNTS);
            AccountId account = account(index);
            TreeMap<Long, String> expected = model.get(of).get(index);
            long one = isOne ? AccountEntries.ONLY : random.nextInt(NUMBERS) - 3L;
            long other = isOne ? AccountEntries.ONLY : one + random.nextInt(NUMBERS) - 1;
            String told = "seed " + seed + ", step " + step;
            switch (random.nextInt(21)) {
                case 0, 1, 2, 3, 4 -> {
                    // Some sections fit into a record and some do not, also one that has one entry.
                    String value = told + "x".repeat(random.nextInt(20) == 0 ? AccountRecord.MOST : random.nextInt(60));
                    entries.put(account, one, value);
                    expected.put(one, value);
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
                    if (!isOne && expected.tailMap(one).isEmpty()) {
                        entries.expectNone(account, one);
                    }
                }
                case 17 -> {
                    if (!isOne) {
                        entries.letGo(account, one);
                    }
                }
                case 18, 19 -> store.writeWaiting();
                default -> {
                    List<String> found = new ArrayList<>();
                    entries.forEach((owner, number, value) -> found.add(owner + " " + number + " " + value));
                    assertThat(found).as(told).isEqualTo(listed(model.get(of)));
                    if (isOne) {
                        assertThat(entries.cursor().next(ACCOUNTS + 1)).as(told).isEqualTo(having(model.get(of)));
                    }
                    // All of it is in the store now, so that another may go on.
                    store = store(random);
                }
            }
        }
    }

    /** It keeps one account at least; more than that one takes would be counted for others, which are given up. */
    @Test
    void countsWhatItKeepsAndNothingElse() {
        AccountStore store = AccountStore.builder(StateStores.IN_MEMORY, STORE).over(below, new HeapBudget(0));
        AccountEntries<String> entries = new AccountEntries<>(store, MINUTES);
        Random random = new Random(0);
        for (int step = 0; step < 20_000; step++) {
            AccountId account = account(random.nextInt(ACCOUNTS));
            long number = random.nextInt(NUMBERS);
            switch (random.nextInt(6)) {
                case 0, 1 -> entries.put(account, number, "x".repeat(random.nextInt(50)));
                case 2 -> entries.remove(account, number);
                case 3 -> entries.removeAll(account, number, number + 3);
                case 4 -> entries.letGo(account, number);
                default -> store.writeWaiting();
            }
            entries.get(account, number);
            assertThat(store.heapBytes()).as("after step " + step).isBetween(100L, 2_000L + NUMBERS * 500L);
        }
    }

    @Test
    void keepsBytesOfWhatNobodyPutsAnyMoreAlsoWhereNothingElseComes() {
        AccountStore store = AccountStore.builder(StateStores.IN_MEMORY, STORE).over(below, new HeapBudget(1_000_000));
        new AccountEntries<>(store, MINUTES).put(SATO, 1, "x".repeat(10_000));
        store.writeWaiting();
        assertThat(store.heapBytes()).isGreaterThan(40_000);
        assertThat(store.hasWaiting()).isTrue();

        store.writeWaiting();

        assertThat(store.heapBytes()).isBetween(10_000L, 11_000L);
        assertThat(store.hasWaiting()).isFalse();
    }

    @Test
    void keepsASmallAccountInOneEntry() {
        AccountStore store = store(new Random(0));
        FORMS.forEach(form -> new AccountEntries<>(store, form).put(SATO, AccountEntries.ONLY, "small"));

        store.writeWaiting();

        assertThat(below.approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void writesAloneWhatChangesBesideALargeSection() {
        AccountStore store = store(new Random(0));
        putMinutesApart(store);
        new AccountEntries<>(store, text(Section.LEDGER)).put(SATO, AccountEntries.ONLY, "small");

        store.writeWaiting();

        assertThat(below.approximateNumEntries())
                .as("both minutes, and the record")
                .isEqualTo(3);
        assertThat(below.get(AccountRecord.key(SATO))).hasSizeLessThan(20);
    }

    @Test
    void keepsApartWhatStandsBeforeWhatIsRemoved() {
        AccountStore store = store(new Random(0));
        AccountEntries<String> minutes = putMinutesApart(store);
        store.writeWaiting();

        minutes.removeAll(SATO, 2, Long.MAX_VALUE);
        store.clearCache();

        assertThat(minutes.first(SATO)).isEqualTo(1);
    }

    @Test
    void leavesNothingOfAnAccountOfWhichAllWasRemoved() {
        AccountStore store = store(new Random(0));
        for (AccountEntries.Form<String> form : FORMS) {
            AccountEntries<String> entries = new AccountEntries<>(store, form);
            entries.put(SATO, AccountEntries.ONLY, "x".repeat(AccountRecord.MOST));
            entries.put(SATO, form.section().isOne() ? AccountEntries.ONLY : 1, "x".repeat(AccountRecord.MOST));
        }
        store.writeWaiting();
        assertThat(below.approximateNumEntries()).isGreaterThan(FORMS.size());

        for (AccountEntries.Form<String> form : FORMS) {
            AccountEntries<String> entries = new AccountEntries<>(store, form);
            if (form.section().isOne()) {
                entries.remove(SATO, AccountEntries.ONLY);
            } else {
                entries.removeAll(SATO, AccountEntries.ONLY, 1);
            }
        }
        store.writeWaiting();

        assertThat(below.approximateNumEntries()).isZero();
    }

    @Test
    void forgetsWhatWasNotWrittenWhenItIsCleared() {
        AccountStore store = store(new Random(0));
        AccountEntries<String> entries = new AccountEntries<>(store, MINUTES);
        entries.put(SATO, 1, "written");
        store.writeWaiting();
        entries.put(SATO, 1, "not written");
        entries.put(SATO, 2, "not written");

        store.clearCache();

        assertThat(entries.get(SATO, 1)).isEqualTo("written");
        assertThat(entries.get(SATO, 2)).isNull();
    }

    @Test
    void goesRoundAccountsThatWereNotWrittenYetAndHaveTheSection() {
        AccountStore store = store(new Random(0));
        AccountEntries<String> ledgers = new AccountEntries<>(store, text(Section.LEDGER));
        ledgers.put(SATO, AccountEntries.ONLY, "not written");
        new AccountEntries<>(store, MINUTES).put(new AccountId("suzuki"), 1, "of another section");

        assertThat(ledgers.cursor().next(10)).containsExactly(SATO);
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

            List<String> entries = new ArrayList<>();
            for (byte[] record : changelog.readValuesToList()) {
                AccountRecord.forEach(
                        record,
                        (section, number, entry) ->
                                entries.add(section + " " + number + " " + new String(entry, StandardCharsets.UTF_8)));
            }
            assertThat(entries).containsExactly("MINUTES 1 c");
        }
    }

    /** Two, of which the first is too large for a record. */
    private static AccountEntries<String> putMinutesApart(AccountStore store) {
        AccountEntries<String> minutes = new AccountEntries<>(store, MINUTES);
        minutes.put(SATO, 1, "x".repeat(AccountRecord.MOST));
        minutes.put(SATO, 2, "small");
        return minutes;
    }

    private AccountStore store(Random random) {
        return AccountStore.builder(StateStores.IN_MEMORY, STORE)
                .over(below, new HeapBudget(random.nextBoolean() ? 600 : 3_000));
    }

    private static AccountEntries.Form<String> text(Section section) {
        return AccountEntries.Form.of(
                section,
                text -> text.getBytes(StandardCharsets.UTF_8),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static List<TreeMap<Long, String>> nothing() {
        return Stream.generate(() -> new TreeMap<Long, String>())
                .limit(ACCOUNTS)
                .toList();
    }

    private static AccountId account(int index) {
        return new AccountId("account-" + index);
    }

    private static List<AccountId> having(List<? extends Map<Long, String>> model) {
        return IntStream.range(0, ACCOUNTS)
                .filter(index -> !model.get(index).isEmpty())
                .mapToObj(AccountStoreTest::account)
                .toList();
    }

    private static List<String> listed(List<? extends Map<Long, String>> model) {
        List<String> listed = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountId account = account(i);
            model.get(i).forEach((number, value) -> listed.add(account + " " + number + " " + value));
        }
        return listed;
    }

    private static final class PutEachLetter implements ProcessorSupplier<String, String, Void, Void> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(AccountStore.builder(StateStores.IN_MEMORY, STORE));
        }

        @Override
        public Processor<String, String, Void, Void> get() {
            return new Processor<>() {
                private @Nullable AccountEntries<String> entries;

                @Override
                public void init(ProcessorContext<Void, Void> context) {
                    entries = AccountEntries.find(context, STORE, MINUTES);
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
