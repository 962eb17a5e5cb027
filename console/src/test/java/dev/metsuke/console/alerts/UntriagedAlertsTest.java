package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.SampleAlerts;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageStep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UntriagedAlertsTest {

    private static final Instant NOON = Instant.parse("2026-04-01T03:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveAlerts live = new LiveAlerts(10);
    private final TriageBook book = new TriageBook();
    private final UntriagedAlerts untriaged = new UntriagedAlerts(live, new AlertEntries(book));

    @Test
    void areThoseThatNobodyLooksInto() {
        untriaged.measure(meters);
        Alert taken = SampleAlerts.bulkRead("a", Severity.CRITICAL, 900);
        live.accept(taken, NOON, 1);
        live.accept(SampleAlerts.bulkRead("b", Severity.CRITICAL, 900), NOON, 2);
        live.accept(SampleAlerts.bulkRead("c", Severity.HIGH, 500).closed(), NOON, 3);
        live.accept(SampleAlerts.bulkRead("d", Severity.HIGH, 500).withdrawn("corrected"), NOON, 4);
        assertThat(measured(Severity.CRITICAL)).isEqualTo(2);

        book.accept(acknowledged(taken));

        assertThat(measured(Severity.CRITICAL)).isEqualTo(1);
        assertThat(measured(Severity.HIGH)).isEqualTo(1);
        assertThat(measured(Severity.LOW)).isZero();
        assertThat(untriaged.count()).isEqualTo(2);
    }

    private int measured(Severity severity) {
        return (int) meters.get("metsuke.console.untriaged")
                .tag("severity", severity.label())
                .gauge()
                .value();
    }

    private static TriageAction acknowledged(Alert alert) {
        return new TriageAction(
                "t-1",
                alert.id(),
                alert.account(),
                alert.rule(),
                TriageStep.ACKNOWLEDGE,
                "mori",
                NOON.plusSeconds(60),
                SeenRevision.of(alert),
                "mori",
                null,
                null);
    }
}
