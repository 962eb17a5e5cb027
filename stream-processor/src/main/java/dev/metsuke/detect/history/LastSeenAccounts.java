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

/** When every account was seen at work last. Stored is the day alone, so that it is written once a day. */
final class LastSeenAccounts {

    private static final AccountEntries.Form<Long> FORM = AccountEntries.Form.of(
            Section.SEEN, day -> new CompactWriter().number(day).bytes(), bytes -> new CompactReader(bytes).number());

    private final AccountEntries<Long> days;
    private final AccountNotes<LastSeen> notes;

    LastSeenAccounts(ProcessingContext context) {
        this.days = AccountEntries.find(context, FORM);
        this.notes = AccountNotes.find(context, Note.LAST_SEEN);
    }

    LastSeen of(AccountId account) {
        @Nullable LastSeen known = notes.get(account);
        if (known != null) {
            return known;
        }
        @Nullable Long day = days.get(account, AccountEntries.ONLY);
        LastSeen made = new LastSeen(account, day == null ? Long.MIN_VALUE : day);
        notes.put(account, made);
        return made;
    }

    /** It was seen at a time, and never later. */
    void sawLast(LastSeen seen, Instant time) {
        long day = LastSeen.dayOf(time);
        if (day > seen.lastDay()) {
            days.put(seen.account(), AccountEntries.ONLY, day);
        }
        seen.becomes(time);
    }

    void forget(AccountId account) {
        days.remove(account, AccountEntries.ONLY);
        notes.remove(account);
    }
}
