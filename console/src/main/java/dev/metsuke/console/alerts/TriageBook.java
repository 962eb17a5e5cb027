package dev.metsuke.console.alerts;

import dev.metsuke.events.triage.Triage;
import dev.metsuke.events.triage.TriageAction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What was ever done about which alert, in memory. */
final class TriageBook {

    private final Map<String, Triage> byAlert = new ConcurrentHashMap<>();

    /** Returns whether it was not known yet. */
    boolean accept(TriageAction action) {
        boolean[] isNew = new boolean[1];
        byAlert.compute(action.alertId(), (_, known) -> {
            Triage before = known == null ? Triage.NONE : known;
            Triage after = before.with(action);
            isNew[0] = !after.equals(before);
            return after;
        });
        return isNew[0];
    }

    Triage of(String alertId) {
        return byAlert.getOrDefault(alertId, Triage.NONE);
    }

    /** The alerts whose triage stands so; empty where there are more than the limit. */
    Optional<List<String>> alerts(Predicate<Triage> wanted, int limit) {
        List<String> ids = byAlert.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .limit(limit + 1L)
                .map(Map.Entry::getKey)
                .toList();
        return ids.size() > limit ? Optional.empty() : Optional.of(ids);
    }
}
