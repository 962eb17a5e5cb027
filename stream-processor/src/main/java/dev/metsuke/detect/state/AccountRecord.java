package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How most of an account is stored: its small sections lie side by side in one entry under the account alone, so that whoever
 * comes is found, or found to be new, by one look, and written with one record of the changelog. It tells which sections are too
 * large for that and stand apart, each of their entries under a {@link EntryKey key of its own}.
 */
final class AccountRecord {

    /** So many bytes at most: what changes in one section is written with all the others. */
    static final int MOST = 512;

    private AccountRecord() {}

    static Bytes key(AccountId account) {
        return StateKey.of(account).first();
    }

    /** The {@link Section#isAmong sections} that stand apart. */
    static int apart(byte[] record) {
        return new CompactReader(record).count();
    }

    /** The entries that lie in it. */
    static void forEach(byte[] record, OnEntry consumer) {
        CompactReader in = new CompactReader(record);
        in.count();
        while (in.hasMore()) {
            Section section = Section.of(in.count());
            long number = section.isOne() ? AccountEntries.ONLY : in.number();
            consumer.accept(section, number, in.bytes());
        }
    }

    /** Whether an account has entries of a section. */
    static boolean has(byte[] record, Section section) {
        boolean[] has = {section.isAmong(apart(record))};
        forEach(record, (of, number, entry) -> has[0] |= of == section);
        return has[0];
    }

    /** Writes one. */
    static final class Writer {

        private final CompactWriter out = new CompactWriter();
        private boolean isEmpty;

        /** @param apart the {@link Section#isAmong sections} that stand apart */
        Writer(int apart) {
            out.number(apart);
            isEmpty = apart == 0;
        }

        void add(Section section, long number, byte[] entry) {
            isEmpty = false;
            out.number(section.code());
            if (!section.isOne()) {
                out.number(number);
            }
            out.bytes(entry);
        }

        /** Null where nothing stands in it nor apart. */
        byte @Nullable [] bytes() {
            return isEmpty ? null : out.bytes();
        }
    }

    /** Takes an entry as it is stored. */
    interface OnEntry {

        void accept(Section section, long number, byte[] entry);
    }
}
