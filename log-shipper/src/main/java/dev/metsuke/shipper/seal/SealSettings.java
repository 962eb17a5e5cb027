package dev.metsuke.shipper.seal;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings {@code shipper.seal}: how the streams' heads are sealed.
 *
 * @param keyFolder holds the shipper's keys, in a folder of its id; the first is made at the first start
 * @param interval how long a line waits at most until it is sealed; with {@code events} it bounds the tail that could be cut
 *     off unnoticed
 * @param events how many lines wait at most
 * @param file to which every seal is appended as well, one JSON document a line; put it on media that the archive's
 *     administrators cannot write
 */
public record SealSettings(
        @Default("metsuke-data/keys") Path keyFolder,
        @Default("1m") Duration interval,
        @Default("1000000") long events,
        @Nullable Path file) {

    public SealSettings {
        Check.that()
                .holds(interval.toMillis() >= 100, "interval must be 100ms or more")
                .holds(interval.compareTo(Duration.ofDays(10_000)) <= 0, "interval must be 10000d or less")
                .holds(events >= 1, "events must be 1 or more, not " + events)
                .orThrow();
    }

    /** Keys in a folder, all else by default. */
    public static SealSettings in(Path keyFolder) {
        return new SealSettings(keyFolder, Duration.ofMinutes(1), 1_000_000, null);
    }
}
