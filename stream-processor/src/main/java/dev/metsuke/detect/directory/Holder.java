package dev.metsuke.detect.directory;

import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose an account is, or was.
 *
 * @param person the person's number in HR's books
 * @param name the person's name
 * @param contractEnd when the contract ends, where it is known to end
 */
public record Holder(
        @Nullable String person,
        @Nullable String name,
        @Nullable Instant contractEnd) {

    /** Of whom the directory says nothing. */
    public static final Holder UNKNOWN = new Holder(null, null, null);

    static Holder of(DirectoryEntry entry) {
        return new Holder(entry.person(), entry.name(), entry.contractEnd());
    }

    /** Whether the account is another person's by this entry. Names change; without a number nobody can tell. */
    boolean isOther(DirectoryEntry next) {
        return person != null && next.person() != null && !person.equals(next.person());
    }
}
