package dev.metsuke.detect.directory;

import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** The latest entry of every account. */
public final class Directory {

    private static final AccountEntries.Form<DirectoryEntry> FORM =
            AccountEntries.Form.of(Section.DIRECTORY, Directory::bytes, Directory::entry);

    private final AccountEntries<DirectoryEntry> store;

    public Directory(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
    }

    public @Nullable DirectoryEntry entry(AccountId account) {
        return store.get(account, AccountEntries.ONLY);
    }

    public @Nullable String departmentOf(AccountId account) {
        return department(entry(account));
    }

    /** The department that an entry names; null where it names none, or there is no entry. */
    public static @Nullable String department(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.department();
    }

    void put(AccountId account, @Nullable DirectoryEntry entry) {
        if (entry == null) {
            store.remove(account, AccountEntries.ONLY);
        } else {
            store.put(account, AccountEntries.ONLY, entry);
        }
    }

    private static byte[] bytes(DirectoryEntry entry) {
        return new CompactWriter()
                .text(entry.account().value())
                .optionalText(entry.person())
                .optionalText(entry.name())
                .optionalText(entry.email())
                .optionalText(entry.department())
                .optionalText(entry.employment())
                .optionalText(entry.calendar())
                .optionalTime(entry.contractEnd())
                .bytes();
    }

    private static DirectoryEntry entry(byte[] bytes) {
        CompactReader in = new CompactReader(bytes);
        return new DirectoryEntry(
                new AccountId(in.text()),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.optionalName(),
                in.optionalName(),
                in.optionalName(),
                in.optionalTime());
    }
}
