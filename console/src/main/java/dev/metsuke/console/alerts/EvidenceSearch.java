package dev.metsuke.console.alerts;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.console.search.ArchivedDocument;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds to an alert the events that it rests on, as the archive has them, and where to find all the others. Whoever sees these
 * events reads the archive, which is recorded before; where that fails they are left out.
 */
final class EvidenceSearch {

    private final Archive archive;
    private final ReadingTrace trace;

    EvidenceSearch(Archive archive, ReadingTrace trace) {
        this.archive = archive;
        this.trace = trace;
    }

    /**
     * What an alert rests on.
     *
     * @param events the alert's evidence, each with its whole event where the archive has it
     * @param search the parameters that find all of it
     * @param url the page that finds all of it
     * @param archiveAway why the whole events are missing
     */
    record Evidence(
            List<Map<String, @Nullable Object>> events,
            Map<String, String> search,
            String url,
            @Nullable Text archiveAway) {}

    /** All of it but the whole events of those that the reader knows already. */
    Evidence of(Map<?, ?> alert, Set<String> known, Caller reader) throws MalformedDocumentException {
        JsonDocument document = document(alert);
        List<JsonDocument> rows = document.objects("metsuke.alert.evidence");
        List<String> ids = new ArrayList<>();
        for (JsonDocument row : rows) {
            ids.add(row.requiredText("event_id"));
        }
        Map<String, Map<String, Object>> events = new HashMap<>();
        List<String> wanted = ids.stream().filter(id -> !known.contains(id)).toList();
        Text away = wanted.isEmpty() ? null : read(document, wanted, reader, events);
        List<Map<String, @Nullable Object>> evidence = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Map<String, @Nullable Object> row = Answer.body();
            row.putAll(rows.get(i).members());
            row.put("event", events.get(ids.get(i)));
            evidence.add(row);
        }
        Map<String, String> search = search(document, rows);
        return new Evidence(evidence, search, url(search), away);
    }

    private @Nullable Text read(
            JsonDocument alert, List<String> ids, Caller reader, Map<String, Map<String, Object>> into)
            throws MalformedDocumentException {
        Text away = fetch(ids, into);
        if (into.isEmpty()) {
            return away;
        }
        String asked = new AskedText("console alert " + alert.requiredText("metsuke.alert.id"))
                .with("--account", alert.requiredText("user.id"))
                .text();
        try {
            trace.leave(
                    ReadingTrace.event(reader.name(), reader.address(), Action.READ, asked, List.of(), Instant.now()));
            return away;
        } catch (WriteFailedException e) {
            into.clear();
            return Text.of("alerts.not-recorded", e.reason());
        }
    }

    private @Nullable Text fetch(List<String> ids, Map<String, Map<String, Object>> into) {
        return switch (archive.byIds(ArchiveIndex.ACCESS_EVENTS, ids)) {
            case ArchiveAnswer.Found found -> {
                for (ArchivedDocument event : found.documents()) {
                    into.put(event.id(), event.source());
                }
                yield null;
            }
            case ArchiveAnswer.Refused refused -> refused.why();
            case ArchiveAnswer.Away away -> away.why();
        };
    }

    private static Map<String, String> search(JsonDocument alert, List<JsonDocument> rows)
            throws MalformedDocumentException {
        Map<String, String> search = new HashMap<>();
        search.put("account", alert.requiredText("user.id"));
        search.put("from", alert.requiredInstant("event.start").toString());
        // The end is the last access's time, and a search ends before its "to".
        Instant end = alert.requiredInstant("event.end").plusMillis(1);
        search.put("to", end.toString());
        String scope = alert.text("metsuke.alert.scope");
        for (JsonDocument row : rows) {
            if (scope != null && scope.equals(row.text("dataset"))) {
                search.put("dataset", scope);
            }
        }
        return search;
    }

    private static String url(Map<String, String> search) {
        return search.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/search?", ""));
    }

    static JsonDocument document(Map<?, ?> alert) throws MalformedDocumentException {
        Map<String, @Nullable Object> members = new HashMap<>();
        alert.forEach((name, value) -> members.put(String.valueOf(name), value));
        return JsonDocument.parse(CanonicalJson.bytes(members));
    }
}
