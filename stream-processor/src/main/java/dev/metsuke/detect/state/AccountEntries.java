package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Every account's entries, by number. Between commits they are objects, so that what one account's accesses change again and
 * again is turned into bytes, and written to the store and its changelog, once a commit.
 */
public final class AccountEntries<V> extends WriteBehind {

    /** The number of the only entry, where an account has one. */
    public static final long ONLY = 0;

    private static final long DEFAULT_BYTES = 33_554_432;

    /** About what an account takes on the heap beside its entries. */
    private static final long BYTES_OF_ACCOUNT = 240;

    /** About what an entry takes beside its value. */
    private static final long BYTES_OF_ENTRY = 64;

    /** About how much larger a value's objects are than its bytes. */
    private static final long TIMES_AS_OBJECTS = 4;

    /** Where nobody commits, entries are written, and known to be large or small, at the latest then. */
    private static final int MOST_CHANGED = 50_000;

    private final Form<V> form;
    private final RecentlyUsed<AccountId, Known<V>> known = new RecentlyUsed<>();
    private final Set<Known<V>> changed = new LinkedHashSet<>();
    private HeapBudget.Share heap;
    private int changedEntries;

    AccountEntries(KeyValueStore<Bytes, byte[]> store, Form<V> form, HeapBudget budget) {
        super(store);
        this.form = form;
        this.heap = budget.join();
    }

    /** Builds them for Kafka Streams, and for whoever has stores of another kind. */
    public static <V> Builder<V> builder(StateStores state, String name, Form<V> form) {
        return new Builder<>(state.plain(name), form);
    }

    /** The entries of a processor's store that was built with this form. */
    public static <V> AccountEntries<V> find(ProcessingContext context, String name) {
        StateStore store = context.getStateStore(name);
        @SuppressWarnings("unchecked")
        AccountEntries<V> found = (AccountEntries<V>) store;
        return found;
    }

    /** One entry; null where there is none. */
    public @Nullable V get(AccountId account, long number) {
        @Nullable V value = slot(known(account), number).value;
        bound();
        return value;
    }

    /** Values must not be changed afterwards, but by whoever puts them again at once. */
    public void put(AccountId account, long number, V value) {
        Known<V> entries = known(account);
        change(entries, slotToReplace(entries, number), value);
        bound();
    }

    /** The caller knows that there are no entries from a number on, and so spares looking for them. */
    public void expectNone(AccountId account, long first) {
        Known<V> entries = known(account);
        entries.wholeFrom = Math.min(entries.wholeFrom, first);
    }

    public void remove(AccountId account, long number) {
        Known<V> entries = known(account);
        Slot<V> slot = slot(entries, number);
        if (slot.value == null) {
            return;
        }
        change(entries, slot, null);
    }

    /** The entries from one number to another, both included, in their order. */
    public void forEach(AccountId account, long first, long last, BiConsumer<Long, V> consumer) {
        if (first > last) {
            return;
        }
        Known<V> entries = known(account);
        if (first < entries.wholeFrom) {
            read(entries, first);
        }
        entries.slots.forEach(first, last, (number, slot) -> {
            if (slot.value != null) {
                consumer.accept(number, slot.value);
            }
        });
        bound();
    }

    /** The least number of an account's entries; null where it has none. */
    public @Nullable Long first(AccountId account) {
        write(known(account));
        StateKey all = StateKey.of(account);
        try (KeyValueIterator<Bytes, byte[]> entries = below.range(all.first(), all.last())) {
            return entries.hasNext() ? (Long) number(entries.next().key) : null;
        }
    }

    /** Removes the entries from one number to another, both included. */
    public void removeAll(AccountId account, long first, long last) {
        if (first > last) {
            return;
        }
        @Nullable Known<V> entries = known.get(account);
        if (entries != null) {
            write(entries);
            entries.slots.removeAll(first, last, slot -> weigh(entries, -slot.bytes));
        }
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored = below.range(key(account, first), key(account, last))) {
            stored.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(below::delete);
    }

    /** All entries. */
    public void forEach(OnEntry<V> consumer) {
        writeWaiting();
        try (KeyValueIterator<Bytes, byte[]> all = below.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                long number = number(entry.key);
                consumer.accept(StateKey.read(entry.key).account(), number, form.read(number, entry.value));
            }
        }
    }

    /** Goes round the accounts that have entries. */
    public AccountCursor cursor() {
        return new AccountCursor(below, this::writeWaiting);
    }

    private Known<V> known(AccountId account) {
        @Nullable Known<V> entries = known.get(account);
        if (entries != null) {
            return entries;
        }
        Known<V> made = new Known<>(account);
        known.put(account, made);
        weigh(made, BYTES_OF_ACCOUNT);
        return made;
    }

    private Slot<V> slot(Known<V> entries, long number) {
        @Nullable Slot<V> slot = entries.slots.get(number);
        if (slot != null) {
            return slot;
        }
        byte @Nullable [] stored = number < entries.wholeFrom ? below.get(key(entries.account, number)) : null;
        Slot<V> made = new Slot<>(stored == null ? null : form.read(number, stored), stored != null, size(stored));
        add(entries, number, made);
        return made;
    }

    /** What stands there needs not be read, only that it may. */
    private Slot<V> slotToReplace(Known<V> entries, long number) {
        @Nullable Slot<V> slot = entries.slots.get(number);
        if (slot != null) {
            return slot;
        }
        Slot<V> made = new Slot<>(null, number < entries.wholeFrom, size(null));
        add(entries, number, made);
        return made;
    }

    private void add(Known<V> entries, long number, Slot<V> slot) {
        entries.slots.put(number, slot);
        weigh(entries, slot.bytes);
    }

    private void change(Known<V> entries, Slot<V> slot, @Nullable V value) {
        slot.value = value;
        if (!slot.isChanged) {
            slot.isChanged = true;
            entries.changedEntries++;
            changed.add(entries);
            changedEntries++;
        }
    }

    /** From a number on, all that is not known yet. */
    private void read(Known<V> entries, long first) {
        boolean isNothingWhole = entries.wholeFrom == Long.MAX_VALUE;
        Bytes last = isNothingWhole ? StateKey.of(entries.account).last() : key(entries.account, entries.wholeFrom - 1);
        try (KeyValueIterator<Bytes, byte[]> stored = below.range(key(entries.account, first), last)) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                long number = number(entry.key);
                if (entries.slots.get(number) == null) {
                    add(entries, number, new Slot<>(form.read(number, entry.value), true, size(entry.value)));
                }
            }
        }
        entries.wholeFrom = first;
    }

    /** Keeps those that were asked for last. */
    private void bound() {
        if (changedEntries > MOST_CHANGED) {
            writeWaiting();
        }
        long rest = heap.rest();
        if (rest == heap.bytes()) {
            return;
        }
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        while (heap.bytes() > rest && known.size() > 1) {
            Known<V> entries = Objects.requireNonNull(known.giveUp());
            write(entries, batch);
            heap.add(-entries.bytes);
        }
        write(batch);
    }

    @Override
    void writeWaiting() {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(changedEntries);
        for (Known<V> entries : List.copyOf(changed)) {
            write(entries, batch);
        }
        write(batch);
    }

    private void write(Known<V> entries) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(entries.changedEntries);
        write(entries, batch);
        write(batch);
    }

    /** In the order of the keys: the store finds the place of each next to the one before. */
    private void write(List<KeyValue<Bytes, byte[]>> batch) {
        if (!batch.isEmpty()) {
            batch.sort(Comparator.comparing(entry -> entry.key));
            below.putAll(batch);
        }
    }

    private void write(Known<V> entries, List<KeyValue<Bytes, byte[]>> batch) {
        if (!changed.remove(entries)) {
            return;
        }
        entries.slots.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (number, slot) -> {
            if (slot.isChanged) {
                write(entries, number, slot, batch);
            }
        });
        changedEntries -= entries.changedEntries;
        entries.changedEntries = 0;
    }

    private void write(Known<V> entries, long number, Slot<V> slot, List<KeyValue<Bytes, byte[]>> batch) {
        @Nullable V value = slot.value;
        byte @Nullable [] now = value == null ? null : form.write(value);
        if (now != null || slot.isStored) {
            batch.add(KeyValue.pair(key(entries.account, number), now));
        }
        slot.isStored = now != null;
        slot.isChanged = false;
        weigh(entries, size(now) - slot.bytes);
        slot.bytes = size(now);
    }

    private void weigh(Known<V> entries, long more) {
        entries.bytes += more;
        heap.add(more);
    }

    private static long size(byte @Nullable [] value) {
        return BYTES_OF_ENTRY + (value == null ? 0 : TIMES_AS_OBJECTS * value.length);
    }

    private Bytes key(AccountId account, long number) {
        StateKey key = StateKey.of(account);
        return form.isOnly() ? key.first() : key.number(number).first();
    }

    private long number(Bytes key) {
        if (form.isOnly()) {
            return ONLY;
        }
        StateKey.Reader reader = StateKey.read(key);
        reader.account();
        return reader.number();
    }

    @Override
    boolean hasWaiting() {
        return !changed.isEmpty();
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
        changed.clear();
        changedEntries = 0;
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
    public static final class Builder<V> extends WriteBehind.Builder<AccountEntries<V>> {

        private final Form<V> form;

        private Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> below, Form<V> form) {
            super(below);
            this.form = form;
        }

        /** Over a store that needs no opening. */
        public AccountEntries<V> over(KeyValueStore<Bytes, byte[]> store, HeapBudget budget) {
            return new AccountEntries<>(store, form, budget);
        }

        @Override
        AccountEntries<V> over(KeyValueStore<Bytes, byte[]> store) {
            return over(store, new HeapBudget(DEFAULT_BYTES));
        }
    }

    /**
     * How entries are stored.
     *
     * @param isOnly whether an account has one entry, which stands under the account alone
     */
    public record Form<V>(Function<V, byte[]> writer, Reader<V> reader, boolean isOnly) {

        /** Of an account's one entry. */
        public static <V> Form<V> ofOnly(Function<V, byte[]> writer, Function<byte[], V> reader) {
            return new Form<>(writer, (_, bytes) -> reader.apply(bytes), true);
        }

        /** Of an account's entries, which need not tell their numbers. */
        public static <V> Form<V> of(Function<V, byte[]> writer, Reader<V> reader) {
            return new Form<>(writer, reader, false);
        }

        private byte[] write(V value) {
            return writer.apply(value);
        }

        private V read(long number, byte[] bytes) {
            return reader.read(number, bytes);
        }
    }

    /** Reads an entry. */
    public interface Reader<V> {

        V read(long number, byte[] bytes);
    }

    /** Takes entries of all accounts. */
    public interface OnEntry<V> {

        void accept(AccountId account, long number, V value);
    }

    /** What is known of an account's entries: some, and from a number on all. */
    private static final class Known<V> {

        private final AccountId account;
        private final Numbered<Slot<V>> slots = new Numbered<>();
        private long wholeFrom = Long.MAX_VALUE;
        private long bytes;
        private int changedEntries;

        Known(AccountId account) {
            this.account = account;
        }
    }

    /** An entry, or that there is none. */
    private static final class Slot<V> {

        private @Nullable V value;
        private boolean isStored;
        private boolean isChanged;
        private long bytes;

        Slot(@Nullable V value, boolean isStored, long bytes) {
            this.value = value;
            this.isStored = isStored;
            this.bytes = bytes;
        }
    }
}
