package dev.metsuke.detect.directory;

import java.time.Instant;

/**
 * That an account is one person's.
 *
 * @param from from when on; the beginning of time for the first one
 * @param until until when; the end of time for the present one
 * @param holder whose it is
 */
public record Holding(Instant from, Instant until, Holder holder) {

    /** Whether the account was that person's at a time. */
    public boolean isAt(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** By somebody who always had it, and has it. */
    public static Holding ofOne(Holder holder) {
        return new Holding(Instant.MIN, Instant.MAX, holder);
    }
}
