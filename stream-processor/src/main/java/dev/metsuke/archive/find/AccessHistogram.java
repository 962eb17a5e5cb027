package dev.metsuke.archive.find;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many accesses there were in each hour, day or month; those with none are left out. */
public final class AccessHistogram {

    private static final int PAGE = 5_000;

    private AccessHistogram() {}

    /** How long a stretch of the histogram is, by the calendar of a zone. */
    public enum Interval {
        HOUR,
        DAY,
        MONTH;

        /** The beginning of the stretch behind the one that begins then. */
        public ZonedDateTime next(ZonedDateTime start) {
            return switch (this) {
                case HOUR -> start.plusHours(1);
                case DAY -> start.plusDays(1);
                case MONTH -> start.plusMonths(1);
            };
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A stretch of time.
     *
     * @param start its first moment
     * @param accesses how many there were, one or more
     */
    public record Bar(Instant start, long accesses) {}

    /** All that a query finds, oldest first. */
    public static List<Bar> of(PointInTime archive, Query query, Interval interval, ZoneId zone) throws IOException {
        CompositeAggregationSource by =
                CompositeAggregationSource.of(source -> source.dateHistogram(time -> time.field("@timestamp")
                        .calendarInterval(of -> of.time(interval.label()))
                        .timeZone(zone.getId())));
        List<Bar> bars = new ArrayList<>();
        archive.forEachGroup(query, by, Map.of(), PAGE, bucket -> {
            FieldValue start = bucket.key().getOrDefault(PointInTime.GROUP, FieldValue.NULL);
            bars.add(new Bar(Instant.ofEpochMilli(start.longValue()), bucket.docCount()));
        });
        return bars;
    }
}
