package dev.metsuke.console.search;

import dev.metsuke.console.entry.AskedName;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor looks for.
 *
 * @param query a Lucene query string, such as {@code metsuke.records:>1000 AND NOT user.id:batch*}; blank finds all
 * @param from the first moment
 * @param until the first moment after it
 * @param zone where the query's own days are meant
 * @param account an account, or {@code ip:} and an address
 * @param dataset a dataset
 * @param limit how many events a page has, up to {@link #MOST}
 * @param after {@link ArchiveAnswer.Found#next} of the page before
 */
public record SearchQuery(
        String query,
        @Nullable Instant from,
        @Nullable Instant until,
        ZoneId zone,
        @Nullable AskedName account,
        @Nullable AskedName dataset,
        int limit,
        @Nullable String after) {

    /** The longest page. */
    public static final int MOST = 1_000;

    public SearchQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
        }
    }

    public SearchQuery after(@Nullable String place) {
        return new SearchQuery(query, from, until, zone, account, dataset, limit, place);
    }
}
