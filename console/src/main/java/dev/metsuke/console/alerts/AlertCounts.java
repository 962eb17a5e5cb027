package dev.metsuke.console.alerts;

import dev.metsuke.console.http.Answer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many of the alerts in memory stand open, and wait for somebody: of all, and of those that are asked for. */
record AlertCounts(LiveAlerts live, AlertEntries entries, UntriagedAlerts untriaged) {

    /**
     * As members of a JSON object.
     *
     * @param filter what is asked for; by severity is counted among those of any severity that match otherwise, and what is
     *     untriaged among those whose triage stands anyhow: so that each number says what asking for it as well would show
     */
    Map<String, @Nullable Object> members(AlertFilter filter) {
        AlertFilter ofAnySeverity = filter.ofAnySeverity();
        AlertFilter ofAnyTriage = filter.ofAnyTriage();
        Map<String, @Nullable Object> matching = Answer.body();
        matching.put("alerts", live.count(alert -> entries.matches(filter, alert)));
        matching.put("open", live.openBySeverity(alert -> entries.matches(ofAnySeverity, alert)));
        matching.put(
                "untriaged",
                live.count(alert -> entries.matches(ofAnyTriage, alert)
                        && entries.triage(alert).isUntriaged()));
        Map<String, @Nullable Object> members = Answer.body();
        members.put("open", live.openBySeverity(_ -> true));
        // Of so many alerts that is said: what only the archive still has is not counted.
        members.put("newest", live.size());
        members.put("untriaged", untriaged.count());
        members.put("matching", matching);
        return members;
    }
}
