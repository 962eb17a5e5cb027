package dev.metsuke.detect.episode;

import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.events.alert.Severity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rule says of an episode.
 *
 * @param headline the whole in one line, after who it was
 * @param observed what was seen
 * @param expected what was expected
 * @param severity how urgent it is
 * @param isApproved whether it is nothing but the record that an approval was used
 * @param settings the rule's settings that it was judged by, by name
 */
public record Words(
        String headline,
        String observed,
        String expected,
        Severity severity,
        boolean isApproved,
        Map<String, String> settings) {

    public Words {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    public static Words alerting(
            String headline, String observed, String expected, Severity severity, Map<String, String> settings) {
        return new Words(headline, observed, expected, severity, false, settings);
    }

    public static Words approved(String headline, String observed, String expected, Map<String, String> settings) {
        return new Words(
                headline, observed, expected, Urgency.of(new Urgency.Finding.ApprovedExport()), true, settings);
    }
}
