package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;

/**
 * When reads are unusual for an account, by its own history: above all three of these.
 *
 * @param atLeast a number of people that is never unusual in an hour or a day
 * @param times how many times the median
 * @param spread how many standard deviations, told by the median absolute deviation, above the median
 */
public record UnusualPolicy(
        @Default("30") long atLeast,
        @Default("4") long times,
        @Default("6") long spread) {

    public UnusualPolicy {
        Check.that()
                .holds(atLeast >= 1, "at-least must be 1 or more")
                .holds(times >= 1, "times must be 1 or more")
                .holds(spread >= 1, "spread must be 1 or more")
                .orThrow();
    }
}
