package dev.metsuke.console.search;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.VisibleText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/search?q=&from=&to=&account=&dataset=&limit=&after=} for auditors and officers: {@code q} is a Lucene
 * query string; {@code from} is the first moment, {@code to} the first after it (a date alone means until its end);
 * {@code zone} is where times without an offset are meant. Answers {@code {"total", "exact", "events": [{"id", "index",
 * "event"}], "next"}}; 400 with the parser's reason for a query that cannot be understood, 503 while the archive is away. Each page that is shown is an access to the archive, and recorded
 * before; 503 where that fails.
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
        List<Problem> problems =
                new ArrayList<>(EnteredNames.unknown(request.queryParamMap().keySet(), PARAMETERS));
        ZoneId callersZone = zone(request, problems);
        Instant from = time(request, "from", false, callersZone, problems);
        Instant until = time(request, "to", true, callersZone, problems);
        if (from != null && until != null && !from.isBefore(until)) {
            problems.add(Problem.ofField(
                    "to", "is " + given(request, "to") + ", which is not behind from; nothing lies between"));
        }
        int limit = limit(request, problems);
        if (!problems.isEmpty()) {
            Answer.refuse(request, 400, problems);
            return;
        }
        String text = request.queryParam("q");
        SearchQuery query = new SearchQuery(
                text == null ? "" : text,
                from,
                until,
                callersZone,
                AskedName.of(request.queryParam("account")).orElse(null),
                AskedName.of(request.queryParam("dataset")).orElse(null),
                limit,
                given(request, "after"));
        switch (search.search(query)) {
            case ArchiveAnswer.Found found -> {
                try {
                    trace.leave(reading(Caller.of(request), query));
                } catch (WriteFailedException e) {
                    Answer.refuse(
                            request, 503, "what is found is not shown, as it cannot be recorded: " + e.getMessage());
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
            case ArchiveAnswer.Refused refused -> Answer.refuse(request, 400, refused.reason());
            case ArchiveAnswer.Away away -> Answer.refuse(request, 503, away.reason());
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

    private ZoneId zone(Context request, List<Problem> problems) {
        String written = given(request, "zone");
        if (written == null) {
            return zone;
        }
        try {
            return ZoneId.of(written);
        } catch (java.time.DateTimeException e) {
            problems.add(Problem.ofField("zone", "is " + written + "; it must be a zone such as Asia/Tokyo"));
            return zone;
        }
    }

    private static @Nullable Instant time(
            Context request, String parameter, boolean end, ZoneId zone, List<Problem> problems) {
        String written = given(request, parameter);
        if (written == null) {
            return null;
        }
        Optional<Instant> time = end ? WrittenTime.parseEnd(written, zone) : WrittenTime.parse(written, zone);
        if (time.isEmpty()) {
            problems.add(Problem.ofField(parameter, "is " + written + "; write " + WrittenTime.FORMS));
        }
        return time.orElse(null);
    }

    private static int limit(Context request, List<Problem> problems) {
        String written = given(request, "limit");
        if (written == null) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(written);
            if (limit >= 1 && limit <= SearchQuery.MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Reported below with the numbers that are out of range.
        }
        problems.add(Problem.ofField("limit", "is " + written + "; it must be 1 to " + SearchQuery.MOST));
        return USUAL_LIMIT;
    }

    private static @Nullable String given(Context request, String parameter) {
        String value = request.queryParam(parameter);
        String trimmed = value == null ? "" : VisibleText.trimmed(value);
        return trimmed.isEmpty() ? null : trimmed;
    }
}
