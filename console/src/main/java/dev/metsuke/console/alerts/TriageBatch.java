package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do about several alerts: the same about each, as they saw it.
 *
 * @param drafts by the alerts' ids, in the order in which they were given
 */
record TriageBatch(Map<String, TriageDraft> drafts) {

    /** Whoever listens hears of each, and is let go where more come at once than are kept for them. */
    static final int MOST = 200;

    private static final String ALERTS = "alerts";
    private static final List<String> MEMBERS =
            Stream.concat(TriageDraft.MEMBERS.stream(), Stream.of(ALERTS)).toList();
    private static final List<String> MEMBERS_OF_EACH =
            Stream.concat(Stream.of("id"), AlertSight.MEMBERS.stream()).toList();

    /**
     * Reads the body of a request.
     *
     * @param caller who sends it
     * @param mayTriage whom an alert may be given to
     * @param problems takes everything that is wrong; with any, nothing is returned
     */
    static Optional<TriageBatch> read(
            JsonDocument body, String caller, Predicate<String> mayTriage, List<Problem> problems)
            throws MalformedDocumentException {
        List<Problem> wrong =
                new ArrayList<>(EnteredNames.unknown(body.members().keySet(), MEMBERS));
        Map<String, AlertSight> sights = sights(body.objects(ALERTS), wrong);
        Optional<TriageDraft> draft = TriageDraft.unseen(body, caller, mayTriage, wrong);
        problems.addAll(wrong);
        if (draft.isEmpty() || !wrong.isEmpty()) {
            return Optional.empty();
        }
        Map<String, TriageDraft> drafts = new LinkedHashMap<>();
        sights.forEach((id, sight) -> drafts.put(id, draft.get().onSeeing(sight)));
        return Optional.of(new TriageBatch(drafts));
    }

    /** Which alerts are left as they are, whatever was done about them, and why. */
    Map<String, TriageDecision.Refused> refusals(AlertList.FoundAlerts found) {
        Map<String, TriageDecision.Refused> refusals = new HashMap<>();
        for (String id : drafts.keySet()) {
            Text reason = refusal(found, id);
            if (reason != null) {
                refusals.put(id, new TriageDecision.Refused(reason));
            }
        }
        return refusals;
    }

    /** What is wished about the others. */
    List<TriageWriter.Wish> wishes(AlertList.FoundAlerts found) {
        List<TriageWriter.Wish> wishes = new ArrayList<>();
        drafts.forEach((id, draft) -> {
            Alert alert = found.alerts().get(id);
            if (alert != null && refusal(found, id) == null) {
                wishes.add(new TriageWriter.Wish(alert, draft));
            }
        });
        return wishes;
    }

    private static @Nullable Text refusal(AlertList.FoundAlerts found, String id) {
        Alert alert = found.alerts().get(id);
        if (alert == null) {
            return found.whyNot();
        }
        return switch (alert.state()) {
            case OPEN, CLOSED -> null;
            case WITHDRAWN -> Text.of("triage.is-withdrawn", String.valueOf(alert.withdrawnBecause()));
            case APPROVED -> Text.of("triage.is-approved");
        };
    }

    private static Map<String, AlertSight> sights(List<JsonDocument> alerts, List<Problem> wrong)
            throws MalformedDocumentException {
        if (alerts.isEmpty()) {
            wrong.add(Problem.ofField(ALERTS, Text.of("triage.no-alerts")));
        } else if (alerts.size() > MOST) {
            wrong.add(Problem.ofField(ALERTS, Text.of("triage.too-many-alerts", alerts.size(), MOST)));
        }
        Map<String, AlertSight> sights = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(alerts.size(), MOST); i++) {
            JsonDocument one = alerts.get(i);
            List<Problem> its =
                    new ArrayList<>(EnteredNames.unknown(one.members().keySet(), MEMBERS_OF_EACH));
            String id = TriageDraft.given(one, "id");
            AlertSight sight = AlertSight.read(one, its);
            if (id == null) {
                its.add(Problem.ofField("id", Text.of("entry.missing")));
            } else if (sights.put(id, sight) != null) {
                its.add(Problem.ofField("id", Text.of("triage.alert-twice", id)));
            }
            String place = ALERTS + "[" + i + "].";
            its.forEach(problem -> wrong.add(Problem.ofField(place + problem.field(), problem.message())));
        }
        return sights;
    }
}
