package dev.metsuke.console.alerts;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.search.ArchivedDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Alerts in an order that looks at what they say, band by band: those in memory and those that only the archive still has stand
 * among each other, so a place in the order is a place in both.
 */
final class SortedAlerts {

    private final LiveAlerts live;
    private final ArchivedAlerts archived;
    private final AlertEntries entries;

    SortedAlerts(LiveAlerts live, ArchivedAlerts archived, AlertEntries entries) {
        this.live = live;
        this.archived = archived;
        this.entries = entries;
    }

    /** Empty where {@code after} is not what an earlier page in this order gave. */
    Optional<AlertList.Page> page(AlertFilter filter, AlertOrder order, int limit, @Nullable String after) {
        if (after == null) {
            return Optional.of(new Paging(filter, order, limit).from(0, null));
        }
        String[] parts = after.split("~", 3);
        if (parts.length < 3 || !parts[0].equals(order.label())) {
            return Optional.empty();
        }
        return band(parts[1], order)
                .flatMap(band ->
                        AlertPlace.parse(parts[2]).map(place -> new Paging(filter, order, limit).from(band, place)));
    }

    private static Optional<Integer> band(String written, AlertOrder order) {
        for (int band = 0; band < order.bands().size(); band++) {
            if (Integer.toString(band).equals(written)) {
                return Optional.of(band);
            }
        }
        return Optional.empty();
    }

    /** An alert of either kind, at its place. */
    private record Placed(AlertPlace place, Map<String, Object> entry) {}

    /** One page while it is put together. */
    private final class Paging {

        private final AlertFilter filter;
        private final AlertOrder order;
        private final int limit;
        private final Comparator<AlertPlace> within;
        private final List<Map<String, Object>> page = new ArrayList<>();
        private @Nullable Text away;

        Paging(AlertFilter filter, AlertOrder order, int limit) {
            this.filter = filter;
            this.order = order;
            this.limit = limit;
            within = order.withinBand();
        }

        AlertList.Page from(int first, @Nullable AlertPlace after) {
            for (int band = first; band < order.bands().size(); band++) {
                AlertPlace last = add(order.bands().get(band), band == first ? after : null);
                if (last != null) {
                    return new AlertList.Page(page, order.label() + "~" + band + "~" + last, away);
                }
            }
            return new AlertList.Page(page, null, away);
        }

        /** Adds what is in a band behind a place; returns up to where, and null where that is the band's end. */
        private @Nullable AlertPlace add(AlertBand band, @Nullable AlertPlace after) {
            int wanted = limit - page.size();
            ArchivedAlerts.Reading older = older(band, wanted, after);
            ArchivedDocument last = older.last();
            // Behind that one the archive may have more.
            AlertPlace end = older.next() == null || last == null ? null : AlertPlace.of(last);
            List<Placed> found = Stream.concat(
                            inMemory(band, after),
                            older.wanted().stream()
                                    .map(document -> new Placed(AlertPlace.of(document), entries.of(document))))
                    .filter(placed -> end == null || within.compare(placed.place(), end) <= 0)
                    .sorted(Comparator.comparing(Placed::place, within))
                    .limit(wanted)
                    .toList();
            found.forEach(placed -> page.add(placed.entry()));
            return page.size() == limit ? found.getLast().place() : end;
        }

        private Stream<Placed> inMemory(AlertBand band, @Nullable AlertPlace after) {
            return live.all(alert -> band.holds().test(alert) && entries.matches(filter, alert)).stream()
                    .filter(seen -> after == null || within.compare(AlertPlace.of(seen.alert()), after) > 0)
                    .sorted(Comparator.comparing(seen -> AlertPlace.of(seen.alert()), within))
                    .limit(limit)
                    .map(seen -> new Placed(AlertPlace.of(seen.alert()), entries.of(seen)));
        }

        private ArchivedAlerts.Reading older(AlertBand band, int wanted, @Nullable AlertPlace after) {
            if (away != null) {
                return new ArchivedAlerts.Reading(List.of(), null, null, away);
            }
            Query placed = Query.of(query -> query.bool(
                    both -> both.filter(band.query()).filter(has -> has.exists(field -> field.field("event.start")))));
            ArchivedAlerts.Reading reading =
                    archived.read(filter, placed, order.inArchive(), wanted, after == null ? null : after.inArchive());
            away = reading.away();
            return reading;
        }
    }
}
