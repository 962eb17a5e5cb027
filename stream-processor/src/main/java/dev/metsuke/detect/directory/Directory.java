package dev.metsuke.detect.directory;

import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** The latest entry of every account, and by what the account was judged before. */
public final class Directory {

    private static final AccountEntries.Form<Listing> FORM =
            AccountEntries.Form.of(Section.DIRECTORY, Listing::bytes, Listing::of);

    private final AccountEntries<Listing> store;

    public Directory(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
    }

    public @Nullable DirectoryEntry entry(AccountId account) {
        @Nullable Listing listing = store.get(account, AccountEntries.ONLY);
        return listing == null ? null : listing.entry();
    }

    /** The entry, with the department and the calendar that held at a time. */
    public @Nullable DirectoryEntry entryAt(AccountId account, Instant time) {
        @Nullable Listing listing = store.get(account, AccountEntries.ONLY);
        return listing == null ? null : listing.at(time);
    }

    /** The entry, or what the directory said last of the person whose the account was at a time. */
    public @Nullable DirectoryEntry entryOfHolder(AccountId account, Instant time) {
        @Nullable Listing listing = store.get(account, AccountEntries.ONLY);
        return listing == null ? null : listing.ofHolderAt(time);
    }

    /** Whose the account was, one after another, as the directory has it now; always nobody's known where it says nothing. */
    public List<Holding> holdings(AccountId account) {
        @Nullable Listing listing = store.get(account, AccountEntries.ONLY);
        return listing == null ? List.of(Holding.ofOne(Holder.UNKNOWN)) : listing.holdings();
    }

    /** Where the person worked, by time, as the directory has it now. */
    public Function<Instant, Workplace> workplaces(AccountId account) {
        @Nullable Listing listing = store.get(account, AccountEntries.ONLY);
        return listing == null ? time -> Workplace.UNKNOWN : listing.workplaces();
    }

    public @Nullable String departmentOf(AccountId account) {
        return department(entry(account));
    }

    /** The department that an entry names; null where it names none, or there is no entry. */
    public static @Nullable String department(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.department();
    }

    /** Whether nothing was ever said by which anything is judged but when the contract ends. */
    private static boolean saysNothing(Listing listing) {
        DirectoryEntry entry = listing.entry();
        return listing.formers().isEmpty()
                && listing.known() == null
                && entry.equals(
                        new DirectoryEntry(entry.account(), null, null, null, null, null, null, entry.contractEnd()));
    }

    /** Holds from that time on, and the first for all time before it as well. */
    Fact.Listed put(AccountId account, DirectoryEntry entry, Instant from) {
        @Nullable Listing known = store.get(account, AccountEntries.ONLY);
        boolean isFirst = known == null || saysNothing(known);
        Listing now = known == null || isFirst ? Listing.first(entry) : known.replacedBy(entry, from);
        store.put(account, AccountEntries.ONLY, now);
        boolean isKnownSince = known != null && !isFirst && now.formers().containsAll(known.formers());
        return new Fact.Listed(
                known == null ? null : known.entry(),
                entry,
                isKnownSince ? from : UnfitRecordException.EARLIEST,
                known != null && known.changesHands(entry));
    }
}
