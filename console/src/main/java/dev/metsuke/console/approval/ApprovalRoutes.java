package dev.metsuke.console.approval;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.CsvUpload;
import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.Strangers;
import dev.metsuke.console.policy.PolicyNames;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.Archive;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.archive.ArchiveIndex;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code POST /api/export-approvals/csv?dry_run=} for officers: the body is the file ({@link ApprovalsCsv}), and whoever sends
 * it approves. Answers {@code {"approvals", "encoding", "published", "written", "idle": [{"account", "approval_id"}], "replaced":
 * [{"account", "approval_id"}], "strangers": [{"account", "resembles"}], "unknown_datasets": [{"dataset", "resembles"}]}}: {@code idle} are rows that take back what nobody
 * approved, {@code replaced} those that were sent before and stay replaced by what was said since, {@code strangers} accounts that
 * the directory does not know, as for reports, {@code unknown_datasets} those that neither the published policy names nor any archived
 * access touched; 422 with every problem and nothing published where a row is wrong.
 */
public final class ApprovalRoutes {

    private static final String DATASET = "metsuke.dataset";
    private static final int MOST_NAMED = 1_000;

    private final ExportApprovals approvals;
    private final TopicContents contents;
    private final Archive archive;
    private final ZoneId zone;
    private final Clock clock;

    public ApprovalRoutes(
            ExportApprovals approvals, TopicContents contents, Archive archive, ZoneId zone, Clock clock) {
        this.approvals = approvals;
        this.contents = contents;
        this.archive = archive;
        this.zone = zone;
        this.clock = clock;
    }

    public void addTo(RoutesConfig routes) {
        routes.post("/api/export-approvals/csv", this::upload, Role.OFFICER);
    }

    private void upload(Context request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ApprovalsCsv csv =
                ApprovalsCsv.read(request.bodyAsBytes(), Caller.of(request).name(), now, zone);
        CsvUpload.answer(
                request, csv.problems(), "approvals", csv.approvals().size(), csv.encoding(), (body, isTrial) -> {
                    ExportApprovals.Written written =
                            isTrial ? approvals.tried(csv.approvals(), now) : approvals.publish(csv.approvals(), now);
                    if (!isTrial) {
                        body.put("written", written.fresh());
                    }
                    body.put("idle", names(written.idle()));
                    body.put("replaced", names(written.replaced()));
                    body.put(
                            "strangers",
                            Strangers.among(
                                    csv.approvals().stream()
                                            .map(ExportApproval::account)
                                            .toList(),
                                    Strangers.directory(contents)));
                    body.put(
                            "unknown_datasets",
                            Strangers.members(
                                    "dataset",
                                    Strangers.ask(
                                                    "Whether anybody knows the datasets",
                                                    () -> unknownDatasets(csv.approvals()))
                                            .orElse(List.of())));
                });
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

    private static List<Map<String, String>> names(List<ExportApproval> approvals) {
        return approvals.stream()
                .limit(MOST_NAMED)
                .map(approval -> Map.of("account", approval.account().value(), "approval_id", approval.approvalId()))
                .toList();
    }
}
