package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Every account's minutes; an hour of them is one entry, written once a commit. */
final class MinuteSlots {

    private static final AccountEntries.Form<List<MinuteSlot>> FORM =
            new AccountEntries.Form<>(Section.MINUTES, MinuteSlots::bytes, MinuteSlots::slots);

    private static final long MINUTES_PER_HOUR = 60;

    /**
     * Datasets by minute, an entry's most: it is one record of the changelog, which is no longer than Kafka takes. Some fifty datasets
     * in every minute are within it; what else is read counts with all datasets together.
     */
    static final int MOST_AN_HOUR = 3_000;

    private final AccountEntries<List<MinuteSlot>> store;

    MinuteSlots(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
    }

    /** Nothing is known of this day nor of any later one; so nobody needs to look. */
    void beginDay(AccountId account, long day) {
        store.expectNone(account, hourOf(day * ReadDay.MINUTES));
    }

    /** Adds to a minute; gives the whole hour that holds it. */
    List<MinuteSlot> add(AccountId account, MinuteSlot added) {
        long number = hourOf(added.minute());
        List<MinuteSlot> known = store.get(account, number);
        List<MinuteSlot> hour = known == null ? new ArrayList<>(1) : known;
        boolean isNew = true;
        for (int i = hour.size() - 1; i >= 0 && isNew; i--) {
            if (hour.get(i).isSame(added)) {
                hour.set(i, hour.get(i).with(added));
                isNew = false;
            }
        }
        if (isNew && hour.size() >= MOST_AN_HOUR && !added.dataset().equals(MinuteSlot.UNNAMED)) {
            return add(account, added.unnamed());
        }
        if (isNew) {
            hour.add(added);
        }
        store.put(account, number, hour);
        return hour;
    }

    /** Forgets the hours that begin with a minute or later. */
    void forgetFrom(AccountId account, long minute) {
        store.removeAll(account, Math.ceilDiv(minute, MINUTES_PER_HOUR), Long.MAX_VALUE);
    }

    /** The first minute of the first hour that is remembered. */
    OptionalLong first(AccountId account) {
        Long hour = store.first(account);
        return hour == null ? OptionalLong.empty() : OptionalLong.of(hour * MINUTES_PER_HOUR);
    }

    /** One whole hour. */
    List<MinuteSlot> hour(AccountId account, long hour) {
        List<MinuteSlot> known = store.get(account, hour);
        return known == null ? List.of() : known;
    }

    /** The minutes from one to another, both included. */
    List<MinuteSlot> between(AccountId account, long first, long last) {
        List<MinuteSlot> slots = new ArrayList<>();
        store.forEach(account, hourOf(first), hourOf(last), (number, hour) -> {
            for (MinuteSlot slot : hour) {
                if (slot.minute() >= first && slot.minute() <= last) {
                    slots.add(slot);
                }
            }
        });
        return slots;
    }

    /** Hours that lie wholly before a minute are seldom asked for from now on. */
    void letGo(AccountId account, long before) {
        store.letGo(account, hourOf(before) - 1);
    }

    /** Forgets the hours that lie wholly before a minute. */
    void forget(AccountId account, long before) {
        store.removeAll(account, Long.MIN_VALUE, hourOf(before) - 1);
    }

    /** The first minute of the hour that holds this one. */
    static long startOfHour(long minute) {
        return hourOf(minute) * MINUTES_PER_HOUR;
    }

    static long hourOf(long minute) {
        return Math.floorDiv(minute, MINUTES_PER_HOUR);
    }

    private static byte[] bytes(List<MinuteSlot> hour) {
        CompactWriter out = new CompactWriter();
        for (MinuteSlot slot : hour) {
            out.number(Math.floorMod(slot.minute(), MINUTES_PER_HOUR))
                    .text(slot.dataset())
                    .number(slot.isLate() ? 1 : 0)
                    .number(slot.first())
                    .number(slot.last() - slot.first())
                    .number(slot.events())
                    .number(slot.unknownRecords())
                    .number(slot.unknownExports())
                    .number(slot.actions());
            slot.people().write(out);
        }
        return out.bytes();
    }

    private static List<MinuteSlot> slots(long hour, byte[] bytes) {
        List<MinuteSlot> slots = new ArrayList<>();
        CompactReader in = new CompactReader(bytes);
        while (in.hasMore()) {
            long minute = hour * MINUTES_PER_HOUR + in.number();
            String dataset = in.name();
            boolean isLate = in.number() != 0;
            long first = in.number();
            long last = first + in.number();
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
