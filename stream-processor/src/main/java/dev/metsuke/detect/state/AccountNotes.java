package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** What somebody found out of what is remembered of an account, at hand as long as the heap has room for it; it is never stored. */
public final class AccountNotes<T> {

    private final AccountStore store;
    private final Note note;

    private AccountNotes(AccountStore store, Note note) {
        this.store = store;
        this.note = note;
    }

    /** Beside the accounts that all rules share. A note is of one type, whoever asks for it. */
    public static <T> AccountNotes<T> find(ProcessingContext context, Note note) {
        AccountStore found = context.getStateStore(AccountStore.ACCOUNTS);
        return new AccountNotes<>(found, note);
    }

    /** Null where nothing is noted, or not any more. */
    @SuppressWarnings("unchecked")
    public @Nullable T get(AccountId account) {
        return (T) store.note(note, account);
    }

    public void put(AccountId account, T what) {
        store.note(note, account, what);
    }

    public void remove(AccountId account) {
        store.note(note, account, null);
    }
}
