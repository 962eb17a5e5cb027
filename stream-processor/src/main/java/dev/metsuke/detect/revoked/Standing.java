package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.events.account.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an account stands at some moment. */
sealed interface Standing {

    /**
     * The account may be used.
     *
     * @param workplace where its person works, as the directory says; where that is what a transfer leads to which had not
     *     happened yet, as the directory said before
     */
    record Active(Workplace workplace) implements Standing {}

    /**
     * Nobody may use the account.
     *
     * @param status why
     * @param since from when on
     * @param reportedAt when HR said so; null where the directory's contract end says it
     * @param reportedBy who said so
     */
    record Stopped(
            Status status,
            Instant since,
            @Nullable Instant reportedAt,
            @Nullable String reportedBy) implements Standing {}

    /**
     * The person works elsewhere now.
     *
     * @param department where
     * @param since from when on
     * @param reportedAt when HR said so
     * @param reportedBy who said so
     */
    record Moved(
            String department,
            Instant since,
            Instant reportedAt,
            @Nullable String reportedBy) implements Standing {}
}
