package dev.metsuke.detect.wording;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Grounds;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.events.access.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Episodes for tests of what is said about them. */
public final class RandomEpisodes {

    public static final Instant START = Instant.parse("2026-11-23T15:04:00Z");

    /** How many of each rule are tried. */
    public static final int SEEDS = 300;

    private RandomEpisodes() {}

    /** That begins within a month from {@link #START}. */
    public static Episode of(Random random, Peak peak) {
        Instant start = START.plus(Duration.ofMinutes(random.nextInt(40_000)));
        long events = 1 + random.nextInt(random.nextBoolean() ? 3 : 5_000);
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (int more = 1 + random.nextInt(3); more > 0; more--) {
            actions.add(Action.values()[random.nextInt(Action.values().length)]);
        }
        return new Episode(
                start,
                start.plus(Duration.ofMinutes(random.nextInt(random.nextBoolean() ? 3 : 5_000))),
                events,
                random.nextInt(4) == 0 ? 0 : random.nextLong(3_000_000),
                random.nextBoolean() ? 0 : random.nextLong(events + 1),
                random.nextBoolean() ? 0 : random.nextLong(events + 1),
                0,
                actions,
                peak,
                Grounds.NONE,
                List.of());
    }
}
