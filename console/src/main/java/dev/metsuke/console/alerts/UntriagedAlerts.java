package dev.metsuke.console.alerts;

import dev.metsuke.events.alert.Severity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many of the alerts in memory somebody has to look into and nobody does. */
record UntriagedAlerts(LiveAlerts live, AlertEntries entries) {

    int count() {
        return live.count(alert -> entries.triage(alert).isUntriaged());
    }

    private int count(Severity severity) {
        return live.count(
                alert -> alert.severity() == severity && entries.triage(alert).isUntriaged());
    }

    /** So that whoever has to is reminded where they wait for long. */
    void measure(MeterRegistry meters) {
        for (Severity severity : Severity.values()) {
            Gauge.builder("metsuke.console.untriaged", () -> count(severity))
                    .description("Alerts, of the newest, that nobody looks into")
                    .tag("severity", severity.label())
                    .register(meters);
        }
    }
}
