package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one account: some of its entries, and of each section, from a number on, all. An entry is its bytes,
 * unless somebody works with it; as objects, all of a company's accounts would not fit into a heap.
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

    private final long[] wholeFrom = new long[Section.OF_MANY.size()];
    private final @Nullable Object[] notes = new Object[Note.COUNT];
    private long bytes = BYTES_OF_ACCOUNT;

    KnownAccount(AccountId id) {
        this.id = id;
        Arrays.fill(wholeFrom, Long.MAX_VALUE);
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

    /** All of it is written, and nobody needs it any more. */
    void giveUp() {
        forEachInWork(EntryInWork::giveUp);
    }

    /** The first number of a section from which on all entries are known; those of one entry are known from the beginning. */
    long wholeFrom(Section section) {
        return section.isOne() ? Long.MIN_VALUE : wholeFrom[section.codeAmongMany()];
    }

    void wholeFrom(Section section, long number) {
        wholeFrom[section.codeAmongMany()] = number;
    }

    /** The last of those sections in a row behind this one of which no whole part is known; this one where there is none. */
    Section lastUnknownBehind(Section section) {
        Section last = section;
        for (Section next : Section.OF_MANY) {
            if (next.compareTo(section) > 0) {
                if (wholeFrom(next) != Long.MAX_VALUE) {
                    return last;
                }
                last = next;
            }
        }
        return last;
    }

    /** All of these sections is known, from the one behind the first to the last. */
    void wholeBehind(Section first, Section last) {
        for (Section section : Section.OF_MANY) {
            if (section.compareTo(first) > 0 && section.compareTo(last) <= 0) {
                wholeFrom(section, Long.MIN_VALUE);
            }
        }
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

    /** All that somebody works with. */
    void forEachInWork(Consumer<EntryInWork<?>> consumer) {
        entries.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (place, content) -> {
            if (content instanceof EntryInWork<?> entry) {
                consumer.accept(entry);
            }
        });
    }

    /** Knows nothing of these any more; gives how many bytes more it takes. */
    long removeAll(Section section, long first, long last) {
        return removeIf(section, first, last, content -> true);
    }

    /** Knows no more of a section until a number, included, than what is in work now; gives how many bytes more it takes. */
    long letGo(Section section, long last) {
        wholeFrom(section, Math.max(wholeFrom(section), last + 1));
        return removeIf(section, Long.MIN_VALUE, last, content -> !(content instanceof EntryInWork<?>));
    }

    private long removeIf(Section section, long first, long last, Predicate<Object> condition) {
        long[] removed = new long[1];
        entries.removeIf(section.place(first), section.place(last), content -> {
            boolean isMeant = condition.test(content);
            removed[0] += isMeant ? size(content) : 0;
            return isMeant;
        });
        return weigh(-removed[0]);
    }

    /** An entry in work was written; gives how many bytes more it takes. */
    long written(EntryInWork<?> entry, byte @Nullable [] now) {
        long before = size(entry);
        entry.written(now);
        return get(entry.section(), entry.number()) == entry ? weigh(size(entry) - before) : 0;
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
