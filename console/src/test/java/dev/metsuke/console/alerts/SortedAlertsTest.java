package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.console.SampleAlerts;
import dev.metsuke.console.search.Archive;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in memory, where the archive is away. */
class SortedAlertsTest {

    private static final Instant NOON = Instant.parse("2026-04-01T03:00:00Z");

    private final LiveAlerts live = new LiveAlerts(100);
    private ElasticsearchClient client;
    private AlertList list;

    @BeforeEach
    void open() throws IOException {
        client = ElasticsearchConnection.open(ElasticsearchSettings.of(URI.create("http://127.0.0.1:1")));
        TriageBook book = new TriageBook();
        list = new AlertList(live, new Archive(client, "http://127.0.0.1:1"), book, new AlertEntries(book));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    @Test
    void openOnesComeFirstTheLongestOpenFirst() {
        raise("closed", Severity.HIGH, 0, true);
        raise("late", Severity.LOW, 3, false);
        raise("early", Severity.LOW, 1, false);
        raise("between", Severity.CRITICAL, 2, false);

        assertThat(accounts(AlertOrder.OLDEST_OPEN, 10)).containsExactly("early", "between", "late", "closed");
    }

    @Test
    void theMostUrgentComeFirstTheLatestOfThemFirst() {
        raise("low", Severity.LOW, 9, false);
        raise("high", Severity.HIGH, 1, false);
        raise("higher", Severity.HIGH, 2, true);
        raise("critical", Severity.CRITICAL, 0, false);
        raise("medium", Severity.MEDIUM, 5, false);

        assertThat(accounts(AlertOrder.SEVERITY, 10)).containsExactly("critical", "higher", "high", "medium", "low");
    }

    @Test
    void pagesHaveNoGapAndNoRepeatAcrossBandsAndEqualTimes() {
        for (int i = 0; i < 23; i++) {
            raise("account-" + i, i % 2 == 0 ? Severity.HIGH : Severity.LOW, i / 5, i % 3 == 0);
        }

        for (AlertOrder order : List.of(AlertOrder.OLDEST_OPEN, AlertOrder.SEVERITY)) {
            List<String> whole = accounts(order, 100);
            assertThat(whole).as(order.label()).hasSize(23).doesNotHaveDuplicates();
            assertThat(accounts(order, 4)).isEqualTo(whole);
            assertThat(accounts(order, 1)).isEqualTo(whole);
        }
    }

    @Test
    void aPlaceOfAnotherOrderIsRefused() {
        raise("a", Severity.HIGH, 0, false);
        raise("b", Severity.HIGH, 1, false);
        String next = page(AlertOrder.SEVERITY, 1, null).next();

        assertThat(next).isNotNull();
        assertThat(list.page(AlertFilter.NONE, AlertOrder.OLDEST_OPEN, 1, next)).isEmpty();
        assertThat(list.page(AlertFilter.NONE, AlertOrder.NEWEST, 1, next)).isEmpty();
        for (String after : List.of("severity", "severity~9~1~x", "severity~0~x~y", "severity~0~1", "live~x~y")) {
            assertThat(list.page(AlertFilter.NONE, AlertOrder.SEVERITY, 1, after))
                    .as(after)
                    .isEmpty();
        }
    }

    private List<String> accounts(AlertOrder order, int limit) {
        List<String> accounts = new ArrayList<>();
        AlertList.Page page = page(order, limit, null);
        page.alerts().forEach(entry -> accounts.add(account(entry)));
        while (page.next() != null) {
            page = page(order, limit, page.next());
            page.alerts().forEach(entry -> accounts.add(account(entry)));
        }
        return accounts;
    }

    private AlertList.Page page(AlertOrder order, int limit, @Nullable String after) {
        return list.page(AlertFilter.NONE, order, limit, after).orElseThrow();
    }

    private static String account(Map<String, Object> entry) {
        return AlertEntries.alert((Map<?, ?>) entry.getOrDefault("alert", Map.of()))
                .orElseThrow()
                .account()
                .value();
    }

    private void raise(String account, Severity severity, int minute, boolean closed) {
        Alert alert = SampleAlerts.alert(
                Rule.BULK_READ,
                account,
                severity,
                NOON.plusSeconds(60L * minute),
                500,
                List.of(),
                null,
                null,
                account + " read");
        live.accept(closed ? alert.closed() : alert, NOON.plusSeconds(3600), live.size());
    }
}
