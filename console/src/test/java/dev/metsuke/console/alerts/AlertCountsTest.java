package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.SampleAlerts;
import dev.metsuke.console.entry.AskedName;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageState;
import dev.metsuke.events.triage.TriageStep;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertCountsTest {

    private static final Instant NOON = Instant.parse("2026-04-01T03:00:00Z");

    private final LiveAlerts live = new LiveAlerts(10);
    private final TriageBook book = new TriageBook();
    private final AlertEntries entries = new AlertEntries(book);
    private final AlertCounts counts = new AlertCounts(live, entries, new UntriagedAlerts(live, entries));

    /** An urgent one that is taken, and two that wait, one of which is over. */
    @BeforeEach
    void raise() {
        Alert taken = SampleAlerts.bulkRead("a", Severity.CRITICAL, 900);
        raise(taken);
        raise(SampleAlerts.bulkRead("b", Severity.HIGH, 500));
        raise(SampleAlerts.bulkRead("c", Severity.HIGH, 500).closed());
        book.accept(new TriageAction(
                "t-1",
                taken.id(),
                taken.account(),
                taken.rule(),
                TriageStep.ACKNOWLEDGE,
                "mori",
                NOON,
                SeenRevision.of(taken),
                "mori",
                null,
                null));
    }

    @Test
    void countsAllWhereNothingIsAskedFor() {
        Map<String, @Nullable Object> members = counts.members(AlertFilter.NONE);

        assertThat(members).containsEntry("newest", 3).containsEntry("untriaged", 2);
        assertThat(members.get("matching")).isEqualTo(Map.of("alerts", 3, "open", members.get("open"), "untriaged", 2));
    }

    @Test
    void countsWhatIsAskedForAndStillSaysHowManyThereAre() {
        Map<String, @Nullable Object> members =
                counts.members(new AlertFilter(null, null, null, AskedName.exactly("b"), null, null, null));

        assertThat(members).containsEntry("newest", 3).containsEntry("untriaged", 2);
        assertThat(members.get("matching")).isEqualTo(Map.of("alerts", 1, "open", open(0, 1), "untriaged", 1));
    }

    @Test
    void aNumberByWhichIsAskedAlreadyIsCountedWithoutIt() {
        assertThat(counts.members(new AlertFilter(null, null, Severity.CRITICAL, null, null, null, null))
                        .get("matching"))
                .isEqualTo(Map.of("alerts", 1, "open", open(1, 1), "untriaged", 0));
        assertThat(counts.members(new AlertFilter(null, null, null, null, TriageState.ACKNOWLEDGED, null, null))
                        .get("matching"))
                .isEqualTo(Map.of("alerts", 1, "open", open(1, 0), "untriaged", 2));
        assertThat(counts.members(new AlertFilter(null, AlertState.CLOSED, null, null, null, null, null))
                        .get("matching"))
                .isEqualTo(Map.of("alerts", 1, "open", open(0, 0), "untriaged", 1));
    }

    private static Map<String, Integer> open(int critical, int high) {
        return Map.of("critical", critical, "high", high, "medium", 0, "low", 0);
    }

    private void raise(Alert alert) {
        live.accept(alert, NOON, live.size());
    }
}
