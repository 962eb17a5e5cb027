package dev.metsuke.detect.state;

import org.jspecify.annotations.Nullable;

/** An entry as the object that was put last, until it is written and nobody puts it any more. */
final class EntryInWork<V> {

    private final AccountEntries.Form<V> form;
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
    EntryInWork(AccountEntries.Form<V> form, byte[] stored, boolean mayBeStored) {
        this.form = form;
        this.stored = stored;
        this.mayBeStored = mayBeStored;
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

    void change(@Nullable V now) {
        value = now;
        isChanged = true;
    }

    /** Its bytes, which count as stored from now on; null where there is no such entry any more. */
    byte @Nullable [] write() {
        byte @Nullable [] now = value == null ? null : form.write(value);
        stored = now == null ? KnownAccount.NONE : now;
        mayBeStored = now != null;
        isChanged = false;
        return now;
    }
}
