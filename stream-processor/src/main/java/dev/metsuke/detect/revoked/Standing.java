package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Holder;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.events.account.Status;
import java.time.Instant;
import java.util.Objects;
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
     * @param former whose the account was then, where it is somebody else's now
     */
    record Stopped(
            Status status,
            Instant since,
            @Nullable Instant reportedAt,
            @Nullable String reportedBy,
            @Nullable Holder former)
            implements Standing {

        /** Of whoever has the account. */
        Stopped(Status status, Instant since, @Nullable Instant reportedAt, @Nullable String reportedBy) {
            this(status, since, reportedAt, reportedBy, null);
        }

        /** The account is the next one's since. What stops it stays, and was said of whoever had it first. */
        Stopped passedOn(Holder before, Holder next) {
            Holder saidOf = former == null ? before : former;
            boolean isBack = Objects.equals(saidOf.person(), next.person());
            return new Stopped(status, since, reportedAt, reportedBy, isBack ? null : saidOf);
        }
    }

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
