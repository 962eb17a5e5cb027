package dev.metsuke.benchmarks.latency;

import dev.metsuke.benchmarks.contest.Percentiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** When each leaver's line was written, and when its alert was first seen; all by {@link System#nanoTime}. */
final class Sightings {

    private static final long NEVER = Long.MIN_VALUE;
    private static final double NANOS_A_MILLI = 1e6;

    private final long[] written;
    private final long[] inKafka;
    private final long[] searchable;

    Sightings(int leavers) {
        written = unseen(leavers);
        inKafka = unseen(leavers);
        searchable = unseen(leavers);
    }

    synchronized void written(int leaver, long at) {
        written[leaver] = at;
    }

    synchronized void inKafka(int leaver, long at) {
        seen(inKafka, leaver, at);
    }

    synchronized void searchable(int leaver, long at) {
        seen(searchable, leaver, at);
    }

    /** The first leavers whose line is written, and whose alert no search has found yet. */
    synchronized List<Integer> missingInSearch(int most) {
        List<Integer> missing = new ArrayList<>();
        for (int leaver = 0; leaver < written.length && missing.size() < most; leaver++) {
            if (written[leaver] != NEVER && searchable[leaver] == NEVER) {
                missing.add(leaver);
            }
        }
        return missing;
    }

    synchronized boolean isAnySearchable() {
        return Arrays.stream(searchable).anyMatch(time -> time != NEVER);
    }

    /** How many of the first leavers' alerts were not seen in both places yet. */
    synchronized int missing(int leavers) {
        int missing = 0;
        for (int leaver = 0; leaver < leavers; leaver++) {
            if (inKafka[leaver] == NEVER || searchable[leaver] == NEVER) {
                missing++;
            }
        }
        return missing;
    }

    /** From line to alert in Kafka, of the leavers from one on. */
    synchronized Percentiles untilKafka(int first) {
        return since(first, inKafka);
    }

    /** From line to an alert that is found, of the leavers from one on. */
    synchronized Percentiles untilSearchable(int first) {
        return since(first, searchable);
    }

    private Percentiles since(int first, long[] seen) {
        double[] millis = new double[written.length - first];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (seen[first + i] - written[first + i]) / NANOS_A_MILLI;
        }
        return Percentiles.of(millis);
    }

    private static void seen(long[] times, int leaver, long at) {
        if (times[leaver] == NEVER) {
            times[leaver] = at;
        }
    }

    private static long[] unseen(int leavers) {
        long[] times = new long[leavers];
        Arrays.fill(times, NEVER);
        return times;
    }
}
