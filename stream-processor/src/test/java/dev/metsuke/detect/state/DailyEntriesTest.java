package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DailyEntriesTest {

    /** The day of a value is not stored with it. */
    private static final AccountEntries.Form<DailyEntries.Week<Told>> FORM = DailyEntries.form(
            Section.READ_DAYS, (told, out) -> out.text(told.words), (day, in) -> new Told(day, in.text()));

    private static final int DAYS = 40;
    private static final AccountId SATO = new AccountId("sato");

    private final KeyValueStore<Bytes, byte[]> below =
            Stores.inMemoryKeyValueStore("any").get();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isAMapByDayBothBeforeAndAfter1970(long seed) {
        Random random = new Random(seed);
        NavigableMap<Long, Told> expected = new TreeMap<>();
        AccountStore store = store();
        for (int step = 0; step < 5_000; step++) {
            DailyEntries<Told> days = DailyEntries.of(new AccountEntries<>(store, FORM));
            long one = random.nextInt(DAYS) - DAYS / 2L;
            long other = one + random.nextInt(DAYS / 2) - 1;
            String told = "seed " + seed + ", step " + step;
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    days.put(SATO, one, new Told(one, told));
                    expected.put(one, new Told(one, told));
                }
                case 3 -> {
                    days.remove(SATO, one);
                    expected.remove(one);
                }
                case 4 -> {
                    days.removeAll(SATO, one, other);
                    if (one <= other) {
                        expected.subMap(one, true, other, true).clear();
                    }
                }
                case 5 -> store.writeWaiting();
                case 6 -> {
                    store.writeWaiting();
                    store = store();
                }
                default -> {
                    days.forget(SATO, one);
                    long firstOfWeek = Math.floorDiv(one, 7) * 7;
                    expected.headMap(firstOfWeek, false).clear();
                }
            }
            NavigableMap<Long, Told> found = new TreeMap<>();
            DailyEntries.of(new AccountEntries<>(store, FORM)).forEach(SATO, one, other, found::put);
            assertThat(found)
                    .as(told)
                    .isEqualTo(one > other ? new TreeMap<>() : expected.subMap(one, true, other, true));
        }
    }

    private AccountStore store() {
        return AccountStore.builder(StateStores.IN_MEMORY, "any").over(below, new HeapBudget(3_000));
    }

    private record Told(long day, String words) {}
}
