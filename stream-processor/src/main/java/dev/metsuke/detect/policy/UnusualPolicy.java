package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;

/**
 * When reads are unusual for an account, by its own history: above all three of these.
 *
 * @param atLeast a number of people that is never unusual in an hour or a day
 * @param times how many times the median
 * @param spread how many standard deviations, told by the median absolute deviation, above the median; more where it rests on
 *     few days
 */
public record UnusualPolicy(
        @Default("80") long atLeast,
        @Default("5") long times,
        @Default("8") long spread) {

    public UnusualPolicy {
        Check.that()
                .holds(atLeast >= 1, "at-least must be 1 or more")
                .holds(times >= 1, "times must be 1 or more")
                .holds(spread >= 1, "spread must be 1 or more")
                .orThrow();
    }
}
