package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a partition's accounts: of each its entries, by section and number. On disk as in memory what is small
 * lies {@link AccountRecord together}, so that whoever comes is found once, and not once for each of its sections. What its
 * accesses change again and again is turned into bytes, and written to the store and its changelog, once a commit.
 */
public final class AccountStore extends WriteBehind {

    /** The name of the one that all rules share. Another way to write its entries needs another name. */
    public static final String ACCOUNTS = "accounts-by-week";

    /** What it was called when its entries were written in ways that are no longer read. */
    public static final List<String> FORMER_ACCOUNTS = List.of("accounts");

    private static final long DEFAULT_BYTES = 33_554_432;

    /** Where nobody commits, accounts are written at the latest then. */
    private static final int MOST_CHANGED = 25_000;

    private final RecentlyUsed<AccountId, KnownAccount> known = new RecentlyUsed<>();
    private HeapBudget.Share heap;

    /** Whoever comes is asked about more than once. */
    private @Nullable KnownAccount last;

    /** Those of which something changed since the last commit. */
    private List<KnownAccount> changed = new ArrayList<>();

    /** Those written by it; what was put then stays an object until the next in case it is put again. */
    private List<KnownAccount> written = new ArrayList<>();

    AccountStore(KeyValueStore<Bytes, byte[]> store, HeapBudget budget) {
        super(store);
        this.heap = budget.join();
    }

    /** Builds one for Kafka Streams, and for whoever has stores of another kind. */
    public static Builder builder(StateStores state, String name) {
        return new Builder(state.plain(name));
    }

    <V> @Nullable V get(AccountEntries.Form<V> form, AccountId account, long number) {
        KnownAccount of = known(account);
        @Nullable V value = value(form, number, content(of, form.section(), number));
        bound();
        return value;
    }

    <V> void put(AccountEntries.Form<V> form, AccountId account, long number, V value) {
        change(form, known(account), number, value);
        bound();
    }

    <V> void remove(AccountEntries.Form<V> form, AccountId account, long number) {
        KnownAccount of = known(account);
        if (value(form, number, content(of, form.section(), number)) != null) {
            change(form, of, number, null);
        }
        bound();
    }

    void expectNone(Section section, AccountId account, long first) {
        KnownAccount of = known(account);
        if (first < of.wholeFrom(section)) {
            of.wholeFrom(section, first);
        }
    }

    <V> void forEach(
            AccountEntries.Form<V> form,
            AccountId account,
            long first,
            long last,
            AccountEntries.OnNumber<V> consumer) {
        if (first > last) {
            return;
        }
        KnownAccount of = known(account);
        if (first < of.wholeFrom(form.section())) {
            read(of, form.section(), first);
        }
        of.forEach(form.section(), first, last, (number, content) -> {
            @Nullable V value = value(form, number, content);
            if (value != null) {
                consumer.accept(number, value);
            }
        });
        bound();
    }

    /** Entries of all accounts. */
    <V> void forEach(AccountEntries.Form<V> form, AccountEntries.OnEntry<V> consumer) {
        writeWaiting();
        try (KeyValueIterator<Bytes, byte[]> all = below.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                StateKey.Reader key = StateKey.read(entry.key);
                AccountId account = key.account();
                AccountRecord.OnEntry each = (section, number, stored) -> {
                    if (section == form.section()) {
                        consumer.accept(account, number, form.read(number, stored));
                    }
                };
                if (key.hasMore()) {
                    EntryKey apart = EntryKey.read(account, key);
                    each.accept(apart.section(), apart.number(), entry.value);
                } else {
                    AccountRecord.forEach(entry.value, each);
                }
            }
        }
    }

    @Nullable
    Long first(Section section, AccountId account) {
        KnownAccount of = known(account);
        write(of);
        return of.isApart(section) ? firstApart(of, section) : of.first(section);
    }

    private @Nullable Long firstApart(KnownAccount of, Section section) {
        try (KeyValueIterator<Bytes, byte[]> entries =
                below.range(EntryKey.first(of.id(), section), EntryKey.last(of.id(), section))) {
            return entries.hasNext() ? (Long) EntryKey.read(entries.next().key).number() : null;
        }
    }

    void removeAll(Section section, AccountId account, long first, long last) {
        if (first > last) {
            return;
        }
        KnownAccount of = known(account);
        if (of.isApart(section)) {
            removeApart(of, section, first, last);
        } else {
            heap.add(of.remove(section, first, last));
        }
        if (of.isRecordChanged()) {
            waitToBeWritten(of);
        }
        bound();
    }

    private void removeApart(KnownAccount of, Section section, long first, long last) {
        write(of);
        heap.add(of.forget(section, first, last));
        List<Bytes> keys = new ArrayList<>();
        boolean isLast = true;
        try (KeyValueIterator<Bytes, byte[]> stored =
                below.range(EntryKey.of(of.id(), section, first), EntryKey.last(of.id(), section))) {
            while (isLast && stored.hasNext()) {
                Bytes key = stored.next().key;
                isLast = EntryKey.read(key).number() <= last;
                if (isLast) {
                    keys.add(key);
                }
            }
        }
        keys.forEach(below::delete);
        if (isLast && firstApart(of, section) == null) {
            of.joinRecord(section);
        }
    }

    /** They stay in the store, but those apart with which nobody works now take no room of the heap any more. */
    void letGo(Section section, AccountId account, long last) {
        KnownAccount of = known(account);
        if (of.isApart(section)) {
            heap.add(of.letGo(section, last));
        }
    }

    @Nullable
    Object note(Note note, AccountId account) {
        return known(account).note(note);
    }

    void note(Note note, AccountId account, @Nullable Object what) {
        known(account).note(note, what);
        bound();
    }

    /** Goes round the accounts that have this one entry. */
    AccountCursor cursor(Section section) {
        return new AccountCursor(below, this::writeWaiting, account -> {
            byte @Nullable [] record = below.get(AccountRecord.key(account));
            return record != null && AccountRecord.has(record, section);
        });
    }

    /** About what it takes of the heap. */
    long heapBytes() {
        return heap.bytes();
    }

    private KnownAccount known(AccountId account) {
        @Nullable KnownAccount same = last;
        if (same != null && same.id().equals(account)) {
            return same;
        }
        @Nullable KnownAccount found = known.get(account);
        if (found == null) {
            found = KnownAccount.of(account, below.get(AccountRecord.key(account)));
            heap.add(found.bytes());
            known.put(account, found);
        }
        last = found;
        return found;
    }

    /** Of a section apart, from a number on, all that is not known yet. */
    private void read(KnownAccount of, Section section, long first) {
        long until = of.wholeFrom(section);
        Bytes last =
                until == Long.MAX_VALUE ? EntryKey.last(of.id(), section) : EntryKey.of(of.id(), section, until - 1);
        try (KeyValueIterator<Bytes, byte[]> stored = below.range(EntryKey.of(of.id(), section, first), last)) {
            stored.forEachRemaining(entry -> take(of, EntryKey.read(entry.key), entry.value));
        }
        of.wholeFrom(section, first);
    }

    /** Unless something newer is known of it. */
    private void take(KnownAccount of, EntryKey key, byte[] stored) {
        if (of.get(key.section(), key.number()) == null) {
            heap.add(of.put(key.section(), key.number(), stored));
        }
    }

    /** What is known of an entry, which then is all; null where there is none. */
    private @Nullable Object content(KnownAccount of, Section section, long number) {
        @Nullable Object content = of.get(section, number);
        if (content != null || number >= of.wholeFrom(section)) {
            return content;
        }
        byte @Nullable [] stored = below.get(EntryKey.of(of.id(), section, number));
        byte[] found = stored == null ? KnownAccount.NONE : stored;
        heap.add(of.put(section, number, found));
        return found;
    }

    private static <V> @Nullable V value(AccountEntries.Form<V> form, long number, @Nullable Object content) {
        if (content == null || KnownAccount.isNone(content)) {
            return null;
        }
        return content instanceof EntryInWork<?> entry
                ? AccountStore.<V>ofItsForm(entry).value()
                : form.read(number, (byte[]) content);
    }

    /** What stands there needs not be read, only that it may. */
    private <V> void change(AccountEntries.Form<V> form, KnownAccount of, long number, @Nullable V value) {
        @Nullable Object content = of.get(form.section(), number);
        EntryInWork<V> entry;
        if (content instanceof EntryInWork<?> inWork) {
            entry = ofItsForm(inWork);
        } else {
            byte[] stored = content == null ? KnownAccount.NONE : (byte[]) content;
            boolean mayBeStored =
                    content == null ? number < of.wholeFrom(form.section()) : !KnownAccount.isNone(content);
            entry = new EntryInWork<>(form, stored, mayBeStored);
            heap.add(of.put(form.section(), number, entry));
        }
        entry.change(value);
        waitToBeWritten(of);
    }

    private void waitToBeWritten(KnownAccount of) {
        if (of.waitToBeWritten()) {
            changed.add(of);
        }
    }

    /** A section's entries are all of one form. */
    @SuppressWarnings("unchecked")
    private static <V> EntryInWork<V> ofItsForm(EntryInWork<?> entry) {
        return (EntryInWork<V>) entry;
    }

    /** Keeps those that were asked for last. Who was not, first keeps what may be asked for soon. */
    private void bound() {
        if (changed.size() > MOST_CHANGED) {
            writeWaiting();
        }
        long rest = heap.rest();
        if (rest == heap.bytes()) {
            return;
        }
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        while (heap.bytes() > rest && known.size() > 1) {
            KnownAccount of = Objects.requireNonNull(known.giveUp());
            heap.add(of.write(batch));
            long before = of.bytes();
            for (Section section : Section.ALL) {
                if (section.isSeldomRead() && of.isApart(section)) {
                    heap.add(of.forget(section, Long.MIN_VALUE, Long.MAX_VALUE));
                    of.wholeFrom(section, Long.MAX_VALUE);
                }
            }
            if (of.bytes() < before) {
                known.put(of.id(), of);
            } else {
                heap.add(-of.bytes());
                of.giveUp();
            }
        }
        last = null;
        write(batch);
    }

    @Override
    void writeWaiting() {
        for (KnownAccount of : written) {
            heap.add(of.settle());
        }
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(changed.size());
        for (KnownAccount of : changed) {
            heap.add(of.write(batch));
        }
        written = changed;
        changed = new ArrayList<>();
        write(batch);
    }

    private void write(KnownAccount of) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        heap.add(of.write(batch));
        write(batch);
    }

    /** In the order of the keys: the store finds the place of each next to the one before. */
    private void write(List<KeyValue<Bytes, byte[]>> batch) {
        if (!batch.isEmpty()) {
            batch.sort(Comparator.comparing(entry -> entry.key));
            below.putAll(batch);
        }
    }

    /** What was written becomes its bytes one commit later, also where nothing else came. */
    @Override
    boolean hasWaiting() {
        return !changed.isEmpty() || !written.isEmpty();
    }

    @Override
    public void flushCache() {
        super.flushCache();
        bound();
    }

    /** What was not committed must not be known any more. */
    @Override
    public void clearCache() {
        known.clear();
        last = null;
        changed.clear();
        written.clear();
        heap.clear();
    }

    @Override
    public void init(StateStoreContext initial, StateStore root) {
        if (initial.appConfigs().get(HeapBudget.SETTING) instanceof HeapBudget shared) {
            heap.leave();
            heap = shared.join();
        }
        super.init(initial, root);
    }

    @Override
    public void close() {
        heap.leave();
        super.close();
    }

    /** Builds a store with its changelog. */
    public static final class Builder extends WriteBehind.Builder<AccountStore> {

        private Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> below) {
            super(below);
        }

        /** Over a store that needs no opening. */
        public AccountStore over(KeyValueStore<Bytes, byte[]> store, HeapBudget budget) {
            return new AccountStore(store, budget);
        }

        @Override
        AccountStore over(KeyValueStore<Bytes, byte[]> store) {
            return over(store, new HeapBudget(DEFAULT_BYTES));
        }
    }
}
