package dev.metsuke.console.alerts;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are wanted; null means any.
 *
 * @param rule found by this rule
 * @param state standing so
 * @param severity this urgent
 * @param account of this account
 */
record AlertFilter(
        @Nullable Rule rule,
        @Nullable AlertState state,
        @Nullable Severity severity,
        @Nullable String account) {

    static final AlertFilter NONE = new AlertFilter(null, null, null, null);

    boolean matches(Alert alert) {
        return (rule == null || alert.rule() == rule)
                && (state == null || alert.state() == state)
                && (severity == null || alert.severity() == severity)
                && (account == null || alert.account().value().equals(account));
    }
}
