package dev.metsuke.console.directory;

import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.CsvUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneId;

/**
 * {@code POST /api/directory/csv?dry_run=} for HR and operators: the body is the file. Answers {@code {"entries",
 * "encoding", "published", "written", "reports_carried", "columns_kept"}}, of which the last are those that the file does not
 * have, so that they stay as they are known; 422 with every problem and nothing published where a row is wrong.
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
        CsvUpload.answer(request, csv.problems(), "entries", csv.entries().size(), csv.encoding(), (body, isTrial) -> {
            if (isTrial) {
                return;
            }
            DirectoryEntries.Written written = entries.publish(csv);
            body.put("written", written.entries());
            body.put("reports_carried", written.reports());
            body.put("columns_kept", csv.absent());
        });
    }
}
