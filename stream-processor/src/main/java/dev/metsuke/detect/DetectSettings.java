package dev.metsuke.detect;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import dev.metsuke.operations.settings.WebAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code detect}: how detection runs; what it judges by is section {@code policy}.
 *
 * @param applicationId names the group of instances that share the work, and their internal topics
 * @param stateDir where the state is kept between runs; lost, it is restored from Kafka
 * @param threads how many threads judge; more than there are partitions do nothing
 * @param alertInterval how often at most alerts are committed, which is done as they come: how late one can be; those of what
 *     has waited in Kafka may wait a tenth as long, up to the commit interval
 * @param commitInterval how often progress is committed in any case; longer means fewer, larger transactions
 * @param cacheBytes about how many bytes of the heap state may take, all partitions of this instance together;
 *     absent, three eighths of the heap
 * @param storeBytes how much memory the stores on disk take, all together, outside of Java's heap
 * @param sessionTimeout how long an instance that was killed keeps its partitions from the others
 * @param closeTimeout how long an orderly stop may take
 * @param consoleUrl where people reach the console, so that each alert links to its page there; absent, alerts have no link
 * @param streams passed to Kafka Streams as they are; {@code processing.guarantee} is exactly_once_v2 in any case
 */
public record DetectSettings(
        @Default("metsuke-detect") String applicationId,
        @Default("metsuke-data/detect") Path stateDir,
        @Default("1") int threads,
        @Default("100ms") Duration alertInterval,
        @Default("1s") Duration commitInterval,
        @Nullable Long cacheBytes,
        @Default("134217728") long storeBytes,
        @Default("10s") Duration sessionTimeout,
        @Default("20s") Duration closeTimeout,
        @Nullable URI consoleUrl,
        Map<String, String> streams) {

    private static final long LEAST_STORE_BYTES = 16_777_216;

    /** Kafka Streams' own bound. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    private static final String PROCESSING_GUARANTEE = "processing.guarantee";

    public DetectSettings {
        streams = Map.copyOf(streams);
        Check.that()
                .holds(!applicationId.isBlank(), "application-id must not be blank")
                .holds(threads >= 1, "threads must be 1 or more, not " + threads)
                .holds(alertInterval.toMillis() >= 1, "alert-interval must be 1ms or more, such as 100ms")
                .holds(commitInterval.toMillis() >= 1, "commit-interval must be 1ms or more, such as 1s")
                .holds(
                        commitInterval.compareTo(LONGEST_TRANSACTION.dividedBy(2)) <= 0,
                        "commit-interval must be 5s or less: a transaction that takes twice as long is taken back")
                .holds(cacheBytes == null || cacheBytes >= 0, "cache-bytes must not be below 0")
                .holds(storeBytes >= LEAST_STORE_BYTES, "store-bytes must be " + LEAST_STORE_BYTES + " or more")
                .holds(
                        sessionTimeout.compareTo(Duration.ofSeconds(6)) >= 0,
                        "session-timeout must be 6s or more, the least that brokers grant by default")
                .holds(closeTimeout.isPositive(), "close-timeout must be longer than nothing, such as 20s")
                .holds(
                        WebAddress.isAbsentOrOne(consoleUrl),
                        "console-url must be an http or https address, not " + consoleUrl)
                .holds(
                        !streams.containsKey(PROCESSING_GUARANTEE),
                        "streams must not set " + PROCESSING_GUARANTEE + "; it is always exactly_once_v2")
                .finds(StreamsProperties.problems(streams))
                .orThrow();
    }
}
