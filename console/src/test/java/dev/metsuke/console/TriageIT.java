package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.console.access.ConsoleUser;
import dev.metsuke.console.access.PasswordHash;
import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.access.SessionSettings;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.scim.ScimSettings;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.NeedsServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Officers mori and sato, the auditor aki and HR's hanako about alerts, on two consoles of one cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsServers
@ExtendWith(SharedServers.class)
class TriageIT {

    /** Of {@code secret}, with as few iterations as are allowed: there are a dozen log-ins here. */
    static final PasswordHash SECRET = PasswordHash.parse(
            "pbkdf2-sha256$100000$MDEyMzQ1Njc4OWFiY2RlZg==$plwZLotEAEMO707yToj/A2wZs5Moai9JwWz+JsVD+Cc=");

    private final List<AutoCloseable> open = new ArrayList<>();
    private RealServers servers;
    private Browser browser;
    private Browser elsewhere;

    @BeforeAll
    void start(RealServers shared) throws Exception {
        servers = shared;
        browser = browser(console(servers.elasticsearch()));
        elsewhere = browser(console(servers.elasticsearch()));
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void onlyOfficersActAndTheRecordSaysWhoDidWhat() throws Exception {
        Alert alert = raise("t-roles", 12);

        assertThat(post(browser, "hanako", alert, "{\"action\": \"acknowledge\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(browser, "aki", alert, "{\"action\": \"acknowledge\"}").body())
                .contains("aki may not do this; it takes the role officer");
        HttpResponse<String> forged =
                post(browser, "mori", alert, "{\"action\": \"acknowledge\", \"actor\": \"sato\"}");
        assertThat(forged.statusCode()).isEqualTo(422);
        assertThat(forged.body()).contains("actor: is not known here");
        HttpResponse<String> taken =
                post(browser, "mori", alert, "{\"action\": \"acknowledge\", \"comment\": \"電話で確認する\"}");

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(json(get(browser, "aki", path(alert))).text("triage.state")).isEqualTo("acknowledged");
        assertThat(get(browser, "hanako", path(alert)).statusCode()).isEqualTo(403);
        List<ConsumerRecord<String, byte[]>> records = records("t-roles");
        assertThat(records).hasSize(1);
        TriageAction action = TriageAction.fromJson(records.getFirst().value());
        assertThat(action.actor()).isEqualTo("mori");
        assertThat(action.assignee()).isEqualTo("mori");
        assertThat(action.alertId()).isEqualTo(alert.id());
        assertThat(action.comment()).isEqualTo("電話で確認する");
        assertThat(action.seen().events()).isEqualTo(12);
        assertThat(new String(records.getFirst().headers().lastHeader(Header.ID).value(), StandardCharsets.UTF_8))
                .isEqualTo(action.eventId());
    }

    @Test
    void theSameActionTwiceIsOneOnAnyConsole() throws Exception {
        Alert alert = raise("t-twice", 12);
        String body = "{\"action\": \"comment\", \"comment\": \"asked the department\", \"after\": \"\"}";

        List<Thread> clicks = new ArrayList<>();
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        for (Browser one : List.of(browser, elsewhere, browser)) {
            clicks.add(Thread.ofVirtual().start(() -> {
                try {
                    answers.add(post(one, "mori", alert, body).statusCode());
                } catch (IOException | InterruptedException e) {
                    answers.add(-1);
                }
            }));
        }
        for (Thread click : clicks) {
            click.join();
        }

        assertThat(answers).containsExactly(200, 200, 200);
        assertThat(records("t-twice")).hasSize(1);
        assertThat(json(post(elsewhere, "mori", alert, body)).bool("new")).isFalse();
    }

    @Test
    void officersSeeEachOthersActionsAndDoNotOverwriteThem() throws Exception {
        Alert alert = raise("t-two", 12);
        Queue<String> heard = listen(elsewhere, "sato");
        JsonDocument before = json(get(elsewhere, "sato", path(alert)));
        assertThat(before.text("triage.state")).isEqualTo("new");

        post(browser, "mori", alert, "{\"action\": \"assign\", \"assignee\": \"mori\"}");

        await().until(() ->
                heard.stream().anyMatch(line -> line.contains("\"t-two\"") && line.contains("\"assignee\":\"mori\"")));
        HttpResponse<String> late = post(
                elsewhere,
                "sato",
                alert,
                "{\"action\": \"resolve\", \"resolution\": \"confirmed\", \"comment\": \"x\", \"after\": \"\"}");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).text("error")).contains("mori did something about this alert meanwhile (assign)");
        String last = json(late).requiredText("triage.last");
        JsonDocument resolved = json(post(
                elsewhere,
                "sato",
                alert,
                "{\"action\": \"resolve\", \"resolution\": \"confirmed\", \"comment\": \"x\", \"after\": \"" + last
                        + "\"}"));
        assertThat(resolved.text("triage.resolution")).isEqualTo("confirmed");
        assertThat(resolved.objects("history"))
                .extracting(action -> action.text("actor") + " " + action.text("action"))
                .containsExactly("mori assign", "sato resolve");
        await().until(() ->
                "resolved".equals(json(get(browser, "mori", path(alert))).text("triage.state")));
    }

    @Test
    void anAlertThatGrewSinceItWasResolvedIsWorkAgain() throws Exception {
        Alert alert = raise("t-grown", 12);
        assertThat(ids("account=t-grown&triage=new")).containsExactly(alert.id());
        post(
                browser,
                "mori",
                alert,
                "{\"action\": \"resolve\", \"resolution\": \"authorised\", \"comment\": \"CHG-17\", \"events\": 12}");
        assertThat(ids("account=t-grown&triage=new")).isEmpty();
        assertThat(ids("account=t-grown&triage=resolved")).containsExactly(alert.id());
        long untriaged = list("limit=1").requiredInteger("untriaged");

        servers.raise(alert("t-grown", 18));

        await().until(() -> ids("account=t-grown&triage=new").contains(alert.id()));
        JsonDocument grown = list("account=t-grown").objects("alerts").getFirst();
        assertThat(grown.integer("triage.events_since")).isEqualTo(6);
        assertThat(grown.text("triage.resolution")).isEqualTo("authorised");
        assertThat(grown.bool("triage.untriaged")).isTrue();
        assertThat(list("limit=1").requiredInteger("untriaged")).isEqualTo(untriaged + 1);
        // The detector's word stays as it was.
        assertThat(grown.text("alert.metsuke.alert.state")).isEqualTo("open");
    }

    @Test
    void aConsoleThatStartsAnewKnowsAllThoughTheArchiveIsAway() throws Exception {
        Alert alert = raise("t-restart", 12);
        post(browser, "mori", alert, "{\"action\": \"acknowledge\"}");
        post(browser, "mori", alert, "{\"action\": \"comment\", \"comment\": \"waiting for Sales\"}");

        Browser anew = browser(console(ElasticsearchSettings.of(URI.create("http://127.0.0.1:1"))));

        JsonDocument found = json(get(anew, "sato", "/api/alerts?account=t-restart&triage=acknowledged&assignee=mori"));
        assertThat(found.objects("alerts")).hasSize(1);
        assertThat(found.text("archive_away")).contains("does not answer");
        assertThat(json(get(anew, "sato", path(alert))).objects("history"))
                .extracting(action -> action.text("comment"))
                .containsExactly(null, "waiting for Sales");
        assertThat(post(anew, "sato", alert, "{\"action\": \"acknowledge\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void findsByTriageWhatOnlyTheArchiveStillHas() throws Exception {
        Alert old = alert("t-old", 3, SampleAlerts.START.minus(Duration.ofDays(500)));
        Alert untouched = alert("t-old", 3, SampleAlerts.START.minus(Duration.ofDays(501)));
        servers.archive(old);
        servers.archive(untouched);
        Queue<String> heard = listen(browser, "mori");

        HttpResponse<String> answer = post(
                browser,
                "sato",
                old,
                "{\"action\": \"resolve\", \"resolution\": \"false-positive\", \"comment\": \"a test\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(ids("account=t-old&triage=resolved")).containsExactly(old.id());
        assertThat(ids("account=t-old&triage=new")).containsExactly(untouched.id());
        assertThat(ids("account=t-old&assignee=sato")).isEmpty();
        await().until(() -> heard.contains("data: {\"id\":\"" + old.id() + "\"}"));
        assertThat(post(browser, "sato", alert("t-none", 1), "{\"action\": \"acknowledge\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    private Alert raise(String account, int events) throws Exception {
        Alert alert = alert(account, events);
        servers.raise(alert);
        for (Browser one : List.of(browser, elsewhere)) {
            await().until(() -> get(one, "mori", path(alert)).statusCode() == 200);
        }
        return alert;
    }

    private static Alert alert(String account, int events) {
        return alert(account, events, SampleAlerts.START);
    }

    private static Alert alert(String account, int events, Instant start) {
        return SampleAlerts.alert(
                Rule.BULK_READ,
                account,
                Severity.HIGH,
                start,
                500,
                SampleAlerts.events(account, account, events, start),
                null,
                null,
                account + " read 500 people");
    }

    private JsonDocument list(String query) throws Exception {
        return json(get(browser, "mori", "/api/alerts?" + query));
    }

    private List<String> ids(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        for (JsonDocument entry : list(query).objects("alerts")) {
            ids.add(entry.requiredText("alert.metsuke.alert.id"));
        }
        return ids;
    }

    private List<ConsumerRecord<String, byte[]>> records(String account) {
        return servers.records(Topic.TRIAGE, account::equals);
    }

    private Queue<String> listen(Browser by, String name) throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        HttpResponse<java.io.InputStream> stream = by.stream("/api/alerts/live", "Authorization", login(name));
        open.add(stream.body());
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(heard::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                heard.add("closed");
            }
        });
        await().until(() -> heard.contains("event: hello"));
        return heard;
    }

    private static String path(Alert alert) {
        return "/api/alerts/" + alert.id() + "/triage";
    }

    private static HttpResponse<String> post(Browser by, String name, Alert alert, String body)
            throws IOException, InterruptedException {
        return by.post(
                path(alert),
                body.getBytes(StandardCharsets.UTF_8),
                RequestGuard.HEADER,
                "test",
                // As curl's --data says.
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                login(name));
    }

    private static HttpResponse<String> get(Browser by, String name, String path)
            throws IOException, InterruptedException {
        return by.get(path, "Authorization", login(name));
    }

    private static String login(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    private static JsonDocument json(HttpResponse<String> answer) throws MalformedDocumentException {
        return JsonDocument.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private Console console(ElasticsearchSettings elasticsearch) throws IOException {
        Metrics metrics = new Metrics();
        open.add(metrics);
        List<ConsoleUser> users = List.of(
                new ConsoleUser("mori", SECRET, List.of(Role.OFFICER)),
                new ConsoleUser("sato", SECRET, List.of(Role.OFFICER)),
                new ConsoleUser("aki", SECRET, List.of(Role.AUDITOR)),
                new ConsoleUser("hanako", SECRET, List.of(Role.HR)));
        Console console = Consoles.started(
                new ConsoleSettings(
                        "127.0.0.1",
                        0,
                        null,
                        List.of(),
                        null,
                        null,
                        PageLanguage.AUTO,
                        users,
                        SessionSettings.DEFAULTS,
                        10_000,
                        Duration.ofSeconds(15),
                        ReadingSettings.UNCHAINED,
                        ScimSettings.DEFAULTS),
                servers.kafka(),
                elasticsearch,
                metrics);
        open.add(console);
        await().atMost(Duration.ofSeconds(20)).until(() -> console.condition() instanceof Condition.Running);
        return console;
    }

    private Browser browser(Console console) {
        Browser made = new Browser(console.address());
        open.add(made);
        return made;
    }
}
