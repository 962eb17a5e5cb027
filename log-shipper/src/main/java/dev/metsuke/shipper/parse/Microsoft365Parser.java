package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One record of Microsoft 365's unified audit log
 * (https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema), by itself or in
 * the {@code AuditData} column of a CSV export of Purview.
 */
final class Microsoft365Parser implements LineParser {

    private static final List<String> FILE = List.of("file");
    private static final List<String> EMAIL = List.of("email");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final Set<String> FAILED = Set.of("failed", "failure", "false");
    private static final String MAIL_ITEMS = "MailItemsAccessed";
    private static final String OPERATION = "Operation";
    private static final String OPERATION_PROPERTIES = "OperationProperties";
    private static final String DATA_COLUMN = "AuditData";
    private static final String COPILOT = "CopilotInteraction";
    private static final JsonPointer OBJECT = JsonPointer.parse("/ObjectId");
    /** https://learn.microsoft.com/office/office-365-management-api/copilot-schema: what the answer was made of, and what was open. */
    private static final List<JsonPointer> USED_BY_COPILOT = Stream.of(
                    "/CopilotEventData/AccessedResources/*/SiteUrl",
                    "/CopilotEventData/AccessedResources/*/ID",
                    "/CopilotEventData/AccessedResources/*/Id",
                    "/CopilotEventData/Contexts/*/Id")
            .map(JsonPointer::parse)
            .toList();
    // https://learn.microsoft.com/purview/audit-log-activities
    private static final Map<String, Action> KNOWN = Map.ofEntries(
            Map.entry("FileAccessed", Action.READ),
            Map.entry("FileAccessedExtended", Action.READ),
            Map.entry("FilePreviewed", Action.READ),
            Map.entry("FileRead", Action.READ),
            // They name what was copied, files and messages.
            Map.entry("FileCopied", Action.READ),
            Map.entry("Copy", Action.READ),
            Map.entry("PageViewed", Action.READ),
            Map.entry("PageViewedExtended", Action.READ),
            Map.entry("ListViewed", Action.READ),
            Map.entry("ListItemViewed", Action.READ),
            Map.entry("AnonymousLinkUsed", Action.READ),
            Map.entry("ViewReport", Action.READ),
            Map.entry("ViewDashboard", Action.READ),
            Map.entry("ViewForm", Action.READ),
            Map.entry("ViewResponses", Action.READ),
            Map.entry(MAIL_ITEMS, Action.READ),
            Map.entry("AttachmentAccess", Action.READ),
            Map.entry("MessageBind", Action.READ),
            Map.entry("FolderBind", Action.READ),
            Map.entry("SearchQueryPerformed", Action.SEARCH),
            Map.entry("SearchQueryInitiatedSharePoint", Action.SEARCH),
            Map.entry("SearchQueryInitiatedExchange", Action.SEARCH),
            Map.entry("SearchStarted", Action.SEARCH),
            Map.entry("SearchPreviewed", Action.READ),
            Map.entry("PreviewItemListed", Action.READ),
            Map.entry("PreviewItemRendered", Action.READ),
            Map.entry("PreviewItemDownloaded", Action.DOWNLOAD),
            // eDiscovery's review sets:
            // https://learn.microsoft.com/purview/ediscovery-search-for-activities-in-the-audit-log
            Map.entry("ViewDocument", Action.READ),
            Map.entry("DownloadDocument", Action.DOWNLOAD),
            Map.entry("ExportJob", Action.EXPORT),
            // What becomes of it on the way from there is not told.
            Map.entry("FileCopiedToClipboard", Action.READ),
            Map.entry(COPILOT, Action.READ),
            // Teams, where a program asks for them by Microsoft's Graph API.
            Map.entry("MessageRead", Action.READ),
            Map.entry("MessagesListed", Action.READ),
            Map.entry("MessageHostedContentRead", Action.READ),
            Map.entry("MessageHostedContentsListed", Action.READ),
            Map.entry("ChatRetrieved", Action.READ),
            Map.entry("MessagesExported", Action.EXPORT),
            Map.entry("RecordingExported", Action.EXPORT),
            Map.entry("TranscriptsExported", Action.EXPORT),
            Map.entry("FileDownloaded", Action.DOWNLOAD),
            Map.entry("FileSyncDownloadedFull", Action.DOWNLOAD),
            Map.entry("FileSyncDownloadedPartial", Action.DOWNLOAD),
            Map.entry("DownloadReport", Action.DOWNLOAD),
            Map.entry("SearchExportDownloaded", Action.DOWNLOAD),
            Map.entry("SearchExported", Action.EXPORT),
            Map.entry("ExportReport", Action.EXPORT),
            Map.entry("ExportArtifact", Action.EXPORT),
            Map.entry("ExportTile", Action.EXPORT),
            Map.entry("ExportForm", Action.EXPORT),
            Map.entry("New-MailboxExportRequest", Action.EXPORT),
            Map.entry("FileUploadedToCloud", Action.EXPORT),
            Map.entry("FileCopiedToNetworkShare", Action.EXPORT),
            Map.entry("FileCreatedOnNetworkShare", Action.EXPORT),
            Map.entry("FileCopiedToRemoteDesktopSession", Action.EXPORT),
            Map.entry("PrintReport", Action.PRINT),
            Map.entry("FilePrinted", Action.PRINT),
            Map.entry("FileCreatedOnRemovableMedia", Action.COPY_TO_MEDIA),
            Map.entry("FileCopiedToRemovableMedia", Action.COPY_TO_MEDIA),
            Map.entry("FileTransferredByBluetooth", Action.COPY_TO_MEDIA),
            Map.entry("Send", Action.EMAIL),
            Map.entry("SendAs", Action.EMAIL),
            Map.entry("SendOnBehalf", Action.EMAIL),
            Map.entry("FileModified", Action.UPDATE),
            Map.entry("FileModifiedExtended", Action.UPDATE),
            Map.entry("FileUploaded", Action.UPDATE),
            Map.entry("FileMoved", Action.UPDATE),
            Map.entry("FileRenamed", Action.UPDATE),
            Map.entry("FileRestored", Action.UPDATE),
            Map.entry("ListItemCreated", Action.UPDATE),
            Map.entry("ListItemUpdated", Action.UPDATE),
            Map.entry("Update", Action.UPDATE),
            Map.entry("FileDeleted", Action.DELETE),
            Map.entry("FileRecycled", Action.DELETE),
            Map.entry("FileDeletedFirstStageRecycleBin", Action.DELETE),
            Map.entry("FileDeletedSecondStageRecycleBin", Action.DELETE),
            Map.entry("ListItemDeleted", Action.DELETE),
            Map.entry("MoveToDeletedItems", Action.DELETE),
            Map.entry("SoftDelete", Action.DELETE),
            Map.entry("HardDelete", Action.DELETE),
            Map.entry("UserLoggedIn", Action.LOGIN),
            Map.entry("UserLoginFailed", Action.LOGIN),
            Map.entry("MailboxLogin", Action.LOGIN),
            Map.entry("TeamsSessionStarted", Action.LOGIN));

    private final SourceRules rules;
    private final Operations operations;
    private final Operations messages;

    Microsoft365Parser(SourceRules rules, Map<String, Action> settings) {
        this.rules = rules;
        this.operations = new Operations(KNOWN, settings);
        this.messages = new Operations(DataverseActivity.KNOWN, settings);
    }

    @Override
    public ParseResult parse(String line) {
        if (line.stripLeading().startsWith("{")) {
            return record(line);
        }
        List<String> columns = CsvFields.of(line);
        if (columns == null) {
            return ParseResult.rejected("neither an audit record nor a line of Purview's CSV: a quote is not closed");
        }
        List<String> records =
                columns.stream().filter(column -> column.startsWith("{")).toList();
        return switch (records.size()) {
            case 0 ->
                columns.contains(DATA_COLUMN)
                        ? new ParseResult.Ignored("header line")
                        : ParseResult.rejected(
                                "neither an audit record nor a line of Purview's CSV with " + DATA_COLUMN);
            case 1 -> record(records.getFirst());
            // Whoever logs in may write one where the name belongs.
            default -> ParseResult.rejected("a line of Purview's CSV in which several columns may be " + DATA_COLUMN);
        };
    }

    private ParseResult record(String json) {
        return JsonTree.interpret(json, "an audit record", tree -> interpret(unwrapped(tree)));
    }

    /** Microsoft's Graph API puts an envelope around a record. */
    private static JsonTree unwrapped(JsonTree tree) {
        JsonTree data = tree.get("auditData");
        return Stream.of(data.get("dynamicProperties"), data)
                .filter(record -> record.text(OPERATION) != null)
                .findFirst()
                .orElse(tree);
    }

    private ParseResult interpret(JsonTree tree) {
        String operation = tree.text(OPERATION);
        String written = tree.text("CreationTime");
        // The service writes UTC and no zone.
        Instant time = written == null ? null : Times.iso(written, ZoneOffset.UTC);
        if (operation == null || written == null) {
            return ParseResult.rejected("not an audit record: no Operation and CreationTime");
        }
        if (time == null) {
            return ParseResult.unreadableTime(written);
        }
        DataverseActivity dataverse = DataverseActivity.of(tree, operation);
        Action action = dataverse == null ? operations.of(operation) : messages.of(dataverse.message());
        if (operation.equals(COPILOT) && usedByCopilot(tree).isEmpty()) {
            return new ParseResult.Ignored("talk with Copilot that used nothing");
        }
        if (action == null) {
            return Operations.none();
        }
        AccessEvent.Builder event = event(tree, operation, action, time);
        return new ParseResult.Parsed(dataverse == null ? event : dataverse.put(event, rules));
    }

    private AccessEvent.Builder event(JsonTree tree, String operation, Action action, Instant time) {
        // Of Dynamics 365 the other may be a number.
        String account = Operations.named(tree.text(tree.text("UserUpn") == null ? "UserId" : "UserUpn"));
        String workload = tree.text("Workload");
        String agent = agent(tree);
        AccessEvent.Builder event = rules.event()
                .timestamp(time)
                .action(action)
                .outcome(outcome(tree, operation))
                .eventCategories(action == Action.LOGIN ? AUTHENTICATION : "Exchange".equals(workload) ? EMAIL : FILE)
                .userId(rules.accounts().normalise(account))
                .userName(account)
                .userAgent(agent)
                .destination(Destination.of(action));
        if (workload != null) {
            event.serviceName(workload);
        }
        String address = tree.text("ClientIP") == null ? tree.text("ClientIPAddress") : tree.text("ClientIP");
        Address.put(event, withoutPort(address));
        return action == Action.LOGIN ? event : touched(event, tree, workload);
    }

    private static @Nullable String agent(JsonTree tree) {
        String agent = tree.text("UserAgent");
        String client = agent == null ? tree.text("ClientInfoString") : agent;
        return client == null ? property(tree, "ExtendedProperties", "UserAgent") : client;
    }

    /** What the object's URL says, of several the first that a rule knows; else what a mailbox or a workload is by the tables. */
    private AccessEvent.Builder touched(AccessEvent.Builder event, JsonTree tree, @Nullable String workload) {
        List<Located> objects = objects(tree);
        for (Located object : objects) {
            UrlRule rule = rules.urlRule(null, List.of(object.path));
            if (rule != null) {
                object.put(event);
                WebAccess.apply(rule, null, object.url, false, event, rules);
                return event;
            }
        }
        if (!objects.isEmpty()) {
            objects.getFirst().put(event);
        }
        String mailbox = tree.text("MailboxOwnerUPN");
        String mapped = mailbox == null ? null : rules.tableDataset(null, mailbox);
        if (mapped == null && workload != null) {
            mapped = rules.tableDataset(null, workload);
        }
        event.records(mailItems(tree));
        return rules.touch(event, rules.touched(mapped));
    }

    private static List<Located> objects(JsonTree tree) {
        List<Located> objects = new ArrayList<>();
        Stream.concat(tree.texts(OBJECT).stream(), usedByCopilot(tree).stream()).forEach(url -> {
            String path = UrlPath.normalised(url);
            if (path != null) {
                objects.add(new Located(url, path));
            }
        });
        return objects;
    }

    /** An object that is named by its URL. */
    private record Located(String url, String path) {
        void put(AccessEvent.Builder event) {
            event.urlOriginal(url).urlPath(path);
        }
    }

    private static List<String> usedByCopilot(JsonTree tree) {
        return USED_BY_COPILOT.stream()
                .flatMap(place -> tree.texts(place).stream())
                .toList();
    }

    /**
     * How many messages {@code MailItemsAccessed} names: it gathers those of two minutes. A synchronised folder is told as a
     * whole, and a throttled mailbox is not told of any more, so that neither says how many.
     */
    private static @Nullable Long mailItems(JsonTree tree) {
        if (!MAIL_ITEMS.equals(tree.text(OPERATION))
                || !"Bind".equals(property(tree, OPERATION_PROPERTIES, "MailAccessType"))
                || "True".equalsIgnoreCase(property(tree, OPERATION_PROPERTIES, "IsThrottled"))) {
            return null;
        }
        Set<String> named = new HashSet<>();
        long nameless = 0;
        for (JsonTree folder : tree.get("Folders").elements()) {
            for (JsonTree item : folder.get("FolderItems").elements()) {
                String id = item.text("InternetMessageId");
                if (id == null) {
                    nameless++;
                } else {
                    named.add(id);
                }
            }
        }
        long count = named.size() + nameless;
        return count == 0 ? null : count;
    }

    private static @Nullable String property(JsonTree tree, String properties, String name) {
        for (JsonTree property : tree.get(properties).elements()) {
            if (name.equals(property.text("Name"))) {
                return property.text("Value");
            }
        }
        return null;
    }

    /** Workloads have words of their own for it, and Power BI a member. */
    private static Outcome outcome(JsonTree tree, String operation) {
        String status = tree.text("ResultStatus");
        boolean failed = operation.equals("UserLoginFailed")
                || (status != null && FAILED.contains(status.toLowerCase(Locale.ROOT)))
                || "false".equals(tree.text("IsSuccess"));
        return failed ? Outcome.FAILURE : Outcome.SUCCESS;
    }

    /** {@code 203.0.113.9:51000} and {@code [2001:db8::1]:51000}. */
    static @Nullable String withoutPort(@Nullable String address) {
        if (address == null) {
            return null;
        }
        int bracket = address.startsWith("[") ? address.indexOf(']') : -1;
        if (bracket > 0) {
            return address.substring(1, bracket);
        }
        int colon = address.indexOf(':');
        return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }
}
