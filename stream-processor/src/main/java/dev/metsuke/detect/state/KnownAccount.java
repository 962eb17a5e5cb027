package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one account: all that lies in its {@link AccountRecord record}, and of each section apart some entries, and
 * from a number on, all. An entry is its bytes, unless somebody works with it; as objects, all of a company's accounts would
 * not fit into a heap.
 */
final class KnownAccount {

    /** Stands for an entry of which is known that it is not there. */
    static final byte[] NONE = {};

    /** About what an account takes beside its entries, with what is noted of it. */
    private static final long BYTES_OF_ACCOUNT = 400;

    /** About what an entry takes beside its bytes. */
    private static final long BYTES_OF_ENTRY = 32;

    /** The same where somebody works with it. */
    private static final long BYTES_OF_OBJECT = 160;

    /** About how much larger a value's objects are than its bytes. */
    private static final long TIMES_AS_OBJECTS = 4;

    private final AccountId id;

    /** Bytes, or an entry in work. */
    private final Numbered<Object> entries = new Numbered<>();

    private final @Nullable Object[] notes = new Object[Note.COUNT];

    /** Codes of sections. */
    private int apart;

    /** Of each section apart; of most accounts none is. */
    private long @Nullable [] wholeFrom;

    private boolean hasRecord;
    private boolean isRecordChanged;
    private boolean isWaiting;
    private long bytes = BYTES_OF_ACCOUNT;

    private KnownAccount(AccountId id) {
        this.id = id;
    }

    /** All that its record tells; where there is none, nothing stands in the store of it. */
    static KnownAccount of(AccountId id, byte @Nullable [] record) {
        KnownAccount of = new KnownAccount(id);
        if (record != null) {
            of.hasRecord = true;
            of.apart = AccountRecord.apart(record);
            if (of.apart != 0) {
                of.wholeFrom = new long[Section.COUNT];
                Arrays.fill(of.wholeFrom, Long.MAX_VALUE);
            }
            AccountRecord.forEach(record, of::put);
        }
        return of;
    }

    static boolean isNone(Object content) {
        return content.equals(NONE);
    }

    AccountId id() {
        return id;
    }

    /** About what it takes of the heap. */
    long bytes() {
        return bytes;
    }

    /** Nobody needs it any more; whoever still lists it must not keep in memory what was known. */
    void giveUp() {
        entries.clear();
        Arrays.fill(notes, null);
        wholeFrom = null;
    }

    /** True where it did not wait before. */
    boolean waitToBeWritten() {
        boolean isFirst = !isWaiting;
        isWaiting = true;
        return isFirst;
    }

    boolean isApart(Section section) {
        return section.isAmong(apart);
    }

    /** The first number of a section from which on all entries are known: all of one that lies in its record. */
    long wholeFrom(Section section) {
        return wholeFrom != null && isApart(section) ? wholeFrom[section.code()] : Long.MIN_VALUE;
    }

    /** Of a section apart. */
    void wholeFrom(Section section, long number) {
        Objects.requireNonNull(wholeFrom)[section.code()] = number;
    }

    /** Bytes, or an entry in work; null where nothing is known. */
    @Nullable
    Object get(Section section, long number) {
        return entries.get(section.place(number));
    }

    /** Gives how many bytes more it takes. */
    long put(Section section, long number, Object content) {
        @Nullable Object before = entries.put(section.place(number), content);
        return weigh(size(content) - (before == null ? 0 : size(before)));
    }

    /** From one number to another, both included. */
    void forEach(Section section, long first, long last, Numbered.OnValue<Object> consumer) {
        entries.forEach(
                section.place(first),
                section.place(last),
                (place, content) -> consumer.accept(Section.number(place), content));
    }

    /** The least number of a section's entries, of which all are known and written; null where it has none. */
    @Nullable
    Long first(Section section) {
        @Nullable Long[] first = new Long[1];
        forEach(section, Long.MIN_VALUE, Long.MAX_VALUE, (number, content) -> {
            if (first[0] == null && mayBeStored(content)) {
                first[0] = number;
            }
        });
        return first[0];
    }

    /** Takes entries out of its record; gives how many bytes more it takes. */
    long remove(Section section, long first, long last) {
        forEach(section, first, last, (number, content) -> isRecordChanged |= mayBeStored(content));
        return forget(section, first, last);
    }

    boolean isRecordChanged() {
        return isRecordChanged;
    }

    private static boolean mayBeStored(Object content) {
        return content instanceof EntryInWork<?> entry ? entry.mayBeStored() : !isNone(content);
    }

    /** A section apart has no entries any more, and so is in its record again. */
    void joinRecord(Section section) {
        apart = section.without(apart);
        isRecordChanged = true;
    }

    /** Knows nothing of these entries any more; gives how many bytes more it takes. */
    long forget(Section section, long first, long last) {
        return forget(section, first, last, content -> true);
    }

    /** Knows no more of a section apart until a number, included, than what is in work now; gives how many bytes more it takes. */
    long letGo(Section section, long last) {
        wholeFrom(section, Math.max(wholeFrom(section), last + 1));
        return forget(section, Long.MIN_VALUE, last, content -> !(content instanceof EntryInWork<?>));
    }

    private long forget(Section section, long first, long last, Predicate<Object> condition) {
        long[] forgotten = new long[1];
        entries.removeIf(section.place(first), section.place(last), content -> {
            boolean isMeant = condition.test(content);
            forgotten[0] += isMeant ? size(content) : 0;
            return isMeant;
        });
        return weigh(-forgotten[0]);
    }

    /** What nobody put since it was written is its bytes from now on; gives how many bytes more it takes. */
    long settle() {
        long before = bytes;
        entries.replaceAll(content -> {
            if (content instanceof EntryInWork<?> entry && !entry.isChanged()) {
                weigh(size(entry.stored()) - size(entry));
                return entry.stored();
            }
            return content;
        });
        return bytes - before;
    }

    /** Adds to a batch what was changed: entries apart one by one, all others as its record. Gives how many bytes more it takes. */
    long write(List<KeyValue<Bytes, byte[]>> batch) {
        long before = bytes;
        isWaiting = false;
        entries.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (place, content) -> {
            if (content instanceof EntryInWork<?> entry && entry.isChanged()) {
                write(Section.at(place), Section.number(place), entry, batch);
            }
        });
        if (isRecordChanged) {
            isRecordChanged = false;
            writeRecord(batch);
        }
        return bytes - before;
    }

    private void write(Section section, long number, EntryInWork<?> entry, List<KeyValue<Bytes, byte[]>> batch) {
        long before = size(entry);
        boolean wasStored = entry.mayBeStored();
        byte @Nullable [] now = entry.write();
        weigh(size(entry) - before);
        if (now == null && !wasStored) {
            return;
        }
        if (!isApart(section)) {
            isRecordChanged = true;
            return;
        }
        batch.add(KeyValue.pair(EntryKey.of(id, section, number), now));
        if (now == null && section.isOne()) {
            joinRecord(section);
        }
    }

    private void writeRecord(List<KeyValue<Bytes, byte[]>> batch) {
        byte @Nullable [] record = record();
        while (record != null && record.length > AccountRecord.MOST) {
            standApart(largestOfRecord(), batch);
            record = record();
        }
        if (record != null || hasRecord) {
            batch.add(KeyValue.pair(AccountRecord.key(id), record));
        }
        hasRecord = record != null;
    }

    /** Null where it would tell of nothing. */
    private byte @Nullable [] record() {
        AccountRecord.Writer record = new AccountRecord.Writer(apart);
        forEachOfRecord(record::add);
        return record.bytes();
    }

    private Section largestOfRecord() {
        long[] sizes = new long[Section.COUNT];
        // One more, so that many empty ones are large, too.
        forEachOfRecord((section, number, stored) -> sizes[section.code()] += 1 + stored.length);
        return Collections.max(Section.ALL, Comparator.comparingLong(section -> sizes[section.code()]));
    }

    /** All of it is known. */
    private void standApart(Section section, List<KeyValue<Bytes, byte[]>> batch) {
        forEachOfRecord((of, number, stored) -> {
            if (of == section) {
                batch.add(KeyValue.pair(EntryKey.of(id, section, number), stored));
            }
        });
        apart = section.with(apart);
        if (wholeFrom == null) {
            wholeFrom = new long[Section.COUNT];
        }
        wholeFrom(section, Long.MIN_VALUE);
    }

    /** As they are stored, or will be with this batch. */
    private void forEachOfRecord(AccountRecord.OnEntry consumer) {
        entries.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (place, content) -> {
            if (!isApart(Section.at(place)) && mayBeStored(content)) {
                consumer.accept(Section.at(place), Section.number(place), stored(content));
            }
        });
    }

    private static byte[] stored(Object content) {
        return content instanceof EntryInWork<?> entry ? entry.stored() : (byte[]) content;
    }

    @Nullable
    Object note(Note note) {
        return notes[note.place()];
    }

    void note(Note note, @Nullable Object what) {
        notes[note.place()] = what;
    }

    private long weigh(long more) {
        bytes += more;
        return more;
    }

    private static long size(Object content) {
        if (content instanceof EntryInWork<?> entry) {
            return BYTES_OF_ENTRY + BYTES_OF_OBJECT + TIMES_AS_OBJECTS * entry.stored().length;
        }
        return BYTES_OF_ENTRY + ((byte[]) content).length;
    }
}
