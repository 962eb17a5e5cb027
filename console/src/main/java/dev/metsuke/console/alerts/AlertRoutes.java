package dev.metsuke.console.alerts;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.json.MalformedDocumentException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For officers and auditors.
 *
 * <ul>
 *   <li>{@code GET /api/alerts?rule=&state=&severity=&account=&triage=&assignee=&from=&to=&zone=&order=&limit=&after=}: the
 *       newest first unless {@code order} says {@code oldest-open} (open ones, the longest open first, then the others) or
 *       {@code severity}; {@code {"alerts": [{"raised_at", "revision", "alert", "triage"}], "next", "open":
 *       {"critical": 1, …}, "newest", "untriaged", "matching", "feed", "archive_away"}}; {@code alert} is the ECS document of
 *       the topic, {@code triage} as {@link TriageRoutes} has it. With {@code triage=new} come those that somebody has to look
 *       into and nobody does; with {@code from} and {@code to}, as for a search, those whose episode lies at least partly
 *       between
 *   <li>{@code GET /api/alerts/counts?}, with the same but for {@code order}, {@code limit} and {@code after}: {@code {"open",
 *       "newest", "untriaged", "matching": {"alerts", "open", "untriaged"}}}, as the list says as well; {@code matching} counts
 *       what is asked for, each number as if it were not asked for by severity or triage already
 *   <li>{@code GET /api/alerts/{id}?known=}: one of them with {@code evidence:
 *       [{"event_id", "timestamp", "action", "dataset", "records", "event"}]}, {@code search}, the parameters and the page that
 *       find all its events, {@code kibana}, the address of a dashboard, where Kibana's is configured, and {@code history},
 *       what was done about it. Each {@code known} names an access by its {@code event_id} that the reader was shown before: it
 *       comes without its {@code event}, and is not read again
 *   <li>{@code GET /api/alerts/live}: server-sent events {@code hello} (read the list; it says what {@code status} says),
 *       {@code alert} (a new state, as in the list), {@code triage} (something was done about the alert with this {@code id};
 *       {@code entry} as in the list where it is among the newest) and {@code status} (how the way from Kafka stands: {@code
 *       {"alerts", "running"}}), in the language that {@code language} names, for a browser that listens sends no header of a
 *       page's; 429 where the user listens in many places already, 503 where all do
 * </ul>
 */
final class AlertRoutes {

    private static final int USUAL_LIMIT = 50;
    private static final List<String> PARAMETERS = Stream.concat(
                    AlertFilter.PARAMETERS.stream(), Stream.of("order", "limit", "after"))
            .toList();
    private static final int MOST = 500;

    private final AlertList list;
    private final AlertCounts counts;
    private final EvidenceSearch evidence;
    private final KibanaLink kibana;
    private final AlertEntries entries;
    private final Supplier<FeedState> feed;
    private final AlertStreams streams;
    private final ZoneId zone;

    AlertRoutes(
            AlertList list,
            AlertCounts counts,
            EvidenceSearch evidence,
            KibanaLink kibana,
            AlertEntries entries,
            Supplier<FeedState> feed,
            AlertStreams streams,
            ZoneId zone) {
        this.list = list;
        this.counts = counts;
        this.evidence = evidence;
        this.kibana = kibana;
        this.entries = entries;
        this.feed = feed;
        this.streams = streams;
        this.zone = zone;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/alerts", this::list, Role.OFFICER, Role.AUDITOR);
        routes.get("/api/alerts/counts", this::count, Role.OFFICER, Role.AUDITOR);
        routes.get("/api/alerts/live", streams::open, Role.OFFICER, Role.AUDITOR);
        routes.get("/api/alerts/{id}", this::one, Role.OFFICER, Role.AUDITOR);
    }

    private void list(Context request) {
        QueryParameters asked = new QueryParameters(request, PARAMETERS);
        AlertFilter filter = AlertFilter.read(asked, zone);
        AlertOrder order = Objects.requireNonNullElse(asked.choice("order", AlertOrder.class), AlertOrder.NEWEST);
        int limit = asked.limit(USUAL_LIMIT, MOST);
        if (!asked.problems().isEmpty()) {
            Answer.refuse(request, 400, asked.problems());
            return;
        }
        Optional<AlertList.Page> page = list.page(filter, order, limit, asked.text("after"));
        if (page.isEmpty()) {
            Answer.refuse(request, 400, Text.of("alerts.no-such-place"));
            return;
        }
        Map<String, @Nullable Object> body = Answer.body();
        body.put("alerts", page.get().alerts());
        body.put("next", page.get().next());
        body.putAll(counts.members(filter));
        FeedState state = feed.get();
        body.put("feed", state.text().in(Answer.language(request)));
        body.put("feed_running", state.isRunning());
        body.put("archive_away", said(page.get().archiveAway(), request));
        Answer.json(request, 200, body);
    }

    private void count(Context request) {
        QueryParameters asked = new QueryParameters(request, AlertFilter.PARAMETERS);
        AlertFilter filter = AlertFilter.read(asked, zone);
        if (asked.problems().isEmpty()) {
            Answer.json(request, 200, counts.members(filter));
        } else {
            Answer.refuse(request, 400, asked.problems());
        }
    }

    private void one(Context request) throws MalformedDocumentException {
        AlertList.Found found = list.find(request.pathParam("id"));
        Map<String, Object> alert = found.alert();
        if (alert == null) {
            found.refuse(request);
            return;
        }
        Caller reader = Caller.of(request);
        Map<?, ?> document = (Map<?, ?>) alert.getOrDefault("alert", Map.of());
        EvidenceSearch.Evidence rests = evidence.of(document, Set.copyOf(request.queryParams("known")), reader);
        Map<String, @Nullable Object> body = Answer.body();
        body.putAll(alert);
        body.put("history", entries.history(request.pathParam("id")));
        body.put("evidence", rests.events());
        body.put("search", Map.of("parameters", rests.search(), "url", rests.url()));
        body.put("kibana", kibana.to(EvidenceSearch.document(document), reader.roles()));
        body.put("archive_away", said(rests.archiveAway(), request));
        Answer.json(request, 200, body);
    }

    private static @Nullable String said(@Nullable Text text, Context request) {
        return text == null ? null : text.in(Answer.language(request));
    }
}
