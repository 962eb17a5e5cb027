package dev.metsuke.events.access;

import dev.metsuke.events.json.WellFormedText;

/** How a dataset is called. An alert names it many times, and Kafka takes no alert of any size. */
public final class DatasetName {

    /** The archive finds a dataset by no more. */
    private static final int LONGEST = 1024;

    private DatasetName() {}

    /** The name as it is given, or the beginning of a longer one. */
    public static String of(String given) {
        return WellFormedText.beginning(given, LONGEST);
    }
}
