package dev.metsuke.shipper.parse;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * With pgaudit.log_relation a statement has an entry for each table that it reads, and each tells of all its rows: those of one
 * dataset are the same people. Which statements were counted is remembered for the few entries that follow at once.
 */
final class CountedStatements {

    private static final int REMEMBERED = 1000;
    /** Behind it, it is another session's or server's statement of the same numbers. */
    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(1);

    private static final String NO_DATASET = "";

    private final Map<Statement, Map<String, Place>> counted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Statement, Map<String, Place>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * A statement by what all its entries have in common.
     *
     * @param session the server's name for it
     * @param number within the session
     * @param text a number that is made of it, which may be long
     * @param rows how many it read, where that is known
     */
    record Statement(
            String session,
            String number,
            int text,
            @Nullable Long rows) {}

    /** Of the entry that told of the rows. */
    private record Place(Instant time, long offset) {}

    /**
     * Whether another entry has told of the rows. What is read once more, as when it could not be committed, tells what it did.
     *
     * @param dataset what this entry tells of; none adds nobody to what is known
     * @param offset where the entry stands
     */
    boolean isCountedBefore(Statement statement, @Nullable String dataset, Instant time, long offset) {
        Map<String, Place> places = counted.computeIfAbsent(statement, _ -> new HashMap<>());
        places.values()
                .removeIf(place -> Duration.between(place.time, time).abs().compareTo(LONGEST_BETWEEN) > 0);
        String name = dataset == null ? NO_DATASET : dataset;
        Place own = places.get(name);
        if (own != null) {
            return own.offset != offset;
        }
        if (dataset == null && !places.isEmpty()) {
            return true;
        }
        places.put(name, new Place(time, offset));
        return false;
    }
}
