package dev.metsuke.detect.episode;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Comparator;

/**
 * A sum and what it was compared with. One is larger than another where it is more times its limit.
 *
 * @param sum what was summed
 * @param ceiling the limit that held for it
 * @param yardstick where the limit comes from
 * @param minutes over how long it was summed
 * @param samples from how many days, of the account or of each in its department, the limit was learnt
 * @param usual what is usual by them
 */
public record Peak(long sum, long ceiling, Yardstick yardstick, long minutes, long samples, long usual)
        implements Comparable<Peak> {

    /** Of a rule that compares nothing with a limit. */
    public static final Peak NONE = new Peak(0, 0, Yardstick.CEILING, 0, 0, 0);

    private static final Comparator<Peak> ORDER = Comparator.comparingDouble(Peak::timesTheCeiling)
            .thenComparingLong(Peak::sum)
            .thenComparingLong(Peak::ceiling)
            .thenComparing(Peak::yardstick)
            .thenComparingLong(Peak::minutes)
            .thenComparingLong(Peak::samples)
            .thenComparingLong(Peak::usual);

    /** Where a limit comes from, with the number by which state names it. */
    public enum Yardstick {
        /** The policy. */
        CEILING(0),
        /** The account's own history. */
        OWN(1),
        /** The policy's word on how many exports may leave their size unsaid. */
        UNSIZED(2),
        /** The account's department. */
        DEPARTMENT(3),
        /** What is usual for the account in a whole day, for an hour. */
        OWN_DAY(4);

        private final int code;

        Yardstick(int code) {
            this.code = code;
        }

        private static Yardstick of(long code) {
            for (Yardstick yardstick : values()) {
                if (yardstick.code == code) {
                    return yardstick;
                }
            }
            throw new IllegalStateException("state names a yardstick by " + code + ", which no version gave");
        }
    }

    public static Peak aboveCeiling(long sum, long ceiling, long minutes) {
        return new Peak(sum, ceiling, Yardstick.CEILING, minutes, 0, 0);
    }

    public static Peak ofUnsized(long exports, long allowed) {
        return new Peak(exports, allowed, Yardstick.UNSIZED, 24 * 60, 0, 0);
    }

    public Peak orLarger(Peak other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public void write(CompactWriter out) {
        out.number(sum)
                .number(ceiling)
                .number(yardstick.code)
                .number(minutes)
                .number(samples)
                .number(usual);
    }

    public static Peak read(CompactReader in) {
        return new Peak(in.number(), in.number(), Yardstick.of(in.number()), in.number(), in.number(), in.number());
    }

    @Override
    public int compareTo(Peak other) {
        return ORDER.compare(this, other);
    }

    private double timesTheCeiling() {
        return sum / (double) Math.max(ceiling, 1);
    }
}
