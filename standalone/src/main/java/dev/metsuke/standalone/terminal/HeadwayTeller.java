package dev.metsuke.standalone.terminal;

import static dev.metsuke.standalone.terminal.Numbers.grouped;
import static dev.metsuke.standalone.terminal.Numbers.roughly;

import dev.metsuke.archive.verify.Headway;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells whoever waits for a verification how far it has come: soon, and then once a minute. */
public final class HeadwayTeller implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Headway headway;
    private final Instant start;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metsuke-headway").daemon().factory());

    private Instant last;
    private long linesThen;

    HeadwayTeller(Headway headway, Instant start) {
        this.headway = headway;
        this.start = start;
        this.last = start;
    }

    /** Begins to tell. */
    public static HeadwayTeller start(Headway headway, PrintWriter out) {
        HeadwayTeller teller = new HeadwayTeller(headway, Instant.now());
        var _ = teller.timer.scheduleAtFixedRate(
                () -> out.println(teller.describe(Instant.now())),
                SOON.toSeconds(),
                EVERY.toSeconds(),
                TimeUnit.SECONDS);
        return teller;
    }

    /** What is left is foretold by what was done since it was asked last. */
    String describe(Instant now) {
        long lines = headway.lines();
        long left = headway.expected() - lines;
        long done = lines - linesThen;
        Duration since = Duration.between(last, now);
        last = now;
        linesThen = lines;
        String waited = roughly(Duration.between(start, now)) + ": ";
        if (headway.seals() == 0 && headway.expected() == 0 && headway.kafkasSeals() > 0) {
            return waited + grouped(headway.kafkasSeals()) + " of Kafka's seals read";
        }
        String judged = waited + grouped(headway.seals()) + " seals judged";
        if (headway.expected() == 0) {
            return judged;
        }
        String looked = judged + ", " + grouped(lines) + " of " + grouped(headway.expected()) + " lines";
        return done == 0 || left <= 0
                ? looked
                : looked + ", about " + roughly(Duration.ofSeconds(left * since.toSeconds() / done)) + " to go";
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
