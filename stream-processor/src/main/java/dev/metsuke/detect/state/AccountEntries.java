package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** Every account's entries of one section, by number. */
public final class AccountEntries<V> {

    /** The number of the only entry, where an account has one. */
    public static final long ONLY = 0;

    private final AccountStore store;
    private final Form<V> form;

    AccountEntries(AccountStore store, Form<V> form) {
        this.store = store;
        this.form = form;
    }

    /** The entries in the store that all rules share. */
    public static <V> AccountEntries<V> find(ProcessingContext context, Form<V> form) {
        return find(context, AccountStore.ACCOUNTS, form);
    }

    /** The entries in a store of that name. */
    public static <V> AccountEntries<V> find(ProcessingContext context, String store, Form<V> form) {
        AccountStore found = context.getStateStore(store);
        return new AccountEntries<>(found, form);
    }

    /** One entry; null where there is none. */
    public @Nullable V get(AccountId account, long number) {
        return store.get(form, account, number);
    }

    /** Values must not be changed afterwards, but by whoever puts them again at once. */
    public void put(AccountId account, long number, V value) {
        store.put(form, account, number, value);
    }

    /** The caller knows that a section of many has no entries from a number on, and so spares looking for them. */
    public void expectNone(AccountId account, long first) {
        store.expectNone(form.section(), account, first);
    }

    public void remove(AccountId account, long number) {
        store.remove(form, account, number);
    }

    /** The entries from one number to another, both included, in their order. */
    public void forEach(AccountId account, long first, long last, OnNumber<V> consumer) {
        store.forEach(form, account, first, last, consumer);
    }

    /** The least number of an account's entries; null where it has none. */
    public @Nullable Long first(AccountId account) {
        return store.first(form.section(), account);
    }

    /** Removes the entries from one number to another, both included. */
    public void removeAll(AccountId account, long first, long last) {
        store.removeAll(form.section(), account, first, last);
    }

    /** Nobody is expected to ask soon for the entries until a number, included. */
    public void letGo(AccountId account, long last) {
        store.letGo(form.section(), account, last);
    }

    /** All entries. */
    public void forEach(OnEntry<V> consumer) {
        store.forEach(form, consumer);
    }

    /** Goes round the accounts that have an entry, of a section of one. */
    public AccountCursor cursor() {
        return store.cursor(form.section());
    }

    /** How a section's entries are stored. */
    public record Form<V>(Section section, Function<V, byte[]> writer, Reader<V> reader) {

        /** Of entries whose numbers are nothing to them. */
        public static <V> Form<V> of(Section section, Function<V, byte[]> writer, Function<byte[], V> reader) {
            return new Form<>(section, writer, (_, bytes) -> reader.apply(bytes));
        }

        byte[] write(V value) {
            return writer.apply(value);
        }

        V read(long number, byte[] bytes) {
            return reader.read(number, bytes);
        }
    }

    /** Reads an entry. */
    public interface Reader<V> {

        V read(long number, byte[] bytes);
    }

    /** Takes entries of one account. */
    public interface OnNumber<V> {

        void accept(long number, V value);
    }

    /** Takes entries of all accounts. */
    public interface OnEntry<V> {

        void accept(AccountId account, long number, V value);
    }
}
