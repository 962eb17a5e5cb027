package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Dynamics 365 and other apps on Dataverse tell in Microsoft 365's audit log: which message of their SDK was called for
 * which table (https://learn.microsoft.com/power-platform/admin/enable-use-comprehensive-auditing).
 *
 * @param message such as {@code RetrieveMultiple}
 * @param table the entity's name, such as {@code contact}
 * @param people how many records it returned; null where that is not told
 */
record DataverseActivity(
        String message, @Nullable String table, @Nullable Long people) {

    // https://learn.microsoft.com/dotnet/api/microsoft.crm.sdk.messages
    static final Map<String, Action> KNOWN = Map.ofEntries(
            Map.entry("Retrieve", Action.READ),
            Map.entry("RetrieveRecordWall", Action.READ),
            Map.entry("RetrievePersonalWall", Action.READ),
            Map.entry("RetrieveMultiple", Action.SEARCH),
            Map.entry("ExecuteFetch", Action.SEARCH),
            Map.entry("Rollup", Action.SEARCH),
            Map.entry("Search", Action.SEARCH),
            Map.entry("ExportToExcel", Action.EXPORT),
            Map.entry("Create", Action.UPDATE),
            Map.entry("CreateMultiple", Action.UPDATE),
            Map.entry("Update", Action.UPDATE),
            Map.entry("UpdateMultiple", Action.UPDATE),
            Map.entry("Upsert", Action.UPDATE),
            Map.entry("Merge", Action.UPDATE),
            Map.entry("Assign", Action.UPDATE),
            Map.entry("Delete", Action.DELETE),
            Map.entry("DeleteMultiple", Action.DELETE),
            Map.entry("BulkDelete", Action.DELETE));

    private static final List<String> DATABASE = List.of("database");
    private static final String ANY_MESSAGE = "CrmDefaultActivity";
    private static final String NOT_TOLD = "N/A";
    private static final JsonPointer RESULTS = JsonPointer.parse("/QueryResults");

    /** Null where a record is of another service. */
    static @Nullable DataverseActivity of(JsonTree record, String operation) {
        if (!operation.equals(ANY_MESSAGE) && record.text("CrmOrganizationUniqueName") == null) {
            return null;
        }
        String told = record.text("Message");
        String table = record.text("EntityName");
        return new DataverseActivity(
                told == null ? operation : told, NOT_TOLD.equals(table) ? null : table, people(record));
    }

    /** Says what was touched: records of a database, whatever the item's URL is. */
    AccessEvent.Builder put(AccessEvent.Builder event, SourceRules rules) {
        event.eventCategories(DATABASE).records(people);
        return rules.touch(event, rules.touched(table == null ? null : rules.tableDataset(null, table)));
    }

    /** Of one record that was asked for by its id, or those whose ids the answer to a query had. */
    private static @Nullable Long people(JsonTree record) {
        long returned = record.texts(RESULTS).stream()
                .flatMap(ids -> Stream.of(ids.split(",")))
                .map(String::strip)
                .filter(id -> !id.isEmpty() && !id.equals(NOT_TOLD))
                .distinct()
                .count();
        if (returned > 0) {
            return returned;
        }
        return "Retrieve".equals(record.text("Message")) || "Retrieve".equals(record.text("Operation"))
                ? (Long) 1L
                : null;
    }
}
