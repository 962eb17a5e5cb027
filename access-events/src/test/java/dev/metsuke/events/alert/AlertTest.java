package dev.metsuke.events.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {

    private static final Instant START = Instant.parse("2026-11-23T15:04:40Z");

    @Test
    void comesBackAsItWas() throws MalformedDocumentException {
        Alert open = alert();

        assertThat(Alert.fromJson(open.toJson())).isEqualTo(open);
        assertThat(Alert.fromJson(open.closed().toJson())).isEqualTo(open.closed());
        assertThat(Alert.fromJson(open.withdrawn("corrected").toJson())).isEqualTo(open.withdrawn("corrected"));
    }

    /** As earlier versions wrote one of a dataset without a name. */
    @Test
    void comesBackWithABlankScope() throws MalformedDocumentException {
        String blank = new String(alert().toJson(), StandardCharsets.UTF_8)
                .replaceFirst("\"scope\":\"[^\"]*\"", "\"scope\":\"\"");

        assertThat(Alert.fromJson(blank.getBytes(StandardCharsets.UTF_8)).scope())
                .isEmpty();
    }

    @Test
    void writesWhatKibanaSortsAndFiltersBy() throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(alert().toJson());

        assertThat(document.text("event.kind")).isEqualTo("alert");
        assertThat(document.text("rule.id")).isEqualTo("bulk-read");
        assertThat(document.integer("event.severity")).isEqualTo(73);
        assertThat(document.instant("@timestamp")).isEqualTo(START.plusSeconds(60));
        assertThat(document.text("event.id")).isEqualTo(alert().id());
    }

    @Test
    void carriesALinkThatIsNoPartOfIt() throws MalformedDocumentException {
        URI page = AlertPage.of(URI.create("https://metsuke.example.jp/"), alert().id());

        byte[] linked = alert().toJson(page);

        assertThat(JsonDocument.parse(linked).text("event.url"))
                .isEqualTo("https://metsuke.example.jp/alerts/" + alert().id());
        assertThat(Alert.fromJson(linked)).isEqualTo(alert());
        assertThat(Alert.fromJson(linked).toJson()).isEqualTo(alert().toJson());
        assertThat(JsonDocument.parse(alert().toJson()).text("event.url")).isNull();
    }

    @Test
    void idDependsOnRuleAccountScopeAndStartOnly() {
        String id = Alert.idOf(Rule.BULK_READ, new AccountId("sato"), "crm", START);

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(Alert.idOf(Rule.BULK_READ, new AccountId("sato"), "crm", START))
                .isEqualTo(id);
        assertThat(Alert.idOf(Rule.REVOKED_ACCOUNT, new AccountId("sato"), "crm", START))
                .isNotEqualTo(id);
        assertThat(Alert.idOf(Rule.BULK_READ, new AccountId("satoc"), "rm", START))
                .isNotEqualTo(id);
        assertThat(Alert.idOf(Rule.BULK_READ, new AccountId("sato"), "crm", START.plusMillis(1)))
                .isNotEqualTo(id);
    }

    @Test
    void withdrawsOnlyWithAReason() {
        Alert withdrawn = alert().withdrawn("HR corrected the date");

        assertThat(withdrawn.state()).isEqualTo(AlertState.WITHDRAWN);
        assertThatThrownBy(() -> new Alert(
                        withdrawn.id(),
                        withdrawn.rule(),
                        withdrawn.account(),
                        withdrawn.scope(),
                        AlertState.WITHDRAWN,
                        withdrawn.severity(),
                        withdrawn.start(),
                        withdrawn.end(),
                        withdrawn.headline(),
                        withdrawn.observed(),
                        withdrawn.expected(),
                        1,
                        1,
                        0,
                        List.of(),
                        List.of(),
                        Map.of(),
                        "v1",
                        null,
                        null,
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void evidenceIsOrderedByEventTimeThenId() {
        Evidence late = new Evidence("a", START.plusSeconds(1), Action.READ, null, null);
        Evidence early = new Evidence("b", START, Action.READ, null, null);
        Evidence twin = new Evidence("c", START, Action.READ, null, null);

        assertThat(List.of(late, twin, early).stream().sorted().toList()).containsExactly(early, twin, late);
    }

    private static Alert alert() {
        AccountId account = new AccountId("yamada");
        return new Alert(
                Alert.idOf(Rule.BULK_READ, account, "crm.customers", START),
                Rule.BULK_READ,
                account,
                "crm.customers",
                AlertState.OPEN,
                Severity.HIGH,
                START,
                START.plusSeconds(60),
                "yamada read 17,500 people's records",
                "17,500 people's records in 1 min",
                "at most 1,000 in 10 min",
                35,
                17_500,
                1,
                List.of(new Evidence("e1", START, Action.READ, "crm.customers", 500L)),
                List.of(
                        new ReadOnDay(LocalDate.parse("2026-11-01"), 7, List.of()),
                        new ReadOnDay(
                                LocalDate.parse("2026-11-03"),
                                9,
                                List.of(
                                        new ReadOnDay.OfDataset("crm.customers", 8),
                                        new ReadOnDay.OfDataset(null, 1)))),
                Map.of("window", "10m", "ceiling", "1000"),
                "v1",
                "\u5c71\u7530 \u82b1\u5b50",
                "Sales",
                null);
    }

    @Test
    void jsonIsUtf8() {
        assertThat(new String(alert().toJson(), StandardCharsets.UTF_8)).contains("\u5c71\u7530 \u82b1\u5b50");
    }
}
