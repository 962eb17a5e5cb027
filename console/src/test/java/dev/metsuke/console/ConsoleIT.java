package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.directory.DirectoryEntries;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.NeedsServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console against a real broker and a real search node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsServers
@ExtendWith(SharedServers.class)
class ConsoleIT {

    private final Metrics metrics = new Metrics();
    private RealServers servers;
    private Console console;
    private Browser browser;

    @BeforeAll
    void start(RealServers shared) throws IOException {
        servers = shared;
        console = console(servers.elasticsearch());
        browser = new Browser(console.address());
    }

    @AfterAll
    void stop() {
        browser.close();
        console.close();
        metrics.close();
    }

    @Test
    void sendsNewStatesToBrowsersAndListsThem() throws Exception {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        HttpResponse<java.io.InputStream> stream = browser.stream("/api/alerts/live");
        Thread listening = Thread.ofVirtual().start(() -> listen(stream, heard));
        await().until(() -> heard.contains("event: hello"));

        servers.raise(SampleAlerts.bulkRead("live-1", Severity.HIGH, 500));
        servers.raise(SampleAlerts.bulkRead("live-1", Severity.CRITICAL, 17_500));

        await().atMost(Duration.ofSeconds(10)).until(() -> heard.stream().anyMatch(line -> line.contains("17500")));
        assertThat(heard.stream().filter(line -> line.contains("live-1"))).hasSize(2);
        JsonDocument list = json(browser.get("/api/alerts?account=live-1"));
        assertThat(list.objects("alerts")).hasSize(1);
        JsonDocument alert = list.objects("alerts").getFirst();
        assertThat(alert.text("alert.metsuke.alert.severity")).isEqualTo("critical");
        assertThat(alert.integer("alert.metsuke.alert.records")).isEqualTo(17_500);
        assertThat(json(browser.get("/api/alerts?account=live-1&severity=high")).objects("alerts"))
                .isEmpty();
        assertThat(browser.get("/api/alerts?severity=severe").statusCode()).isEqualTo(400);
        stream.body().close();
        listening.join(Duration.ofSeconds(5));
    }

    @Test
    void opensAnAlertWithItsEvidence() throws Exception {
        List<AccessEvent> events = SampleAlerts.events("opened", "opened", 5, SampleAlerts.START);
        servers.archive(events.subList(0, 4));
        Alert alert = SampleAlerts.alert(
                Rule.BULK_READ, "opened", Severity.HIGH, SampleAlerts.START, 2_500, events, "佐藤", "営業", "opened read");
        servers.raise(alert);
        await().until(() -> browser.get("/api/alerts/" + alert.id()).statusCode() == 200);

        JsonDocument opened = json(browser.get("/api/alerts/" + alert.id()));

        assertThat(opened.objects("evidence")).hasSize(5);
        assertThat(opened.objects("evidence").getFirst().text("event.event.original"))
                .contains("顧客一覧");
        assertThat(opened.objects("evidence").getLast().members()).containsEntry("event", null);
        assertThat(opened.text("kibana")).startsWith("https://kibana.example.jp/s/metsuke-officer/app/dashboards");
        String url = String.valueOf(opened.text("search.url"));
        assertThat(json(browser.get("/api" + url)).integer("total")).isEqualTo(4);
        assertThat(browser.get("/api/alerts/0123").statusCode()).isEqualTo(404);
    }

    @Test
    void listsOlderAlertsOutOfTheArchiveOnce() throws Exception {
        for (int i = 0; i < 7; i++) {
            servers.archive(SampleAlerts.alert(
                    Rule.BULK_READ,
                    "old",
                    Severity.LOW,
                    SampleAlerts.START.minus(Duration.ofDays(400L + i)),
                    500,
                    List.of(),
                    null,
                    null,
                    "old " + i));
        }
        Alert both = SampleAlerts.bulkRead("old", Severity.HIGH, 600);
        servers.archive(both);
        servers.raise(both);
        await().until(() -> json(browser.get("/api/alerts?account=old&limit=500"))
                        .objects("alerts")
                        .size()
                == 8);

        List<String> ids = new ArrayList<>();
        @Nullable String after = "";
        while (after != null) {
            JsonDocument page = json(browser.get("/api/alerts?account=old&limit=3"
                    + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8))));
            for (JsonDocument alert : page.objects("alerts")) {
                ids.add(alert.requiredText("alert.metsuke.alert.id"));
            }
            after = page.text("next");
        }

        assertThat(ids).hasSize(8).doesNotHaveDuplicates().startsWith(both.id());
        assertThat(browser.get("/api/alerts?after=archive~x").statusCode()).isEqualTo(400);
    }

    @Test
    void reportsAStatusForAllAccountsOfAPerson() throws Exception {
        DirectoryEntries directory = new DirectoryEntries(new SerialWriter(servers.kafka()), "hr");
        directory.publish(List.of(
                entry("mori", "P-9"), entry("EXAMPLE\\mori", "P-9"), entry("moved", "P-9"), entry("other", "P-1")));
        directory.publish(List.of(entry("moved", "P-1")));

        HttpResponse<String> answer = post("/api/account-status", """
            {"person": "P-9", "status": "retired", "effective_at": "2026-03-31 18:00", "zone": "Asia/Tokyo", "note": "退職"}
            """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<ConsumerRecord<String, byte[]>> records = records("mori", "EXAMPLE\\mori", "moved");
        assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("mori", "EXAMPLE\\mori");
        for (ConsumerRecord<String, byte[]> record : records) {
            StatusReport report = StatusReport.fromJson(record.value());
            assertThat(report.status()).isEqualTo(Status.RETIRED);
            assertThat(report.effectiveAt()).isEqualTo("2026-03-31T09:00:00Z");
            assertThat(report.reportedBy()).isEqualTo("local");
            assertThat(new String(record.headers().lastHeader(Header.ID).value(), StandardCharsets.UTF_8))
                    .isEqualTo(report.eventId());
        }
    }

    @Test
    void tellsOfAccountsThatTheDirectoryDoesNotKnowAndReportsThem() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr").publish(List.of(entry("tanaka", "P-31")));
        String file = "account,status,effective_at\nＴＡＮＡＫＡ,retired,2026-03-31\ntanaka,retired,2026-03-31\n";

        JsonDocument tried = json(post("/api/account-status/csv?dry_run=true", file));
        JsonDocument reported = json(post(
                "/api/account-status",
                "{\"accounts\": [\"stranger\", \"tanaka\"], \"status\": \"retired\", \"effective_at\":"
                        + " \"2026-03-31\"}"));

        assertThat(tried.objects("strangers")).hasSize(1).first().satisfies(one -> {
            assertThat(one.text("account")).isEqualTo("ＴＡＮＡＫＡ");
            assertThat(one.text("resembles")).isEqualTo("tanaka");
        });
        assertThat(reported.objects("strangers")).hasSize(1).first().satisfies(one -> {
            assertThat(one.text("account")).isEqualTo("stranger");
            assertThat(one.text("resembles")).isNull();
        });
        assertThat(records("stranger")).hasSize(1);
    }

    @Test
    void tellsOfDepartmentsAndDatasetsThatNobodyKnowsAndTakesWhatNamesThem() throws Exception {
        post("/api/directory/csv", "account,department\nlawyer,Legal\n");
        servers.archive(SampleAlerts.events("exporter", "exporter", 1, SampleAlerts.START));

        JsonDocument moved = json(post(
                "/api/account-status/csv",
                "account,status,effective_at,department\nmover-1,transferred,2026-03-31,LEGAL\n"
                        + "mover-2,transferred,2026-03-31,Legal\nmover-3,retired,2026-03-31,\n"));
        JsonDocument approved = json(post(
                "/api/export-approvals/csv",
                "account,dataset,from,until,max_records,ticket\n"
                        + "exporter,CRM.customers,2026-03-01,2026-03-05,200,CHG-19\n"
                        + "exporter,crm.customers,2026-03-01,2026-03-05,200,CHG-19\n"));

        assertThat(moved.integer("new")).isEqualTo(3);
        assertThat(moved.objects("unknown_departments")).singleElement().satisfies(one -> {
            assertThat(one.text("department")).isEqualTo("LEGAL");
            assertThat(one.text("resembles")).isEqualTo("Legal");
        });
        assertThat(approved.integer("new")).isEqualTo(2);
        assertThat(approved.objects("unknown_datasets")).singleElement().satisfies(one -> {
            assertThat(one.text("dataset")).isEqualTo("CRM.customers");
            assertThat(one.text("resembles")).isEqualTo("crm.customers");
        });
    }

    @Test
    void importsAFileWhollyOrNotAtAll() throws Exception {
        String bad = "account,status,effective_at\ncsv-1,retired,2026-03-31\ncsv-2,gone,2026-03-31\n";
        String good = "account,status,effective_at\ncsv-1,retired,2026-03-31\ncsv-2,suspended,2026-03-31\n";

        HttpResponse<String> refused = post("/api/account-status/csv", bad);
        HttpResponse<String> tried = post("/api/account-status/csv?dry_run=true", good);
        List<ConsumerRecord<String, byte[]>> before = records("csv-1", "csv-2");
        HttpResponse<String> taken = post("/api/account-status/csv", good);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).objects("problems").getFirst().integer("line")).isEqualTo(3);
        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(before).isEmpty();
        assertThat(json(taken).integer("count")).isEqualTo(2);
        assertThat(records("csv-1", "csv-2")).hasSize(2);
    }

    /** The end of March, for a company whose logs and directory are not there yet. */
    @Test
    void thousandsInOneUploadTwiceAreReportedOnce() throws Exception {
        StringBuilder file = new StringBuilder("account,status,effective_at,department,note\n");
        for (int i = 0; i < 5_000; i++) {
            file.append("march-")
                    .append(i)
                    .append(i % 2 == 0 ? ",retired," : ",transferred,")
                    .append("2026-03-31,");
            file.append(i % 2 == 0 ? "" : "Logistics").append(",年度末\n");
        }
        Instant start = Instant.now();

        JsonDocument first = json(post("/api/account-status/csv", file.toString()));
        JsonDocument again = json(post("/api/account-status/csv", file.toString()));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(first.integer("count")).isEqualTo(5_000);
        assertThat(first.integer("new")).isEqualTo(5_000);
        assertThat(again.integer("count")).isEqualTo(5_000);
        assertThat(again.integer("new")).isZero();
        assertThat(records(account -> account.startsWith("march-")))
                .extracting(ConsumerRecord::key)
                .hasSize(5_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void aReportAboutAPersonReachesAnAccountThatIsUploadedLater() throws Exception {
        post("/api/directory/csv", "account,person\nhara,P-77\n");
        post(
                "/api/account-status",
                "{\"person\": \"P-77\", \"status\": \"suspended\", \"effective_at\": \"2026-03-31\"}");
        String staff = "account,person\nhara,P-77\nhara@example.jp,P-77\n";

        JsonDocument first = json(post("/api/directory/csv", staff));
        JsonDocument again = json(post("/api/directory/csv", staff));

        assertThat(first.integer("changed")).isEqualTo(1);
        assertThat(first.integer("reports_carried")).isEqualTo(1);
        assertThat(again.integer("changed")).isZero();
        assertThat(again.integer("reports_carried")).isZero();
        assertThat(records("hara", "hara@example.jp"))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("hara", "hara@example.jp");
    }

    @Test
    void takesAPersonsReportBackForEveryAccountThatItWasAbout() throws Exception {
        post("/api/directory/csv", "account,person\nkudo,P-88\ndesk-88,P-88\n");
        String report = "{\"person\": \"P-88\", \"status\": \"%s\", \"effective_at\": \"2026-03-31\", \"report_id\":"
                + " \"hr-88\"}";
        post("/api/account-status", report.formatted("retired"));
        post("/api/directory/csv", "account,person\nkudo,P-89\ndesk-88,P-90\n");
        String takenBack = report.formatted("taken-back");

        JsonDocument tried = json(post("/api/account-status?dry_run=true", takenBack));
        JsonDocument done = json(post("/api/account-status", takenBack));
        HttpResponse<String> slip = post(
                "/api/account-status/csv?dry_run=true",
                "account,status,effective_at,report_id\nkudo,taken-back,2026-03-31,hr-89\n");

        assertThat(tried.integer("count")).isEqualTo(2);
        assertThat(done.integer("new")).isEqualTo(2);
        assertThat(records("kudo", "desk-88"))
                .extracting(record -> StatusReport.fromJson(record.value()).status())
                .containsExactlyInAnyOrder(Status.RETIRED, Status.RETIRED, Status.TAKEN_BACK, Status.TAKEN_BACK);
        assertThat(slip.statusCode()).isEqualTo(422);
        assertThat(slip.body()).contains("hr-89");
    }

    @Test
    void tellsHowManyAccountsChangeHandsAndWhatTheyLose() throws Exception {
        post("/api/directory/csv", "account,person,department\nswap,9001,Sales\n");
        String renamed = "account,person\nswap,9002\n";

        JsonDocument tried = json(post("/api/directory/csv?dry_run=true", renamed));
        JsonDocument done = json(post("/api/directory/csv", renamed));
        JsonDocument again = json(post("/api/directory/csv", renamed));

        for (JsonDocument told : List.of(tried, done)) {
            assertThat(told.integer("changed_hands")).isEqualTo(1);
            assertThat(told.texts("columns_cleared")).contains("department");
            assertThat(told.texts("columns_kept")).isEmpty();
        }
        assertThat(tried.bool("published")).isFalse();
        for (ConsumerRecord<String, byte[]> change : servers.records(Topic.DIRECTORY, "swap"::equals)) {
            assertThat(JsonDocument.parse(change.value()).text("metsuke.directory.changed_by"))
                    .isEqualTo("local");
        }
        assertThat(again.integer("changed_hands")).isZero();
        assertThat(again.texts("columns_kept")).contains("department");
    }

    @Test
    void tellsOfDepartmentsBehindAReportedTransfer() throws Exception {
        post("/api/directory/csv", "account,person,department\nueda,9101,Sales\nmori,9102,Sales\n");
        post(
                "/api/account-status/csv",
                "account,status,effective_at,department\nueda,transferred,2026-11-01,Support\n");
        String moved = "account,person,department\nueda,9101,Logistics\nmori,9102,Logistics\n";

        JsonDocument tried = json(post("/api/directory/csv?dry_run=true", moved));
        JsonDocument done = json(post("/api/directory/csv", moved));
        JsonDocument again = json(post("/api/directory/csv", moved));

        for (JsonDocument told : List.of(tried, done)) {
            assertThat(told.objects("departments_outranked")).singleElement().satisfies(one -> {
                assertThat(one.text("account")).isEqualTo("ueda");
                assertThat(one.text("department")).isEqualTo("Logistics");
                assertThat(one.text("reported")).isEqualTo("Support");
            });
        }
        assertThat(again.objects("departments_outranked")).isEmpty();
    }

    @Test
    void listsTheDirectoryPageByPage() throws Exception {
        StringBuilder staff = new StringBuilder("account,person,name,department,contract_end\n");
        for (int i = 10; i < 70; i++) {
            staff.append("list-%d,L-%d,山田 %d,Listing,2026-12-31\n".formatted(i, i, i));
        }
        post("/api/directory/csv?zone=Asia/Tokyo", staff.toString());

        JsonDocument first =
                json(browser.get("/api/directory?text=" + URLEncoder.encode("ＬＩＳＴing", StandardCharsets.UTF_8)));
        JsonDocument second = json(browser.get("/api/directory?text=listing&after=" + first.text("next")));
        JsonDocument one =
                json(browser.get("/api/directory?text=" + URLEncoder.encode("山田 42", StandardCharsets.UTF_8)));

        assertThat(first.objects("entries")).hasSize(50);
        assertThat(first.integer("total")).isEqualTo(60);
        assertThat(first.text("next")).isEqualTo("list-59");
        assertThat(second.objects("entries"))
                .hasSize(10)
                .extracting(entry -> entry.text("account"))
                .startsWith("list-60");
        assertThat(second.text("next")).isNull();
        assertThat(one.objects("entries")).singleElement().satisfies(entry -> {
            assertThat(entry.text("person")).isEqualTo("L-42");
            assertThat(entry.text("department")).isEqualTo("Listing");
            assertThat(entry.text("contract_end")).isEqualTo("2026-12-31T15:00:00Z");
        });
        assertThat(json(browser.get("/api/directory?text=no-such")).integer("total"))
                .isZero();
        assertThat(browser.get("/api/directory?txt=x").statusCode()).isEqualTo(400);
    }

    @Test
    void approvesExportsOnceAndLetsALaterWordReplaceThem() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr").publish(List.of(entry("NODA", "P-78")));
        String columns = "account,dataset,from,until,max_records,ticket,approval_id\n";
        String file = columns + "noda,crm.customers,2026-03-01,2026-03-05,200,CHG-17,spring\n";

        JsonDocument dry = json(post("/api/export-approvals/csv?dry_run=true", file));
        JsonDocument first = json(post("/api/export-approvals/csv", file));
        JsonDocument again = json(post("/api/export-approvals/csv", file));
        HttpResponse<String> bad =
                post("/api/export-approvals/csv", file + "noda,crm.customers,2026-03-09,,x,CHG-18,\n");
        JsonDocument takenBack = json(post(
                "/api/export-approvals/csv", columns + "noda,crm.customers,2026-03-01,2026-03-05,0,CHG-17,spring\n"));

        assertThat(dry.bool("published")).isFalse();
        assertThat(first.integer("new")).isEqualTo(1);
        for (JsonDocument told : List.of(dry, first)) {
            assertThat(told.objects("strangers")).singleElement().satisfies(stranger -> {
                assertThat(stranger.text("account")).isEqualTo("noda");
                assertThat(stranger.text("resembles")).isEqualTo("NODA");
            });
        }
        assertThat(again.integer("new")).isZero();
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("until", "is missing", "max_records");
        assertThat(takenBack.integer("new")).isEqualTo(1);
        List<ExportApproval> written = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : servers.records(Topic.EXPORT_APPROVALS, "noda"::equals)) {
            written.add(ExportApproval.fromJson(record.value()));
        }
        assertThat(written).extracting(ExportApproval::maxRecords).containsExactly(200L, 0L);
        assertThat(written).extracting(ExportApproval::approvalId).containsOnly("spring");
        assertThat(written).extracting(ExportApproval::approvedBy).containsOnly("local");
        assertThat(written.getLast().approvedAt()).isAfter(written.getFirst().approvedAt());
    }

    @Test
    void approvesOneAndListsItAtOnceWhileElasticsearchIsAway() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr").publish(List.of(entry("otsuka", "P-79")));
        String from = Instant.now().minus(Duration.ofDays(1)).toString();
        String until = Instant.now().plus(Duration.ofDays(2)).toString();
        String words = """
            {"account": "otsuka", "dataset": "crm.customers", "from": "%s", "until": "%s", "max_records": %%s,
             "ticket": "CHG-20", "approval_id": "summer", "zone": "Asia/Tokyo"%%s}
            """.formatted(from, until);
        try (Console without = console(ElasticsearchSettings.of(URI.create("http://127.0.0.1:1")));
                Browser apart = new Browser(without.address())) {
            JsonDocument tried = json(approve(apart, "?dry_run=true", words.formatted(200, "")));
            assertThat(tried.bool("published")).isFalse();
            assertThat(tried.integer("new")).isEqualTo(1);
            assertThat(tried.objects("strangers")).isEmpty();
            assertThat(json(apart.get("/api/export-approvals?account=otsuka")).integer("total"))
                    .isZero();

            assertThat(json(approve(apart, "", words.formatted(200, ""))).bool("published"))
                    .isTrue();
            JsonDocument listed = json(apart.get("/api/export-approvals?account=otsuka&state=current"));
            assertThat(listed.objects("approvals")).singleElement().satisfies(one -> {
                assertThat(one.text("state")).isEqualTo("current");
                assertThat(one.integer("max_records")).isEqualTo(200);
                assertThat(one.text("approved_by")).isEqualTo("local");
                assertThat(one.members()).containsEntry("taken_back_by", null);
            });

            JsonDocument more = json(approve(apart, "?dry_run=true", words.formatted(300, "")));
            assertThat(more.objects("superseded"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.integer("max_records")).isEqualTo(200));
            assertThat(json(approve(apart, "", words.formatted(0, ""))).integer("new"))
                    .isEqualTo(1);
            listed = json(apart.get("/api/export-approvals?ticket=CHG-20&dataset=crm.customers"));
            assertThat(listed.integer("total")).isEqualTo(1);
            assertThat(listed.objects("approvals")).singleElement().satisfies(one -> {
                assertThat(one.text("state")).isEqualTo("taken-back");
                assertThat(one.integer("max_records")).isEqualTo(200);
                assertThat(one.text("taken_back_by")).isEqualTo("local");
            });

            JsonDocument again = json(approve(apart, "", words.formatted(200, "")));
            assertThat(again.integer("new")).isZero();
            assertThat(again.objects("replaced")).hasSize(1);
            assertThat(json(approve(apart, "", words.formatted(200, ", \"anew\": true")))
                            .integer("new"))
                    .isEqualTo(1);
            assertThat(json(apart.get("/api/export-approvals?account=otsuka&state=taken-back"))
                            .objects("approvals"))
                    .isEmpty();
            assertThat(servers.records(Topic.EXPORT_APPROVALS, "otsuka"::equals))
                    .hasSize(3);
        }
    }

    @Test
    void showsThePublishedPoliciesAndWhatChangedBetweenThem() throws Exception {
        PublishedPolicy first = policy("2026-04", "2026-04-01T00:00:00Z", "policy:\n  quiet: 1h\n");
        PublishedPolicy second = policy("2026/05 夏", "2026-05-01T00:00:00Z", "policy:\n  quiet: 2h\n");
        assertThat(json(browser.get("/api/policies")).objects("policies")).isEmpty();
        assertThat(browser.get("/api/policy").statusCode()).isEqualTo(404);
        servers.publish(second);
        servers.publish(first);
        try {
            assertThat(json(browser.get("/api/policies")).objects("policies"))
                    .extracting(one -> one.text("version"))
                    .containsExactly("2026/05 夏", "2026-04");

            JsonDocument inForce = json(browser.get("/api/policy"));
            assertThat(inForce.text("version")).isEqualTo("2026/05 夏");
            assertThat(inForce.bool("in_force")).isTrue();
            assertThat(inForce.text("yaml")).isEqualTo(second.yaml());
            assertThat(inForce.text("published_by")).isEqualTo("mori");
            assertThat(inForce.members()).containsEntry("lines", null);

            JsonDocument compared = json(browser.get("/api/policy?version=2026-04&against=2026%2F05%20%E5%A4%8F"));
            assertThat(compared.bool("in_force")).isFalse();
            assertThat(compared.objects("lines"))
                    .extracting(line -> line.text("change") + " " + line.text("text"))
                    .containsExactly("kept policy:", "removed   quiet: 2h", "added   quiet: 1h");

            assertThat(browser.get("/api/policy?version=sha256:0").statusCode()).isEqualTo(404);
            assertThat(browser.get("/api/policy?against=sha256:0").body())
                    .contains("no policy sha256:0 was published; an alert that names it was judged by a settings file");
        } finally {
            servers.withdraw(first);
            servers.withdraw(second);
        }
    }

    private static PublishedPolicy policy(String version, String at, String yaml) {
        return new PublishedPolicy("e-" + version, version, yaml, Instant.parse(at), "mori", null);
    }

    private static HttpResponse<String> approve(Browser at, String query, String body)
            throws IOException, InterruptedException {
        return at.post(
                "/api/export-approvals" + query, body.getBytes(StandardCharsets.UTF_8), RequestGuard.HEADER, "test");
    }

    @Test
    void pagesThroughTheArchive() throws Exception {
        servers.archive(SampleAlerts.events("paged", "paged", 230, SampleAlerts.START.plusSeconds(86_400)));
        Set<String> ids = new HashSet<>();
        List<String> times = new ArrayList<>();
        @Nullable String after = "";
        int pages = 0;

        while (after != null) {
            JsonDocument page = json(
                    browser.get("/api/search?q=metsuke.records:%3E100&account=paged&dataset=crm.customers&limit=100"
                            + (after.isEmpty() ? "" : "&after=" + after)));
            assertThat(page.integer("total")).isEqualTo(230);
            for (JsonDocument found : page.objects("events")) {
                ids.add(found.requiredText("id"));
                times.add(found.requiredText("event.@timestamp"));
            }
            after = page.text("next");
            pages++;
        }

        assertThat(ids).hasSize(230);
        assertThat(times).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(pages).isEqualTo(3);
        assertThat(json(browser.get("/api/search?account=paged&from=2026-04-02T03:00:10Z&to=2026-04-02T03:00:20Z"))
                        .integer("total"))
                .isEqualTo(10);
        assertThat(json(browser.get("/api/search?account=nobody")).objects("events"))
                .isEmpty();
    }

    @Test
    void whoeverReadsTheArchiveLeavesATraceInIt() throws Exception {
        List<AccessEvent> events = SampleAlerts.events("watched", "watched", 2, SampleAlerts.START);
        servers.archive(events);
        Alert alert = SampleAlerts.alert(
                Rule.BULK_READ,
                "watched",
                Severity.HIGH,
                SampleAlerts.START,
                1_000,
                events,
                null,
                null,
                "watched read");
        servers.raise(alert);
        await().until(() -> browser.get("/api/alerts/" + alert.id()).statusCode() == 200);

        browser.get("/api/search?q=metsuke.records:%3E1&account=watched&from=2026-04-01&zone=Asia/Tokyo");

        List<AccessEvent> readings = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : servers.records(Topic.ACCESS_EVENTS, "local"::equals)) {
            readings.add(AccessEventJson.decode(record.value()));
        }
        assertThat(readings)
                .allSatisfy(reading -> {
                    assertThat(reading.userId()).isEqualTo("local");
                    assertThat(reading.sourceIp()).isEqualTo("127.0.0.1");
                    assertThat(reading.dataset()).isEqualTo("metsuke.archive");
                })
                .extracting(AccessEvent::original)
                .contains(
                        "console alert " + alert.id() + " --account watched",
                        "console search 'metsuke.records:>1' --account watched --from 2026-03-31T15:00:00Z");
    }

    @Test
    void showsNothingOfTheArchiveThatItCannotRecord() throws Exception {
        List<AccessEvent> events = SampleAlerts.events("unrecorded", "unrecorded", 2, SampleAlerts.START);
        servers.archive(events);
        Alert alert = SampleAlerts.alert(
                Rule.BULK_READ, "unrecorded", Severity.HIGH, SampleAlerts.START, 1_000, events, null, null, "read");
        servers.archive(alert);

        try (Console without = console(KafkaSettings.of("127.0.0.1:1"), servers.elasticsearch());
                Browser apart = new Browser(without.address())) {
            HttpResponse<String> search = apart.get("/api/search?account=unrecorded");
            JsonDocument opened = json(apart.get("/api/alerts/" + alert.id()));

            assertThat(search.statusCode()).isEqualTo(503);
            assertThat(search.body()).contains("cannot be recorded").doesNotContain("\"events\"");
            assertThat(opened.objects("evidence"))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.members()).containsEntry("event", null));
            assertThat(opened.text("archive_away")).contains("cannot be recorded");
        }
    }

    @Test
    void meansTheDaysOfAQueryInTheCallersZone() throws Exception {
        // Six in the evening of May 9 in UTC.
        servers.archive(SampleAlerts.events("zoned", "zoned", 1, Instant.parse("2026-05-09T18:00:00Z")));
        String query = "/api/search?account=zoned&q=@timestamp:2026-05-10";

        assertThat(json(browser.get(query + "&zone=Asia/Tokyo")).integer("total"))
                .isEqualTo(1);
        assertThat(json(browser.get(query + "&zone=UTC")).integer("total")).isZero();
        assertThat(json(browser.get(query + "+AND+metsuke.records:%3E0&zone=Asia/Tokyo"))
                        .integer("total"))
                .isEqualTo(1);
    }

    @Test
    void namesTheFieldThatIsNotThereOrTakesNoSuchValue() throws Exception {
        servers.archive(SampleAlerts.events("mistaken", "mistaken", 1, SampleAlerts.START));

        HttpResponse<String> unknown = browser.get("/api/search?q=user.ide:mistaken");
        HttpResponse<String> noDate = browser.get("/api/search?q=@timestamp:yesterday");
        HttpResponse<String> noNumber = browser.get("/api/search?q=metsuke.records:many");

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("no field user.ide; the nearest name is user.id");
        assertThat(noDate.statusCode()).isEqualTo(400);
        assertThat(noDate.body()).contains("@timestamp (date): “yesterday” is no time");
        assertThat(noNumber.statusCode()).isEqualTo(400);
        assertThat(noNumber.body())
                .contains("metsuke.records (long): ")
                .contains("many")
                .contains(" is no number");
    }

    @Test
    void saysWhyAQueryCannotBeUnderstood() throws Exception {
        servers.archive(SampleAlerts.events("strict", "strict", 1, SampleAlerts.START));
        servers.archive(SampleAlerts.events("sales/strict", "slashed", 1, SampleAlerts.START));

        HttpResponse<String> open = browser.get("/api/search?q=%28user.id%3Astrict");
        HttpResponse<String> leading = browser.get("/api/search?q=user.id%3A*trict");
        HttpResponse<String> slashes = browser.get("/api/search?q=event.original%3A%2F.*%2F");
        HttpResponse<String> behindRange =
                browser.get("/api/search?q=user.id%3A%5Ba%22+TO+z%5D+AND+user.id%3A%2Fstri.t%2F");
        HttpResponse<String> quoted = browser.get("/api/search?q=user.id%3A%22sales%2Fstrict%22");
        HttpResponse<String> after = browser.get("/api/search?q=x&after=!!");

        assertThat(open.statusCode()).isEqualTo(400);
        assertThat(open.body()).contains("the bracket at column 1 is not closed");
        assertThat(leading.statusCode()).isEqualTo(400);
        assertThat(leading.body()).contains("a word cannot begin with *");
        assertThat(slashes.statusCode()).isEqualTo(200);
        assertThat(json(slashes).integer("total")).isZero();
        assertThat(json(behindRange).integer("total")).isZero();
        assertThat(json(quoted).integer("total")).isEqualTo(1);
        assertThat(after.statusCode()).isEqualTo(400);
    }

    @Test
    void namesAnIndexThatIsClosedRatherThanPassOverIt() throws Exception {
        Instant longAgo = Instant.parse("2019-03-05T03:00:00Z");
        Alert old = SampleAlerts.alert(
                Rule.BULK_READ, "shut", Severity.HIGH, longAgo, 500, List.of(), null, null, "shut read 500");
        String index = ArchiveIndex.ALERTS.at(old.start());
        servers.archive(old);
        servers.closeIndex(index);
        try {
            assertThat(json(browser.get("/api/alerts?account=shut")).text("archive_away"))
                    .startsWith("index " + index + " of the archive is closed");
            assertThat(browser.get("/api/alerts/" + old.id()).statusCode()).isEqualTo(503);
        } finally {
            servers.openIndex(index);
        }

        await().untilAsserted(() -> assertThat(
                        json(browser.get("/api/alerts?account=shut")).objects("alerts"))
                .hasSize(1));
    }

    @Test
    void listsAlertsWhileElasticsearchIsAway() throws Exception {
        Alert alert = SampleAlerts.bulkRead("alone", Severity.HIGH, 700);
        servers.raise(alert);

        try (Console without = console(ElasticsearchSettings.of(URI.create("http://127.0.0.1:1")));
                Browser apart = new Browser(without.address())) {
            await().until(() -> without.condition() instanceof Condition.Running);
            JsonDocument list = json(apart.get("/api/alerts?account=alone"));

            assertThat(list.objects("alerts")).hasSize(1);
            assertThat(list.text("archive_away")).contains("Elasticsearch at http://127.0.0.1:1 does not answer");
            assertThat(json(apart.get("/api/alerts/" + alert.id())).text("alert.message"))
                    .contains("alone read 700");
        }
    }

    private Console console(ElasticsearchSettings elasticsearch) throws IOException {
        return console(servers.kafka(), elasticsearch);
    }

    private Console console(KafkaSettings kafka, ElasticsearchSettings elasticsearch) throws IOException {
        ConsoleSettings settings = Consoles.settings("{port: 0, kibana-url: \"https://kibana.example.jp\"}");
        return Consoles.started(settings, kafka, elasticsearch, metrics);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return browser.post(path, body.getBytes(StandardCharsets.UTF_8), RequestGuard.HEADER, "test");
    }

    private List<ConsumerRecord<String, byte[]>> records(String... accounts) {
        return records(List.of(accounts)::contains);
    }

    private List<ConsumerRecord<String, byte[]>> records(Predicate<String> accounts) {
        return servers.records(Topic.ACCOUNT_STATUS, accounts);
    }

    private static DirectoryEntry entry(String account, String person) {
        return new DirectoryEntry(new AccountId(account), person, null, null, null, null, null, null);
    }

    private static JsonDocument json(HttpResponse<String> answer) throws MalformedDocumentException {
        return JsonDocument.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static void listen(HttpResponse<java.io.InputStream> stream, ConcurrentLinkedQueue<String> heard) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(heard::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            heard.add("closed");
        }
    }
}
