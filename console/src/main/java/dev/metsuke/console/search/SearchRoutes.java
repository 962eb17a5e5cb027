package dev.metsuke.console.search;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.entry.AskedPeriod;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/search?q=&from=&to=&account=&dataset=&limit=&after=} for auditors and officers: {@code q} is a Lucene query
 * string; {@code from} is the first moment, {@code to} the first after it (a date alone means until its end); {@code zone} is
 * where times without an offset are meant. Answers {@code {"total", "exact", "events": [{"id", "index", "event"}], "next"}};
 * 400 with the parser's reason for a query that cannot be understood, 503 while the archive is away. Each page that is shown is
 * an access to the archive, and recorded before; 503 where that fails.
 */
public final class SearchRoutes {

    private static final int USUAL_LIMIT = 50;
    private static final List<String> PARAMETERS =
            List.of("q", "from", "to", "zone", "account", "dataset", "limit", "after");

    private final ArchiveSearch search;
    private final ReadingTrace trace;
    private final ZoneId zone;

    public SearchRoutes(ArchiveSearch search, ReadingTrace trace, ZoneId zone) {
        this.search = search;
        this.trace = trace;
        this.zone = zone;
    }

    public void addTo(RoutesConfig routes) {
        routes.get("/api/search", this::find, Role.AUDITOR, Role.OFFICER);
    }

    private void find(Context request) {
        QueryParameters asked = new QueryParameters(request, PARAMETERS);
        AskedPeriod period = asked.period(zone);
        int limit = asked.limit(USUAL_LIMIT, SearchQuery.MOST);
        if (!asked.problems().isEmpty()) {
            Answer.refuse(request, 400, asked.problems());
            return;
        }
        String text = asked.given("q");
        SearchQuery query = new SearchQuery(
                text == null ? "" : text,
                period.from(),
                period.until(),
                period.zone(),
                AskedName.of(asked.given("account")).orElse(null),
                AskedName.of(asked.given("dataset")).orElse(null),
                limit,
                asked.text("after"));
        switch (search.search(query)) {
            case ArchiveAnswer.Found found -> {
                try {
                    trace.leave(reading(Caller.of(request), query));
                } catch (WriteFailedException e) {
                    Answer.refuse(request, 503, Text.of("archive.unrecorded", e.reason()));
                    return;
                }
                Map<String, @Nullable Object> body = Answer.body();
                body.put("total", found.total());
                body.put("exact", found.exact());
                body.put(
                        "events",
                        found.documents().stream()
                                .map(document -> Map.of(
                                        "id", document.id(), "index", document.index(), "event", document.source()))
                                .toList());
                body.put("next", found.next());
                Answer.json(request, 200, body);
            }
            case ArchiveAnswer.Refused refused -> Answer.refuse(request, 400, refused.why());
            case ArchiveAnswer.Away away -> Answer.refuse(request, 503, away.why());
        }
    }

    private static AccessEvent reading(Caller caller, SearchQuery query) {
        AskedText asked = AskedText.of("console search", query);
        return ReadingTrace.event(
                caller.name(),
                caller.address(),
                Action.SEARCH,
                (query.after() == null ? asked : asked.with("further page")).text(),
                List.of(),
                Instant.now());
    }
}
