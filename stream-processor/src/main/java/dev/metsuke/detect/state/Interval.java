package dev.metsuke.detect.state;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** How often what is done from time to time; Kafka Streams' configuration may say otherwise, for a clock that goes faster. */
public enum Interval {

    /** Alerts are committed at once, but no more often than this. */
    ALERT("metsuke.alert.interval.ms", Duration.ofMillis(100)),

    /** Some accounts are gone through for what lies before their horizon. */
    SWEEP("metsuke.sweep.interval.ms", Duration.ofSeconds(10)),

    /** An account that was judged for reading much is judged again; long histories are judged less often anyway. */
    JUDGE_AGAIN("metsuke.judge.again.interval.ms", Duration.ZERO),

    /** What a partition's accounts add to their departments' days is published. */
    PUBLISH("metsuke.publish.interval.ms", Duration.ofSeconds(1)),

    /** What became known of departments is taken over; while many accounts close a day, it changes again and again. */
    DEPARTMENTS("metsuke.departments.interval.ms", Duration.ofSeconds(10));

    private final String setting;
    private final Duration usual;

    Interval(String setting, Duration usual) {
        this.setting = setting;
        this.usual = usual;
    }

    /** Its name in Kafka Streams' configuration, in milliseconds. */
    public String setting() {
        return setting;
    }

    public Duration usual() {
        return usual;
    }

    public Duration of(ProcessingContext context) {
        Object given = context.appConfigs().get(setting);
        return given == null ? usual : Duration.ofMillis(Long.parseLong(given.toString()));
    }
}
