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
 * What is remembered of a partition's accounts: of each its entries, by section and number. All of an account's stand side by
 * side, on disk as in memory, so that whoever comes is found once, and not once for each of its sections. What its accesses
 * change again and again is turned into bytes, and written to the store and its changelog, once a commit.
 */
public final class AccountStore extends WriteBehind {

    /** The name of the one that all rules share. */
    public static final String ACCOUNTS = "accounts";

    private static final long DEFAULT_BYTES = 33_554_432;

    /** Where nobody commits, entries are written at the latest then. */
    private static final int MOST_CHANGED = 50_000;

    /**
     * So many entries behind those that are wanted are read with them: to step over a few costs a small part of one more
     * search, which looks into every file of the store. Of an account that has more, most would be kept for nothing.
     */
    private static final int MOST_BEHIND = 5;

    private final RecentlyUsed<AccountId, KnownAccount> known = new RecentlyUsed<>();
    private HeapBudget.Share heap;

    /** Whoever comes is asked about more than once. */
    private @Nullable KnownAccount last;

    /** What was put since the last commit. */
    private List<EntryInWork<?>> changed = new ArrayList<>();

    /** What was put before it, and stays an object until the next in case it is put again. */
    private List<EntryInWork<?>> written = new ArrayList<>();

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
        of.wholeFrom(section, Math.min(of.wholeFrom(section), first));
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
                EntryKey key = EntryKey.read(entry.key);
                if (key.section() == form.section()) {
                    consumer.accept(key.account(), key.number(), form.read(key.number(), entry.value));
                }
            }
        }
    }

    @Nullable
    Long first(Section section, AccountId account) {
        write(known(account));
        try (KeyValueIterator<Bytes, byte[]> entries =
                below.range(EntryKey.first(account, section), EntryKey.last(account, section))) {
            return entries.hasNext() ? (Long) EntryKey.read(entries.next().key).number() : null;
        }
    }

    void removeAll(Section section, AccountId account, long first, long last) {
        if (first > last) {
            return;
        }
        @Nullable KnownAccount of = known.get(account);
        if (of != null) {
            write(of);
            heap.add(of.removeAll(section, first, last));
        }
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored =
                below.range(EntryKey.of(account, section, first), EntryKey.of(account, section, last))) {
            stored.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(below::delete);
    }

    /** They stay in the store, but those with which nobody works now take no room of the heap any more. */
    void letGo(Section section, AccountId account, long last) {
        KnownAccount of = known(account);
        heap.add(of.letGo(section, last));
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
        return new AccountCursor(
                below,
                this::writeWaiting,
                account -> below.get(EntryKey.of(account, section, AccountEntries.ONLY)) != null);
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
            found = new KnownAccount(account);
            heap.add(found.bytes());
            readHead(found);
            known.put(account, found);
        }
        last = found;
        return found;
    }

    /** All sections of one entry. What is not found is not there, so that the store need not be asked again. */
    private void readHead(KnownAccount of) {
        readOn(of, StateKey.of(of.id()).first(), Section.LAST_OF_ONE);
    }

    /** From a number on, all that is not known yet. */
    private void read(KnownAccount of, Section section, long first) {
        long until = of.wholeFrom(section);
        Bytes start = EntryKey.of(of.id(), section, first);
        if (until == Long.MAX_VALUE) {
            readOn(of, start, section);
        } else {
            try (KeyValueIterator<Bytes, byte[]> stored =
                    below.range(start, EntryKey.of(of.id(), section, until - 1))) {
                stored.forEachRemaining(entry -> take(of, EntryKey.read(entry.key), entry.value));
            }
        }
        of.wholeFrom(section, first);
    }

    /** To a section's end, and on through those behind it of which nothing is known, if all of one lies near. */
    private void readOn(KnownAccount of, Bytes start, Section wanted) {
        Section last = of.lastUnknownBehind(wanted);
        List<KeyValue<EntryKey, byte[]>> behind = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored = below.range(start, EntryKey.last(of.id(), last))) {
            while (behind.size() <= MOST_BEHIND && stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                EntryKey key = EntryKey.read(entry.key);
                if (key.section().compareTo(wanted) <= 0) {
                    take(of, key, entry.value);
                } else {
                    behind.add(KeyValue.pair(key, entry.value));
                }
            }
        }
        if (behind.size() > MOST_BEHIND) {
            Section cutOff = behind.getLast().key.section();
            behind.removeIf(entry -> entry.key.section() == cutOff);
            last = cutOff.before();
        }
        of.wholeBehind(wanted, last);
        behind.forEach(entry -> take(of, entry.key, entry.value));
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
            entry = new EntryInWork<>(form, of, number, stored, mayBeStored);
            heap.add(of.put(form.section(), number, entry));
        }
        if (entry.change(value)) {
            changed.add(entry);
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
            write(of, batch);
            long before = of.bytes();
            for (Section section : Section.values()) {
                if (section.isSeldomRead()) {
                    heap.add(of.removeAll(section, Long.MIN_VALUE, Long.MAX_VALUE));
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
        for (EntryInWork<?> entry : written) {
            if (!entry.isChanged()) {
                settle(entry);
            }
        }
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(changed.size());
        for (EntryInWork<?> entry : changed) {
            write(entry, batch);
        }
        written = changed;
        changed = new ArrayList<>();
        write(batch);
    }

    private void write(KnownAccount of) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        write(of, batch);
        write(batch);
    }

    private void write(KnownAccount of, List<KeyValue<Bytes, byte[]>> batch) {
        of.forEachInWork(entry -> write(entry, batch));
    }

    private void write(EntryInWork<?> entry, List<KeyValue<Bytes, byte[]>> batch) {
        @Nullable KnownAccount of = entry.account();
        if (of == null || !entry.isChanged()) {
            return;
        }
        byte @Nullable [] now = entry.bytes();
        if (now != null || entry.mayBeStored()) {
            batch.add(KeyValue.pair(EntryKey.of(of.id(), entry.section(), entry.number()), now));
        }
        heap.add(of.written(entry, now));
    }

    /** From now on it is its bytes. */
    private void settle(EntryInWork<?> entry) {
        @Nullable KnownAccount of = entry.account();
        if (of != null && of.get(entry.section(), entry.number()) == entry) {
            heap.add(of.put(entry.section(), entry.number(), entry.stored()));
        }
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
