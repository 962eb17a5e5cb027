package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * Every account's values by day, in days since 1970; those of seven days lie in one entry. They come one by one, and then that
 * entry is written anew; but they are read by the dozen, and there each entry costs a look into memory that nobody has touched
 * since the day before.
 */
public final class DailyEntries<V> {

    private static final int DAYS = 7;

    private final AccountEntries<Week<V>> weeks;

    private DailyEntries(AccountEntries<Week<V>> weeks) {
        this.weeks = weeks;
    }

    /** The entries of a section in the store that all rules share. */
    public static <V> DailyEntries<V> find(
            ProcessingContext context, Section section, BiConsumer<V, CompactWriter> writer, Reader<V> reader) {
        return new DailyEntries<>(AccountEntries.find(context, form(section, writer, reader)));
    }

    static <V> AccountEntries.Form<Week<V>> form(
            Section section, BiConsumer<V, CompactWriter> writer, Reader<V> reader) {
        return new AccountEntries.Form<>(
                section, week -> week.bytes(writer), (number, bytes) -> Week.of(number, bytes, reader));
    }

    static <V> DailyEntries<V> of(AccountEntries<Week<V>> weeks) {
        return new DailyEntries<>(weeks);
    }

    public void put(AccountId account, long day, V value) {
        @Nullable Week<V> known = weeks.get(account, weekOf(day));
        Week<V> week = known == null ? new Week<>() : known;
        week.put(placeOf(day), value);
        weeks.put(account, weekOf(day), week);
    }

    public void remove(AccountId account, long day) {
        removeAll(account, day, day);
    }

    /** The values from one day to another, both included, in their order. */
    public void forEach(AccountId account, long first, long last, AccountEntries.OnNumber<V> consumer) {
        weeks.forEach(account, weekOf(first), weekOf(last), (number, week) -> {
            for (int place = 0; place < DAYS; place++) {
                long day = number * DAYS + place;
                @Nullable V value = week.get(place);
                if (value != null && day >= first && day <= last) {
                    consumer.accept(day, value);
                }
            }
        });
    }

    /** Removes the values from one day to another, both included. */
    public void removeAll(AccountId account, long first, long last) {
        if (first > last) {
            return;
        }
        removeOfWeek(account, weekOf(first), first, last);
        if (weekOf(first) < weekOf(last)) {
            weeks.removeAll(account, weekOf(first) + 1, weekOf(last) - 1);
            removeOfWeek(account, weekOf(last), first, last);
        }
    }

    private void removeOfWeek(AccountId account, long number, long first, long last) {
        @Nullable Week<V> week = weeks.get(account, number);
        if (week != null && week.removeAll(first - number * DAYS, last - number * DAYS)) {
            if (week.isEmpty()) {
                weeks.remove(account, number);
            } else {
                weeks.put(account, number, week);
            }
        }
    }

    /** Nobody asks any more for what lies before a day; of its own week it may stay. */
    public void forget(AccountId account, long before) {
        weeks.removeAll(account, Long.MIN_VALUE, weekOf(before) - 1);
    }

    private static long weekOf(long day) {
        return Math.floorDiv(day, DAYS);
    }

    private static int placeOf(long day) {
        return Math.floorMod(day, DAYS);
    }

    /** Reads a value where {@link CompactWriter} wrote it. */
    public interface Reader<V> {

        V read(long day, CompactReader in);
    }

    /** The values of seven days. */
    static final class Week<V> {

        private final @Nullable Object[] days = new Object[DAYS];

        private static <V> Week<V> of(long number, byte[] bytes, Reader<V> reader) {
            Week<V> week = new Week<>();
            CompactReader in = new CompactReader(bytes);
            while (in.hasMore()) {
                int place = in.count();
                week.put(place, reader.read(number * DAYS + place, in));
            }
            return week;
        }

        private byte[] bytes(BiConsumer<V, CompactWriter> writer) {
            CompactWriter out = new CompactWriter();
            for (int place = 0; place < DAYS; place++) {
                @Nullable V value = get(place);
                if (value != null) {
                    writer.accept(value, out.number(place));
                }
            }
            return out.bytes();
        }

        @SuppressWarnings("unchecked") // Nothing else is put.
        private @Nullable V get(int place) {
            return (V) days[place];
        }

        private void put(int place, V value) {
            days[place] = value;
        }

        /** True where there were any. */
        private boolean removeAll(long first, long last) {
            boolean wereAny = false;
            for (int place = (int) Math.max(first, 0); place <= Math.min(last, DAYS - 1); place++) {
                wereAny |= days[place] != null;
                days[place] = null;
            }
            return wereAny;
        }

        private boolean isEmpty() {
            for (Object day : days) {
                if (day != null) {
                    return false;
                }
            }
            return true;
        }
    }
}
