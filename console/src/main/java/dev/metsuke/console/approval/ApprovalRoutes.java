package dev.metsuke.console.approval;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.publish.WriteFailedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/export-approvals/csv?dry_run=} for officers: the body is the file ({@link ApprovalsCsv}), and whoever sends
 * it approves. Answers {@code {"approvals", "encoding", "published", "written"}}; 422 with every problem and nothing published
 * where a row is wrong.
 */
public final class ApprovalRoutes {

    private final ExportApprovals approvals;
    private final ZoneId zone;
    private final Clock clock;

    public ApprovalRoutes(ExportApprovals approvals, ZoneId zone, Clock clock) {
        this.approvals = approvals;
        this.zone = zone;
        this.clock = clock;
    }

    public void addTo(RoutesConfig routes) {
        routes.post("/api/export-approvals/csv", this::upload, Role.OFFICER);
    }

    private void upload(Context request) {
        ApprovalsCsv csv = ApprovalsCsv.read(
                request.bodyAsBytes(),
                Caller.of(request).name(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                zone);
        if (!csv.problems().isEmpty()) {
            Answer.refuse(
                    request,
                    422,
                    "nothing was published: " + csv.problems().size() + " problems",
                    csv.problems().stream().map(Problem::members).toList());
            return;
        }
        boolean dryRun = "true".equals(request.queryParam("dry_run"));
        Map<String, @Nullable Object> body = Answer.body();
        try {
            if (!dryRun) {
                body.put("written", approvals.publish(csv.approvals()));
            }
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, String.valueOf(e.getMessage()));
            return;
        }
        body.put("approvals", csv.approvals().size());
        body.put("encoding", csv.encoding());
        body.put("published", !dryRun);
        Answer.json(request, 200, body);
    }
}
