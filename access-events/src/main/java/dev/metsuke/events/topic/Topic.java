package dev.metsuke.events.topic;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The topics, in the order in which data passes them. */
public enum Topic {
    ACCESS_EVENTS("metsuke.access-events", Cleanup.DELETE, Duration.ofDays(7)),
    DIRECTORY("metsuke.directory", Cleanup.COMPACT),
    ACCOUNT_STATUS("metsuke.account-status", Cleanup.DELETE),
    EXPORT_APPROVALS("metsuke.export-approvals", Cleanup.DELETE),
    POLICY("metsuke.policy", Cleanup.COMPACT),
    BASELINES("metsuke.baselines", Cleanup.KEEP_LATEST),
    ALERTS("metsuke.alerts", Cleanup.DELETE, Duration.ofDays(30)),
    TRIAGE("metsuke.triage", Cleanup.DELETE),
    REJECTED("metsuke.rejected", Cleanup.DELETE, Duration.ofDays(28)),
    POSITIONS("metsuke.positions", Cleanup.KEEP_LATEST),
    READING_HEADS("metsuke.reading-heads", Cleanup.KEEP_LATEST),
    SEALS("metsuke.seals", Cleanup.DELETE),
    RETENTION("metsuke.retention", Cleanup.DELETE);

    /** A retention that no record outlives. */
    public static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    private static final int LATEST_SEGMENT_BYTES = 50 * 1024 * 1024;
    private static final Duration LATEST_COMPACTED_WITHIN = Duration.ofHours(6);

    private final String title;
    private final Cleanup cleanup;
    private final Duration retention;

    Topic(String title, Cleanup cleanup) {
        this(title, cleanup, ChronoUnit.FOREVER.getDuration());
    }

    Topic(String title, Cleanup cleanup, Duration retention) {
        this.title = title;
        this.cleanup = cleanup;
        this.retention = retention;
    }

    /** The topic's name in Kafka. */
    public String title() {
        return title;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    public Duration retention() {
        return retention;
    }

    /** The topic's settings, by Kafka's names. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (cleanup) {
            case COMPACT -> settings.put("cleanup.policy", "compact");
            case KEEP_LATEST -> {
                settings.put("cleanup.policy", "compact");
                // Kafka compacts no segment that is still written to: a gibibyte or a week, by default.
                settings.put("segment.bytes", Integer.toString(LATEST_SEGMENT_BYTES));
                settings.put("max.compaction.lag.ms", Long.toString(LATEST_COMPACTED_WITHIN.toMillis()));
            }
            case DELETE -> {
                settings.put("cleanup.policy", "delete");
                settings.put("retention.ms", retention.equals(FOR_EVER) ? "-1" : Long.toString(retention.toMillis()));
            }
        }
        // The broker's clock, not the producer's, decides the month under which a record is archived.
        settings.put("message.timestamp.type", "LogAppendTime");
        return settings;
    }

    public static Optional<Topic> ofTitle(String title) {
        for (Topic topic : values()) {
            if (topic.title.equals(title)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return title;
    }

    /** What Kafka removes. */
    public enum Cleanup {
        /** What is too old. */
        DELETE,
        /** All but a key's latest, in its own time: the archive may still want the others. */
        COMPACT,
        /** All but a key's latest, and soon: they are read whole at each start, and much is written to them. */
        KEEP_LATEST
    }
}
