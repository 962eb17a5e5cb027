package dev.metsuke.standalone.retrohunt;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides which of a hunt's alerts tell what the archived ones do not. */
final class Comparison {

    private static final Comparator<Alert> ORDER =
            Comparator.comparing(Alert::start).thenComparing(Alert::id);

    private Comparison() {}

    /**
     * In the order of their starts. What was withdrawn or approved calls nobody, here as there.
     *
     * @param hunted the last state of each alert of the hunt
     * @param archived the last state of each archived alert
     * @param from the hunt's alerts that end before are left out
     * @param until and those that end at this time or later
     */
    static List<Find> of(Collection<Alert> hunted, Collection<Alert> archived, Instant from, Instant until) {
        Map<Subject, List<Alert>> bySubject =
                archived.stream().filter(Comparison::calls).sorted(ORDER).collect(Collectors.groupingBy(Subject::of));
        List<Find> finds = new ArrayList<>();
        hunted.stream()
                .filter(alert -> calls(alert) && isWithin(alert, from, until))
                .sorted(ORDER)
                .forEach(alert -> {
                    List<Alert> known = bySubject.getOrDefault(Subject.of(alert), List.of()).stream()
                            .filter(other -> overlap(alert, other))
                            .toList();
                    long told = known.stream()
                            .filter(other -> other.scope().equals(alert.scope()))
                            .mapToLong(Alert::events)
                            .sum();
                    if (known.isEmpty()) {
                        finds.add(new Find.New(alert));
                    } else if (alert.events() > told) {
                        finds.add(new Find.Grown(alert, known, told));
                    }
                });
        return finds;
    }

    /** Whether somebody has to look into it. */
    static boolean calls(Alert alert) {
        return alert.state() != AlertState.WITHDRAWN && alert.state() != AlertState.APPROVED;
    }

    /** Whether it ends in the period. */
    static boolean isWithin(Alert alert, Instant from, Instant until) {
        return !alert.end().isBefore(from) && alert.end().isBefore(until);
    }

    private static boolean overlap(Alert one, Alert other) {
        return !one.end().isBefore(other.start()) && !other.end().isBefore(one.start());
    }

    private record Subject(Rule rule, AccountId account) {

        static Subject of(Alert alert) {
            return new Subject(alert.rule(), alert.account());
        }
    }
}
