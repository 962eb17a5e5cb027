package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.records;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.operations.account.AccountRules;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft 365, Google Workspace and Okta. */
class CloudAuditParsersTest {

    private static final SourceRules RULES = new SourceRules(
            "host-1",
            null,
            ZoneId.of("Asia/Tokyo"),
            new AccountRules(AccountRules.LetterCase.LOWER, true, Map.of()),
            null,
            List.of("contact"),
            List.of(new UrlRule(TextPattern.parse("/sites/hr/.*"), List.of(), "hr.files", null, null, null)),
            Map.of(
                    "info@example.jp",
                    "crm.mail",
                    "1AbC-doc",
                    "crm.customers",
                    "Exchange",
                    "mail",
                    "contact",
                    "crm.contacts",
                    "gmail",
                    "crm.mail"));

    private final LineParser microsoft = new Microsoft365(Map.of("SharingSet", Action.EXPORT)).parser(RULES);
    private final LineParser google = new GoogleWorkspace(Map.of("shared_drive_x", Action.READ)).parser(RULES);
    private final LineParser okta = new Okta(Map.of()).parser(RULES);

    /** By a message of its SDK, of whatever app. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retrieve         | 1af2                | read   | 1",
                "RetrieveMultiple | 'b1, b2,b1'         | search | 2",
                "RetrieveMultiple | N/A                 | search | ",
                "ExportToExcel    | 'b1, b2, b3'        | export | 3",
                "Update           | N/A                 | update | ",
            })
    void readsDynamicsByItsMessageAndTable(String message, String results, String action, @Nullable Long records) {
        for (String operation :
                List.of("\"CrmDefaultActivity\",\"Message\":\"" + message + "\"", "\"" + message + "\"")) {
            AccessEvent event = event(microsoft, dynamics(operation, "contact", results));

            assertThat(event.action().label()).isEqualTo(action);
            assertThat(event.dataset()).isEqualTo("crm.contacts");
            assertThat(event.records()).isEqualTo(records);
            assertThat(event.userId()).isEqualTo("mori");
            assertThat(event.sourceIp()).isEqualTo("203.0.113.9");
        }
    }

    @Test
    void ignoresMessagesOfDynamicsThatReadNobody() {
        assertThat(ignored(
                        microsoft,
                        dynamics("\"CrmDefaultActivity\",\"Message\":\"RetrieveAppComponents\"", "N/A", "N/A")))
                .isEqualTo("operation that is no access");
    }

    private static String dynamics(String operation, String table, String results) {
        return """
            {"CreationTime":"2026-12-01T00:30:00","Id":"x","Operation":%s,"RecordType":21,"Workload":"CRM",\
            "UserId":"7f3c","UserUpn":"Mori@example.jp","ClientIP":"203.0.113.9:51000","CrmOrganizationUniqueName":"org1",\
            "EntityName":"%s","EntityId":"1af2","QueryResults":"%s","ResultStatus":"Success",\
            "ItemUrl":"https://org1.crm7.dynamics.com/main.aspx?etn=contact"}\
            """.formatted(operation, table, results);
    }

    @Test
    void readsAnAccessToASharePointFile() {
        AccessEvent event = event(microsoft, sharePoint("FileDownloaded"));

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00Z"));
        assertThat(event.action()).isEqualTo(Action.DOWNLOAD);
        assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.userName()).isEqualTo("Mori@example.jp");
        assertThat(event.sourceIp()).isEqualTo("203.0.113.9");
        assertThat(event.serviceName()).isEqualTo("SharePoint");
        assertThat(event.urlPath()).isEqualTo("/sites/hr/Shared Documents/名簿.xlsx");
        assertThat(event.dataset()).isEqualTo("hr.files");
        assertThat(event.dataCategories()).containsExactly("contact");
        assertThat(event.records()).isNull();
        assertThat(event.userAgent()).isEqualTo("Mozilla/5.0");
    }

    @ParameterizedTest
    @CsvSource({"Bind,False,2", "Bind,True,", "Sync,False,"})
    void countsTheMessagesThatAMailItemsAccessedNames(String kind, String throttled, @Nullable Long records) {
        String line = """
            {"CreationTime":"2026-12-01T00:30:00","Id":"x","Operation":"MailItemsAccessed","RecordType":50,\
            "ResultStatus":"Succeeded","Workload":"Exchange","UserId":"mori@example.jp","ClientIPAddress":"203.0.113.9",\
            "MailboxOwnerUPN":"info@example.jp","OperationCount":3,"OperationProperties":[\
            {"Name":"MailAccessType","Value":"%s"},{"Name":"IsThrottled","Value":"%s"}],\
            "Folders":[{"Path":"\\\\Inbox","FolderItems":[{"InternetMessageId":"<a@example.jp>"},\
            {"InternetMessageId":"<b@example.jp>"}]},\
            {"Path":"\\\\Sent","FolderItems":[{"InternetMessageId":"<a@example.jp>"}]}]}\
            """.formatted(kind, throttled);

        AccessEvent event = event(microsoft, line);

        assertThat(event.records()).isEqualTo(records);
        assertThat(event.dataset()).isEqualTo("crm.mail");
    }

    @Test
    void unwrapsThePagesOfGooglesApi() {
        String activity = """
            {"kind":"admin#reports#activity","id":{"time":"2026-12-01T00:30:00.123Z","applicationName":"drive"},
              "actor":{"email":"mori@example.jp"},"events":[{"type":"access","name":"view"}]}\
            """;
        String page = """
            {
              "kind": "admin#reports#activities",
              "etag": "\\"x\\"",
              "items": [%s, %s],
              "nextPageToken": "A:1"
            }
            {"kind":"admin#reports#activities","etag":"y"}
            """.formatted(activity, activity);

        List<String> found = records(new GoogleWorkspace(Map.of()).framing(Encoding.UTF_8), page, true);

        assertThat(found).hasSize(3);
        assertThat(event(google, found.get(0)).action()).isEqualTo(Action.READ);
        assertThat(event(google, found.get(1)).userId()).isEqualTo("mori");
        assertThat(ignored(google, found.get(2))).isEqualTo("empty page");
    }

    @Test
    void readsTheSameRecordFromPurviewsCsv() {
        String quoted = "\"" + sharePoint("FileDownloaded").replace("\"", "\"\"") + "\"";

        assertThat(event(microsoft, "2026-12-01T00:30:00.0000000Z,Mori@example.jp,FileDownloaded," + quoted))
                .isEqualTo(event(microsoft, sharePoint("FileDownloaded")));
        assertThat(ignored(microsoft, "CreationDate,UserIds,Operations,AuditData"))
                .isEqualTo("header line");
        assertThat(ignored(
                        microsoft, "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits"))
                .isEqualTo("header line");
    }

    /** A name is what somebody typed who could not log in. */
    @Test
    void rejectsALineOfCsvWhoseUserIsCalledLikeARecord() {
        String forged = "\"" + sharePoint("UserLoggedIn").replace("\"", "\"\"") + "\"";
        String quoted = "\"" + sharePoint("UserLoginFailed").replace("\"", "\"\"") + "\"";

        assertThat(rejection(microsoft, "2026-12-01T00:30:00Z," + forged + ",UserLoginFailed," + quoted))
                .contains("several columns may be AuditData");
    }

    /** As Entra ID tells of log-ins. */
    @Test
    void findsTheUserAgentAmongTheExtendedProperties() {
        String line = """
            {"CreationTime":"2026-12-01T00:30:00","Operation":"UserLoggedIn","UserId":"mori@example.jp","RecordType":15,
            "Workload":"AzureActiveDirectory","ClientIP":"203.0.113.9","ResultStatus":"Success","ExtendedProperties":[
            {"Name":"ResultStatusDetail","Value":"Redirect"},{"Name":"UserAgent","Value":"Mozilla/5.0"}]}\
            """;

        assertThat(event(microsoft, line).userAgent()).isEqualTo("Mozilla/5.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "FileAccessed | read | | file",
                "FileSyncDownloadedFull | download | file | file",
                "FilePrinted | print | printer | file",
                "FileCopiedToRemovableMedia | copy-to-media | external-media | file",
                "FileCopied | read | | file",
                "Copy | read | | file",
                "FileCopiedToRemoteDesktopSession | export | file | file",
                "FileTransferredByBluetooth | copy-to-media | external-media | file",
                "PreviewItemRendered | read | | file",
                "PreviewItemDownloaded | download | file | file",
                "FileRecycled | delete | | file",
                "SearchQueryPerformed | search | | file",
                "ViewDocument | read | | file",
                "DownloadDocument | download | file | file",
                "ExportJob | export | file | file",
                "FileCopiedToClipboard | read | | file",
                "AttachmentAccess | read | | file",
                "MessageRead | read | | file",
                "MessagesListed | read | | file",
                "MessagesExported | export | file | file",
                "SharingSet | export | file | file",
                "UserLoggedIn | login | | authentication",
            })
    void tellsWhatWasDone(String operation, String action, String destination, String category) {
        AccessEvent event = event(microsoft, sharePoint(operation));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.destination()).isEqualTo(destination);
        assertThat(event.eventCategories()).containsExactly(category);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ResultStatus\":\"Failed\"",
                "\"ResultStatus\":\"Failure\"",
                "\"ResultStatus\":\"False\"",
                "\"IsSuccess\":false"
            })
    void tellsWhatFailed(String member) {
        String line = sharePoint("ViewReport").replace("\"RecordType\":6", "\"RecordType\":20," + member);

        assertThat(event(microsoft, line).outcome()).isEqualTo(Outcome.FAILURE);
    }

    /** As Microsoft's documentation shows it, with what more recent records tell of a resource. */
    @Test
    void readsWhatCopilotUsed() {
        String line = """
            {"CreationTime":"2026-12-01T00:30:00","Id":"x","Operation":"CopilotInteraction","RecordType":261,"Workload":"Copilot",
            "ClientIP":"::ffff:203.0.113.9","UserId":"mori@example.jp","CopilotEventData":{"AccessedResources":[%s],
            "AppHost":"appchat","Contexts":[%s],"MessageIds":[],"ThreadId":"19:a@thread.v2"}}\
            """;
        String context = "{\"Id\":\"https://example.sharepoint.com/sites/sales/plan.docx\",\"Type\":\"docx\"}";
        String resource =
                "{\"Action\":\"Read\",\"Name\":\"名簿.xlsx\",\"SiteUrl\":\"https://example.sharepoint.com/sites/hr/名簿.xlsx\"}";

        AccessEvent event = event(microsoft, line.formatted("{\"Name\":\"a\"}," + resource, context));

        assertThat(event.action()).isEqualTo(Action.READ);
        assertThat(event.dataset()).isEqualTo("hr.files");
        assertThat(event.urlPath()).isEqualTo("/sites/hr/名簿.xlsx");
        assertThat(event(microsoft, line.formatted("", context)).urlPath()).isEqualTo("/sites/sales/plan.docx");
        assertThat(ignored(microsoft, line.formatted("", ""))).contains("Copilot");
    }

    @Test
    void readsMailAndLogIns() {
        AccessEvent mail = event(microsoft, """
            {"CreationTime":"2026-12-01T00:30:00","Id":"x","Operation":"MailItemsAccessed","RecordType":50,
            "ResultStatus":"Succeeded","UserId":"mori@example.jp","Workload":"Exchange","MailboxOwnerUPN":
            "info@example.jp","ClientIPAddress":"2001:db8::1","ClientInfoString":"Client=OWA;",
            "Folders":[{"FolderItems":[{"InternetMessageId":"<a@b>"}]}]}\
            """);
        AccessEvent sent = event(microsoft, """
            {"CreationTime":"2026-12-01T00:30:00","Operation":"Send","UserId":"mori@example.jp",
            "Workload":"Exchange","ClientIP":"[2001:db8::1]:51000"}\
            """);
        AccessEvent refused = event(microsoft, """
            {"CreationTime":"2026-12-01T00:30:00","Operation":"UserLoginFailed","UserId":"mori@example.jp",
            "Workload":"AzureActiveDirectory","ClientIP":"203.0.113.9:51000","ResultStatus":"Success"}\
            """);

        assertThat(mail.action()).isEqualTo(Action.READ);
        assertThat(mail.dataset()).isEqualTo("crm.mail");
        assertThat(mail.sourceIp()).isEqualTo("2001:db8::1");
        assertThat(mail.eventCategories()).containsExactly("email");
        assertThat(sent.action()).isEqualTo(Action.EMAIL);
        assertThat(sent.destination()).isEqualTo("email");
        assertThat(sent.dataset()).isEqualTo("mail");
        assertThat(sent.sourceIp()).isEqualTo("2001:db8::1");
        assertThat(refused.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(refused.sourceIp()).isEqualTo("203.0.113.9");
        assertThat(refused.dataset()).isNull();
    }

    @Test
    void takesOfAnActivitysEventsTheOneThatSaysMost() {
        AccessEvent event = event(google, activity("drive", """
            {"type":"access","name":"view","parameters":[{"name":"doc_id","value":"other"}]},
            {"type":"access","name":"download","parameters":[{"name":"primary_event","boolValue":true},
            {"name":"doc_id","value":"1AbC-doc"},{"name":"doc_title","value":"名簿"}]},
            {"type":"acl_change","name":"change_user_access"}\
            """));

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00.250Z"));
        assertThat(event.action()).isEqualTo(Action.DOWNLOAD);
        assertThat(event.destination()).isEqualTo("file");
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.userEmail()).isEqualTo("mori@example.jp");
        assertThat(event.sourceIp()).isEqualTo("203.0.113.9");
        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.serviceName()).isEqualTo("drive");
    }

    @Test
    void takesOfEventsThatSayAsMuchTheOneOfAMappedDocument() {
        String view = "{\"type\":\"access\",\"name\":\"view\",\"parameters\":[{\"name\":\"doc_id\",\"value\":\"%s\"}]}";
        String line = activity("drive", view.formatted("other") + "," + view.formatted("1AbC-doc"));
        SourceRules withDataset = new SourceRules(
                "host-1",
                null,
                ZoneId.of("Asia/Tokyo"),
                AccountRules.keepAll(),
                "workspace",
                List.of(),
                List.of(),
                Map.of("1AbC-doc", "crm.customers"));

        assertThat(event(google, line).dataset()).isEqualTo("crm.customers");
        assertThat(event(new GoogleWorkspace(Map.of()).parser(withDataset), line)
                        .dataset())
                .isEqualTo("crm.customers");
    }

    @ParameterizedTest
    @CsvSource({"VIEW,ASSET_ID,read", "DATA_EXPORT,ASSET_ID,export", "VIEW,OWNER_EMAIL,read"})
    void readsLookerStudiosReports(String name, String parameter, String action) {
        AccessEvent event = event(
                google,
                activity(
                        "data_studio",
                        "{\"type\":\"ACCESS\",\"name\":\"" + name + "\",\"parameters\":[{\"name\":\"" + parameter
                                + "\",\"value\":\"1AbC-doc\"}]}"));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo("crm.customers");
    }

    /** Accesses that are told by the other applications of the Reports API. */
    @ParameterizedTest
    @CsvSource({
        "takeout, STARTED_USER_TAKEOUT, export",
        "takeout, DOWNLOADED_USER_TAKEOUT, download",
        "vault, export, export",
        "vault, export_file_download, download",
        "vault, search, search",
        "vault, view_document, read",
        "admin, DOWNLOAD_USERLIST_CSV, download",
        "admin, GROUP_MEMBERS_DOWNLOAD, download",
        "admin, EMAIL_LOG_SEARCH, search",
        "admin, CUSTOMER_TAKEOUT_CREATED, export",
        "calendar, export_calendar, export",
        "calendar, print_preview_calendar, print",
        "data_studio, DOWNLOAD_REPORT, download",
        "drive, connected_sheets_query, read",
    })
    void tellsWhatWasDoneInGooglesApplications(String application, String name, String action) {
        AccessEvent event = event(google, activity(application, "{\"type\":\"x\",\"name\":\"" + name + "\"}"));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.serviceName()).isEqualTo(application);
    }

    /** A takeout that is done was told of when it began; one that is planned, when it begins. */
    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED_USER_TAKEOUT", "SCHEDULED_USER_TAKEOUT", "create_export_begin", "search_count"})
    void countsNothingTwiceOfWhatGoogleTellsInSteps(String name) {
        assertThat(ignored(google, activity("takeout", "{\"name\":\"" + name + "\"}")))
                .isEqualTo("operation that is no access");
    }

    @ParameterizedTest
    @CsvSource({"1,email", "7,read", "11,email", "14,delete", "17,download", "12,update"})
    void readsGmailsEventsByTheirNumber(String number, String action) {
        LineParser parser = new GoogleWorkspace(Map.of("mail_event_type=12", Action.UPDATE)).parser(RULES);
        AccessEvent event = event(parser, mail(number, true));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.eventCategories()).containsExactly("email");
        assertThat(event.dataset()).isEqualTo("crm.mail");
        assertThat(event(parser, mail(number, false)).outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(ignored(parser, mail("2", true))).isEqualTo("operation that is no access");
    }

    private static String mail(String number, boolean success) {
        return activity(
                "gmail",
                "{\"type\":\"delivery_type\",\"name\":\"delivery\",\"parameters\":[{\"name\":\"message_info\",\"messageValue\":{\"parameter\":"
                    + "[{\"name\":\"subject\",\"value\":\"顧客名簿\"}]}},{\"name\":\"event_info\",\"messageValue\":{\"parameter\":"
                    + "[{\"name\":\"mail_event_type\",\"intValue\":\"" + number
                        + "\"},{\"name\":\"success\",\"boolValue\":" + success + "}]}}]}");
    }

    @Test
    void takesNobodyForNoAccount() {
        String view = activity("drive", "{\"type\":\"access\",\"name\":\"view\"}");
        String anonymous = view.replace(
                "\"email\":\"mori@example.jp\",\"profileId\":\"10\"", "\"profileId\":\"105250506097979753968\"");
        String unknown = okta("user.session.start", "FAILURE").replace("mori@example.jp", "unknown");
        String notAvailable = sharePoint("UserLoginFailed").replace("Mori@example.jp", "Not Available");

        assertThat(event(google, anonymous).account().value()).isEqualTo("ip:203.0.113.9");
        assertThat(event(google, anonymous.replace("\"profileId\"", "\"key\":\"robot\",\"profileId\""))
                        .userId())
                .isEqualTo("robot");
        assertThat(event(okta, unknown).account().value()).isEqualTo("ip:203.0.113.9");
        assertThat(event(microsoft, notAvailable).account().value()).isEqualTo("ip:203.0.113.9");
    }

    @Test
    void readsGooglesLogIns() {
        AccessEvent refused = event(google, activity("login", "{\"type\":\"login\",\"name\":\"login_failure\"}"));

        assertThat(refused.action()).isEqualTo(Action.LOGIN);
        assertThat(refused.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(refused.eventCategories()).containsExactly("authentication");
    }

    @ParameterizedTest
    @CsvSource({
        "user.session.start, SUCCESS, login, success",
        "user.session.start, FAILURE, login, failure",
        "user.authentication.sso, SUCCESS, login, success",
        "user.session.end, SUCCESS, logout, success",
        "user.session.impersonation.initiate, SUCCESS, login, success",
        "user.authentication.auth_via_radius, SUCCESS, login, success",
        "user.authentication.auth_via_mfa, FAILURE, login, failure",
        "app.audit_report.download, SUCCESS, download, success",
    })
    void readsOktasEvents(String type, String result, String action, String outcome) {
        AccessEvent event = event(okta, okta(type, result));

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00.250Z"));
        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.sourceIp()).isEqualTo("203.0.113.9");
        assertThat(event.userAgent()).isEqualTo("Mozilla/5.0");
        assertThat(event.serviceName()).isEqualTo("Salesforce");
    }

    @Test
    void ignoresWellFormedRecordsThatAreNoAccess() {
        String reason = "operation that is no access";

        assertThat(ignored(microsoft, sharePoint("AddedToGroup"))).isEqualTo(reason);
        assertThat(ignored(google, activity("admin", "{\"name\":\"CHANGE_PASSWORD\"}")))
                .isEqualTo(reason);
        assertThat(ignored(okta, okta("policy.evaluate_sign_on", "ALLOW"))).isEqualTo(reason);
        assertThat(ignored(okta, okta("user.authentication.auth_via_mfa", "SUCCESS")))
                .isEqualTo("step of a sign-in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "{}", "{\"a\":", "a,\"{\"\"Operation\"\":1}\"", "a,\"b", "[{}]", "{\"events\":[]}"})
    void rejectsWhatHasNotTheShape(String line) {
        assertThat(rejection(microsoft, line)).isNotBlank();
        assertThat(rejection(google, line)).startsWith("not an activity");
        assertThat(rejection(okta, line)).startsWith("not a System Log event");
    }

    /** As Graph's audit search answers, and as its reference has it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"%s", "{\"@odata.type\":\"#microsoft.graph.security.defaultAuditData\",\"dynamicProperties\":%s}"
            })
    void unwrapsThePagesOfGraph(String auditData) {
        String page = """
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x","@odata.nextLink":"https://graph.microsoft.com/y",
            "value":[{"id":"1","createdDateTime":"2026-12-01T00:30:00Z","operation":"FileDownloaded","userId":"0a1b",
            "userPrincipalName":"mori@example.jp","clientIp":null,"administrativeUnits":[""],"auditData":%s}]}
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x","value":[]}
            """.formatted(auditData.formatted(sharePoint("FileDownloaded")));

        List<String> found = records(new Microsoft365(Map.of()).framing(Encoding.UTF_8), page, true);

        assertThat(found).hasSize(1);
        assertThat(event(microsoft, found.getFirst())).isEqualTo(event(microsoft, sharePoint("FileDownloaded")));
    }

    @Test
    void findsRecordsInArraysAndCsv() {
        Format format = new Microsoft365(Map.of());

        assertThat(records(format.framing(Encoding.UTF_8), "[{\"a\":1},{\"b\":2}]", true))
                .containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(records(format.framing(Encoding.UTF_8), "a,AuditData\r\n1,\"{\"\"a\"\":1}\"\r\n", false))
                .containsExactly("a,AuditData", "1,\"{\"\"a\"\":1}\"");
        assertThat(records(format.framing(Encoding.UTF_8), "\"a\",\"AuditData\"\n\"1\",\"{\"\"a\"\":1}\"\n", false))
                .containsExactly("\"a\",\"AuditData\"", "\"1\",\"{\"\"a\"\":1}\"");
    }

    private static String sharePoint(String operation) {
        return "{\"CreationTime\":\"2026-12-01T00:30:00\",\"Id\":\"7f2a\",\"Operation\":\"" + operation
                + "\",\"OrganizationId\":\"0a1b\",\"RecordType\":6,\"UserKey\":\"i:0h.f|membership|1\",\"UserType\":0,"
                + "\"Version\":1,\"Workload\":\"SharePoint\",\"ClientIP\":\"203.0.113.9\",\"ObjectId\":"
                + "\"https://example.sharepoint.com/sites/hr/Shared Documents/名簿.xlsx\","
                + "\"UserId\":\"Mori@example.jp\",\"UserAgent\":\"Mozilla/5.0\",\"ItemType\":\"File\","
                + "\"SourceFileName\":\"名簿.xlsx\"}";
    }

    private static String activity(String application, String events) {
        return "{\"kind\":\"admin#reports#activity\",\"id\":{\"time\":\"2026-12-01T00:30:00.250Z\","
                + "\"uniqueQualifier\":\"-17\",\"applicationName\":\"" + application + "\",\"customerId\":\"C01\"},"
                + "\"actor\":{\"callerType\":\"USER\",\"email\":\"mori@example.jp\",\"profileId\":\"10\"},"
                + "\"ipAddress\":\"203.0.113.9\",\"events\":[" + events + "]}";
    }

    private static String okta(String type, String result) {
        return "{\"uuid\":\"1\",\"published\":\"2026-12-01T00:30:00.250Z\",\"eventType\":\"" + type
                + "\",\"version\":\"0\",\"severity\":\"INFO\",\"actor\":{\"id\":\"00u1\",\"type\":\"User\","
                + "\"alternateId\":\"mori@example.jp\",\"displayName\":\"森\"},\"client\":{\"userAgent\":"
                + "{\"rawUserAgent\":\"Mozilla/5.0\",\"os\":\"Windows\"},\"ipAddress\":\"203.0.113.9\"},"
                + "\"outcome\":{\"result\":\"" + result + "\",\"reason\":null},\"target\":[{\"id\":\"0\",\"type\":"
                + "\"AppUser\",\"displayName\":\"x\"},{\"type\":\"AppInstance\",\"displayName\":\"Salesforce\"}]}";
    }
}
