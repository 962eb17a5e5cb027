package dev.metsuke.detect.state;

import org.jspecify.annotations.Nullable;

/** An entry as the object that was put last, until it is written and nobody puts it any more. */
final class EntryInWork<V> {

    private final AccountEntries.Form<V> form;
    private @Nullable KnownAccount account;
    private final long number;
    private @Nullable V value;
    private byte[] stored;
    private boolean mayBeStored;
    private boolean isChanged;

    /**
     * Nothing of it is put yet.
     *
     * @param stored what stands in the store, as far as known
     * @param mayBeStored whether something may stand there
     */
    EntryInWork(AccountEntries.Form<V> form, KnownAccount account, long number, byte[] stored, boolean mayBeStored) {
        this.form = form;
        this.account = account;
        this.number = number;
        this.stored = stored;
        this.mayBeStored = mayBeStored;
    }

    Section section() {
        return form.section();
    }

    /** Null once it was given up, with its account: whoever still lists it must not keep that in memory. */
    @Nullable
    KnownAccount account() {
        return account;
    }

    void giveUp() {
        account = null;
        value = null;
    }

    long number() {
        return number;
    }

    @Nullable
    V value() {
        return value;
    }

    /** As it was written last; nothing where it never was. */
    byte[] stored() {
        return stored;
    }

    boolean mayBeStored() {
        return mayBeStored;
    }

    boolean isChanged() {
        return isChanged;
    }

    /** True where it was not changed before. */
    boolean change(@Nullable V now) {
        boolean isFirst = !isChanged;
        value = now;
        isChanged = true;
        return isFirst;
    }

    /** Its bytes now; null where there is no such entry any more. */
    byte @Nullable [] bytes() {
        return value == null ? null : form.write(value);
    }

    void written(byte @Nullable [] now) {
        stored = now == null ? KnownAccount.NONE : now;
        mayBeStored = now != null;
        isChanged = false;
    }
}
