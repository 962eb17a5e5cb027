package dev.metsuke.standalone.retrohunt;

import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.index.DirectoryDocument;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.search.ArchiveSearch;
import dev.metsuke.console.search.SearchQuery;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.standalone.backtest.DatedEntry;
import dev.metsuke.standalone.backtest.PastEvents;
import dev.metsuke.standalone.backtest.ReadAhead;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the archive holds of a period, at one moment. */
final class ArchivedPast {

    private static final List<SortField> BY_TIME = List.of(new SortField("@timestamp", FieldType.Date));
    private static final int PAGE = 5_000;

    private final PointInTime archive;
    private final Period period;

    ArchivedPast(PointInTime archive, Period period) {
        this.archive = archive;
        this.period = period;
    }

    /** In the order in which they happened, as if each had arrived at once; pages are read ahead. */
    PastEvents events() {
        AccountId account = period.account();
        Query wanted = ArchiveSearch.query(new SearchQuery(
                "",
                period.readFrom(),
                period.until(),
                ZoneOffset.UTC,
                account == null ? null : AskedName.exactly(account.value()),
                null,
                SearchQuery.MOST,
                null));
        return (event, rejected) -> ReadAhead.forEach(
                (Consumer<Hit> to) -> archive.forEach(of(ArchiveIndex.ACCESS_EVENTS, wanted), BY_TIME, PAGE, to),
                hit -> decode(hit, ArchivedPast::onTime, event, rejected));
    }

    /** All that the directory ever said, from the first to the last; that it took somebody out says nothing of what it said before. */
    List<DatedEntry> directory(Consumer<String> rejected) throws IOException {
        List<DatedEntry> entries = new ArrayList<>();
        Query said = Query.of(
                query -> query.term(action -> action.field("event.action").value(DirectoryDocument.ENTRY)));
        archive.forEach(
                of(ArchiveIndex.DIRECTORY, said),
                BY_TIME,
                PAGE,
                hit -> decode(
                        hit,
                        ArchivedPast::dated,
                        entry -> {
                            if (period.isAbout(entry.entry().account())) {
                                entries.add(entry);
                            }
                        },
                        rejected));
        return entries;
    }

    /** All that was ever reported, whenever. */
    List<StatusReport> reports(Consumer<String> rejected) throws IOException {
        List<StatusReport> reports = new ArrayList<>();
        Query all = Query.of(query -> query.matchAll(every -> every));
        archive.forEach(
                of(ArchiveIndex.ACCOUNT_STATUS, all),
                BY_TIME,
                PAGE,
                hit -> decode(
                        hit,
                        StatusReport::fromJson,
                        report -> {
                            if (period.isAbout(report.account())) {
                                reports.add(report);
                            }
                        },
                        rejected));
        return reports;
    }

    /** Those that lie in the period, or in the time before it that is read. */
    List<Alert> alerts(Consumer<String> rejected) throws IOException {
        List<Alert> alerts = new ArrayList<>();
        Query near = Query.of(query -> query.bool(both -> both.filter(end -> end.range(range -> range.date(
                        time -> time.field("event.end").gte(period.readFrom().toString()))))
                .filter(start -> start.range(range -> range.date(
                        time -> time.field("event.start").lt(period.until().toString()))))));
        archive.forEach(
                of(ArchiveIndex.ALERTS, near),
                BY_TIME,
                PAGE,
                hit -> decode(hit, Alert::fromJson, alerts::add, rejected));
        return alerts;
    }

    private static DatedEntry dated(byte[] json) throws MalformedDocumentException {
        return new DatedEntry(
                DirectoryEntry.fromJson(json), JsonDocument.parse(json).requiredInstant("@timestamp"));
    }

    private static AccessEvent onTime(byte[] json) throws MalformedDocumentException {
        AccessEvent event = AccessEventJson.decode(json);
        return event.toBuilder().created(event.timestamp()).build();
    }

    private static Query of(ArchiveIndex family, Query query) {
        return Query.of(both -> both.bool(all -> all.filter(query)
                .filter(index -> index.prefix(prefix -> prefix.field("_index").value(family.family())))));
    }

    private static <T> void decode(Hit hit, Decoder<T> decoder, Consumer<T> to, Consumer<String> rejected) {
        try {
            to.accept(decoder.decode(hit.source()));
        } catch (MalformedDocumentException e) {
            rejected.accept(hit.origin() + " cannot be read: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(byte[] json) throws MalformedDocumentException;
    }
}
