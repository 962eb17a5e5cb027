package dev.metsuke.console.alerts;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.archive.ArchiveIndex;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All alerts, page by page: those in memory, and the older ones that only the archive still has. */
final class AlertList {

    private static final String LIVE = "live~";
    private static final String ARCHIVE = "archive~";

    private final LiveAlerts live;
    private final Archive archive;
    private final ArchivedAlerts archived;
    private final SortedAlerts sorted;
    private final AlertEntries entries;

    AlertList(LiveAlerts live, Archive archive, TriageBook book, AlertEntries entries) {
        this.live = live;
        this.archive = archive;
        this.entries = entries;
        archived = new ArchivedAlerts(archive, live, book, entries);
        sorted = new SortedAlerts(live, archived, entries);
    }

    /**
     * A page.
     *
     * @param alerts as {@link AlertEntries} has them
     * @param next what to give as {@code after}; null on the last page
     * @param archiveAway why the older ones may be missing; null where the archive answered or was not needed
     */
    record Page(
            List<Map<String, Object>> alerts,
            @Nullable String next,
            @Nullable Text archiveAway) {}

    /** Empty where {@code after} is not what an earlier page gave. */
    Optional<Page> page(AlertFilter filter, AlertOrder order, int limit, @Nullable String after) {
        return switch (order) {
            case NEWEST -> newest(filter, limit, after);
            case OLDEST_OPEN, SEVERITY -> sorted.page(filter, order, limit, after);
        };
    }

    /** Those in memory, then the older ones. */
    private Optional<Page> newest(AlertFilter filter, int limit, @Nullable String after) {
        if (after != null && after.startsWith(ARCHIVE)) {
            String place = after.substring(ARCHIVE.length());
            return Archive.isPlace(place)
                    ? Optional.of(older(filter, limit, new ArrayList<>(), place))
                    : Optional.empty();
        }
        LiveAlerts.Place place = null;
        if (after != null) {
            place = place(after);
            if (place == null) {
                return Optional.empty();
            }
        }
        List<SeenAlert> newest = live.page(alert -> entries.matches(filter, alert), place, limit);
        List<Map<String, Object>> members = new ArrayList<>();
        newest.forEach(seen -> members.add(entries.of(seen)));
        if (newest.size() == limit) {
            SeenAlert last = newest.getLast();
            return Optional.of(new Page(
                    members, LIVE + last.raisedAt() + "~" + last.alert().id(), null));
        }
        return Optional.of(older(filter, limit, members, null));
    }

    /** An alert by its id, from memory or from the archive. */
    Found find(String id) {
        Optional<SeenAlert> seen = live.find(id);
        if (seen.isPresent()) {
            return new Found(entries.of(seen.get()), null);
        }
        return switch (archive.find(
                ArchiveIndex.ALERTS, Query.of(query -> query.ids(wanted -> wanted.values(id))), 1, null)) {
            case ArchiveAnswer.Found found ->
                new Found(
                        found.documents().stream().findFirst().map(entries::of).orElse(null), null);
            case ArchiveAnswer.Refused refused -> new Found(null, refused.why());
            case ArchiveAnswer.Away away -> new Found(null, away.why());
        };
    }

    /**
     * What is known of one alert.
     *
     * @param alert as {@link AlertEntries} has it; null where it is not found
     * @param archiveAway why the archive could not be asked
     */
    record Found(
            @Nullable Map<String, Object> alert, @Nullable Text archiveAway) {

        /** Answers where it is not found. */
        void refuse(Context request) {
            Answer.refuse(request, archiveAway == null ? 404 : 503, missing(archiveAway));
        }
    }

    private static Text missing(@Nullable Text archiveAway) {
        return archiveAway == null ? Text.of("alerts.unknown-id") : Text.of("alerts.not-among-the-newest", archiveAway);
    }

    /** Alerts by their ids, from memory, or else from the archive, which is asked once. */
    FoundAlerts findAll(Collection<String> ids) {
        Map<String, Alert> alerts = new HashMap<>();
        ids.forEach(id -> live.find(id).ifPresent(seen -> alerts.put(id, seen.alert())));
        List<String> older = ids.stream().filter(id -> !alerts.containsKey(id)).toList();
        if (older.isEmpty()) {
            return new FoundAlerts(alerts, missing(null));
        }
        return switch (archive.byIds(ArchiveIndex.ALERTS, older)) {
            case ArchiveAnswer.Found found -> {
                found.documents()
                        .forEach(document -> AlertEntries.alert(document.source())
                                .ifPresent(alert -> alerts.put(alert.id(), alert)));
                yield new FoundAlerts(alerts, missing(null));
            }
            case ArchiveAnswer.Refused refused -> new FoundAlerts(alerts, missing(refused.why()));
            case ArchiveAnswer.Away away -> new FoundAlerts(alerts, missing(away.why()));
        };
    }

    /**
     * What is known of several alerts.
     *
     * @param alerts those that are found, by their ids
     * @param whyNot why any other is not
     */
    record FoundAlerts(Map<String, Alert> alerts, Text whyNot) {}

    private Page older(AlertFilter filter, int limit, List<Map<String, Object>> page, @Nullable String from) {
        ArchivedAlerts.Reading reading =
                archived.read(filter, AlertBand.ALL.query(), ArchivedAlerts.NEWEST_FIRST, limit - page.size(), from);
        reading.wanted().stream().map(entries::of).forEach(page::add);
        return new Page(page, reading.next() == null ? null : ARCHIVE + reading.next(), reading.away());
    }

    private static LiveAlerts.@Nullable Place place(String after) {
        int end = after.lastIndexOf('~');
        if (!after.startsWith(LIVE) || end < LIVE.length()) {
            return null;
        }
        try {
            return new LiveAlerts.Place(Instant.parse(after.substring(LIVE.length(), end)), after.substring(end + 1));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
