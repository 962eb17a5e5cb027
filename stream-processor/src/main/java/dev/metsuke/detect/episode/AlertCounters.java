package dev.metsuke.detect.episode;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A rule's alerts in numbers. By those that were raised, whoever must hear of an alert is told that there is one, by the means
 * that wake the operator too; about whom it is stays where those may look who have the right.
 */
final class AlertCounters {

    private final Rule rule;
    private final MeterRegistry meters;

    /** All of them begin with 0: who asks what a counter grew by would not see one that begins with 1. */
    AlertCounters(Rule rule, MeterRegistry meters) {
        this.rule = rule;
        this.meters = meters;
        for (AlertState state : AlertState.values()) {
            var _ = messages(state);
        }
        for (Severity severity : Severity.values()) {
            var _ = raised(severity);
        }
    }

    /** A message about an alert is sent. */
    void sent(AlertState state) {
        messages(state).increment();
    }

    /**
     * An alert is told of. That an approval was used is none.
     *
     * @param before as it was told of the last time; null where it is new
     */
    void told(@Nullable Alert before, Alert now) {
        boolean isMore = before == null || before.severity().compareTo(now.severity()) < 0;
        if (isMore && now.state() != AlertState.APPROVED) {
            raised(now.severity()).increment();
        }
    }

    private Counter messages(AlertState state) {
        return Counter.builder("metsuke.detect.alerts")
                .description("Messages about alerts")
                .tags("rule", rule.id(), "state", state.label())
                .register(meters);
    }

    private Counter raised(Severity severity) {
        return Counter.builder("metsuke.detect.raised")
                .description("Alerts that are new, or more severe than before")
                .tags("rule", rule.id(), "severity", severity.label())
                .register(meters);
    }
}
