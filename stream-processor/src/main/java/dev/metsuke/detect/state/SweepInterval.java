package dev.metsuke.detect.state;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** How often some accounts are gone through for what lies before their horizon. */
public final class SweepInterval {

    public static final Duration USUAL = Duration.ofSeconds(10);

    /** Names another one in Kafka Streams' configuration, for a clock that goes faster than the work is done. */
    public static final String MILLIS = "metsuke.sweep.interval.ms";

    private SweepInterval() {}

    public static Duration of(ProcessingContext context) {
        Object given = context.appConfigs().get(MILLIS);
        return given == null ? USUAL : Duration.ofMillis(Long.parseLong(given.toString()));
    }
}
