package dev.metsuke.console.alerts;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.DateRangeQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.console.search.ArchiveOrder;
import dev.metsuke.console.search.ArchivedDocument;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.triage.TriageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The older alerts, which only the archive still has. */
final class ArchivedAlerts {

    /** By the last access. */
    static final ArchiveOrder NEWEST_FIRST = ArchiveOrder.newestFirst(List.of("event.id"));

    private static final int MOST_PAGES = 20;

    /** Where the archive cannot tell which alerts match. */
    private static final int MOST_PAGES_BY_TRIAGE = 100;

    /** More than this many ids are not asked for by id. */
    private static final int MOST_IDS = 5_000;

    private final Archive archive;
    private final LiveAlerts live;
    private final TriageBook book;
    private final AlertEntries entries;

    ArchivedAlerts(Archive archive, LiveAlerts live, TriageBook book, AlertEntries entries) {
        this.archive = archive;
        this.live = live;
        this.book = book;
        this.entries = entries;
    }

    /**
     * Some of them.
     *
     * @param wanted those that match and are not in memory
     * @param last the last one that was looked at, whether it is wanted or not; null where none was
     * @param next what to go on behind; null where there are no more
     * @param away why there may be more all the same
     */
    record Reading(
            List<ArchivedDocument> wanted,
            @Nullable ArchivedDocument last,
            @Nullable String next,
            @Nullable Text away) {}

    /** Reads until there are enough, or it has read much. */
    Reading read(AlertFilter filter, Query within, ArchiveOrder order, int limit, @Nullable String after) {
        Query query = query(filter, within);
        List<ArchivedDocument> wanted = new ArrayList<>();
        ArchivedDocument last = null;
        String place = after;
        int pages = filter.asksForTriage() ? MOST_PAGES_BY_TRIAGE : MOST_PAGES;
        for (int i = 0; i < pages && wanted.size() < limit; i++) {
            switch (archive.find(ArchiveIndex.ALERTS, query, limit - wanted.size(), place, order)) {
                case ArchiveAnswer.Found found -> {
                    found.documents().stream()
                            .filter(document -> live.find(document.id()).isEmpty())
                            .filter(document -> matches(filter, document))
                            .forEach(wanted::add);
                    if (!found.documents().isEmpty()) {
                        last = found.documents().getLast();
                    }
                    place = found.next();
                }
                case ArchiveAnswer.Refused refused -> {
                    return new Reading(wanted, last, null, refused.why());
                }
                case ArchiveAnswer.Away away -> {
                    return new Reading(wanted, last, null, away.why());
                }
            }
            if (place == null) {
                break;
            }
        }
        return new Reading(wanted, last, place, null);
    }

    private boolean matches(AlertFilter filter, ArchivedDocument document) {
        return !filter.asksForTriage()
                || AlertEntries.alert(document.source())
                        .filter(alert -> filter.matches(entries.triage(alert)))
                        .isPresent();
    }

    private Query query(AlertFilter filter, Query within) {
        BoolQuery.Builder all = new BoolQuery.Builder().filter(within);
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
