package dev.metsuke.archive.retention;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.retention.LegalHold;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a legal hold means in an index. */
public final class HeldDocuments {

    /** Others are about no account, or may be anybody's. */
    private static final List<ArchiveIndex> ABOUT_ACCOUNTS = List.of(
            ArchiveIndex.ACCESS_EVENTS,
            ArchiveIndex.ACCOUNT_STATUS,
            ArchiveIndex.EXPORT_APPROVALS,
            ArchiveIndex.DIRECTORY,
            ArchiveIndex.ALERTS,
            ArchiveIndex.TRIAGE);

    private HeldDocuments() {}

    /**
     * How many documents a hold concerns now, among those that are about accounts.
     *
     * @param client of the archive
     * @throws IOException where the archive does not answer
     */
    public static long count(ElasticsearchClient client, LegalHold hold) throws IOException {
        ArchiveIndices indices = new ArchiveIndices(client, false);
        long count = 0;
        for (ArchiveIndex kind : ABOUT_ACCOUNTS) {
            Optional<Query> documents = query(hold, kind);
            if (documents.isPresent()) {
                count += indices.count(kind.pattern(), documents.get());
            }
        }
        return count;
    }

    /** Whether the hold concerns the whole month, whatever is in its index. */
    static boolean holdsMonth(LegalHold hold, StoredIndex index) {
        return hold.account() == null && hold.meets(index.monthStart(), index.monthEnd());
    }

    /**
     * Finds the documents that the hold concerns, also those that came a month late; empty where the kind has none.
     *
     * <p>A document's period is from {@code event.start} to {@code event.end} where it has these, as alerts do, else the
     * moment {@code @timestamp}.
     */
    static Optional<Query> query(LegalHold hold, ArchiveIndex kind) {
        BoolQuery.Builder all = new BoolQuery.Builder();
        if (hold.from() != null || hold.until() != null) {
            all.filter(either -> either.bool(
                    time -> time.minimumShouldMatch("1").should(moment(hold)).should(stretch(hold))));
        }
        if (hold.account() != null) {
            switch (kind) {
                case ACCESS_EVENTS, ACCOUNT_STATUS, EXPORT_APPROVALS, DIRECTORY, ALERTS, TRIAGE, RETENTION ->
                    all.filter(of(hold.account()));
                // Nobody understood whose these are, so they may be anybody's.
                case REJECTED -> all.filter(any -> any.matchAll(each -> each));
                // They are about no account; seals stay as long as the events that they prove.
                case SEALS, POLICY -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(all.build()._toQuery());
    }

    private static Query moment(LegalHold hold) {
        return between("@timestamp", hold.from(), hold.until());
    }

    private static Query stretch(LegalHold hold) {
        return Query.of(query -> query.bool(overlap -> overlap.filter(between("event.end", hold.from(), null))
                .filter(between("event.start", null, hold.until()))));
    }

    /** Whether a field has a time that lies there; nothing bounds it where a bound is absent. */
    private static Query between(String field, @Nullable Instant from, @Nullable Instant until) {
        return Query.of(query -> query.range(range -> range.date(time -> {
            time.field(field);
            if (from != null) {
                time.gte(from.toString());
            }
            return until == null ? time : time.lt(until.toString());
        })));
    }

    /** Accesses without an account are keyed by their address, or all alike where they have none. */
    private static Query of(AccountId account) {
        Query named = term("user.id", account.value());
        if (!account.isAddress()) {
            return named;
        }
        String address = account.address();
        Query from = account.isIpAddress()
                ? term("source.ip", address)
                : Query.of(query ->
                        query.bool(none -> none.mustNot(has -> has.exists(field -> field.field("user.id")))));
        return Query.of(query -> query.bool(either -> either.minimumShouldMatch("1")
                .should(named)
                .should(term("source.address", address))
                .should(from)));
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }
}
