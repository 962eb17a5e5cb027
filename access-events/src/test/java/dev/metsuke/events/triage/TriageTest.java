package dev.metsuke.events.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.alert.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriageTest {

    private static final SeenRevision TWELVE = new SeenRevision(12, Severity.HIGH);

    @Test
    void goesFromNewToResolvedAndBack() {
        Triage triage = Triage.NONE;
        assertThat(triage.state()).isEqualTo(TriageState.NEW);

        triage = triage.with(SampleActions.acknowledged(1, "mori"));
        assertThat(triage.state()).isEqualTo(TriageState.ACKNOWLEDGED);
        assertThat(triage.assignee()).isEqualTo("mori");

        triage = triage.with(SampleActions.assigned(2, "mori", "sato"))
                .with(SampleActions.commented(3, "sato", "asked the department"));
        assertThat(triage.state()).isEqualTo(TriageState.ACKNOWLEDGED);
        assertThat(triage.assignee()).isEqualTo("sato");

        triage = triage.with(SampleActions.resolved(4, "sato", 12));
        assertThat(triage.state()).isEqualTo(TriageState.RESOLVED);
        assertThat(triage.resolved()).get().extracting(TriageAction::resolution).isEqualTo(Resolution.AUTHORISED);

        triage = triage.with(SampleActions.reopened(5, "mori"));
        assertThat(triage.state()).isEqualTo(TriageState.NEW);
        assertThat(triage.resolved()).isEmpty();
        assertThat(triage.assignee()).isEqualTo("sato");
    }

    @Test
    void whatIsAssignedIsNotLookedIntoYet() {
        Triage triage = Triage.NONE.with(SampleActions.assigned(1, "mori", "sato"));

        assertThat(triage.state()).isEqualTo(TriageState.NEW);
        assertThat(triage.assignee()).isEqualTo("sato");
        assertThat(triage.with(SampleActions.assigned(2, "mori", null)).assignee())
                .isNull();
    }

    @Test
    void anAlertThatGrewOrBecameMoreUrgentSinceItWasResolvedIsNewAgain() {
        Triage triage = Triage.NONE.with(SampleActions.resolved(1, "mori", 12));

        assertThat(triage.stateOf(TWELVE)).isEqualTo(TriageState.RESOLVED);
        assertThat(triage.stateOf(new SeenRevision(11, Severity.LOW))).isEqualTo(TriageState.RESOLVED);
        assertThat(triage.stateOf(new SeenRevision(13, Severity.HIGH))).isEqualTo(TriageState.NEW);
        assertThat(triage.stateOf(new SeenRevision(12, Severity.CRITICAL))).isEqualTo(TriageState.NEW);
        assertThat(triage.with(SampleActions.resolved(2, "sato", 13)).stateOf(new SeenRevision(13, Severity.HIGH)))
                .isEqualTo(TriageState.RESOLVED);
        assertThat(triage.with(SampleActions.acknowledged(2, "sato")).stateOf(new SeenRevision(99, Severity.HIGH)))
                .isEqualTo(TriageState.ACKNOWLEDGED);
    }

    @Test
    void anyOrderAndAnyRepetitionGiveTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<TriageAction> actions = randomActions(random);
            Triage expected = new Triage(actions);
            List<TriageAction> told = new ArrayList<>(actions);
            for (int i = random.nextInt(5); i > 0 && !actions.isEmpty(); i--) {
                told.add(actions.get(random.nextInt(actions.size())));
            }
            Collections.shuffle(told, random);

            Triage triage = Triage.NONE;
            for (TriageAction action : told) {
                triage = triage.with(action);
            }

            assertThat(triage).as("seed %d, round %d", seed, round).isEqualTo(expected);
            assertThat(triage.actions()).hasSameSizeAs(actions);
            assertThat(triage.state()).isEqualTo(stateByHand(actions));
        }
    }

    /** The same action that two consoles took at two times is the earlier one. */
    @Test
    void keepsTheFirstOfTwoWithOneId() {
        TriageAction first = SampleActions.commented(1, "mori", "once");
        TriageAction later = new TriageAction(
                first.eventId(),
                first.alertId(),
                first.account(),
                first.rule(),
                first.step(),
                first.actor(),
                first.at().plusSeconds(1),
                first.seen(),
                null,
                null,
                first.comment());

        assertThat(Triage.NONE.with(later).with(first))
                .isEqualTo(Triage.NONE.with(first).with(later));
        assertThat(Triage.NONE.with(later).with(first).actions()).containsExactly(first);
    }

    private static List<TriageAction> randomActions(Random random) {
        List<TriageAction> actions = new ArrayList<>();
        for (int minute = 0; minute < random.nextInt(12); minute++) {
            String actor = random.nextBoolean() ? "mori" : "sato";
            actions.add(
                    switch (random.nextInt(5)) {
                        case 0 -> SampleActions.acknowledged(minute, actor);
                        case 1 -> SampleActions.assigned(minute, actor, random.nextBoolean() ? "sato" : null);
                        case 2 -> SampleActions.resolved(minute, actor, random.nextInt(50));
                        case 3 -> SampleActions.reopened(minute, actor);
                        default -> SampleActions.commented(minute, actor, "words");
                    });
        }
        return actions;
    }

    /** Told from the first to the last. */
    private static TriageState stateByHand(List<TriageAction> actions) {
        TriageState state = TriageState.NEW;
        for (TriageAction action : actions) {
            state = switch (action.step()) {
                case ACKNOWLEDGE -> TriageState.ACKNOWLEDGED;
                case RESOLVE -> TriageState.RESOLVED;
                case REOPEN -> TriageState.NEW;
                case ASSIGN, COMMENT -> state;
            };
        }
        return state;
    }
}
