package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.SampleAlerts;
import dev.metsuke.console.entry.AskedName;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveAlertsTest {

    private static final Instant FIRST = Instant.parse("2026-04-01T00:00:00Z");

    @Test
    void listsTheNewestRaisedFirst() {
        LiveAlerts live = with("a", "b", "c");

        assertThat(accounts(live.page(AlertFilter.NONE::matches, null, 10))).containsExactly("c", "b", "a");
    }

    @Test
    void keepsAnAlertsPlaceWhenItGrows() {
        LiveAlerts live = with("a", "b");
        Alert grown = SampleAlerts.bulkRead("a", Severity.CRITICAL, 900);

        SeenAlert seen = live.accept(grown, FIRST.plusSeconds(60), 7);

        assertThat(seen.raisedAt()).isEqualTo(FIRST);
        assertThat(accounts(live.page(AlertFilter.NONE::matches, null, 10))).containsExactly("b", "a");
        assertThat(live.find(grown.id()))
                .get()
                .extracting(found -> found.alert().records())
                .isEqualTo(900L);
        assertThat(live.size()).isEqualTo(2);
    }

    @Test
    void forgetsTheOldestBeyondItsBound() {
        LiveAlerts live = new LiveAlerts(2);
        accept(live, "a", 0);
        accept(live, "b", 1);
        accept(live, "c", 2);

        assertThat(accounts(live.page(AlertFilter.NONE::matches, null, 10))).containsExactly("c", "b");
        assertThat(live.size()).isEqualTo(2);
    }

    @Test
    void pagesWithoutGapOrRepeatAlsoAmongEqualTimes() {
        LiveAlerts live = new LiveAlerts(100);
        for (int i = 0; i < 25; i++) {
            accept(live, "account-" + i, i / 10);
        }
        List<String> all = new ArrayList<>();
        LiveAlerts.@Nullable Place place = null;

        List<SeenAlert> page = live.page(AlertFilter.NONE::matches, null, 7);
        while (!page.isEmpty()) {
            all.addAll(accounts(page));
            place = LiveAlerts.Place.of(page.getLast());
            page = live.page(AlertFilter.NONE::matches, place, 7);
        }

        assertThat(all).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void filtersByAllThatIsAsked() {
        LiveAlerts live = with("a", "b");
        live.accept(SampleAlerts.bulkRead("a", Severity.HIGH, 500).closed(), FIRST.plusSeconds(60), 9);

        assertThat(accounts(live.page(
                        new AlertFilter(null, AlertState.OPEN, null, null, null, null, null)::matches, null, 10)))
                .containsExactly("b");
        assertThat(accounts(live.page(
                        new AlertFilter(null, null, null, AskedName.exactly("a"), null, null, null)::matches,
                        null,
                        10)))
                .containsExactly("a");
        assertThat(live.page(
                        new AlertFilter(null, AlertState.OPEN, null, AskedName.exactly("a"), null, null, null)::matches,
                        null,
                        10))
                .isEmpty();
        assertThat(live.openBySeverity(_ -> true)).containsEntry("high", 1).containsEntry("critical", 0);
    }

    private static LiveAlerts with(String... accounts) {
        LiveAlerts live = new LiveAlerts(100);
        for (int i = 0; i < accounts.length; i++) {
            accept(live, accounts[i], i);
        }
        return live;
    }

    private static void accept(LiveAlerts live, String account, int second) {
        live.accept(SampleAlerts.bulkRead(account, Severity.HIGH, 500), FIRST.plusSeconds(second), second);
    }

    private static List<String> accounts(List<SeenAlert> page) {
        return page.stream().map(seen -> seen.alert().account().value()).toList();
    }
}
