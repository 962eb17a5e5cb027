package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.servers.testing.NeedsServers;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An identity provider keeps accounts by SCIM, on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsServers
@ExtendWith(SharedServers.class)
class ScimIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private final Metrics metrics = new Metrics();
    private RealServers servers;
    private Console console;
    private Browser provider;

    @BeforeAll
    void start(RealServers shared) throws IOException {
        servers = shared;
        console = Consoles.started(
                Consoles.settings("{port: 0, scim: {accounts: {letter-case: lower, strip-domain: true}}}"),
                shared.kafka(),
                shared.elasticsearch(),
                metrics);
        provider = new Browser(console.address());
    }

    @AfterAll
    void stop() {
        provider.close();
        console.close();
        metrics.close();
    }

    @Test
    void keepsAUserFromTheFirstDayToTheLast() throws Exception {
        assertThat(found("userName eq \"Scim1@example.jp\"").integer("totalResults"))
                .isZero();

        HttpResponse<String> made = send("POST", "", user("Scim1@example.jp", "Mori Ren", "企画部", "S-1", true));
        JsonDocument user = json(made);
        String id = user.requiredText("id");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(console.address() + "/scim/v2/Users/" + id);
        assertThat(entry("scim1")).satisfies(entry -> {
            assertThat(entry.person()).isEqualTo("S-1");
            assertThat(entry.name()).isEqualTo("Mori Ren");
            assertThat(entry.department()).isEqualTo("企画部");
        });
        assertThat(found("userName eq \"scim1@example.jp\"").objects("Resources"))
                .singleElement()
                .satisfies(found -> assertThat(found.text("id")).isEqualTo(id));
        assertThat(found("externalId eq \"ext-S-1\"").integer("totalResults")).isEqualTo(1);
        assertThat(reports("scim1")).isEmpty();
        assertThat(send("POST", "", user("SCIM1@example.jp", "x", "x", "x", true))
                        .statusCode())
                .isEqualTo(409);

        HttpResponse<String> off = patch(id, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
        patch(id, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");

        assertThat(json(off).bool("active")).isFalse();
        assertThat(json(get("/" + id)).bool("active")).isFalse();
        assertThat(reports("scim1")).singleElement().satisfies(report -> {
            assertThat(report.status()).isEqualTo(Status.SUSPENDED);
            assertThat(report.effectiveAt()).isEqualTo(report.reportedAt());
            assertThat(report.reportedBy()).isEqualTo("local");
        });

        patch(id, "{\"op\":\"replace\",\"value\":{\"active\":true,\"displayName\":\"Mori Rin\"}}");

        assertThat(reports("scim1"))
                .extracting(StatusReport::status)
                .containsExactly(Status.SUSPENDED, Status.REINSTATED);
        assertThat(entry("scim1").name()).isEqualTo("Mori Rin");

        assertThat(send("DELETE", "/" + id, null).statusCode()).isEqualTo(204);

        assertThat(get("/" + id).statusCode()).isEqualTo(404);
        assertThat(found("userName eq \"scim1@example.jp\"").integer("totalResults"))
                .isZero();
        assertThat(entry("scim1").person()).as("whose it was is still known").isEqualTo("S-1");
        assertThat(reports("scim1"))
                .hasSize(3)
                .last()
                .satisfies(report -> assertThat(report.status()).isEqualTo(Status.SUSPENDED));

        JsonDocument again = json(send("POST", "", user("scim1@example.jp", "Mori Ren", "企画部", "S-1", true)));

        assertThat(again.text("id")).isNotEqualTo(id);
        assertThat(reports("scim1"))
                .last()
                .satisfies(report -> assertThat(report.status()).isEqualTo(Status.REINSTATED));
    }

    /** The threat itself: somebody switches a retired person's account on again. */
    @Test
    void liftsNothingThatHrReported() throws Exception {
        String id = json(send("POST", "", user("scim2", "Sato", "営業部", "S-2", false)))
                .requiredText("id");
        assertThat(reports("scim2")).extracting(StatusReport::status).containsExactly(Status.SUSPENDED);
        hr("{\"accounts\": [\"scim2\"], \"status\": \"retired\", \"effective_at\": \"2026-03-31\"}");

        JsonDocument on = json(patch(id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}"));

        assertThat(on.bool("active")).isTrue();
        assertThat(reports("scim2")).extracting(StatusReport::status).containsExactly(Status.SUSPENDED, Status.RETIRED);
        hr("{\"accounts\": [\"scim2\"], \"status\": \"reinstated\", \"effective_at\": \"2026-11-30\"}");
        patch(id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
        assertThat(reports("scim2"))
                .last()
                .satisfies(report -> assertThat(report.status()).isEqualTo(Status.REINSTATED));
    }

    @Test
    void switchesAllAccountsOffThatARenamedUserHad() throws Exception {
        String id = json(send("POST", "", user("scim3@example.jp", "Abe Ai", "営業部", "S-3", true)))
                .requiredText("id");

        JsonDocument renamed = json(send("PUT", "/" + id, """
            {"userName": "scim3-wada@example.jp", "displayName": "Wada Ai"}\
            """));

        assertThat(renamed.text("id")).isEqualTo(id);
        assertThat(renamed.text("userName")).isEqualTo("scim3-wada@example.jp");
        assertThat(entry("scim3-wada")).satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("Wada Ai");
            assertThat(entry.person()).as("what is not said stays").isEqualTo("S-3");
            assertThat(entry.department()).isEqualTo("営業部");
        });
        assertThat(entry("scim3").name()).isEqualTo("Abe Ai");
        assertThat(found("userName eq \"scim3@example.jp\"").integer("totalResults"))
                .isZero();

        patch(id, "{\"op\":\"replace\",\"value\":{\"active\":false}}");

        List<JsonDocument> seenByHr =
                json(provider.get("/api/directory?text=scim3")).objects("entries");
        assertThat(seenByHr).hasSize(2);
        assertThat(seenByHr.getFirst().text("provisioned.user_name")).isEqualTo("scim3@example.jp");
        assertThat(seenByHr.getFirst().text("provisioned.state")).isEqualTo("renamed");
        assertThat(seenByHr.getLast().text("provisioned.state")).isEqualTo("inactive");
        assertThat(reports("scim3")).extracting(StatusReport::status).containsExactly(Status.SUSPENDED);
        assertThat(reports("scim3-wada")).extracting(StatusReport::status).containsExactly(Status.SUSPENDED);
    }

    @Test
    void takesOverAnAccountThatTheDirectoryHasAndLeavesItsOwn() throws Exception {
        post("/api/directory/csv", "account,person,calendar,contract_end\nscim4,S-4,night,2027-03-31\n");

        String id =
                json(send("POST", "", user("scim4", "Endo", "窓口", "S-4", true))).requiredText("id");
        post("/api/directory/csv", "account,person,department\nscim4,S-4,総務部\n");

        assertThat(entry("scim4")).satisfies(entry -> {
            assertThat(entry.calendar()).isEqualTo("night");
            assertThat(entry.contractEnd()).isNotNull();
            assertThat(entry.department()).isEqualTo("総務部");
        });
        assertThat(json(get("/" + id)).text(ENTERPRISE + ".department")).isEqualTo("総務部");
    }

    @Test
    void answersInItsProtocolWhatCannotBe() throws Exception {
        HttpResponse<String> unknown = get("/no-such");
        HttpResponse<String> filter =
                provider.get("/scim/v2/Users?filter=" + URLEncoder.encode("userName is x", StandardCharsets.UTF_8));

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).text("status")).isEqualTo("404");
        assertThat(json(unknown).texts("schemas")).containsExactly("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(filter.statusCode()).isEqualTo(400);
        assertThat(json(filter).text("scimType")).isEqualTo("invalidFilter");
        assertThat(send("POST", "", "nonsense").statusCode()).isEqualTo(400);
        assertThat(json(provider.get("/scim/v2/Users?count=0")).objects("Resources"))
                .isEmpty();
    }

    @Test
    void tellsWhatItCanDoAsAWholeAndOneByOne() throws Exception {
        JsonDocument schemas = json(provider.get("/scim/v2/Schemas"));
        HttpResponse<String> enterprise = provider.get("/scim/v2/Schemas/" + ENTERPRISE);
        HttpResponse<String> type = provider.get("/scim/v2/ResourceTypes/User");
        HttpResponse<String> filtered = provider.get("/scim/v2/Schemas?filter=name%20eq%20%22User%22");

        assertThat(schemas.objects("Resources"))
                .extracting(schema -> schema.text("id"))
                .containsExactly("urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE);
        assertThat(json(enterprise).text("id")).isEqualTo(ENTERPRISE);
        assertThat(json(enterprise).text("meta.location"))
                .isEqualTo(console.address() + "/scim/v2/Schemas/" + ENTERPRISE);
        assertThat(json(type).text("endpoint")).isEqualTo("/Users");
        assertThat(json(provider.get("/scim/v2/ServiceProviderConfig")).text("meta.location"))
                .isEqualTo(console.address() + "/scim/v2/ServiceProviderConfig");
        assertThat(filtered.statusCode()).isEqualTo(403);
        assertThat(json(provider.get("/scim/v2/ResourceTypes/Group")).text("status"))
                .isEqualTo("404");
    }

    private static String user(String name, String displayName, String department, String person, boolean active) {
        return """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "%s"], "userName": "%s", "externalId": "ext-%s",
             "displayName": "%s", "active": %s, "emails": [{"value": "%s", "type": "work", "primary": true}],
             "%s": {"employeeNumber": "%s", "department": "%s"}}\
            """.formatted(ENTERPRISE, name, person, displayName, active, name, ENTERPRISE, person, department);
    }

    private HttpResponse<String> patch(String id, String operation) throws IOException, InterruptedException {
        return send(
                "PATCH",
                "/" + id,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operation + "]}");
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        // Without users whoever sits at this machine may do everything, but no page of another site.
        return provider.send(method, "/scim/v2/Users" + path, bytes, RequestGuard.HEADER, "test");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return provider.get("/scim/v2/Users" + path);
    }

    private JsonDocument found(String filter) throws Exception {
        return json(provider.get("/scim/v2/Users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    }

    private void hr(String report) throws IOException, InterruptedException {
        post("/api/account-status", report);
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        assertThat(provider.post(path, body.getBytes(StandardCharsets.UTF_8), RequestGuard.HEADER, "test")
                        .statusCode())
                .isEqualTo(200);
    }

    private DirectoryEntry entry(String account) throws Exception {
        List<ConsumerRecord<String, byte[]>> records = servers.records(Topic.DIRECTORY, account::equals);
        assertThat(records).as(account).isNotEmpty();
        return DirectoryEntry.fromJson(records.getLast().value());
    }

    private List<StatusReport> reports(String account) throws Exception {
        List<StatusReport> reports = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : servers.records(Topic.ACCOUNT_STATUS, account::equals)) {
            reports.add(StatusReport.fromJson(record.value()));
        }
        return reports;
    }

    private static JsonDocument json(HttpResponse<String> answer) throws Exception {
        return JsonDocument.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
