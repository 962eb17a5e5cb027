package dev.metsuke.detect.history;

import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.AccountNotes;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Note;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * When every account was seen at work last, and when anything of it arrived last. Stored are the days alone, so that they are
 * written once or twice a day.
 */
final class LastSeenAccounts {

    private static final AccountEntries.Form<Days> FORM = AccountEntries.Form.of(Section.SEEN, Days::bytes, Days::of);

    private final AccountEntries<Days> store;
    private final AccountNotes<LastSeen> notes;

    LastSeenAccounts(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
        this.notes = AccountNotes.find(context, Note.LAST_SEEN);
    }

    LastSeen of(AccountId account) {
        @Nullable LastSeen known = notes.get(account);
        if (known != null) {
            return known;
        }
        Days days = days(account);
        LastSeen made = new LastSeen(account, days.seen(), days.arrived());
        notes.put(account, made);
        return made;
    }

    /** Something of it arrived; it was never seen later than at its time where that is said. */
    void saw(LastSeen seen, Access access, boolean isLast) {
        boolean isOtherDay = seen.arrivedOn(LastSeen.dayOf(access.arrived()));
        if (isLast) {
            isOtherDay |= LastSeen.dayOf(access.time()) > seen.lastDay();
            seen.becomes(access.time());
        }
        if (isOtherDay) {
            store.put(seen.account(), AccountEntries.ONLY, new Days(seen.lastDay(), seen.lastArrival()));
        }
    }

    /** Whether nothing of it has arrived since a time, nor on the day of that time. */
    boolean isSilentSince(AccountId account, Instant time) {
        return days(account).arrived() < LastSeen.dayOf(time);
    }

    void forget(AccountId account) {
        store.remove(account, AccountEntries.ONLY);
        notes.remove(account);
    }

    private Days days(AccountId account) {
        @Nullable Days known = store.get(account, AccountEntries.ONLY);
        return known == null ? Days.NONE : known;
    }

    /**
     * Of UTC.
     *
     * @param seen of its latest access
     * @param arrived on which something arrived last
     */
    private record Days(long seen, long arrived) {

        private static final Days NONE = new Days(Long.MIN_VALUE, Long.MIN_VALUE);

        private byte[] bytes() {
            return new CompactWriter().number(seen).number(arrived).bytes();
        }

        private static Days of(byte[] bytes) {
            CompactReader in = new CompactReader(bytes);
            return new Days(in.number(), in.number());
        }
    }
}
