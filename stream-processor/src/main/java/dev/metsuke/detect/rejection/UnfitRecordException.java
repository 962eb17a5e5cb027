package dev.metsuke.detect.rejection;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record that could be read but not used; the message is the reason that the rejected topic gives. */
public final class UnfitRecordException extends RuntimeException {

    /** No record is from before. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    /** Every record is from before. */
    public static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** The archive finds no longer ones, and an alert names its account several times. */
    private static final int LONGEST_ACCOUNT = 8191;

    private UnfitRecordException(String reason) {
        super(reason);
    }

    public static <V> V requireValue(Record<AccountId, V> record) {
        @Nullable V value = record.value();
        if (value == null) {
            throw new UnfitRecordException("the record has no value");
        }
        return value;
    }

    /** Times that no log means would overflow once a horizon is added to them. */
    public static void requireTime(String field, Instant time) {
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            throw new UnfitRecordException(
                    field + " is " + time + "; it must lie between " + EARLIEST + " and " + LATEST);
        }
    }

    /** The key decides which instance judges a record, so it must be the account that the record is about. */
    public static void requireKey(Record<AccountId, ?> record, @Nullable AccountId account) {
        @Nullable AccountId key = record.key();
        if (key == null) {
            throw new UnfitRecordException(
                    "the record has no key; its key must be its account" + (account == null ? "" : ", " + account));
        }
        if (!key.equals(account)) {
            throw new UnfitRecordException("the record's key is " + key + ", but it is about the account " + account
                    + "; they must be the same");
        }
        int length = key.value().length();
        if (length > LONGEST_ACCOUNT) {
            throw new UnfitRecordException(
                    "the account has " + length + " characters; it can have " + LONGEST_ACCOUNT + " at most");
        }
    }
}
