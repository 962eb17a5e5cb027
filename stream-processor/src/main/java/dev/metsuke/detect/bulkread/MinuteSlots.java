package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Every account's minutes; an hour of them is one entry, so that an event costs one read and one write. */
final class MinuteSlots {

    private static final String STORE = "bulk-read-minutes";
    private static final long MINUTES_PER_HOUR = 60;

    private final KeyValueStore<Bytes, byte[]> store;

    MinuteSlots(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.cached(STORE);
    }

    /** Adds to a minute; gives the whole hour that holds it. */
    List<MinuteSlot> add(AccountId account, MinuteSlot added) {
        Bytes key = key(account, hourOf(added.minute()));
        byte[] known = store.get(key);
        List<MinuteSlot> hour = known == null ? new ArrayList<>() : read(known, hourOf(added.minute()));
        boolean isNew = true;
        for (int i = hour.size() - 1; i >= 0 && isNew; i--) {
            if (hour.get(i).isSame(added)) {
                hour.set(i, hour.get(i).with(added));
                isNew = false;
            }
        }
        if (isNew) {
            hour.add(added);
        }
        store.put(key, write(hour));
        return hour;
    }

    /** The first minute of the first hour that is remembered. */
    OptionalLong first(AccountId account) {
        StateKey all = StateKey.of(account);
        try (KeyValueIterator<Bytes, byte[]> hours = store.range(all.first(), all.last())) {
            return hours.hasNext()
                    ? OptionalLong.of(hourOf(hours.next().key) * MINUTES_PER_HOUR)
                    : OptionalLong.empty();
        }
    }

    /** One whole hour. */
    List<MinuteSlot> hour(AccountId account, long hour) {
        byte[] known = store.get(key(account, hour));
        return known == null ? List.of() : read(known, hour);
    }

    /** The minutes from one to another, both included. */
    List<MinuteSlot> between(AccountId account, long first, long last) {
        List<MinuteSlot> slots = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> hours =
                store.range(key(account, hourOf(first)), key(account, hourOf(last)))) {
            hours.forEachRemaining(entry -> slots.addAll(read(entry.value, hourOf(entry.key))));
        }
        slots.removeIf(slot -> slot.minute() < first || slot.minute() > last);
        return slots;
    }

    /** Forgets the hours that lie wholly before a minute. */
    void forget(AccountId account, long before) {
        List<Bytes> forgotten = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> hours =
                store.range(StateKey.of(account).first(), key(account, hourOf(before) - 1))) {
            hours.forEachRemaining(entry -> forgotten.add(entry.key));
        }
        forgotten.forEach(store::delete);
    }

    /** The first minute of the hour that holds this one. */
    static long startOfHour(long minute) {
        return hourOf(minute) * MINUTES_PER_HOUR;
    }

    static long hourOf(long minute) {
        return Math.floorDiv(minute, MINUTES_PER_HOUR);
    }

    private static Bytes key(AccountId account, long hour) {
        return StateKey.of(account).number(hour).first();
    }

    private static long hourOf(Bytes key) {
        StateKey.Reader reader = StateKey.read(key);
        reader.account();
        return reader.number();
    }

    private static byte[] write(List<MinuteSlot> hour) {
        CompactWriter out = new CompactWriter();
        for (MinuteSlot slot : hour) {
            out.number(Math.floorMod(slot.minute(), MINUTES_PER_HOUR))
                    .text(slot.dataset())
                    .number(slot.isLate() ? 1 : 0)
                    .time(slot.first())
                    .time(slot.last())
                    .number(slot.events())
                    .number(slot.unknownRecords())
                    .number(slot.unknownExports())
                    .number(slot.actions());
            slot.people().write(out);
        }
        return out.bytes();
    }

    private static List<MinuteSlot> read(byte[] bytes, long hour) {
        List<MinuteSlot> slots = new ArrayList<>();
        CompactReader in = new CompactReader(bytes);
        while (in.hasMore()) {
            long minute = hour * MINUTES_PER_HOUR + in.number();
            String dataset = in.text();
            boolean isLate = in.number() != 0;
            Instant first = in.time();
            Instant last = in.time();
            long events = in.number();
            long unknownRecords = in.number();
            long unknownExports = in.number();
            long actions = in.number();
            slots.add(new MinuteSlot(
                    minute,
                    dataset,
                    isLate,
                    first,
                    last,
                    events,
                    People.read(in),
                    unknownRecords,
                    unknownExports,
                    actions));
        }
        return slots;
    }
}
