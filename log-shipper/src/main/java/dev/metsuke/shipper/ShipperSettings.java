package dev.metsuke.shipper;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import dev.metsuke.shipper.seal.SealSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code shipper}: which logs are shipped, and how.
 *
 * @param id names this shipper in Kafka, where its positions are kept; no two may share one; the host's name by default
 * @param commitInterval how long lines wait at most until they are committed together
 * @param scanInterval how often the globs are looked at for new, rotated and deleted files
 * @param restAfter how long a file must not grow until a record that may go on in further lines counts as complete
 * @param forgetAfter how long the position of a deleted file is kept, should the file come back
 * @param maxLineBytes longer lines are cut and rejected
 * @param clockAhead how far a line's time may lie ahead of this host's clock until its event is tagged {@code clock-ahead}
 * @param seal how the streams' heads are sealed
 * @param sources the logs
 */
public record ShipperSettings(
        @Nullable String id,
        @Default("100ms") Duration commitInterval,
        @Default("1s") Duration scanInterval,
        @Default("1s") Duration restAfter,
        @Default("1d") Duration forgetAfter,
        @Default("1048576") int maxLineBytes,
        @Default("5m") Duration clockAhead,
        SealSettings seal,
        List<SourceSettings> sources) {

    /** What is longer, or a few of them together, is no number of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(10_000);

    public ShipperSettings {
        sources = List.copyOf(sources);
        Check.that()
                .holds(
                        id == null || (!id.isBlank() && id.chars().allMatch(SourceSettings::mayStandInName)),
                        "id must be of letters, digits, dots, hyphens and underscores")
                .holds(commitInterval.toMillis() >= 1, "commit-interval must be 1ms or more")
                .holds(commitInterval.compareTo(Duration.ofSeconds(30)) <= 0, "commit-interval must be 30s or less")
                .holds(scanInterval.toMillis() >= 10, "scan-interval must be 10ms or more")
                .holds(
                        restAfter.toMillis() >= 10,
                        "rest-after must be 10ms or more, or records of several lines are torn while they are written")
                .holds(isReckoned(scanInterval), "scan-interval must be 10000d or less")
                .holds(isReckoned(restAfter), "rest-after must be 10000d or less")
                .holds(isReckoned(forgetAfter), "forget-after must be 10000d or less")
                .holds(
                        maxLineBytes >= 1024 && maxLineBytes <= 256 * 1024 * 1024,
                        "max-line-bytes must be between 1024 and 268435456, not " + maxLineBytes)
                .holds(
                        repeated(sources, SourceSettings::name).isEmpty(),
                        "sources must have different names, not twice " + repeated(sources, SourceSettings::name))
                .holds(
                        repeated(sources, SourceSettings::streamName).isEmpty(),
                        "sources must have different streams, not twice "
                                + repeated(sources, SourceSettings::streamName))
                .holds(
                        sources.stream().allMatch(source -> source.isFlushedAfter(restAfter)),
                        "sources must have no flush-timeout that is shorter than rest-after")
                .orThrow();
    }

    static boolean isReckoned(Duration duration) {
        return duration.compareTo(LONGEST) <= 0;
    }

    private static Set<String> repeated(List<SourceSettings> sources, Function<SourceSettings, String> of) {
        Set<String> seen = new HashSet<>();
        return sources.stream().map(of).filter(name -> !seen.add(name)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All else by default, the keys in the working folder. */
    public static ShipperSettings of(@Nullable String id, List<SourceSettings> sources) {
        return of(id, Path.of("metsuke-data", "keys"), sources);
    }

    /** All else by default. */
    public static ShipperSettings of(@Nullable String id, Path keyFolder, List<SourceSettings> sources) {
        return new ShipperSettings(
                id,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                1024 * 1024,
                Duration.ofMinutes(5),
                SealSettings.in(keyFolder),
                sources);
    }

    /** The id, or what stands for it. */
    public String shipperId() {
        return id == null ? HostName.get() : id;
    }

    /** What a source's stream is called. */
    String streamOf(SourceSettings source) {
        return shipperId() + "/" + source.streamName();
    }
}
