package dev.metsuke.simulation.company;

import java.util.SplittableRandom;

/**
 * Gives every account, day and purpose a random sequence of its own, so that none depends on what was drawn before it:
 * any day of any account can be made alone, and again.
 *
 * @param seed what all of them follow from
 */
public record Seeds(long seed) {

    /** What a sequence is drawn for. */
    public enum Purpose {
        PERSON,
        CAREER,
        WORK,
        SHIPPING,
        OUTAGE,
        CASTING,
        SCENARIO
    }

    public SplittableRandom of(Purpose purpose, long first, long second) {
        long mixed = mixed(seed + 0x9E3779B97F4A7C15L * purpose.name().hashCode());
        mixed = mixed(mixed ^ (first * 0xD1342543DE82EF95L + 1));
        return new SplittableRandom(mixed(mixed ^ (second * 0xAF251AF3B0F025B5L + 1)));
    }

    /** The finaliser of SplitMix64: every bit of the input changes about half of the output's. */
    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
