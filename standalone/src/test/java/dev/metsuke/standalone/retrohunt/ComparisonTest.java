package dev.metsuke.standalone.retrohunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant FROM = NOON.minusSeconds(3_600);
    private static final Instant UNTIL = NOON.plusSeconds(36_000);

    private final Alert hunted = alert(Rule.REVOKED_ACCOUNT, "sato", "account", 0, 600, 5);

    @Test
    void isNewWhereNoArchivedAlertOfItsRuleAndAccountLiesInItsTime() {
        assertThat(compare(hunted)).containsExactly(new Find.New(hunted));
        assertThat(compare(
                        hunted,
                        alert(Rule.BULK_READ, "sato", "account", 0, 600, 5),
                        alert(Rule.REVOKED_ACCOUNT, "mori", "account", 0, 600, 5),
                        alert(Rule.REVOKED_ACCOUNT, "sato", "account", -600, -1, 5),
                        alert(Rule.REVOKED_ACCOUNT, "sato", "account", 601, 900, 5)))
                .containsExactly(new Find.New(hunted));
    }

    @Test
    void isNothingWhereTheArchivedAlertsTellAsMuch() {
        assertThat(compare(hunted, hunted.closed())).isEmpty();
        assertThat(compare(
                        hunted,
                        alert(Rule.REVOKED_ACCOUNT, "sato", "account", -600, 0, 2),
                        alert(Rule.REVOKED_ACCOUNT, "sato", "account", 600, 900, 3)))
                .isEmpty();
    }

    @Test
    void hasGrownWhereTheArchivedAlertsTellOfFewerAccesses() {
        Alert first = alert(Rule.REVOKED_ACCOUNT, "sato", "account", 0, 60, 2);
        Alert second = alert(Rule.REVOKED_ACCOUNT, "sato", "account", 120, 180, 2);

        assertThat(compare(hunted, second, first)).containsExactly(new Find.Grown(hunted, List.of(first, second), 4));
    }

    @Test
    void doesNotHideOneScopeBehindAnother() {
        Alert month = alert(Rule.REVOKED_ACCOUNT, "sato", "outside Sales", -86_400, 86_400, 100);

        assertThat(compare(hunted, month)).containsExactly(new Find.Grown(hunted, List.of(month), 0));
    }

    @Test
    void passesOverWhatCallsNobody() {
        Alert approved = alert(AlertState.APPROVED);

        assertThat(compare(hunted, hunted.withdrawn("corrected"), approved)).containsExactly(new Find.New(hunted));
        assertThat(compare(hunted.withdrawn("corrected"))).isEmpty();
        assertThat(compare(approved)).isEmpty();
    }

    @Test
    void leavesOutWhatEndsOutsideThePeriod() {
        Alert before = alert(Rule.REVOKED_ACCOUNT, "sato", "account", -7_200, -3_601, 1);
        Alert into = alert(Rule.REVOKED_ACCOUNT, "sato", "account", -7_200, -3_600, 1);
        Alert beyond = alert(Rule.REVOKED_ACCOUNT, "sato", "account", 0, 36_000, 1);

        assertThat(Comparison.of(List.of(beyond, into, before), List.of(), FROM, UNTIL))
                .containsExactly(new Find.New(into));
    }

    private static List<Find> compare(Alert hunted, Alert... archived) {
        return Comparison.of(List.of(hunted), List.of(archived), FROM, UNTIL);
    }

    private static Alert alert(AlertState state) {
        return alert(Rule.REVOKED_ACCOUNT, "sato", "account", 0, 600, 5, state);
    }

    private static Alert alert(Rule rule, String account, String scope, long start, long end, long events) {
        return alert(rule, account, scope, start, end, events, AlertState.OPEN);
    }

    /** With start and end in seconds from noon. */
    private static Alert alert(
            Rule rule, String account, String scope, long start, long end, long events, AlertState state) {
        return new Alert(
                Alert.idOf(rule, new AccountId(account), scope, NOON.plusSeconds(start)),
                rule,
                new AccountId(account),
                scope,
                state,
                Severity.HIGH,
                NOON.plusSeconds(start),
                NOON.plusSeconds(end),
                "headline",
                "observed",
                "expected",
                events,
                events,
                0,
                List.of(),
                List.of(),
                Map.of(),
                "v1",
                null,
                null,
                null);
    }
}
