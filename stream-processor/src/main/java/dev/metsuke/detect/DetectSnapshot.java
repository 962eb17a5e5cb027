package dev.metsuke.detect;

import java.util.Map;

/**
 * What detection has done since it started, as its meters say.
 *
 * @param events how many events were judged
 * @param rejected how many records could not be used
 * @param alerts how many messages about alerts were sent, by rule and state, such as {@code bulk-read open}
 */
public record DetectSnapshot(long events, long rejected, Map<String, Long> alerts) {

    public DetectSnapshot {
        alerts = Map.copyOf(alerts);
    }
}
