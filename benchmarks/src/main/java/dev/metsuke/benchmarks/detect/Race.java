package dev.metsuke.benchmarks.detect;

import dev.metsuke.benchmarks.contest.ProcessCost;
import dev.metsuke.benchmarks.detect.RunningContestant.Resources;
import java.time.Duration;
import java.util.SequencedMap;

/**
 * How fast a contestant took all accesses, from when it was at work to when the last was committed.
 *
 * @param events how many accesses
 * @param seconds how long all of them took
 * @param lastHalfSeconds how long the second half of them took, with code that is compiled by then
 * @param cost what its process used, from its start
 */
record Race(long events, double seconds, double lastHalfSeconds, ProcessCost cost) {

    private static final int SAMPLE_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Runs a contestant over a stage's accesses. */
    static Race run(Contestant contestant, Stage stage, Resources resources) throws Exception {
        long events = stage.company().events();
        try (RunningContestant running = RunningContestant.start(contestant, stage, resources)) {
            running.awaitWork();
            long start = System.nanoTime();
            long halfAt = start;
            long moved = start;
            long consumed = 0;
            long half = 0;
            while (consumed < events) {
                running.pause(SAMPLE_MILLIS);
                long now = stage.accessesConsumed(contestant.label());
                long at = System.nanoTime();
                if (now > consumed) {
                    moved = at;
                } else if (at - moved > PATIENCE.toNanos()) {
                    throw running.failed("stood still after " + consumed + " of " + events + " accesses");
                }
                consumed = now;
                if (half == 0 && consumed >= events / 2) {
                    half = consumed;
                    halfAt = at;
                }
            }
            long end = System.nanoTime();
            // Where one commit took it from before the middle to the end, there is no second half to tell of.
            double lastHalf = half < events ? (end - halfAt) / 1e9 * events / 2 / (events - half) : (end - start) / 2e9;
            return new Race(events, (end - start) / 1e9, lastHalf, running.cost());
        }
    }

    double rate() {
        return events / seconds;
    }

    double lastHalfRate() {
        return events / 2.0 / lastHalfSeconds;
    }

    private double cpuMicros() {
        return cost.cpuSeconds() * 1e6 / events;
    }

    /** Adds its figures under a name. */
    void report(String name, SequencedMap<String, Double> figures) {
        figures.put(name + "_events_s", rate());
        figures.put(name + "_last_half_events_s", lastHalfRate());
        figures.put(name + "_cpu_us", cpuMicros());
        figures.put(name + "_peak_mib", cost.peakMebibytes());
    }

    String describe() {
        return "%9.0f events/s, %9.0f in the last half, %5.2f µs of CPU an event, %4.0f MiB at most"
                .formatted(rate(), lastHalfRate(), cpuMicros(), cost.peakMebibytes());
    }
}
