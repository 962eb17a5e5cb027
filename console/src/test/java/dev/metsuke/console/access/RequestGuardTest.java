package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {

    private final RequestGuard loopback = new RequestGuard("127.0.0.1", 8080, null);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"})
    void answersToItsLoopbackNames(String host) {
        assertThat(loopback.refusal("GET", "/", host, null, null, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8080",
                "127.0.0.1",
                "127.0.0.1:8081",
                "localhost.evil.example:8080",
                "10.0.0.1:8080"
            })
    void refusesForeignNames(String host) {
        assertThat(loopback.refusal("GET", "/", host, null, null, false))
                .get()
                .asString()
                .contains(host);
    }

    @Test
    void refusesARequestWithoutAName() {
        assertThat(loopback.refusal("GET", "/", null, null, null, false)).isPresent();
    }

    @Test
    void refusesChangesFromForeignPages() {
        assertThat(loopback.refusal("POST", "/api/triage", "localhost:8080", "http://evil.example", null, true))
                .isPresent();
        assertThat(loopback.refusal("POST", "/api/triage", "localhost:8080", "null", null, true))
                .isPresent();
        assertThat(loopback.refusal("POST", "/api/triage", "localhost:8080", null, "cross-site", true))
                .isPresent();
        assertThat(loopback.refusal("POST", "/api/triage", "localhost:8080", null, "same-site", true))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void refusesReadingsThatForeignPagesAskFor(String site) {
        assertThat(loopback.refusal("GET", "/api/search", "localhost:8080", null, site, false))
                .isPresent();
        assertThat(loopback.refusal("GET", "/alerts", "localhost:8080", null, site, false))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void answersReadingsOfItsOwnPages(String site) {
        assertThat(loopback.refusal("GET", "/api/search", "localhost:8080", null, site, false))
                .isEmpty();
    }

    @Test
    void refusesChangesWithoutItsOwnHeader() {
        assertThat(loopback.refusal(
                        "POST", "/api/triage", "localhost:8080", "http://localhost:8080", "same-origin", false))
                .get()
                .asString()
                .contains(RequestGuard.HEADER);
    }

    @Test
    void letsItsOwnPagesAndToolsChangeThings() {
        assertThat(loopback.refusal(
                        "POST", "/api/triage", "localhost:8080", "http://localhost:8080", "same-origin", true))
                .isEmpty();
        assertThat(loopback.refusal("POST", "/api/triage", "127.0.0.1:8080", null, null, true))
                .isEmpty();
    }

    @Test
    void answersToThePublicNameBehindAProxy() {
        RequestGuard proxied = new RequestGuard("0.0.0.0", 8080, URI.create("https://metsuke.example.jp"));

        assertThat(proxied.refusal("GET", "/", "metsuke.example.jp", null, null, false))
                .isEmpty();
        assertThat(proxied.refusal(
                        "POST", "/api/triage", "metsuke.example.jp:443", "https://metsuke.example.jp", null, true))
                .isEmpty();
        assertThat(proxied.refusal(
                        "POST", "/api/triage", "metsuke.example.jp", "http://metsuke.example.jp", null, true))
                .isPresent();
        assertThat(proxied.refusal("GET", "/", "10.1.2.3:8080", null, null, false))
                .isPresent();
    }
}
