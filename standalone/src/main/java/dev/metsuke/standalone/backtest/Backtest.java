package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** A trial of a policy whose clock follows what arrives. */
public final class Backtest {

    /** So exactly are told times known; what happens within is told together. */
    public static final Duration TICK = Duration.ofSeconds(10);

    /** Months pass in seconds here. What is done a little later changes no judgement in the end. */
    private static final Map<Interval, Duration> INTERVALS = Map.of(
            Interval.SWEEP, Duration.ofDays(1),
            Interval.JUDGE_AGAIN, Duration.ofMinutes(10),
            Interval.PUBLISH, Duration.ofHours(1),
            Interval.DEPARTMENTS, Duration.ofHours(1));

    private final Trial trial;
    private Instant now;

    /**
     * Starts one.
     *
     * @param start nothing arrives before it
     * @param told takes every message about an alert
     */
    public Backtest(Policy policy, Instant start, Consumer<Told> told) {
        this.trial = new Trial(
                policy, new SimpleMeterRegistry(), start, INTERVALS, alert -> told.accept(new Told(alert, now())));
        this.now = start;
    }

    /**
     * Judges an event.
     *
     * @throws UnfitRecordException where detection would reject it
     */
    public void take(AccessEvent event) {
        trial.take(event);
    }

    public void take(StatusReport report) {
        trial.take(report);
    }

    public void take(DirectoryEntry entry) {
        trial.take(entry);
    }

    public void take(ExportApproval approval) {
        trial.take(approval);
    }

    /** Lets time pass; it never goes back. */
    public void advanceTo(Instant time) {
        if (Duration.between(now, time).compareTo(TICK) >= 0) {
            // What is due is told soon, not only when the next event comes.
            advance(TICK);
            if (time.isAfter(now)) {
                advance(Duration.between(now, time));
            }
        }
    }

    /** Lets so much time pass that every episode that is quiet is closed. */
    public void finish(Duration quiet) {
        Instant end = now.plus(quiet).plus(Duration.ofHours(1));
        while (now.isBefore(end)) {
            advance(TICK);
        }
    }

    private void advance(Duration time) {
        now = now.plus(time);
        trial.advanceTo(now);
    }

    private Instant now() {
        return now;
    }
}
