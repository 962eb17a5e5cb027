package dev.metsuke.detect.episode;

import java.util.Comparator;

/**
 * A sum and the ceiling that it was compared with. One is larger than another where it is more times its ceiling.
 *
 * @param sum what was summed
 * @param ceiling the ceiling that held for it
 */
public record Peak(long sum, long ceiling) implements Comparable<Peak> {

    /** Of a rule that compares nothing with a ceiling. */
    public static final Peak NONE = new Peak(0, 0);

    private static final Comparator<Peak> ORDER = Comparator.comparingDouble(Peak::timesTheCeiling)
            .thenComparingLong(Peak::sum)
            .thenComparingLong(Peak::ceiling);

    public Peak orLarger(Peak other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Peak other) {
        return ORDER.compare(this, other);
    }

    private double timesTheCeiling() {
        return sum / (double) Math.max(ceiling, 1);
    }
}
