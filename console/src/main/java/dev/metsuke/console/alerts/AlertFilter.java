package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.entry.AskedPeriod;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.triage.Triage;
import dev.metsuke.events.triage.TriageState;
import java.time.ZoneId;
import java.util.List;
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
 * @param period of an episode that lies at least partly in it
 */
record AlertFilter(
        @Nullable Rule rule,
        @Nullable AlertState state,
        @Nullable Severity severity,
        @Nullable AskedName account,
        @Nullable TriageState triage,
        @Nullable String assignee,
        @Nullable AskedPeriod period) {

    static final AlertFilter NONE = new AlertFilter(null, null, null, null, null, null, null);

    static final List<String> PARAMETERS =
            List.of("rule", "state", "severity", "account", "triage", "assignee", "from", "to", "zone");

    /**
     * As an address asks for it, which takes note of what is wrong.
     *
     * @param zone where days are meant unless the address says another
     */
    static AlertFilter read(QueryParameters asked, ZoneId zone) {
        return new AlertFilter(
                asked.choice("rule", Rule.class),
                asked.choice("state", AlertState.class),
                asked.choice("severity", Severity.class),
                AskedName.of(asked.given("account")).orElse(null),
                asked.choice("triage", TriageState.class),
                asked.text("assignee"),
                asked.period(zone));
    }

    AlertFilter ofAnySeverity() {
        return new AlertFilter(rule, state, null, account, triage, assignee, period);
    }

    AlertFilter ofAnyTriage() {
        return new AlertFilter(rule, state, severity, account, null, assignee, period);
    }

    boolean matches(Alert alert) {
        return (rule == null || alert.rule() == rule)
                && (state == null || alert.state() == state)
                && (severity == null || alert.severity() == severity)
                && (account == null || account.means(alert.account().value()))
                && (period == null || period.overlaps(alert.start(), alert.end()));
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
