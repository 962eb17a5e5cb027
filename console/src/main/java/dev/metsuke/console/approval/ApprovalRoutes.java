package dev.metsuke.console.approval;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.CsvUpload;
import dev.metsuke.console.person.Strangers;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.events.approval.ExportApproval;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/export-approvals/csv?dry_run=} for officers: the body is the file ({@link ApprovalsCsv}), and whoever sends
 * it approves. Answers {@code {"approvals", "encoding", "published", "written", "idle": [{"account", "approval_id"}], "replaced":
 * [{"account", "approval_id"}], "strangers": [{"account", "resembles"}]}}: {@code idle} are rows that take back what nobody
 * approved, {@code replaced} those that were sent before and stay replaced by what was said since, {@code strangers} accounts that
 * the directory does not know, as for reports; 422 with every problem and nothing published where a row is wrong.
 */
public final class ApprovalRoutes {

    private static final int MOST_NAMED = 1_000;

    private final ExportApprovals approvals;
    private final Strangers strangers;
    private final ZoneId zone;
    private final Clock clock;

    public ApprovalRoutes(ExportApprovals approvals, TopicContents contents, ZoneId zone, Clock clock) {
        this.approvals = approvals;
        strangers = new Strangers(contents);
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
                            strangers.among(csv.approvals().stream()
                                    .map(ExportApproval::account)
                                    .toList()));
                });
    }

    private static List<Map<String, String>> names(List<ExportApproval> approvals) {
        return approvals.stream()
                .limit(MOST_NAMED)
                .map(approval -> Map.of("account", approval.account().value(), "approval_id", approval.approvalId()))
                .toList();
    }
}
