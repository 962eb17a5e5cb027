package dev.metsuke.console.alerts;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.DateRangeQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.console.search.ArchivedDocument;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.triage.TriageState;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** All alerts, newest first: those in memory, then the older ones that only the archive still has. */
final class AlertList {

    private static final String LIVE = "live~";
    private static final String ARCHIVE = "archive~";
    private static final int MOST_ARCHIVE_PAGES = 20;

    /** Where the archive cannot tell which alerts match. */
    private static final int MOST_PAGES_BY_TRIAGE = 100;

    /** More than this many ids are not asked for by id. */
    private static final int MOST_IDS = 5_000;

    private final LiveAlerts live;
    private final Archive archive;
    private final TriageBook book;
    private final AlertEntries entries;

    AlertList(LiveAlerts live, Archive archive, TriageBook book, AlertEntries entries) {
        this.live = live;
        this.archive = archive;
        this.book = book;
        this.entries = entries;
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
            @Nullable String archiveAway) {}

    /** Empty where {@code after} is not what an earlier page gave. */
    Optional<Page> page(AlertFilter filter, int limit, @Nullable String after) {
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
        List<SeenAlert> newest = live.page(alert -> matches(filter, alert), place, limit);
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
            case ArchiveAnswer.Refused refused -> new Found(null, refused.reason());
            case ArchiveAnswer.Away away -> new Found(null, away.reason());
        };
    }

    /**
     * What is known of one alert.
     *
     * @param alert as {@link AlertEntries} has it; null where it is not found
     * @param archiveAway why the archive could not be asked
     */
    record Found(
            @Nullable Map<String, Object> alert, @Nullable String archiveAway) {

        /** Answers where it is not found. */
        void refuse(Context request) {
            if (archiveAway == null) {
                Answer.refuse(request, 404, "no alert has this id; it may be older than what is kept");
            } else {
                Answer.refuse(
                        request,
                        503,
                        "this alert is not among the newest, and the archive cannot be asked: " + archiveAway);
            }
        }
    }

    private Page older(AlertFilter filter, int limit, List<Map<String, Object>> page, @Nullable String from) {
        Query query = query(filter);
        String place = from;
        int pages = filter.asksForTriage() ? MOST_PAGES_BY_TRIAGE : MOST_ARCHIVE_PAGES;
        for (int i = 0; i < pages; i++) {
            int wanted = limit - page.size();
            switch (archive.find(ArchiveIndex.ALERTS, query, wanted, place)) {
                case ArchiveAnswer.Found found -> {
                    found.documents().stream()
                            .filter(document -> live.find(document.id()).isEmpty())
                            .filter(document -> matches(filter, document))
                            .map(entries::of)
                            .forEach(page::add);
                    place = found.next();
                }
                case ArchiveAnswer.Refused refused -> {
                    return new Page(page, null, refused.reason());
                }
                case ArchiveAnswer.Away away -> {
                    return new Page(page, null, away.reason());
                }
            }
            if (place == null) {
                return new Page(page, null, null);
            }
            if (page.size() == limit) {
                break;
            }
        }
        return new Page(page, ARCHIVE + place, null);
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

    private boolean matches(AlertFilter filter, Alert alert) {
        return filter.matches(alert) && (!filter.asksForTriage() || filter.matches(entries.triage(alert)));
    }

    private boolean matches(AlertFilter filter, ArchivedDocument document) {
        return !filter.asksForTriage()
                || AlertEntries.alert(document.source())
                        .filter(alert -> filter.matches(entries.triage(alert)))
                        .isPresent();
    }

    private Query query(AlertFilter filter) {
        BoolQuery.Builder all = new BoolQuery.Builder();
        term(all, "rule.id", filter.rule() == null ? null : filter.rule().id());
        term(
                all,
                "metsuke.alert.state",
                filter.state() == null ? null : filter.state().label());
        term(
                all,
                "metsuke.alert.severity",
                filter.severity() == null ? null : filter.severity().label());
        if (filter.account() != null) {
            List<FieldValue> accounts =
                    filter.account().spellings().stream().map(FieldValue::of).toList();
            all.filter(among -> among.terms(terms -> terms.field("user.id").terms(any -> any.value(accounts))));
        }
        if (filter.period() != null) {
            range(all, "event.end", filter.period().from(), DateRangeQuery.Builder::gte);
            range(all, "event.start", filter.period().until(), DateRangeQuery.Builder::lt);
        }
        if (filter.assignee() != null || (filter.triage() != null && filter.triage() != TriageState.NEW)) {
            // The archive's alerts do not say how their triage stands, but which ones can match is known here.
            book.alerts(filter::couldMatch, MOST_IDS)
                    .ifPresent(ids -> all.filter(among -> among.ids(wanted -> wanted.values(ids))));
        }
        return all.build()._toQuery();
    }

    private static void term(BoolQuery.Builder all, String field, @Nullable String value) {
        if (value != null) {
            all.filter(filter -> filter.term(term -> term.field(field).value(value)));
        }
    }

    private static void range(
            BoolQuery.Builder all,
            String field,
            @Nullable Instant bound,
            BiFunction<DateRangeQuery.Builder, String, DateRangeQuery.Builder> side) {
        if (bound != null) {
            all.filter(filter ->
                    filter.range(range -> range.date(time -> side.apply(time.field(field), bound.toString()))));
        }
    }
}
