package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.operations.account.AccountRules;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombinedParserTest {

    private final LineParser parser = new Combined().parser(Samples.RULES);

    @Test
    void readsEveryField() {
        AccessEvent event = event(
                parser,
                "203.0.113.9 - kimura [01/Dec/2026:09:30:00 +0900] \"GET /customers/7?tab=a HTTP/2.0\" 200 512"
                        + " \"https://portal.example.jp/\" \"agent/1.0\"");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00Z"));
        assertThat(event.userId()).isEqualTo("kimura");
        assertThat(event.sourceIp()).isEqualTo("203.0.113.9");
        assertThat(event.action()).isEqualTo(Action.READ);
        assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.urlOriginal()).isEqualTo("/customers/7?tab=a");
        assertThat(event.urlPath()).isEqualTo("/customers/7");
        assertThat(event.urlQuery()).isEqualTo("tab=a");
        assertThat(event.httpMethod()).isEqualTo("GET");
        assertThat(event.httpStatus()).isEqualTo(200);
        assertThat(event.httpBytes()).isEqualTo(512);
        assertThat(event.userAgent()).isEqualTo("agent/1.0");
        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.records()).isEqualTo(1);
        assertThat(event.dataCategories()).isEqualTo(List.of("contact"));
        assertThat(event.hostName()).isEqualTo("host-1");
        assertThat(event.serviceName()).isEqualTo("portal");
    }

    @Test
    void decodesEscapes() {
        AccessEvent event = event(
                parser,
                "2001:db8::1 - \\xE5\\xB1\\xB1 [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 - \"-\""
                        + " \"\\xE7\\x9B\\xAE\\xE4\\xBB\\x98 \\\"q\\\" \\\\ \\t\\xFF\"");

        assertThat(event.userId()).isEqualTo("山");
        assertThat(event.userAgent()).isEqualTo("目付 \"q\" \\ \t\\xFF");
        assertThat(event.sourceIp()).isEqualTo("2001:db8::1");
        assertThat(event.httpBytes()).isNull();
    }

    @Test
    void keepsARequestThatIsNoHttpAsTheUrl() {
        AccessEvent event = event(
                parser, "198.51.100.4 - - [01/Dec/2026:09:30:00 +0900] \"\\x16\\x03\\x01 x\" 400 150 \"-\" \"-\"");

        assertThat(event.urlOriginal()).isEqualTo("\u0016\u0003\u0001 x");
        assertThat(event.httpMethod()).isNull();
        assertThat(event.userId()).isNull();
        assertThat(event.userAgent()).isNull();
        assertThat(event.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(event.account().value()).isEqualTo("ip:198.51.100.4");
    }

    @Test
    void knowsThatARefusedRequestShowedNobodysData() {
        AccessEvent event =
                event(parser, "h - eve [01/Dec/2026:09:30:00 +0900] \"GET /customers/7 HTTP/1.1\" 403 1 \"-\" \"-\"");

        assertThat(event.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(event.records()).isZero();
        assertThat(event.sourceIp()).isNull();
        assertThat(event.sourceAddress()).isEqualTo("h");
    }

    @Test
    void readsADownloadOfUnknownSizeAndUsersWithSpacesAndBrackets() {
        AccessEvent event = event(
                parser,
                "h - ka [x] to [01/Dec/2026:09:30:00 +0900] \"GET /export/all.csv HTTP/1.1\" 200 9 \"-\" \"-\"");

        assertThat(event.userId()).isEqualTo("ka [x] to");
        assertThat(event.action()).isEqualTo(Action.DOWNLOAD);
        assertThat(event.records()).isNull();
    }

    /** Which clients choose; so none may hide an access. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x [1", "x [02/Dec/2025:09:30:00 +0900]", "x [02/Dec/2025:09:30:00 +0900] \\x22", "[", "] [1] ["
            })
    void findsTheTimeBehindAUserWithATimeInItsName(String user) {
        AccessEvent event = event(
                parser,
                "h - " + user + " [01/Dec/2026:09:30:00 +0900] \"GET /customers/7 HTTP/1.1\" 200 9 \"-\" \"-\"");

        assertThat(event.userId()).isEqualTo(user.replace("\\x22", "\""));
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00Z"));
        assertThat(event.records()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /export/all.csv, GET, download, crm.customers",
        "get /export/all.csv HTTP/1.1, get, download, crm.customers",
        "GET2 /customers/7 HTTP/1.1, GET2, read, crm.customers",
        "post /customers/7 HTTP/1.1, post, update, crm.customers",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789 /customers/7 HTTP/1.1, ABCDEFGHIJKLMNOPQRSTUVWXYZ-01234, read,"
                + " crm.customers",
        "HEAD /customers/7, , read,",
        "GET /customers/7 x, , read,",
    })
    void readsRequestsHoweverTheirMethodIsSpelledAndWithoutAVersion(
            String request, @Nullable String method, String action, @Nullable String dataset) {
        AccessEvent event = event(parser, "h - u [01/Dec/2026:09:30:00 +0900] \"" + request + "\" 200 9 \"-\" \"-\"");

        assertThat(event.httpMethod()).isEqualTo(method);
        assertThat(event.action()).isEqualTo(Action.ofLabel(action).orElseThrow());
        assertThat(event.dataset()).isEqualTo(dataset);
    }

    /** A redirection hands out exports, and shows nobody; by 304 the client shows again what it has. */
    @ParameterizedTest
    @CsvSource({
        "GET, /customers/7, 200, 1",
        "GET, /customers/7, 304, 1",
        "GET, /customers/7, 302, 0",
        "GET, /customers/7, 307, 0",
        "GET, /api/customers?limit=50, 301, 0",
        "GET, /menu, 302, 0",
        "POST, /customers/7, 303, 1",
        "GET, /export/all.csv, 302, ",
    })
    void countsNobodyWhereTheAnswerOnlySendsElsewhere(
            String method, String path, String status, @Nullable Long people) {
        String line = "h - u [01/Dec/2026:09:30:00 +0900] \"" + method + " " + path + " HTTP/1.1\" " + status
                + " 9 \"-\" \"-\"";

        assertThat(event(parser, line).records()).isEqualTo(people);
    }

    /** What has no content is no download either, whatever a rule for all methods says. */
    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "head"})
    void knowsThatAnAnswerWithoutContentShowedNobodysData(String method) {
        SourceRules rules = new SourceRules(
                "host-1",
                "portal",
                ZoneOffset.UTC,
                AccountRules.keepAll(),
                null,
                List.of(),
                List.of(new UrlRule(TextPattern.parse("/all.csv"), List.of(), "crm", Action.DOWNLOAD, null, null)),
                Map.of());

        assertThat(event(
                        new Combined().parser(rules),
                        "h - u [01/Dec/2026:09:30:00 +0900] \"" + method + " /all.csv HTTP/1.1\" 204 0 \"-\" \"-\""))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm", AccessEvent::dataset)
                .returns(0L, AccessEvent::records);
        assertThat(event(
                        new Combined().parser(Samples.WITHOUT_TABLES),
                        "h - u [01/Dec/2026:09:30:00 +0900] \"" + method + " / HTTP/1.1\" 204 0 \"-\" \"-\""))
                .as("where no rule says what it touches")
                .returns("crm", AccessEvent::dataset)
                .returns(0L, AccessEvent::records);
    }

    /** As nginx answers and logs them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  /customers/7?tab=a HTTP/1.1",
                "GET /customers/7?tab=a   HTTP/1.1",
                "GET /customers/7?tab=a HTTP/1.1  ",
                "GET /customers/7?tab=a ",
                "GET    /customers/7?tab=a  ",
            })
    void hidesNoAccessBehindBlanksInARequest(String request) {
        AccessEvent event = event(parser, "h - u [01/Dec/2026:09:30:00 +0900] \"" + request + "\" 200 9 \"-\" \"-\"");

        assertThat(event)
                .returns("GET", AccessEvent::httpMethod)
                .returns("/customers/7?tab=a", AccessEvent::urlOriginal)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(1L, AccessEvent::records);
    }

    /** As Debian's other_vhosts_access.log: its first word would pass for the address, and "- mori" for the account. */
    @Test
    void saysHowToReadLinesThatBeginWithTheHostsName() {
        for (String address : List.of("203.0.113.9", "2001:db8::9")) {
            String line = "portal.example:443 " + address
                    + " - mori [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"";

            String reason = rejection(parser, line);
            String template = reason.substring(reason.indexOf("template: "));

            assertThat(event(Samples.parser("type: log-format\nserver: apache\n" + template), line))
                    .returns("mori", AccessEvent::userId)
                    .returns(address, AccessEvent::sourceIp);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "h - - 01/Dec/2026:09:30:00 +0900 \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
                "h - - [99/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
                "h - - [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"cut",
                "h - - [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 1",
                "h - - [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" abc 1 \"-\" \"-\"",
                "h - - [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 99999999999999999999 \"-\" \"-\"",
                "h - - [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\" more",
            })
    void rejectsWhatHasNotTheShape(String line) {
        assertThat(rejection(parser, line)).startsWith("not a combined log line");
    }
}
