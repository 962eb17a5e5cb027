package dev.metsuke.detect.directory;

import dev.metsuke.detect.state.RecentlyUsed;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The latest entry of every account. */
public final class Directory {

    /** The store's name. */
    public static final String STORE = "directory";

    private static final int MOST_REMEMBERED = 20_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RecentlyUsed<AccountId, Parsed> recent = new RecentlyUsed<>(MOST_REMEMBERED);

    public Directory(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    public @Nullable DirectoryEntry entry(AccountId account) {
        byte[] json = store.get(StateKey.of(account).first());
        if (json == null) {
            return null;
        }
        Parsed known = recent.get(account);
        if (known == null || !Arrays.equals(known.json(), json)) {
            known = new Parsed(json, parse(json));
            recent.put(account, known);
        }
        return known.entry();
    }

    private static DirectoryEntry parse(byte[] json) {
        try {
            return DirectoryEntry.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the directory's store holds what was never put into it", e);
        }
    }

    void put(AccountId account, @Nullable DirectoryEntry entry) {
        store.put(StateKey.of(account).first(), entry == null ? null : entry.toJson());
    }

    /** Others write to the same store, so that what was parsed counts only as long as its bytes stand there. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parsed(byte[] json, DirectoryEntry entry) {}
}
