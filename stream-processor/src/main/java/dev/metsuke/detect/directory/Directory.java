package dev.metsuke.detect.directory;

import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The latest entry of every account. */
public final class Directory {

    /** The store's name. */
    public static final String STORE = "directory";

    private final AccountEntries<DirectoryEntry> store;

    public Directory(ProcessingContext context) {
        this.store = AccountEntries.find(context, STORE);
    }

    static StoreBuilder<AccountEntries<DirectoryEntry>> storeBuilder(StateStores state) {
        return AccountEntries.builder(
                state, STORE, AccountEntries.Form.ofOnly(DirectoryEntry::toJson, Directory::stored));
    }

    public @Nullable DirectoryEntry entry(AccountId account) {
        return store.get(account, AccountEntries.ONLY);
    }

    void put(AccountId account, @Nullable DirectoryEntry entry) {
        if (entry == null) {
            store.remove(account, AccountEntries.ONLY);
        } else {
            store.put(account, AccountEntries.ONLY, entry);
        }
    }

    private static DirectoryEntry stored(byte[] json) {
        try {
            return DirectoryEntry.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the directory's store holds what was never put into it", e);
        }
    }
}
