package dev.metsuke.console.alerts;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest alerts in memory, each in its latest state, in the order in which they were raised. */
final class LiveAlerts {

    private static final Comparator<SeenAlert> NEWEST_FIRST = Comparator.comparing(SeenAlert::raisedAt)
            .reversed()
            .thenComparing(seen -> seen.alert().id());

    private final int most;
    private final Map<String, SeenAlert> byId = new HashMap<>();
    private final TreeSet<SeenAlert> order = new TreeSet<>(NEWEST_FIRST);

    LiveAlerts(int most) {
        this.most = most;
    }

    /** Takes a state in; an alert keeps its place when it grows. The oldest makes room for a new one. */
    synchronized SeenAlert accept(Alert alert, Instant writtenAt, long revision) {
        SeenAlert earlier = byId.get(alert.id());
        SeenAlert seen = new SeenAlert(alert, earlier == null ? writtenAt : earlier.raisedAt(), revision);
        if (earlier != null) {
            order.remove(earlier);
        }
        byId.put(alert.id(), seen);
        order.add(seen);
        if (order.size() > most) {
            byId.remove(order.removeLast().alert().id());
        }
        return seen;
    }

    synchronized Optional<SeenAlert> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The next ones after a place, newest first. */
    synchronized List<SeenAlert> page(Predicate<Alert> wanted, @Nullable Place after, int limit) {
        List<SeenAlert> page = new ArrayList<>();
        for (SeenAlert seen : order) {
            if (page.size() == limit) {
                break;
            }
            if ((after == null || after.isBefore(seen)) && wanted.test(seen.alert())) {
                page.add(seen);
            }
        }
        return page;
    }

    /** All of them that are wanted, newest first. */
    synchronized List<SeenAlert> all(Predicate<Alert> wanted) {
        return order.stream().filter(seen -> wanted.test(seen.alert())).toList();
    }

    /** How many of them stand open, by severity, the most urgent first. */
    synchronized Map<String, Integer> openBySeverity(Predicate<Alert> counted) {
        Map<String, Integer> open = new LinkedHashMap<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)) {
            open.put(severity.label(), 0);
        }
        for (SeenAlert seen : order) {
            if (seen.alert().state() == AlertState.OPEN && counted.test(seen.alert())) {
                open.merge(seen.alert().severity().label(), 1, Integer::sum);
            }
        }
        return open;
    }

    /** How many of them are so. */
    synchronized int count(Predicate<Alert> counted) {
        int count = 0;
        for (SeenAlert seen : order) {
            if (counted.test(seen.alert())) {
                count++;
            }
        }
        return count;
    }

    synchronized int size() {
        return order.size();
    }

    /**
     * A place in the order.
     *
     * @param raisedAt when the alert there was raised
     * @param id which it is
     */
    record Place(Instant raisedAt, String id) {

        static Place of(SeenAlert seen) {
            return new Place(seen.raisedAt(), seen.alert().id());
        }

        boolean isBefore(SeenAlert seen) {
            int order = seen.raisedAt().compareTo(raisedAt);
            return order < 0 || (order == 0 && seen.alert().id().compareTo(id) > 0);
        }
    }
}
