package dev.metsuke.console.approval;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenZone;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.CsvUpload;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.Strangers;
import dev.metsuke.console.policy.PolicyNames;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.Archive;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.MalformedDocumentException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Approving exports, for officers; whoever sends it approves.
 *
 * <ul>
 *   <li>{@code POST /api/export-approvals?dry_run=} with {@code {"account", "dataset", "from", "until", "max_records", "ticket", "zone",
 *       "approved_at", "note", "approval_id", "anew"}}: one, by the rules of a file's row ({@link ApprovalsCsv}); 422 with all problems by
 *       field. {@code anew} approves once more what was approved before by the same words, and changed or taken back since
 *   <li>{@code POST /api/export-approvals/csv?dry_run=&zone=} with a file as the body: 422 with all problems by line, and nothing published,
 *       where a row is wrong
 *   <li>{@code GET /api/export-approvals}: see {@link ApprovalList}
 * </ul>
 *
 * <p>Both posts answer {@code {"approvals":
 * [{"approval_id", "account", "dataset", "from", "until", "max_records", "ticket", "approved_at", "approved_by", "note"}],
 * "count", "published", "new", "idle": [{"account", "approval_id"}], "replaced": [{"account", "approval_id"}], "superseded":
 * [as "approvals"], "strangers": [{"account", "resembles"}], "unknown_datasets": [{"dataset", "resembles"}]}}, with a file also
 * {@code "encoding"}: {@code new} counts those that change something, or in a dry run would; {@code idle} are those that take
 * back what nobody approved, {@code replaced} those that were sent before and stay replaced by what was said since,
 * {@code superseded} what was approved before and is changed or taken back by these, {@code strangers} accounts that the
 * directory does not know, as for reports, {@code unknown_datasets} those that neither the published policy names nor any
 * archived access touched.
 */
public final class ApprovalRoutes {

    private static final String DATASET = "metsuke.dataset";
    private static final int MOST_NAMED = 1_000;

    private final ExportApprovals approvals;
    private final TopicContents contents;
    private final Archive archive;
    private final ZoneId zone;
    private final Clock clock;
    private final ApprovalList list;

    public ApprovalRoutes(
            ExportApprovals approvals, TopicContents contents, Archive archive, ZoneId zone, Clock clock) {
        this.approvals = approvals;
        this.contents = contents;
        this.archive = archive;
        this.zone = zone;
        this.clock = clock;
        list = new ApprovalList(contents, clock);
    }

    public void addTo(RoutesConfig routes) {
        routes.post("/api/export-approvals", this::approve, Role.OFFICER);
        routes.post("/api/export-approvals/csv", this::upload, Role.OFFICER);
        list.addTo(routes);
    }

    private void approve(Context request) {
        try {
            ApprovalEntry entry = ApprovalEntry.read(request.bodyAsBytes());
            List<Problem> problems = new ArrayList<>(entry.problems());
            Instant now = now();
            ApprovalDraft.Checked checked = entry.draft()
                    .check(new ApprovalDraft.Circumstances(
                            Caller.of(request).name(),
                            now,
                            WrittenZone.parse(entry.zone(), zone, problems),
                            entry.isAnew()));
            problems.addAll(checked.problems());
            List<ExportApproval> given = checked.approval().stream().toList();
            QueryParameters asked = new QueryParameters(request, List.of("dry_run"));
            CsvUpload.publish(request, asked, problems, (body, isTrial) -> publish(given, now, body, isTrial));
        } catch (MalformedDocumentException e) {
            Answer.refuse(request, 400, String.valueOf(e.getMessage()));
        }
    }

    private void upload(Context request) {
        QueryParameters asked = new QueryParameters(request, List.of("dry_run", "zone"));
        ZoneId where = asked.zone(zone);
        Instant now = now();
        ApprovalsCsv csv =
                ApprovalsCsv.read(request.bodyAsBytes(), Caller.of(request).name(), now, where);
        CsvUpload.publish(request, asked, csv.problems(), (body, isTrial) -> {
            publish(csv.approvals(), now, body, isTrial);
            body.put("encoding", csv.encoding());
        });
    }

    /** As Kafka's messages and the archive have times. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void publish(List<ExportApproval> given, Instant now, Map<String, @Nullable Object> body, boolean isTrial)
            throws WriteFailedException {
        ExportApprovals.Written written = isTrial ? approvals.tried(given, now) : approvals.publish(given, now);
        body.put("approvals", members(given));
        body.put("count", given.size());
        body.put("new", written.fresh());
        body.put("idle", names(written.idle()));
        body.put("replaced", names(written.replaced()));
        body.put("superseded", members(written.superseded()));
        body.put(
                "strangers",
                Strangers.among(given.stream().map(ExportApproval::account).toList(), Strangers.directory(contents)));
        body.put(
                "unknown_datasets",
                Strangers.members(
                        "dataset",
                        Strangers.ask("Whether anybody knows the datasets", () -> unknownDatasets(given))
                                .orElse(List.of())));
    }

    /** None where no dataset was seen yet. */
    private List<KnownNames.Stranger> unknownDatasets(List<ExportApproval> given) throws WriteFailedException {
        List<String> named = given.stream()
                .filter(approval -> !approval.isTakenBack())
                .map(ExportApproval::dataset)
                .toList();
        Set<String> known = new TreeSet<>(PolicyNames.in(contents).datasets().orElse(Set.of()));
        if (known.containsAll(named)) {
            return List.of();
        }
        Set<String> seen = archive.values(ArchiveIndex.ACCESS_EVENTS, DATASET);
        if (seen.isEmpty()) {
            return List.of();
        }
        known.addAll(seen);
        return new KnownNames(known).strangers(named);
    }

    private static List<Map<String, @Nullable Object>> members(List<ExportApproval> approvals) {
        return approvals.stream().limit(MOST_NAMED).map(ApprovalList::members).toList();
    }

    private static List<Map<String, String>> names(List<ExportApproval> approvals) {
        return approvals.stream()
                .limit(MOST_NAMED)
                .map(approval -> Map.of("account", approval.account().value(), "approval_id", approval.approvalId()))
                .toList();
    }
}
