package dev.metsuke.events.triage;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.Labels;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did about an alert. It is written once and never altered; what the alert itself says stays the
 * detector's. Later actions come later in {@link #compareTo order}.
 *
 * @param eventId this message's own id
 * @param alertId which alert
 * @param account whose accesses the alert is about: the key
 * @param rule which rule found it
 * @param step what was done
 * @param actor who did it
 * @param at when
 * @param seen how far the alert had grown when the actor looked at it
 * @param assignee who looks into it from now on; given with an acknowledgement, absent where an assignment takes it from all
 * @param resolution what it was; given exactly with a resolution
 * @param comment why, in free words; a comment and a resolution need it
 */
public record TriageAction(
        String eventId,
        String alertId,
        AccountId account,
        Rule rule,
        TriageStep step,
        String actor,
        Instant at,
        SeenRevision seen,
        @Nullable String assignee,
        @Nullable Resolution resolution,
        @Nullable String comment)
        implements Comparable<TriageAction> {

    /** In UTF-16 units: about a page. */
    public static final int LONGEST_COMMENT = 4_000;

    /** Of an actor or assignee, in UTF-16 units. */
    public static final int LONGEST_NAME = 256;

    private static final Comparator<TriageAction> ORDER =
            Comparator.comparing(TriageAction::at).thenComparing(TriageAction::eventId);

    public TriageAction {
        check(!actor.isBlank() && actor.length() <= LONGEST_NAME, "a triage action needs an actor" + upToLongestName());
        check(
                assignee == null || (!assignee.isBlank() && assignee.length() <= LONGEST_NAME),
                "an assignee needs a name" + upToLongestName());
        check(step != TriageStep.ACKNOWLEDGE || assignee != null, "an acknowledgement needs an assignee");
        check(
                assignee == null || step == TriageStep.ACKNOWLEDGE || step == TriageStep.ASSIGN,
                "only an acknowledgement or an assignment has an assignee");
        check(
                (resolution != null) == (step == TriageStep.RESOLVE),
                "an action has a resolution exactly when it resolves");
        check(comment == null || !comment.isBlank(), "a comment needs words");
        check(comment != null || !needsComment(step), "to " + step.label() + " needs a comment");
        check(
                comment == null || comment.length() <= LONGEST_COMMENT,
                "a comment has " + LONGEST_COMMENT + " characters at most");
    }

    /** Whether the step is nothing without words: an auditor asks why an alert was no matter. */
    public static boolean needsComment(TriageStep step) {
        return step == TriageStep.COMMENT || step == TriageStep.RESOLVE;
    }

    /** By time, then by id: the same whatever order they are read in. */
    @Override
    public int compareTo(TriageAction other) {
        return ORDER.compare(this, other);
    }

    public byte[] toJson() {
        Map<String, @Nullable Object> triage = new HashMap<>();
        triage.put("action", step.label());
        triage.put("actor", actor);
        triage.put("assignee", assignee);
        triage.put("resolution", resolution == null ? null : resolution.label());
        triage.put("comment", comment);
        return CanonicalJson.bytes(Map.of(
                "@timestamp",
                at,
                "event",
                Map.of("id", eventId, "kind", "event", "action", step.eventAction()),
                "rule",
                Map.of("id", rule.id(), "name", rule.title()),
                "user",
                Map.of("id", account.value()),
                "metsuke",
                Map.of(
                        "alert",
                        Map.of(
                                "id", alertId,
                                "events", seen.events(),
                                "severity", seen.severity().label()),
                        "triage",
                        triage)));
    }

    public static TriageAction fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        String resolution = document.text("metsuke.triage.resolution");
        try {
            return new TriageAction(
                    document.requiredText("event.id"),
                    document.requiredText("metsuke.alert.id"),
                    new AccountId(document.requiredText("user.id")),
                    document.required("rule.id", Rule.class),
                    document.required("metsuke.triage.action", TriageStep.class),
                    document.requiredText("metsuke.triage.actor"),
                    document.requiredInstant("@timestamp"),
                    new SeenRevision(
                            document.requiredInteger("metsuke.alert.events"),
                            document.required("metsuke.alert.severity", Severity.class)),
                    document.text("metsuke.triage.assignee"),
                    resolution == null ? null : Labels.read("metsuke.triage.resolution", Resolution.class, resolution),
                    document.text("metsuke.triage.comment"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String upToLongestName() {
        return " of " + LONGEST_NAME + " characters at most";
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
