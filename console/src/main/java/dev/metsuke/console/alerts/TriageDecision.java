package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.Triage;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageState;
import dev.metsuke.events.triage.TriageStep;
import java.time.Instant;
import java.util.Objects;

/** What becomes of what somebody wants to do about an alert. */
sealed interface TriageDecision {

    /** More would be no triage any more, and would have to fit into one answer. */
    int MOST_ACTIONS = 1_000;

    /** It is to be written. */
    record Taken(TriageAction action) implements TriageDecision {}

    /** It was done already. */
    record Repeated() implements TriageDecision {}

    /**
     * It does not fit to what was done meanwhile.
     *
     * @param reason what that was, and what to do
     */
    record Refused(Text reason) implements TriageDecision {}

    /**
     * A function of what is known.
     *
     * @param triage all that was done so far
     * @param alert the alert as far as it has come
     */
    static TriageDecision of(TriageDraft draft, String actor, Alert alert, Triage triage, Instant now) {
        SeenRevision current = SeenRevision.of(alert);
        // Who claims to have seen more than there is has seen what there is.
        AlertSight sight = draft.sight();
        SeenRevision seen = new SeenRevision(
                        sight.events() == null ? current.events() : sight.events(),
                        sight.severity() == null ? current.severity() : sight.severity())
                .least(current);
        String last = triage.last().map(TriageAction::eventId).orElse("");
        String after = Objects.requireNonNullElse(sight.after(), last);
        String id = id(draft, actor, alert, seen, after);
        boolean isLastOnceMore = sight.after() == null
                && triage.last().filter(action -> draft.isSaidBy(action, actor)).isPresent();
        if (isLastOnceMore || triage.knows(id)) {
            return new Repeated();
        }
        if (triage.actions().size() >= MOST_ACTIONS) {
            return new Refused(Text.of("triage.too-many-actions", MOST_ACTIONS));
        }
        if (draft.step() != TriageStep.COMMENT && !after.equals(last)) {
            return new Refused(meanwhile(triage));
        }
        TriageState state = triage.stateOf(current);
        switch (draft.step()) {
            case ACKNOWLEDGE, RESOLVE -> {
                if (state == TriageState.RESOLVED) {
                    return new Refused(Text.of("triage.is-resolved"));
                }
            }
            case REOPEN -> {
                if (triage.state() != TriageState.RESOLVED) {
                    return new Refused(Text.of("triage.is-not-resolved"));
                }
            }
            case ASSIGN, COMMENT -> {}
        }
        return new Taken(new TriageAction(
                id,
                alert.id(),
                alert.account(),
                alert.rule(),
                draft.step(),
                actor,
                later(triage, now),
                seen,
                draft.assignee(),
                draft.resolution(),
                draft.comment()));
    }

    /** The same thing done after the same thing is one thing. */
    private static String id(TriageDraft draft, String actor, Alert alert, SeenRevision seen, String after) {
        return ContentId.of(
                alert.id(),
                draft.step().label(),
                actor,
                draft.assignee(),
                draft.resolution() == null ? null : draft.resolution().label(),
                draft.comment(),
                Long.toString(seen.events()),
                seen.severity().label(),
                after);
    }

    /** Later than all that was done, whatever the clocks of other consoles say. */
    private static Instant later(Triage triage, Instant now) {
        return triage.last()
                .map(action -> action.at().plusMillis(1))
                .filter(next -> next.isAfter(now))
                .orElse(now);
    }

    private static Text meanwhile(Triage triage) {
        return triage.last()
                .map(action -> Text.of(
                        "triage.meanwhile",
                        action.actor(),
                        Text.of("triage.step." + action.step().label())))
                .orElse(Text.of("triage.nothing-done-yet"));
    }
}
