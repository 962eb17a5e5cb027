package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.trial.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One partition's part in a backtest; its clock follows what arrives. One thread at a time. */
final class BacktestPartition {

    /** What an arrival makes due is told so soon after it, what time alone does once the partition goes on. */
    private static final Duration TICK = Duration.ofSeconds(10);

    private final Trial trial;
    private Instant now;
    private Outcome outcome = new Outcome();

    BacktestPartition(Trial trial, Instant start) {
        this.trial = trial;
        this.now = start;
        trial.onTold(alert -> outcome.told.add(new Told(alert, now)));
    }

    /** Judges what arrived, and lets time pass until then; it never goes back. */
    Outcome judge(List<Arrival> arrivals, Instant until) {
        outcome = new Outcome();
        for (Arrival arrival : arrivals) {
            advanceTo(arrival.at());
            try {
                arrival.reach(trial);
                outcome.events += arrival.news() instanceof Arrival.Accessed ? 1 : 0;
            } catch (UnfitRecordException e) {
                outcome.rejections.add(new Rejection(arrival.at(), arrival.name() + ": " + e.getMessage()));
            }
        }
        advanceTo(until);
        pass(until);
        return outcome;
    }

    /** Lets time pass with nothing left undone that is due. */
    Outcome rest(Instant until) {
        outcome = new Outcome();
        while (now.isBefore(until)) {
            pass(now.plus(TICK));
        }
        return outcome;
    }

    private void advanceTo(Instant time) {
        if (!time.isBefore(now.plus(TICK))) {
            // What is due is told soon, not only when the next event comes.
            pass(now.plus(TICK));
            pass(time);
        }
    }

    private void pass(Instant until) {
        if (until.isAfter(now)) {
            now = until;
            trial.advanceTo(now);
        }
    }

    /** What came of a piece of work. */
    static final class Outcome {

        private final List<Told> told = new ArrayList<>();
        private final List<Rejection> rejections = new ArrayList<>();
        private long events;

        List<Told> told() {
            return told;
        }

        List<Rejection> rejections() {
            return rejections;
        }

        /** How many were judged. */
        long events() {
            return events;
        }
    }

    /** What detection would reject, and why. */
    record Rejection(Instant at, String reason) {}
}
