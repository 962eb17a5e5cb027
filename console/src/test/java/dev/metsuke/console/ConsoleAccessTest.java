package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.metsuke.console.access.ConsoleUser;
import dev.metsuke.console.access.Network;
import dev.metsuke.console.access.PasswordHash;
import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.access.SessionSettings;
import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.scim.ScimSettings;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who gets in, where neither Kafka nor Elasticsearch is there. */
class ConsoleAccessTest {

    /** Of "secret", by as few iterations as may be: some fifty are made and tried here. */
    private static final PasswordHash SECRET = PasswordHash.parse(
            "pbkdf2-sha256$100000$Y29uc29sZSBpbiB0ZXN0cw==$SoYu27Z93bcvfFBSmsrMwkXEW8aKrkb3Nst96E42KGc=");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void sendsStrictHeadersWithEveryAnswer() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));

        for (String path : List.of("/alerts", "/api/me", "/nothing/here", "/live")) {
            HttpResponse<String> answer = browser.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        }
        assertThat(browser.get("/nothing/here").statusCode()).isEqualTo(404);
        assertThat(browser.get("/assets/../../console.css").statusCode()).isNotEqualTo(200);
    }

    @Test
    void refusesForeignHostsAndOrigins() throws Exception {
        Console console = start(ConsoleSettings.onPort(0));
        Browser browser = browser(console);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        String own = console.address().toString();

        assertThat(browser.get("/api/alerts", "Host", "evil.example").statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/api/account-status", body, "Origin", "http://evil.example", RequestGuard.HEADER, "1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/api/account-status", body, "Origin", own).statusCode())
                .isEqualTo(403);
        HttpResponse<String> let = browser.post("/api/account-status", body, "Origin", own, RequestGuard.HEADER, "1");
        assertThat(let.statusCode()).isEqualTo(422);
        assertThat(let.body()).contains("account", "status", "effective_at");
    }

    @Test
    void refusesWhatItWouldNotReadAndTriesWhatIsToBeTried() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));
        String status = "{\"account\": \"sato\", \"status\": \"retired\", \"effective_at\": \"2026-03-31\"";

        for (String trial : List.of("?dry_run=true", "")) {
            HttpResponse<String> tried = post(
                    browser, "/api/account-status" + trial, status + (trial.isEmpty() ? ", \"dry_run\": true}" : "}"));
            assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
            assertThat(tried.body()).contains("\"published\":false");
        }
        assertThat(post(browser, "/api/account-status?dryrun=true", status + "}")
                        .body())
                .contains("dryrun: is not known here; known are dry_run");
        for (String path : List.of("/api/account-status/csv", "/api/directory/csv", "/api/export-approvals/csv")) {
            HttpResponse<String> misspelt = post(browser, path + "?dry-run=true", "account\nsato\n");
            assertThat(misspelt.statusCode()).as(misspelt.body()).isEqualTo(422);
            assertThat(misspelt.body()).contains("dry-run", "is not known here; known are dry_run");
            for (String unclear : List.of("", "1", "TRUE")) {
                HttpResponse<String> refused = post(browser, path + "?dry_run=" + unclear, "account\nsato\n");
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
                assertThat(refused.body()).contains("\"is “" + unclear + "”; it can be true, false\"");
            }
        }
        assertThat(post(browser, "/api/account-status?dry_run=false&dry_run=true", status + "}")
                        .body())
                .contains("dry_run: is given more than once; give it once", "\"published\":false");
        for (String path : List.of("/api/search", "/api/alerts", "/api/account-status", "/api/export-approvals")) {
            HttpResponse<String> twice = browser.get(path + "?account=sato&account=kato");
            assertThat(twice.statusCode()).as(twice.body()).isEqualTo(400);
            assertThat(twice.body()).contains("account: is given more than once; give it once");
        }
        assertThat(post(browser, "/api/account-status?dry_run=yes", status + "}")
                        .body())
                .contains("dry_run: is “yes”; it can be true, false", "\"published\":false");
        assertThat(post(browser, "/api/account-status/csv?zone=Tokyo", "account\n")
                        .body())
                .contains("zone: is “Tokyo”; it must be a zone such as");
        for (String path : List.of("/api/search", "/api/alerts", "/api/account-status")) {
            HttpResponse<String> misspelt = browser.get(path + "?acount=sato");
            assertThat(misspelt.statusCode()).as(misspelt.body()).isEqualTo(400);
            assertThat(misspelt.body()).contains("acount: is not known here; known are ");
        }
        for (String path : List.of("/api/search", "/api/alerts")) {
            // A no-break space and a zero-width one, as names have them that come from web pages.
            HttpResponse<String> pasted = browser.get(path + "?account=sato%C2%A0&limit=%C2%A07%E2%80%8B");
            assertThat(pasted.statusCode()).as(pasted.body()).isNotEqualTo(400);
        }
        for (String path : List.of("/api/search", "/api/alerts")) {
            HttpResponse<String> backwards = browser.get(path + "?from=2026-03-02&to=2026-03-01");
            assertThat(backwards.statusCode()).as(backwards.body()).isEqualTo(400);
            assertThat(backwards.body()).contains("to: is 2026-03-01, which is not behind from");
            HttpResponse<String> noDay = browser.get(path + "?from=2026-02-31&zone=Tokyo");
            assertThat(noDay.statusCode()).as(noDay.body()).isEqualTo(400);
            assertThat(noDay.body())
                    .contains("is “2026-02-31”; there is no such day", "zone: is “Tokyo”; it must be a zone such as");
        }
        assertThat(browser.get("/api/alerts?severity=severe&state=opened").body())
                .contains("is “severe”; it can be low, medium, high, critical", "state: is “opened”");
        assertThat(post(browser, "/api/account-status", status + ", \"departement\": \"x\"}")
                        .body())
                .contains("departement: is not known here");
        HttpResponse<String> twoAccounts = post(browser, "/api/account-status", status + ", \"account\": \"tanaka\"}");
        assertThat(twoAccounts.statusCode()).isEqualTo(400);
        assertThat(twoAccounts.body()).contains("account");
        HttpResponse<String> triage =
                post(browser, "/api/alerts/0123/triage?dry_run=true", "{\"action\": \"acknowledge\"}");
        assertThat(triage.statusCode()).isEqualTo(422);
        assertThat(triage.body()).contains("dry_run: is not known here");
        HttpResponse<String> several =
                post(browser, "/api/alerts/triage", "{\"action\": \"resolve\", \"alerts\": [{}]}");
        assertThat(several.statusCode()).as(several.body()).isEqualTo(422);
        assertThat(several.body()).contains("alerts[0].id", "resolution", "comment");
        HttpResponse<String> gone =
                post(browser, "/api/alerts/triage", "{\"action\": \"acknowledge\", \"alerts\": [{\"id\": \"0123\"}]}");
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(200);
        assertThat(gone.body()).contains("\"done\":false", "the archive cannot be asked");
    }

    @Test
    void browsersLogInByAPageAndProgramsByEachRequest() throws Exception {
        Browser browser = browser(start(with(user("taro", Role.OFFICER))));

        HttpResponse<String> opened = browser.get("/alerts?account=sato&from=", "Accept", "text/html,*/*;q=0.8");
        assertThat(opened.statusCode()).isEqualTo(302);
        assertThat(opened.headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/log-in?to=%2Falerts%3Faccount%3Dsato%26from%3D");
        assertThat(browser.get("/log-in", "Accept", "text/html").body()).contains("<title>Log in · Metsuke</title>");
        assertThat(browser.get("/assets/log-in.js").statusCode()).isEqualTo(200);
        for (String[] page : new String[][] {
            {RequestGuard.HEADER, "page"}, {"Sec-Fetch-Site", "same-origin"}, {"Accept", "text/event-stream"}
        }) {
            HttpResponse<String> refused = browser.get("/api/alerts/live", page);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .get()
                    .asString()
                    .startsWith("Cookie ");
        }
        assertThat(browser.get("/api/alerts").headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .startsWith("Basic ");
        assertThat(browser(start(ConsoleSettings.onPort(0))).get("/log-in").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSessionBeginsWithThePasswordAndEndsWithTheLogOut() throws Exception {
        Browser browser = browser(start(with(user("taro", Role.OFFICER))));
        byte[] right = "{\"name\": \"taro\", \"password\": \"secret\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(browser.post("/api/log-in", right).statusCode()).isEqualTo(403);
        assertThat(browser.post("/api/log-in", right, RequestGuard.HEADER, "1", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> wrong = post(browser, "/api/log-in", "{\"name\": \"taro\", \"password\": \"Secret\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("do not belong together");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(post(browser, "/api/log-in", "{\"name\": \"taro\"}").body()).contains("password");
        assertThat(post(browser, "/api/log-in", "{\"name\": \"taro\", \"password\": \"secret\", \"role\": \"hr\"}")
                        .body())
                .contains("is not known here");

        HttpResponse<String> in = browser.post("/api/log-in", right, RequestGuard.HEADER, "1");
        assertThat(in.headers().firstValue("Set-Cookie"))
                .get()
                .asString()
                .startsWith("metsuke-session=")
                .contains("; Path=/; HttpOnly; SameSite=Lax")
                .doesNotContain("Secure", "Max-Age", "Domain");
        String[] session = {"Cookie", cookie(in)};
        HttpResponse<String> me = browser.get("/api/me", session);
        assertThat(me.body()).contains("\"name\":\"taro\"", "\"until\":\"20");
        assertThat(browser.get("/api/me", "Authorization", login("taro", "secret"))
                        .body())
                .contains("\"until\":null");
        assertThat(browser.get("/api/alerts", session).statusCode()).isEqualTo(200);
        assertThat(browser.get("/api/me", "Cookie", session[1] + "x").statusCode())
                .isEqualTo(401);
        assertThat(browser.post("/api/log-out", new byte[0], session).statusCode())
                .isEqualTo(403);

        HttpResponse<String> out =
                browser.post("/api/log-out", new byte[0], "Cookie", session[1], RequestGuard.HEADER, "1");
        assertThat(out.headers().firstValue("Set-Cookie"))
                .get()
                .asString()
                .startsWith("metsuke-session=; ")
                .endsWith("; Max-Age=0");
        assertThat(browser.get("/api/me", session).statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionUnderTlsStaysThere() throws Exception {
        Browser browser = browser(start(settings(
                URI.create("https://metsuke.example.jp"),
                List.of(),
                PageLanguage.AUTO,
                SessionSettings.DEFAULTS,
                user("taro", Role.OFFICER))));

        HttpResponse<String> in = browser.post(
                "/api/log-in",
                "{\"name\": \"taro\", \"password\": \"secret\"}".getBytes(StandardCharsets.UTF_8),
                "Host",
                "metsuke.example.jp",
                "Origin",
                "https://metsuke.example.jp",
                RequestGuard.HEADER,
                "1");

        assertThat(in.headers().firstValue("Set-Cookie")).get().asString().endsWith("; Secure");
    }

    @Test
    void whoListensIsAskedAgainWhenTheirSessionIsOver() throws Exception {
        Browser browser = browser(start(settings(
                null,
                List.of(),
                PageLanguage.AUTO,
                new SessionSettings(Duration.ofSeconds(3), null),
                user("taro", Role.OFFICER))));
        String cookie = cookie(post(browser, "/api/log-in", "{\"name\": \"taro\", \"password\": \"secret\"}"));

        HttpResponse<InputStream> stream = browser.stream("/api/alerts/live", "Cookie", cookie);

        assertThat(stream.statusCode()).isEqualTo(200);
        try (InputStream told = stream.body()) {
            assertThat(new String(told.readAllBytes(), StandardCharsets.UTF_8)).contains("event: hello");
        }
        assertThat(browser.get("/api/me", "Cookie", cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void guessesAreCountedOnThePageToo() throws Exception {
        Browser browser = browser(start(with(user("taro", Role.OFFICER))));
        HttpResponse<String> guess = post(browser, "/api/log-in", "{\"name\": \"taro\", \"password\": \"guess\"}");
        for (int i = 0; i < 10; i++) {
            assertThat(guess.statusCode()).isEqualTo(401);
            guess = post(browser, "/api/log-in", "{\"name\": \"taro\", \"password\": \"guess" + i + "\"}");
        }

        assertThat(guess.statusCode()).isEqualTo(429);
        assertThat(guess.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void letsEachRoleDoItsOwnOnly() throws Exception {
        Console console = start(with(user("hanako", Role.HR), user("taro", Role.OFFICER), user("ops", Role.OPERATOR)));
        Browser browser = browser(console);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> stranger = browser.get("/alerts");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(browser.get("/api/alerts", "Authorization", login("taro", "wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/api/alerts", "Authorization", login("taro", "secret"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.get("/api/alerts", "Authorization", login("hanako", "secret"))
                        .body())
                .contains("it takes the role auditor or officer");
        assertThat(browser.get("/api/alerts/live", "Authorization", login("hanako", "secret"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/api/search", "Authorization", login("hanako", "secret"))
                        .statusCode())
                .isEqualTo(403);
        for (String user : List.of("taro", "ops")) {
            assertThat(browser.get("/api/directory", "Authorization", login(user, "secret"))
                            .body())
                    .contains("it takes the role hr");
        }
        assertThat(browser.post(
                                "/api/account-status",
                                body,
                                RequestGuard.HEADER,
                                "1",
                                "Authorization",
                                login("taro", "secret"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post(
                                "/api/alerts/triage",
                                body,
                                RequestGuard.HEADER,
                                "1",
                                "Authorization",
                                login("hanako", "secret"))
                        .body())
                .contains("it takes the role officer");
        assertThat(browser.get("/metrics", "Authorization", login("taro", "secret"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/metrics", "Authorization", login("ops", "secret"))
                        .body())
                .contains(
                        "metsuke_console_requests_seconds_count", "metsuke_console_streams", "metsuke_console_reports");
        assertThat(browser.get("/live").statusCode()).isEqualTo(200);
    }

    /** Providers know no header of ours, and send a token; a page of another site has neither. */
    @Test
    void letsAnIdentityProviderSpeakAsItDoes() throws Exception {
        Browser browser = browser(start(with(user("entra", Role.PROVISIONING), user("hanako", Role.HR))));
        String token = login("entra", "secret").replace("Basic ", "Bearer ");
        byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> told = browser.get("/scim/v2/ServiceProviderConfig", "Authorization", token);
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.headers().firstValue("Content-Type").orElse("")).startsWith("application/scim+json");
        assertThat(browser.get("/scim/v2/Schemas", "Authorization", login("entra", "secret"))
                        .body())
                .contains("employeeNumber");
        HttpResponse<String> refused = browser.post("/scim/v2/Users", nothing, "Authorization", token);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("userName is missing", "invalidValue");
        assertThat(browser.post("/scim/v2/Users", nothing, "Authorization", token, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/scim/v2/Users", nothing, "Authorization", token, "Origin", "https://example.com")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/api/account-status", nothing, "Authorization", token)
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/scim/v2/Users", "Authorization", login("hanako", "secret"))
                        .body())
                .contains("it takes the role provisioning");
        assertThat(browser.get("/api/directory", "Authorization", token).statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/scim/v2/Users", nothing).statusCode()).isEqualTo(403);
        assertThat(browser.get("/scim/v2/Users", "Authorization", "Bearer nonsense")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void letsOfficersApproveExportsAndAuditorsReadWhatTheyApproved() throws Exception {
        Browser browser =
                browser(start(with(user("hanako", Role.HR), user("taro", Role.OFFICER), user("aki", Role.AUDITOR))));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        // Of a state that there is not, so that nobody waits for Kafka.
        for (String path : List.of("/approvals", "/api/export-approvals?state=open")) {
            assertThat(browser.get(path, "Authorization", login("hanako", "secret"))
                            .body())
                    .contains("hanako may not do this; it takes the role auditor or officer");
            for (String reader : List.of("taro", "aki")) {
                HttpResponse<String> read = browser.get(path, "Authorization", login(reader, "secret"));
                assertThat(read.statusCode()).as(read.body()).isIn(200, 400);
            }
        }
        for (String path : List.of("/api/export-approvals", "/api/export-approvals/csv")) {
            for (String other : List.of("hanako", "aki")) {
                HttpResponse<String> refused =
                        browser.post(path, body, RequestGuard.HEADER, "1", "Authorization", login(other, "secret"));
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.body()).contains(other + " may not do this; it takes the role officer");
            }
            HttpResponse<String> wrong =
                    browser.post(path, body, RequestGuard.HEADER, "1", "Authorization", login("taro", "secret"));
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body()).contains("nothing was published", "\"field\":\"max_records\"");
        }
        HttpResponse<String> japanese = browser.post(
                "/api/export-approvals",
                "{\"max_records\": 0, \"zone\": \"Tokyo\"}".getBytes(StandardCharsets.UTF_8),
                RequestGuard.HEADER,
                "1",
                "Authorization",
                login("taro", "secret"),
                "Accept-Language",
                "ja");
        assertThat(japanese.body())
                .contains("6件の誤りがあるため、何も登録されていません。", "「Tokyo」というタイムゾーンはありません。")
                .contains("\"field\":\"account\",\"name\":\"アカウント\",\"message\":\"入力されていません。\"");
        String[] officer = {"Authorization", login("taro", "secret")};
        assertThat(browser.get("/api/export-approvals?state=open", officer).body())
                .contains("it can be current, upcoming, past, taken-back");
        assertThat(browser.get("/api/export-approvals?acount=x", officer).statusCode())
                .isEqualTo(400);
        assertThat(browser.get("/api/export-approvals?after=x", officer).body())
                .contains("after is not what an earlier page gave as next");
    }

    @Test
    void letsOfficersAndAuditorsReadThePolicy() throws Exception {
        Browser browser =
                browser(start(with(user("hanako", Role.HR), user("taro", Role.OFFICER), user("aki", Role.AUDITOR))));

        // With a parameter that there is not, so that nobody waits for Kafka.
        for (String path : List.of("/policy", "/api/policy?vresion=1")) {
            assertThat(browser.get(path, "Authorization", login("hanako", "secret"))
                            .body())
                    .contains("hanako may not do this; it takes the role auditor or officer");
            for (String reader : List.of("taro", "aki")) {
                assertThat(browser.get(path, "Authorization", login(reader, "secret"))
                                .statusCode())
                        .isEqualTo(path.startsWith("/api") ? 400 : 200);
            }
        }
        assertThat(browser.get("/api/policies", "Authorization", login("hanako", "secret"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void explainsToBrowsersOnAPageWhatItExplainsToProgramsInJson() throws Exception {
        Console console = start(with(user("<b>hanako", Role.HR)));
        Browser browser = browser(console);
        String[] page = {"Accept", "text/html,*/*;q=0.8", "Authorization", login("<b>hanako", "secret")};
        String own = console.address().toString();

        HttpResponse<String> unknown = browser.get("/no/such&other", page);
        HttpResponse<String> forbidden = browser.get("/alerts", page);
        HttpResponse<String> tooLarge = browser.post(
                "/api/account-status/csv",
                new byte[CsvTable.MOST_BYTES + 1],
                "Accept",
                "text/html",
                "Authorization",
                login("<b>hanako", "secret"),
                "Origin",
                own,
                RequestGuard.HEADER,
                "1");
        HttpResponse<String> program = browser.get("/no/such", "Authorization", login("<b>hanako", "secret"));

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html;"));
        assertThat(unknown.body())
                .contains(
                        "<nav",
                        "<h1>There is nothing here</h1>",
                        "there is nothing at /no/such&amp;other.",
                        "href=\"/\"");
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.body())
                .contains("<nav", "&lt;b&gt;hanako may not do this; it takes the role auditor or officer.");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("<nav", "this is larger than the 20 MiB that are taken.");
        assertThat(program.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json;"));
        assertThat(program.body()).isEqualTo("{\"error\":\"there is nothing at /no/such\"}");
    }

    @Test
    void speaksThePagesLanguageThatTheBrowserAsksFor() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));
        HttpResponse<String> english = browser.get("/report", "Accept-Language", "de-CH, en;q=0.5");
        HttpResponse<String> japanese = browser.get(
                "/report",
                "Accept-Language",
                "ja-JP,ja;q=0.9,en-US;q=0.8",
                "If-None-Match",
                english.headers().firstValue("ETag").orElseThrow());

        assertThat(english.body()).contains("<html lang=\"en\"", ">Report a status<", "/assets/texts.en.json");
        assertThat(japanese.statusCode()).isEqualTo(200);
        assertThat(japanese.body())
                .contains("<html lang=\"ja\"", ">退職・異動等の報告<", "/assets/texts.ja.json")
                .doesNotContain("{{");
        for (HttpResponse<String> page : List.of(english, japanese)) {
            assertThat(page.headers().firstValue("Vary")).contains("Sec-Fetch-Site, Accept-Language");
        }
        assertThat(japanese.headers().firstValue("Content-Language")).contains("ja");
        assertThat(browser.get("/report", "Accept-Language", "%%, ja;q=x").body())
                .as("of a header that says nothing")
                .isEqualTo(english.body());
        assertThat(browser.get(
                                "/report",
                                "Accept-Language",
                                "ja",
                                "If-None-Match",
                                japanese.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
        assertThat(browser.get("/assets/texts.ja.json").body()).contains("\"status.retired\":\"退職\"");
        assertThat(browser.get("/alerts", "Accept-Language", "ja").body())
                .contains("<html lang=\"ja\"", "<option value=\"critical\">緊急</option>")
                .doesNotContain("{{");
        assertThat(browser.get("/search", "Accept-Language", "ja").body())
                .contains("<html lang=\"ja\"", ">アーカイブの検索</h1>")
                .doesNotContain("{{");
    }

    @Test
    void speaksThePagesLanguageThatIsSetToEverybody() throws Exception {
        Browser browser = browser(start(settings(null, List.of(), PageLanguage.JA, SessionSettings.DEFAULTS)));

        HttpResponse<String> page = browser.get("/report", "Accept-Language", "en");
        assertThat(page.body()).contains("<html lang=\"ja\"");
        assertThat(page.headers().firstValue("Vary")).contains("Sec-Fetch-Site");
        assertThat(browser.get("/no/such", "Accept", "text/html").body())
                .contains("<html lang=\"ja\"", "<h1>ページがありません</h1>", "/no/suchには何もありません。<", "コンソールに戻る");
        assertThat(browser.get("/no/such").body()).isEqualTo("{\"error\":\"there is nothing at /no/such\"}");
        assertThat(browser.get("/api/alerts/gone", "Accept", "text/html").body())
                .contains(
                        "<html lang=\"ja\"",
                        "このアラートは最近のものではなく、アーカイブにも照会できません。Elasticsearch（http://127.0.0.1:1）に接続できません");
    }

    @Test
    void saysWhatIsWrongInTheLanguageThatIsAskedFor() throws Exception {
        Browser browser = browser(start(with(user("hanako", Role.HR))));
        String body = "アカウント,状態,発効日\nsato,退職,2026-02-31\n,退色,2026-03-31\n";
        String[] headers = {
            RequestGuard.HEADER, "1", "Authorization", login("hanako", "secret"), "Accept-Language", "ja-JP"
        };

        HttpResponse<String> refused =
                browser.post("/api/account-status/csv", body.getBytes(StandardCharsets.UTF_8), headers);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "\"line\":2,\"field\":\"effective_at\",\"name\":\"発効日\",\"message\":\"「2026-02-31」という日はありません。\"",
                        "「退色」は指定できません。退職、異動、休職、契約終了、復職、取消のいずれかを指定してください。",
                        "\"error\":\"1件も報告されていません。2行目の発効日：「2026-02-31」という日はありません。（ほか2件）\"");
        assertThat(browser.get("/alerts", "Accept-Language", "ja", "Authorization", login("hanako", "secret"))
                        .body())
                .contains("hanakoにはこの操作が許可されていません。監査（auditor）またはセキュリティ担当（officer）のロールが必要です。");
    }

    @Test
    void saysInTheLanguageThatIsAskedForWhatAnOfficersPageIsTold() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));
        String[] headers = {RequestGuard.HEADER, "1", "Accept-Language", "ja"};

        assertThat(browser.get("/api/alerts?severity=severe&limit=0&from=2026-03-02&to=2026-03-01", headers)
                        .body())
                .contains(
                        "\"name\":\"重要度\",\"message\":\"「severe」は指定できません。low, medium, high, criticalのいずれかを指定してください。\"",
                        "「0」は指定できません。1から500までの数を指定してください。",
                        "\"name\":\"終了日\",\"message\":\"「2026-03-01」は開始日より後ではないため、該当する期間がありません。\"");
        HttpResponse<String> refused = browser.post(
                "/api/alerts/gone/triage", "{\"action\": \"resolve\"}".getBytes(StandardCharsets.UTF_8), headers);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "\"error\":\"何も実行されていません。判定：入力されていません。問題あり（confirmed）、許可済み（authorised）、誤検知（false-positive）のいずれかを指定してください。\"",
                        "\"name\":\"コメント\",\"message\":\"理由を入力してください。\"");
        assertThat(browser.get("/api/alerts", headers).body())
                .contains("\"feed_running\":false", "\"archive_away\":\"Elasticsearch（http://127.0.0.1:1）に接続できません");
    }

    @Test
    void saysInJapaneseWhatIsWrongWithFilesOfTheDirectoryAndOfApprovals() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));

        assertThat(postInJapanese(browser, "/api/directory/csv", "アカウント,氏名\nsato,佐藤\nsato,加藤\n"))
                .contains(
                        "\"error\":\"1件の誤りがあるため、何も登録されていません。\"",
                        "\"line\":3,\"field\":\"account\",\"name\":\"アカウント\",\"message\":\"「sato」の行が2つあり、内容が異なります。"
                                + "1行にまとめ、兼務の場合は部署を1つの名称で書いてください。\"");
        assertThat(postInJapanese(browser, "/api/export-approvals/csv", """
            アカウント,データセット,開始日,終了日,最大件数,申請番号,承認日,承認番号
            sato,crm,2026-08-02,2026-08-01,多数,S-1,2099-01-01,
            sato,crm,2026-01-01,2026-08-01,10,S-2,,
            sato,crm,2026-08-01,2026-08-02,0,S-3,,
            sato,crm,2026-08-01,2026-08-02,10,S-4,,A
            sato,crm,2026-08-01,2026-08-02,20,S-4,,A
            """))
                .contains(
                        "「多数」は件数として読み取れません。データを持ち出せる人数の上限を、200 のように",
                        "\"name\":\"承認日\",\"message\":\"「2099-01-01」は未来の日時です。\"",
                        "\"name\":\"終了日\",\"message\":\"開始日より後を指定してください。\"",
                        "1件の承認は最長31日です。",
                        "\"name\":\"最大件数\",\"message\":\"0は承認の取り消しを表します。取り消す承認を承認番号で",
                        "5行目に、同じ承認について異なる内容があります。")
                .doesNotContainPattern("\\b(is|of|at|the|not)\\b");
    }

    private static String postInJapanese(Browser browser, String path, String file)
            throws IOException, InterruptedException {
        return browser.post(
                        path, file.getBytes(StandardCharsets.UTF_8), RequestGuard.HEADER, "1", "Accept-Language", "ja")
                .body();
    }

    @Test
    void saysInJapaneseWhatIsWrongWithASearch() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));

        assertThat(browser.get("/api/search?from=2026-03-02&to=2026-03-01&zone=Tokyo&limit=0", "Accept-Language", "ja")
                        .body())
                .contains(
                        "\"error\":\"タイムゾーン：「Tokyo」というタイムゾーンはありません。",
                        "\"name\":\"終了日\",\"message\":\"「2026-03-01」は開始日より後ではないため、該当する期間がありません。\"",
                        "\"name\":\"件数\",\"message\":\"「0」は指定できません。1から1000までの数を指定してください。\"");
        assertThat(browser.get("/api/search?q=" + "x".repeat(4_001), "Accept-Language", "ja")
                        .body())
                .isEqualTo("{\"error\":\"検索式が4,001文字あります。4,000文字以内にしてください。\"}");
        assertThat(browser.get("/api/search?q=x", "Accept-Language", "ja").body())
                .contains("Elasticsearch（http://127.0.0.1:1）に接続できません（", "）。elasticsearch.url を確認してください。");
        assertThat(browser.get("/search", "Accept-Language", "ja").body())
                .contains("<html lang=\"ja\"", ">検索式 <input", ">検索</button>")
                .doesNotContain("{{");
    }

    @Test
    void leadsWhomNoPageIsForNowhere() throws Exception {
        Browser browser = browser(start(with(user("ops", Role.OPERATOR), user("hanako", Role.HR))));
        String[] ops = {"Accept", "text/html", "Authorization", login("ops", "secret")};

        for (String page : List.of("/", "/alerts", "/report", "/directory", "/no/such")) {
            HttpResponse<String> refused = browser.get(page, ops);
            assertThat(refused.statusCode()).as(page).isIn(403, 404);
            assertThat(refused.body()).as(page).contains("<h1>").doesNotContain("Back to the console", "{{");
        }
        assertThat(browser.get("/", ops).body()).contains("no page here is for ops.");
        assertThat(browser.get("/alerts", "Accept", "text/html", "Authorization", login("hanako", "secret"))
                        .body())
                .contains("Back to the console");
    }

    @Test
    void showsNoPageOfTheMenuBeforeItIsKnownWhoAsks() throws Exception {
        String page = browser(start(ConsoleSettings.onPort(0))).get("/alerts").body();

        assertThat(page.split("<a href=\"/(alerts|approvals|policy|report|directory|search)\"[^>]* hidden>", -1))
                .hasSize(7);
        assertThat(page.split("<h1", -1)).hasSize(2);
    }

    @Test
    void sendsAwayWhoGuessesWithoutAskingForAPassword() throws Exception {
        Browser browser = browser(start(with(user("taro", Role.OFFICER))));
        browser.get("/api/me", "Authorization", login("taro", "secret"));

        HttpResponse<String> guess = browser.get("/api/me", "Authorization", login("taro", "guess"));
        for (int i = 0; guess.statusCode() == 401 && i < 20; i++) {
            guess = browser.get("/api/me", "Authorization", login("taro", "guess" + i));
        }

        assertThat(guess.statusCode()).isEqualTo(429);
        assertThat(guess.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(guess.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(browser.get("/alerts", "Accept", "text/html", "Authorization", login("taro", "guess"))
                        .body())
                .contains("<h1>Not now</h1>", "too many log-ins from your address failed; try again in");
        assertThat(browser.get("/api/me", "Authorization", login("taro", "secret"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsGuessesByTheAddressThatAProxyTells() throws Exception {
        ConsoleUser taro = user("taro", Role.OFFICER);
        Browser proxied = browser(start(behind(List.of(Network.parse("127.0.0.1")), taro)));
        Browser direct = browser(start(with(taro)));
        for (int i = 0; i < 10; i++) {
            assertThat(guess(proxied, "198.51.100.7", i)).isEqualTo(401);
            assertThat(guess(direct, "198.51.100.7", i)).isEqualTo(401);
        }

        assertThat(guess(proxied, "198.51.100.7", 10)).isEqualTo(429);
        assertThat(guess(proxied, "198.51.100.8", 10)).isEqualTo(401);
        assertThat(guess(direct, "198.51.100.8", 10)).isEqualTo(429);
    }

    private static int guess(Browser browser, String from, int number) throws IOException, InterruptedException {
        return browser.get("/api/me", "X-Forwarded-For", from, "Authorization", login("taro", "guess" + number))
                .statusCode();
    }

    @Test
    void saysWhatIsAwayAndStaysUp() throws Exception {
        Console console = start(ConsoleSettings.onPort(0));
        Browser browser = browser(console);

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> console.condition() instanceof Condition.Waiting);
        assertThat(browser.get("/ready").statusCode()).isEqualTo(503);
        assertThat(browser.get("/ready").body()).contains("console waiting: Kafka at 127.0.0.1:1");
        assertThat(browser.get("/api/alerts").body()).contains("\"alerts\":[]", "Elasticsearch at http://127.0.0.1:1");
        assertThat(browser.get("/api/alerts").body()).contains("\"newest\":0");
        assertThat(browser.get("/api/search?q=x").statusCode()).isEqualTo(503);
        assertThat(browser.get("/api/search?q=x", "Accept", "text/html").body())
                .contains("<h1>This cannot be shown now</h1>", "Elasticsearch at http://127.0.0.1:1");
        assertThat(browser.get("/ready", "Accept", "text/html").body())
                .startsWith(browser.get("/ready").body());
    }

    @Test
    void oneUserCannotKeepOthersFromListening() throws Exception {
        Browser browser = browser(start(with(user("abe", Role.AUDITOR), user("mori", Role.OFFICER))));
        List<HttpResponse<InputStream>> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            streams.add(browser.stream("/api/alerts/live", "Authorization", login("abe", "secret")));
            // It is one of them once it hears something.
            assertThat(greeting(streams.getLast())).isEqualTo("event: hello");
        }

        HttpResponse<InputStream> more = browser.stream("/api/alerts/live", "Authorization", login("abe", "secret"));
        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(new String(more.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("abe listens for alerts in 20 places already");
        HttpResponse<InputStream> other = browser.stream("/api/alerts/live", "Authorization", login("mori", "secret"));
        assertThat(greeting(other)).isEqualTo("event: hello");
    }

    private static String greeting(HttpResponse<InputStream> stream) throws IOException {
        assertThat(stream.statusCode()).isEqualTo(200);
        return new String(stream.body().readNBytes("event: hello".length()), StandardCharsets.UTF_8);
    }

    @Test
    void aPageKnowsWhetherAnotherSiteLedToIt() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));
        String mark = "data-arrival=\"foreign\"";

        HttpResponse<String> own = browser.get("/search?q=x", "Sec-Fetch-Site", "none");
        HttpResponse<String> foreign = browser.get(
                "/search?q=x",
                "Sec-Fetch-Site",
                "cross-site",
                "If-None-Match",
                own.headers().firstValue("ETag").orElseThrow());

        assertThat(own.body()).doesNotContain(mark);
        assertThat(browser.get("/search?q=x", "Sec-Fetch-Site", "same-origin").body())
                .isEqualTo(own.body());
        assertThat(foreign.statusCode()).isEqualTo(200);
        assertThat(foreign.body()).contains(mark);
        assertThat(foreign.headers().firstValue("Vary")).contains("Sec-Fetch-Site, Accept-Language");
        assertThat(browser.get("/alerts/0123", "Sec-Fetch-Site", "same-site").body())
                .contains(mark);
    }

    @Test
    void readsNothingBeforeAPageIsOpened() throws Exception {
        Browser browser = browser(start(ConsoleSettings.onPort(0)));

        for (String path : List.of("/search?q=x", "/api/search?q=x", "/api/alerts/0123")) {
            for (String header : List.of("Sec-Purpose", "Purpose")) {
                HttpResponse<String> ahead = browser.get(path, header, "prefetch;prerender");
                assertThat(ahead.statusCode()).as(path).isEqualTo(403);
                assertThat(ahead.body()).contains("nothing is read ahead here");
            }
        }
        assertThat(browser.get("/search?q=x").statusCode()).isEqualTo(200);
    }

    @Test
    void answersToHeadAsToGetWithoutABody() throws Exception {
        Browser local = browser(start(ConsoleSettings.onPort(0)));
        for (String path : List.of(
                "/ready", "/live", "/alerts", "/metrics", "/nothing", "/api/search?limit=0", "/api/alerts/live")) {
            HttpResponse<String> head = local.head(path);
            assertThat(head.statusCode()).as(path).isEqualTo(local.get(path).statusCode());
            assertThat(head.body()).isEmpty();
        }
        assertThat(local.head("/ready").statusCode()).isEqualTo(503);
        assertThat(local.head("/alerts").headers().firstValue("ETag")).isPresent();
        assertThat(local.head("/alerts").headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/html");
        assertThat(local.head("/api/alerts/live", "Accept", "text/event-stream").statusCode())
                .isEqualTo(200);

        Browser asked = browser(start(with(user("taro", Role.OFFICER))));
        assertThat(asked.head("/metrics", "Authorization", login("taro", "secret"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(asked.head("/alerts").statusCode()).isEqualTo(401);
    }

    @Test
    void tellsItsFiguresUnderAnyNameWhereTheyTakeAUser() throws Exception {
        Browser local = browser(start(ConsoleSettings.onPort(0)));
        assertThat(local.get("/metrics", "Host", "evil.example").statusCode()).isEqualTo(403);

        Browser asked = browser(start(with(user("ops", Role.OPERATOR))));
        assertThat(asked.get("/metrics", "Host", "console:8080").statusCode()).isEqualTo(401);
        assertThat(asked.get("/metrics", "Host", "console:8080", "Authorization", login("ops", "secret"))
                        .body())
                .contains("metsuke_console_streams");
        assertThat(asked.get("/api/me", "Host", "console:8080", "Authorization", login("ops", "secret"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Console console = console(ConsoleSettings.onPort(taken.getLocalPort()));
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.addAppender(log);
            open.add(() -> root.detachAppender(log));

            assertThatThrownBy(console::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(":" + taken.getLocalPort() + "; set console.port")
                    .cause()
                    .hasMessageContaining(":" + taken.getLocalPort() + "; set console.port");
            assertThat(console.condition()).isInstanceOf(Condition.Failed.class);
            assertThat(List.copyOf(log.list))
                    .noneMatch(event ->
                            event.getThreadName().equals(Thread.currentThread().getName())
                                    && event.getThrowableProxy() != null);
        }
    }

    private static HttpResponse<String> post(Browser browser, String path, String body)
            throws IOException, InterruptedException {
        return browser.post(path, body.getBytes(StandardCharsets.UTF_8), RequestGuard.HEADER, "1");
    }

    /** As a browser gives it back. */
    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static ConsoleSettings with(ConsoleUser... users) {
        return behind(List.of(), users);
    }

    private static ConsoleSettings behind(List<Network> proxies, ConsoleUser... users) {
        return settings(null, proxies, PageLanguage.AUTO, SessionSettings.DEFAULTS, users);
    }

    private static ConsoleSettings settings(
            @Nullable URI publicUrl,
            List<Network> proxies,
            PageLanguage language,
            SessionSettings sessions,
            ConsoleUser... users) {
        return new ConsoleSettings(
                "127.0.0.1",
                0,
                publicUrl,
                proxies,
                null,
                null,
                language,
                List.of(users),
                sessions,
                100,
                Duration.ofMillis(500),
                ReadingSettings.UNCHAINED,
                ScimSettings.DEFAULTS);
    }

    private static ConsoleUser user(String name, Role role) {
        return new ConsoleUser(name, SECRET, List.of(role));
    }

    private static String login(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Console start(ConsoleSettings settings) throws IOException {
        Console console = console(settings);
        console.start();
        return console;
    }

    private Console console(ConsoleSettings settings) throws IOException {
        Metrics metrics = new Metrics();
        open.add(metrics);
        Console console = Consoles.of(
                settings,
                KafkaSettings.of("127.0.0.1:1"),
                ElasticsearchSettings.of(URI.create("http://127.0.0.1:1")),
                metrics);
        open.add(console);
        return console;
    }

    private Browser browser(Console console) {
        Browser browser = new Browser(console.address());
        open.add(browser);
        return browser;
    }
}
