package dev.metsuke.console.alerts;

import dev.metsuke.console.http.Answer;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.Triage;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the triage of an alert stands, given how far the alert has come.
 *
 * @param triage what was done
 * @param now how far the alert has come
 * @param episode where its episode stands
 */
record TriageView(Triage triage, SeenRevision now, AlertState episode) {

    static TriageView of(Alert alert, Triage triage) {
        return new TriageView(triage, SeenRevision.of(alert), alert.state());
    }

    TriageState state() {
        return triage.stateOf(now);
    }

    /** Whether somebody has to look into it, and nobody does. */
    boolean isUntriaged() {
        return state() == TriageState.NEW && (episode == AlertState.OPEN || episode == AlertState.CLOSED);
    }

    /** As members of a JSON object. */
    Map<String, @Nullable Object> members() {
        Optional<TriageAction> resolved = triage.resolved();
        Optional<TriageAction> outgrown = triage.outgrown(now);
        Map<String, @Nullable Object> members = Answer.body();
        members.put("state", state().label());
        members.put("untriaged", isUntriaged());
        members.put("assignee", triage.assignee());
        members.put("resolution", resolved.map(TriageView::resolution).orElse(null));
        members.put("resolved_by", resolved.map(TriageAction::actor).orElse(null));
        members.put(
                "events_since",
                outgrown.map(action -> Math.max(0, now.events() - action.seen().events()))
                        .orElse(null));
        members.put(
                "severity_then",
                outgrown.map(action -> action.seen().severity().label()).orElse(null));
        members.put("actions", triage.actions().size());
        members.put("last", triage.last().map(TriageAction::eventId).orElse(null));
        return members;
    }

    /** What was done, the first first. */
    static List<Map<String, @Nullable Object>> history(Triage triage) {
        return triage.actions().stream().map(TriageView::members).toList();
    }

    private static Map<String, @Nullable Object> members(TriageAction action) {
        Map<String, @Nullable Object> members = Answer.body();
        members.put("id", action.eventId());
        members.put("at", action.at().toString());
        members.put("actor", action.actor());
        members.put("action", action.step().label());
        members.put("assignee", action.assignee());
        members.put("resolution", resolution(action));
        members.put("comment", action.comment());
        members.put("events", action.seen().events());
        members.put("severity", action.seen().severity().label());
        return members;
    }

    private static @Nullable String resolution(TriageAction action) {
        return action.resolution() == null ? null : action.resolution().label();
    }
}
