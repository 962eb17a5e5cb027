package dev.metsuke.console.directory;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.CsvUpload;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.Strangers;
import dev.metsuke.console.policy.PolicyNames;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.events.account.DirectoryEntry;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The staff directory, for HR; operators may write it as well, for nightly jobs.
 *
 * <ul>
 *   <li>{@code POST /api/directory/csv?dry_run=&zone=} with a file as the body: 422 with every problem, and nothing published, where
 *       a row is wrong
 *   <li>{@code GET /api/directory}: see {@link DirectoryList}
 * </ul>
 *
 * <p>The post answers {@code {"entries", "encoding", "published", "changed", "changes": [{as of the list, "before": as of the list}],
 * "reports_carried", "changed_hands", "columns_cleared", "columns_kept", "departments_outranked": [{"account", "department",
 * "reported"}], "unknown_calendars": [{"calendar", "resembles"}]}}: how many accounts the file has, and how many of them are new or other
 * than before, with the first of these; how many reports about persons reach accounts that they did not reach before; how many accounts
 * have another holder than before, the columns of which nothing is left for these, and those that stay as they are known for all others,
 * since the file does not have them; the departments that are new and move nobody, since a reported transfer goes before them; and the
 * calendars that the published policy does not have, for whose accounts the department's holds, or the default.
 */
public final class DirectoryRoutes {

    private static final int MOST_NAMED = 1_000;

    private final SerialWriter writer;
    private final TopicContents contents;
    private final ZoneId zone;

    public DirectoryRoutes(SerialWriter writer, TopicContents contents, ZoneId zone) {
        this.writer = writer;
        this.contents = contents;
        this.zone = zone;
    }

    public void addTo(RoutesConfig routes) {
        routes.post("/api/directory/csv", this::upload, Role.HR, Role.OPERATOR);
        new DirectoryList(contents).addTo(routes);
    }

    private void upload(Context request) {
        QueryParameters asked = new QueryParameters(request, List.of("dry_run", "zone"));
        DirectoryCsv csv = DirectoryCsv.read(request.bodyAsBytes(), asked.zone(zone));
        CsvUpload.publish(request, asked, csv.problems(), (body, isTrial) -> {
            DirectoryChange change = isTrial
                    ? DirectoryChange.by(csv, contents)
                    : new DirectoryEntries(writer, Caller.of(request).name()).publish(csv);
            Handover handover = change.handover();
            body.put("entries", csv.entries().size());
            body.put("encoding", csv.encoding());
            body.put("changed", change.changes().size());
            body.put("changes", members(change.changes()));
            body.put("reports_carried", change.reports().size());
            body.put("changed_hands", handover.accounts().size());
            body.put("columns_cleared", handover.cleared());
            body.put("columns_kept", handover.kept());
            body.put("departments_outranked", outranked(change));
            body.put("unknown_calendars", unknownCalendars(csv));
        });
    }

    private static List<Map<String, @Nullable Object>> members(List<DirectoryChange.Changed> changes) {
        return changes.stream()
                .limit(MOST_NAMED)
                .map(changed -> {
                    Map<String, @Nullable Object> members = DirectoryList.members(changed.entry());
                    members.put("before", changed.before() == null ? null : DirectoryList.members(changed.before()));
                    return members;
                })
                .toList();
    }

    private static List<Map<String, String>> outranked(DirectoryChange change) {
        return change.outranked().stream()
                .limit(MOST_NAMED)
                .map(one -> Map.of(
                        "account", one.account().value(),
                        "department", one.department(),
                        "reported", one.reported()))
                .toList();
    }

    /** None where that cannot be told. */
    private List<Map<String, @Nullable Object>> unknownCalendars(DirectoryCsv csv) {
        List<String> named = csv.entries().stream()
                .map(DirectoryEntry::calendar)
                .filter(Objects::nonNull)
                .toList();
        if (named.isEmpty()) {
            return List.of();
        }
        List<KnownNames.Stranger> unknown = Strangers.ask(
                        "Whether the policy has the directory's calendars",
                        () -> PolicyNames.in(contents).calendars())
                .flatMap(calendars -> calendars)
                .map(known -> new KnownNames(known).strangers(named))
                .orElse(List.of());
        return Strangers.members("calendar", unknown);
    }
}
