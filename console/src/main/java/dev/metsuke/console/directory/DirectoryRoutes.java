package dev.metsuke.console.directory;

import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.publish.WriteFailedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/directory/csv?dry_run=} for HR and operators: the body is the file. Answers {@code {"entries",
 * "encoding", "published", "written", "reports_carried"}}; 422 with every problem and nothing published where a row is wrong.
 */
public final class DirectoryRoutes {

    private final DirectoryEntries entries;
    private final ZoneId zone;

    public DirectoryRoutes(DirectoryEntries entries, ZoneId zone) {
        this.entries = entries;
        this.zone = zone;
    }

    public void addTo(RoutesConfig routes) {
        routes.post("/api/directory/csv", this::upload, Role.HR, Role.OPERATOR);
    }

    private void upload(Context request) {
        DirectoryCsv csv = DirectoryCsv.read(request.bodyAsBytes(), zone);
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
                DirectoryEntries.Written written = entries.publish(csv.entries());
                body.put("written", written.entries());
                body.put("reports_carried", written.reports());
            }
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, String.valueOf(e.getMessage()));
            return;
        }
        body.put("entries", csv.entries().size());
        body.put("encoding", csv.encoding());
        body.put("published", !dryRun);
        Answer.json(request, 200, body);
    }
}
