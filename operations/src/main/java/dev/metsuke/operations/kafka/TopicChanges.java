package dev.metsuke.operations.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What setup has to change of a topic's settings.
 *
 * @param toSet the settings that are to become others, by Kafka's names
 * @param because what changes and what stays although it is another, for people; null where all is as wanted
 */
record TopicChanges(Map<String, String> toSet, @Nullable String because) {

    private static final String RETENTION = "retention.ms";
    private static final String FOR_EVER = "-1";
    private static final String COPIES = "min.insync.replicas";

    /** By the settings that are wanted, and those that are found: some may be missing there. */
    static TopicChanges between(Map<String, String> wanted, Map<String, String> found) {
        Map<String, String> toSet = new LinkedHashMap<>();
        List<String> told = new ArrayList<>();
        wanted.forEach((name, value) -> {
            String now = found.get(name);
            if (now != null && name.equals(RETENTION) && isLonger(now, value)) {
                told.add(name + " is " + now + ", which is longer than " + value + " and stays");
            } else if (now != null && name.equals(COPIES) && isMore(now, value)) {
                told.add(name + " is " + now + ", which is stricter than " + value + " and stays");
            } else if (!value.equals(now)) {
                told.add(name + " was " + now + ", is " + value);
                toSet.put(name, value);
            }
        });
        return new TopicChanges(toSet, told.isEmpty() ? null : String.join("; ", told));
    }

    /** Whoever made it longer has a part that is behind, or else a reason: back at the usual time Kafka would delete at once. */
    private static boolean isLonger(String found, String wanted) {
        return !wanted.equals(FOR_EVER) && (found.equals(FOR_EVER) || isMore(found, wanted));
    }

    private static boolean isMore(String found, String wanted) {
        return Long.parseLong(found) > Long.parseLong(wanted);
    }
}
