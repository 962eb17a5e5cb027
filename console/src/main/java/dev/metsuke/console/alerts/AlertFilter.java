package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.triage.Triage;
import dev.metsuke.events.triage.TriageState;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are wanted; null means any.
 *
 * @param rule found by this rule
 * @param state standing so
 * @param severity this urgent
 * @param account of this account
 * @param triage whose triage stands so; for new, those that somebody has to look into and nobody does
 * @param assignee that this person looks into
 */
record AlertFilter(
        @Nullable Rule rule,
        @Nullable AlertState state,
        @Nullable Severity severity,
        @Nullable AskedName account,
        @Nullable TriageState triage,
        @Nullable String assignee) {

    static final AlertFilter NONE = new AlertFilter(null, null, null, null, null, null);

    boolean matches(Alert alert) {
        return (rule == null || alert.rule() == rule)
                && (state == null || alert.state() == state)
                && (severity == null || alert.severity() == severity)
                && (account == null || account.means(alert.account().value()));
    }

    /** Whether the triage is asked for, which stands beside the alert. */
    boolean asksForTriage() {
        return triage != null || assignee != null;
    }

    boolean matches(TriageView view) {
        return (triage == null || (triage == TriageState.NEW ? view.isUntriaged() : view.state() == triage))
                && (assignee == null || assignee.equals(view.triage().assignee()));
    }

    /** Whether such a triage could match, however far its alert has come. */
    boolean couldMatch(Triage known) {
        return (triage == null || triage == TriageState.NEW || known.state() == triage)
                && (assignee == null || assignee.equals(known.assignee()));
    }
}
