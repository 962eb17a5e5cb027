package dev.metsuke.events.triage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert's triage stands: a function of what was done, whatever order that is told in and however often.
 *
 * @param actions all of it, each once, in its order
 */
public record Triage(List<TriageAction> actions) {

    /** Of an alert about which nobody did anything. */
    public static final Triage NONE = new Triage(List.of());

    public Triage {
        Set<String> ids = new HashSet<>();
        actions = new TreeSet<>(actions)
                .stream().filter(action -> ids.add(action.eventId())).toList();
    }

    /** With one action more; the same where it is known. */
    public Triage with(TriageAction action) {
        List<TriageAction> more = new ArrayList<>(actions);
        more.add(action);
        return new Triage(more);
    }

    public Optional<TriageAction> last() {
        return actions.isEmpty() ? Optional.empty() : Optional.of(actions.getLast());
    }

    /** Whether an action of this id is known. */
    public boolean knows(String eventId) {
        return actions.stream().anyMatch(action -> action.eventId().equals(eventId));
    }

    /** As the last action that says so left it. */
    public TriageState state() {
        for (TriageAction action : actions.reversed()) {
            switch (action.step()) {
                case ACKNOWLEDGE -> {
                    return TriageState.ACKNOWLEDGED;
                }
                case RESOLVE -> {
                    return TriageState.RESOLVED;
                }
                case REOPEN -> {
                    return TriageState.NEW;
                }
                case ASSIGN, COMMENT -> {}
            }
        }
        return TriageState.NEW;
    }

    /** The same for an alert that has come this far: one that grew since it was resolved is new again. */
    public TriageState stateOf(SeenRevision now) {
        return outgrown(now).isPresent() ? TriageState.NEW : state();
    }

    /** The resolution that the alert has outgrown. */
    public Optional<TriageAction> outgrown(SeenRevision now) {
        return resolved().filter(resolved -> resolved.seen().isOutgrownBy(now));
    }

    /** The resolution that stands. */
    public Optional<TriageAction> resolved() {
        return state() == TriageState.RESOLVED
                ? actions.reversed().stream()
                        .filter(action -> action.step() == TriageStep.RESOLVE)
                        .findFirst()
                : Optional.empty();
    }

    /** Who looks into it; null where nobody does. */
    public @Nullable String assignee() {
        for (TriageAction action : actions.reversed()) {
            if (action.step() == TriageStep.ACKNOWLEDGE || action.step() == TriageStep.ASSIGN) {
                return action.assignee();
            }
        }
        return null;
    }
}
