package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.SampleAlerts;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.language.Language;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.Triage;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageState;
import dev.metsuke.events.triage.TriageStep;
import java.time.Instant;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriageDecisionTest {

    private static final Instant NOW = Instant.parse("2026-04-01T04:00:00Z");

    private final Alert alert = SampleAlerts.bulkRead("yamada", Severity.HIGH, 500);

    @Test
    void theSameAfterTheSameIsDoneOnce() {
        Triage triage = take(Triage.NONE, "mori", acknowledge(""));

        assertThat(decide(triage, "mori", acknowledge(""))).isEqualTo(new TriageDecision.Repeated());
        assertThat(decide(triage, "mori", acknowledge(null))).isEqualTo(new TriageDecision.Repeated());
        assertThat(decide(triage, "sato", acknowledge(null))).isInstanceOf(TriageDecision.Taken.class);
    }

    @Test
    void theSameWordsAfterSomethingElseAreNews() {
        Triage triage = take(Triage.NONE, "mori", resolve(null));
        triage = take(triage, "sato", of(TriageStep.REOPEN, null, null, null));

        assertThat(decide(triage, "mori", resolve(null))).isInstanceOf(TriageDecision.Taken.class);
    }

    @Test
    void whoDidNotSeeTheLastActionIsToldOfIt() {
        Triage triage = take(Triage.NONE, "sato", resolve(""));

        assertThat(decide(triage, "mori", acknowledge("")))
                .satisfies(refused("sato did something about this alert meanwhile (resolve); look at it again"));
        assertThat(decide(triage, "mori", of(TriageStep.COMMENT, null, "me too", "")))
                .isInstanceOf(TriageDecision.Taken.class);
    }

    @Test
    void whatIsResolvedIsReopenedBeforeItIsTakenOrResolvedAgain() {
        Triage resolved = take(Triage.NONE, "mori", resolve(null));

        assertThat(decide(resolved, "sato", acknowledge(null)))
                .satisfies(refused("this alert is resolved; reopen it first"));
        assertThat(decide(resolved, "sato", resolve(null))).isInstanceOf(TriageDecision.Refused.class);
        assertThat(decide(Triage.NONE, "sato", of(TriageStep.REOPEN, null, null, null)))
                .satisfies(refused("this alert is not resolved"));
        assertThat(decide(resolved, "sato", of(TriageStep.REOPEN, null, null, null)))
                .isInstanceOf(TriageDecision.Taken.class);
    }

    @Test
    void whatOutgrewItsResolutionIsTakenWithoutReopening() {
        Triage seenLess = take(
                Triage.NONE,
                "mori",
                new TriageDraft(TriageStep.RESOLVE, null, Resolution.CONFIRMED, "x", new AlertSight(0L, null, "")));

        assertThat(seenLess.stateOf(SeenRevision.of(alert))).isEqualTo(TriageState.NEW);
        assertThat(decide(seenLess, "sato", acknowledge(null))).isInstanceOf(TriageDecision.Taken.class);
    }

    @Test
    void nobodyHasSeenMoreThanThereIs() {
        Triage triage = take(
                Triage.NONE,
                "mori",
                new TriageDraft(
                        TriageStep.RESOLVE,
                        null,
                        Resolution.CONFIRMED,
                        "x",
                        new AlertSight(Long.MAX_VALUE, Severity.CRITICAL, "")));

        assertThat(triage.actions().getFirst().seen()).isEqualTo(SeenRevision.of(alert));
    }

    @Test
    void aLaterActionHasALaterTimeThoughTheClockGoesBack() {
        Triage triage = take(Triage.NONE, "mori", acknowledge(null));
        TriageDecision decision = TriageDecision.of(resolve(null), "sato", alert, triage, NOW.minusSeconds(60));

        assertThat(decision).isInstanceOf(TriageDecision.Taken.class);
        assertThat(triage.with(((TriageDecision.Taken) decision).action()).state())
                .isEqualTo(TriageState.RESOLVED);
    }

    @Test
    void anAlertTakesAThousandActionsAtMost() {
        Triage triage = Triage.NONE;
        for (int i = 0; i < TriageDecision.MOST_ACTIONS; i++) {
            triage = take(triage, "mori", of(TriageStep.COMMENT, null, "comment " + i, null));
        }

        assertThat(decide(triage, "mori", of(TriageStep.COMMENT, null, "one more", null)))
                .satisfies(refused("an alert takes 1,000 actions at most"));
    }

    private static ThrowingConsumer<TriageDecision> refused(String reason) {
        return decision -> assertThat(decision)
                .isInstanceOfSatisfying(
                        TriageDecision.Refused.class,
                        refused -> assertThat(refused.reason().in(Language.ENGLISH))
                                .isEqualTo(reason));
    }

    private Triage take(Triage triage, String actor, TriageDraft draft) {
        TriageDecision decision = decide(triage, actor, draft);
        assertThat(decision).isInstanceOf(TriageDecision.Taken.class);
        TriageAction action = ((TriageDecision.Taken) decision).action();
        return triage.with(action);
    }

    private TriageDecision decide(Triage triage, String actor, TriageDraft draft) {
        return TriageDecision.of(draft, actor, alert, triage, NOW);
    }

    private static TriageDraft acknowledge(@Nullable String after) {
        return of(TriageStep.ACKNOWLEDGE, "mori", null, after);
    }

    private static TriageDraft resolve(@Nullable String after) {
        return new TriageDraft(
                TriageStep.RESOLVE, null, Resolution.CONFIRMED, "it happened", new AlertSight(null, null, after));
    }

    private static TriageDraft of(
            TriageStep step, @Nullable String assignee, @Nullable String comment, @Nullable String after) {
        return new TriageDraft(step, assignee, null, comment, new AlertSight(null, null, after));
    }
}
