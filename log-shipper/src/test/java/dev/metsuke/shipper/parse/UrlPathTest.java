package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.operations.account.AccountRules;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPathTest {

    @ParameterizedTest
    @CsvSource({
        "/customers/7?a=/b//c, /customers/7",
        "https://portal.example.jp:8443/customers/7?x, /customers/7",
        "HTTP://portal.example.jp, /",
        "http://portal.example.jp?x, /",
        "//customers///7, /customers/7",
        "/a/./b/../../customers/7, /customers/7",
        "/../../customers/7/., /customers/7/",
        "/%63ustomers%2F7, /customers/7",
        "/%2e%2E/customers/7, /customers/7",
        "/100%, /100%",
        "https://example.sharepoint.com/a/C#.docx, /a/C#.docx",
        "/%zz%4, /%zz%4",
        "/%E9%A1%A7%E5%AE%A2/, /顧客/",
        "/, /",
    })
    void isWhatTheServerSees(String url, String path) {
        assertThat(UrlPath.normalised(url)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "host:443", "\\x16\\x03", "GET http://a/b"})
    void isAbsentWhereThereIsNone(String target) {
        assertThat(UrlPath.normalised(target)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/customers/7",
                "//customers/7",
                "/x/../customers/%37",
                "http://portal.example.jp/customers/7",
                "/export/a%0Ab",
                "/customers/7#/../8x",
                "http://portal.example.jp/customers/7#?a",
                "/customers;v=1/7;jsessionid=1",
                "/x/..;/customers/7"
            })
    void noSpellingEvadesARule(String url) {
        AccessEvent event = request(url);

        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.urlOriginal()).isEqualTo(url);
    }

    @Test
    void noSpellingPretendsARule() {
        assertThat(request("/customers/7/../8x").dataset()).isNull();
        assertThat(request("/x#/customers/7").dataset()).isNull();
        assertThat(request("http://portal.example.jp#/customers/7").dataset()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/customers?limit=500&page=2, 500",
        "/api/customers?page=2&limit=0500#x, 500",
        "/api/customers?limit=all, ",
        "/api/customers?limit=-5, ",
        "/api/customers?LIMIT=500, ",
        "/api/customers?limit, ",
        "/api/customers?limit=10&limit=5000&limit=20, 5000",
        "/api/customers?limit=10&limit=all, ",
        "/api/customers?%6Cimit=5%300, 500",
        "/api/customers?limit=0, ",
        "/api/customers?limit=500#&limit=600, 500",
        "/api/customers#?limit=500, ",
        "/api/customers, ",
        "/customers/7?limit=500, 1",
    })
    void countsByTheQueryOnlyWhereARuleSaysSo(String url, Long records) {
        assertThat(request(url).records()).isEqualTo(records);
    }

    @Test
    void takesTheFirstRuleThatMatchesAnyReadingOfAPath() {
        UrlRule customers =
                new UrlRule(TextPattern.parse("/customers/\\d+"), List.of(), "crm.customers", null, 1L, null);
        UrlRule anything = new UrlRule(TextPattern.parse("/.*"), List.of(), null, null, null, null);
        SourceRules rules = new SourceRules(
                "host-1",
                null,
                ZoneOffset.UTC,
                AccountRules.keepAll(),
                null,
                List.of(),
                List.of(customers, anything),
                Map.of());

        assertThat(rules.urlRule("GET", UrlPath.readings("/customers/7;v=1"))).isSameAs(customers);
        assertThat(rules.urlRule("GET", UrlPath.readings("/customers;v=1"))).isSameAs(anything);
    }

    private static AccessEvent request(String url) {
        return Samples.event(
                new Combined().parser(Samples.RULES),
                "203.0.113.9 - kimura [01/Dec/2026:09:30:00 +0900] \"GET " + url + " HTTP/2.0\" 200 512 \"-\" \"-\"");
    }
}
