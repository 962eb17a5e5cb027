package dev.metsuke.console.alerts;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.language.Language;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What officers do about alerts.
 *
 * <ul>
 *   <li>{@code GET /api/alerts/{id}/triage}: {@code {"triage": {"state", "untriaged", "assignee", "resolution",
 *       "resolved_by", "events_since", "severity_then", "actions", "last"}, "history": [{"id", "at", "actor", "action",
 *       "assignee", "resolution", "comment", "events", "severity"}], "revision"}}; {@code revision}
 *       tells one state of the alert from another; the archive's accesses are not asked for
 *   <li>{@code POST /api/alerts/{id}/triage} with {@code {"action": "acknowledge" | "assign" | "comment" | "resolve" |
 *       "reopen", "assignee", "resolution": "confirmed" | "authorised" | "false-positive", "comment", "events", "severity",
 *       "after"}}: answers the same with {@code "new"}, false where the same was done already. {@code events} and {@code
 *       severity} are the alert's that were looked at, {@code after} the {@code last} that was; where another officer was
 *       quicker the answer is 409, with what they did. 422 with all problems by field
 *   <li>{@code POST /api/alerts/triage} with the same and {@code "alerts": [{"id", "events", "severity", "after"}]}, two hundred
 *       at most, instead of what was looked at: does it about each as if it were done singly, in one transaction. Answers {@code {"results":
 *       [{"id", "done", "new", "error", "triage"}]}} in the same order: where another officer was quicker, or the alert is gone or
 *       withdrawn, {@code error} says so, and the others are done all the same
 * </ul>
 */
final class TriageRoutes {

    private final AlertList list;
    private final AlertEntries entries;
    private final TriageWriter writer;
    private final Predicate<String> mayTriage;
    private final Counter taken;

    TriageRoutes(
            AlertList list,
            AlertEntries entries,
            TriageWriter writer,
            Predicate<String> mayTriage,
            MeterRegistry meters) {
        this.list = list;
        this.entries = entries;
        this.writer = writer;
        this.mayTriage = mayTriage;
        taken = Counter.builder("metsuke.console.triage")
                .description("Things done about alerts here")
                .register(meters);
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/alerts/{id}/triage", this::show, Role.OFFICER, Role.AUDITOR);
        routes.post("/api/alerts/{id}/triage", this::act, Role.OFFICER);
        routes.post("/api/alerts/triage", this::actOnSeveral, Role.OFFICER);
    }

    private void show(Context request) {
        AlertList.Found found = list.find(request.pathParam("id"));
        Map<String, Object> entry = found.alert();
        Map<String, @Nullable Object> body = Answer.body();
        body.put("revision", entry == null ? null : entry.get("revision"));
        alert(request, found).ifPresent(alert -> answer(request, 200, alert, body));
    }

    private void act(Context request) {
        Optional<TriageDraft> draft = entered(request, TriageDraft::read);
        if (draft.isEmpty()) {
            return;
        }
        Optional<Alert> alert = alert(request, list.find(request.pathParam("id")));
        if (alert.isPresent()) {
            act(request, draft.get(), Caller.of(request).name(), alert.get());
        }
    }

    /** How the body of a request is read. */
    private interface Entry<T> {
        Optional<T> read(JsonDocument body, String caller, Predicate<String> mayTriage, List<Problem> problems)
                throws MalformedDocumentException;
    }

    /** Empty where the request is answered already. */
    private <T> Optional<T> entered(Context request, Entry<T> entry) {
        List<Problem> problems =
                new ArrayList<>(EnteredNames.unknown(request.queryParamMap().keySet(), List.of()));
        try {
            Optional<T> read = entry.read(
                    JsonDocument.parseEntered(request.bodyAsBytes()),
                    Caller.of(request).name(),
                    mayTriage,
                    problems);
            if (problems.isEmpty()) {
                return read;
            }
        } catch (MalformedDocumentException e) {
            Answer.refuse(request, 400, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        Answer.refuse(request, 422, Text.of("triage.nothing-done", problems.getFirst()), problems);
        return Optional.empty();
    }

    private void act(Context request, TriageDraft draft, String actor, Alert alert) {
        Map<String, @Nullable Object> body = Answer.body();
        try {
            switch (writer.write(new TriageWriter.Wish(alert, draft), actor)) {
                case TriageDecision.Taken _ -> {
                    taken.increment();
                    body.put("new", true);
                    answer(request, 200, alert, body);
                }
                case TriageDecision.Repeated _ -> {
                    body.put("new", false);
                    answer(request, 200, alert, body);
                }
                case TriageDecision.Refused refused -> {
                    body.put("error", refused.reason().in(Answer.language(request)));
                    answer(request, 409, alert, body);
                }
            }
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private void actOnSeveral(Context request) {
        Optional<TriageBatch> batch = entered(request, TriageBatch::read);
        if (batch.isEmpty()) {
            return;
        }
        AlertList.FoundAlerts found = list.findAll(batch.get().drafts().keySet());
        try {
            Map<String, TriageDecision> decisions =
                    decide(batch.get(), found, Caller.of(request).name());
            List<Map<String, @Nullable Object>> results = new ArrayList<>();
            for (String id : batch.get().drafts().keySet()) {
                results.add(result(id, decisions.get(id), found.alerts().get(id), Answer.language(request)));
            }
            Answer.json(request, 200, Map.of("results", results));
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private Map<String, TriageDecision> decide(TriageBatch batch, AlertList.FoundAlerts found, String actor)
            throws WriteFailedException {
        Map<String, TriageDecision> decisions = new HashMap<>(batch.refusals(found));
        List<TriageWriter.Wish> wishes = batch.wishes(found);
        if (wishes.isEmpty()) {
            return decisions;
        }
        List<TriageDecision> written = writer.write(wishes, actor);
        for (int i = 0; i < wishes.size(); i++) {
            decisions.put(wishes.get(i).alert().id(), written.get(i));
        }
        written.stream().filter(TriageDecision.Taken.class::isInstance).forEach(_ -> taken.increment());
        return decisions;
    }

    private Map<String, @Nullable Object> result(
            String id, @Nullable TriageDecision decision, @Nullable Alert alert, Language language) {
        Map<String, @Nullable Object> result = Answer.body();
        result.put("id", id);
        result.put("done", !(decision instanceof TriageDecision.Refused));
        result.put("new", decision instanceof TriageDecision.Taken);
        result.put("error", decision instanceof TriageDecision.Refused(Text reason) ? reason.in(language) : null);
        result.put("triage", alert == null ? null : entries.triage(alert).members());
        return result;
    }

    private void answer(Context request, int status, Alert alert, Map<String, @Nullable Object> body) {
        TriageView view = entries.triage(alert);
        body.put("triage", view.members());
        body.put("history", TriageView.history(view.triage()));
        Answer.json(request, status, body);
    }

    /** Empty where the request is answered already. */
    private static Optional<Alert> alert(Context request, AlertList.Found found) {
        Map<String, Object> entry = found.alert();
        Optional<Alert> alert = entry == null
                ? Optional.empty()
                : AlertEntries.alert((Map<?, ?>) entry.getOrDefault("alert", Map.of()));
        if (alert.isEmpty()) {
            found.refuse(request);
        }
        return alert;
    }
}
