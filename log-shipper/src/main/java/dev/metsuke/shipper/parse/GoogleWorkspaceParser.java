package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One activity of Google Workspace's Reports API
 * (https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list). It may hold several events, of
 * one action of one person: the one that says most becomes the access, so that none is counted twice.
 */
final class GoogleWorkspaceParser implements LineParser {

    private static final List<String> FILE = List.of("file");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final List<String> EMAIL = List.of("email");
    private static final String GMAIL = "gmail";
    private static final String MAIL_EVENT = "mail_event_type=";
    private static final String NOBODY = "105250506097979753968";
    /** Looker Studio, formerly Data Studio, writes its names in capitals. */
    private static final List<String> OBJECTS = List.of(
            "doc_id",
            "owner_shared_drive_id",
            "shared_drive_id",
            "owner",
            "ASSET_ID",
            "PARENT_WORKSPACE_ID",
            "OWNER_EMAIL");

    // https://developers.google.com/workspace/admin/reports/v1/appendix/activity/drive, and those of the others beside
    // it.
    private static final Map<String, Action> KNOWN = Map.ofEntries(
            Map.entry("view", Action.READ),
            Map.entry("VIEW", Action.READ),
            Map.entry("preview", Action.READ),
            Map.entry("access_item_content", Action.READ),
            Map.entry("prefetch_item_content", Action.READ),
            Map.entry("sheets_import_range", Action.READ),
            Map.entry("sync_item_content", Action.DOWNLOAD),
            Map.entry("download", Action.DOWNLOAD),
            Map.entry("attachment_download", Action.DOWNLOAD),
            Map.entry("connected_sheets_query", Action.READ),
            Map.entry("DATA_EXPORT", Action.EXPORT),
            Map.entry("DOWNLOAD_REPORT", Action.DOWNLOAD),
            Map.entry("export_calendar", Action.EXPORT),
            Map.entry("print_preview_calendar", Action.PRINT),
            // Of Takeout; that it is done, and planned, is no access of its own.
            Map.entry("STARTED_USER_TAKEOUT", Action.EXPORT),
            Map.entry("DOWNLOADED_USER_TAKEOUT", Action.DOWNLOAD),
            Map.entry("CUSTOMER_TAKEOUT_CREATED", Action.EXPORT),
            // Of Vault, where a search goes through everybody's mail and files.
            Map.entry("export", Action.EXPORT),
            Map.entry("export_file_download", Action.DOWNLOAD),
            Map.entry("legacy_export_download", Action.DOWNLOAD),
            Map.entry("download_count_per_account_csv", Action.DOWNLOAD),
            Map.entry("view_document", Action.READ),
            Map.entry("view_external_document", Action.READ),
            // Of administrators.
            Map.entry("DOWNLOAD_USERLIST", Action.DOWNLOAD),
            Map.entry("DOWNLOAD_USERLIST_CSV", Action.DOWNLOAD),
            Map.entry("DOWNLOAD_UNMANAGED_USERS_LIST", Action.DOWNLOAD),
            Map.entry("GROUP_MEMBERS_DOWNLOAD", Action.DOWNLOAD),
            Map.entry("REQUEST_MAILBOX_DUMP", Action.EXPORT),
            Map.entry("REQUEST_ACCOUNT_INFO", Action.EXPORT),
            Map.entry("EMAIL_LOG_SEARCH", Action.SEARCH),
            Map.entry("email_as_attachment", Action.EMAIL),
            Map.entry("download_forms_response", Action.DOWNLOAD),
            Map.entry("search", Action.SEARCH),
            Map.entry("source_copy", Action.READ),
            Map.entry("print", Action.PRINT),
            Map.entry("copy", Action.UPDATE),
            Map.entry("create", Action.UPDATE),
            Map.entry("edit", Action.UPDATE),
            Map.entry("upload", Action.UPDATE),
            Map.entry("rename", Action.UPDATE),
            Map.entry("move", Action.UPDATE),
            Map.entry("untrash", Action.UPDATE),
            Map.entry("delete", Action.DELETE),
            Map.entry("trash", Action.DELETE),
            // https://developers.google.com/workspace/admin/reports/v1/appendix/activity/gmail
            Map.entry(MAIL_EVENT + "1", Action.EMAIL),
            Map.entry(MAIL_EVENT + "7", Action.READ),
            Map.entry(MAIL_EVENT + "11", Action.EMAIL),
            Map.entry(MAIL_EVENT + "13", Action.DELETE),
            Map.entry(MAIL_EVENT + "14", Action.DELETE),
            Map.entry(MAIL_EVENT + "17", Action.DOWNLOAD),
            Map.entry(MAIL_EVENT + "18", Action.READ),
            Map.entry("login_success", Action.LOGIN),
            Map.entry("login_failure", Action.LOGIN),
            Map.entry("logout", Action.LOGOUT));

    private final SourceRules rules;
    private final Operations operations;

    GoogleWorkspaceParser(SourceRules rules, Map<String, Action> settings) {
        this.rules = rules;
        this.operations = new Operations(KNOWN, settings);
    }

    @Override
    public ParseResult parse(String line) {
        return JsonTree.interpret(line, "an activity", this::interpret);
    }

    private ParseResult interpret(JsonTree tree) {
        if ("admin#reports#activities".equals(tree.text("kind"))) {
            return new ParseResult.Ignored("empty page");
        }
        String written = tree.get("id").text("time");
        Instant time = written == null ? null : Times.iso(written, ZoneOffset.UTC);
        List<JsonTree> events = tree.get("events").elements();
        if (written == null || events.isEmpty()) {
            return ParseResult.rejected("not an activity: no id.time and events");
        }
        if (time == null) {
            return ParseResult.unreadableTime(written);
        }
        JsonTree telling = telling(events);
        return telling == null ? Operations.none() : new ParseResult.Parsed(event(tree, telling, time));
    }

    /** The first of those that say most; one whose object is mapped goes before others that say as much. */
    private @Nullable JsonTree telling(List<JsonTree> events) {
        JsonTree telling = null;
        int most = 0;
        for (JsonTree event : events) {
            int weight = 2 * Operations.weight(action(event));
            int weighed = weight > 0 && objectDataset(event) != null ? weight + 1 : weight;
            if (weighed > most) {
                telling = event;
                most = weighed;
            }
        }
        return telling;
    }

    private AccessEvent.Builder event(JsonTree tree, JsonTree told, Instant time) {
        String name = String.valueOf(told.text("name"));
        Action action = action(told);
        JsonTree actor = tree.get("actor");
        String email = actor.text("email");
        String account = email == null ? unnamed(actor) : email;
        AccessEvent.Builder event = rules.event().timestamp(time);
        boolean session = action == Action.LOGIN || action == Action.LOGOUT;
        if (action != null) {
            event.action(action).destination(Destination.of(action));
        }
        String application = tree.get("id").text("applicationName");
        boolean failed = name.endsWith("_failure") || "false".equals(mailParameter(told, "success"));
        event.outcome(failed ? Outcome.FAILURE : Outcome.SUCCESS)
                .eventCategories(session ? AUTHENTICATION : GMAIL.equals(application) ? EMAIL : FILE)
                .userId(rules.accounts().normalise(account))
                .userName(account)
                .userEmail(email);
        if (application != null) {
            event.serviceName(application);
        }
        Address.put(event, tree.text("ipAddress"));
        return session ? event : rules.touch(event, dataset(told, application));
    }

    /** Gmail calls each of its events {@code delivery}, and tells by a number within what happened. */
    private @Nullable Action action(JsonTree event) {
        Action ofMail = operations.of(MAIL_EVENT + mailParameter(event, "mail_event_type"));
        return ofMail == null ? operations.of(event.text("name")) : ofMail;
    }

    private static @Nullable String mailParameter(JsonTree event, String name) {
        for (JsonTree parameter : event.get("parameters").elements()) {
            if ("event_info".equals(parameter.text("name"))) {
                for (JsonTree nested :
                        parameter.get("messageValue").get("parameter").elements()) {
                    if (name.equals(nested.text("name"))) {
                        String number = nested.text("intValue");
                        return number == null ? nested.text("boolValue") : number;
                    }
                }
            }
        }
        return null;
    }

    /** Of who has no address: the profile, unless it is what stands for nobody; or the robot's key. */
    private static @Nullable String unnamed(JsonTree actor) {
        String profile = actor.text("profileId");
        return profile == null || profile.equals(NOBODY) ? actor.text("key") : profile;
    }

    /** What a document, a shared drive, an owner or an application is by the tables. */
    private @Nullable String dataset(JsonTree told, @Nullable String application) {
        String ofObject = objectDataset(told);
        return rules.touched(
                ofObject == null && application != null ? rules.tableDataset(null, application) : ofObject);
    }

    private @Nullable String objectDataset(JsonTree told) {
        for (String name : OBJECTS) {
            String value = parameter(told, name);
            String mapped = value == null ? null : rules.tableDataset(null, value);
            if (mapped != null) {
                return mapped;
            }
        }
        return null;
    }

    private static @Nullable String parameter(JsonTree event, String name) {
        for (JsonTree parameter : event.get("parameters").elements()) {
            if (name.equals(parameter.text("name"))) {
                return parameter.text("value");
            }
        }
        return null;
    }
}
