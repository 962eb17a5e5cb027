package dev.metsuke.console.search;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.archive.ArchiveIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds events in the archive. */
public final class ArchiveSearch {

    private static final int LONGEST_QUERY = 4_000;

    private final Archive archive;

    public ArchiveSearch(Archive archive) {
        this.archive = archive;
    }

    /** One page, newest first. */
    public ArchiveAnswer search(SearchQuery wanted) {
        if (wanted.query().length() > LONGEST_QUERY) {
            return new ArchiveAnswer.Refused(
                    Text.of("query.too-long", wanted.query().length(), LONGEST_QUERY));
        }
        return find(wanted, query(wanted));
    }

    /**
     * One page of what a query finds, which {@link #query} made, alone or with others.
     *
     * @return {@link ArchiveAnswer.Refused} as well where it names a field that is not there
     */
    public ArchiveAnswer find(SearchQuery wanted, Query query) {
        List<QueryClause> clauses = QueryClause.of(wanted.query());
        QueryMistakes mistakes = new QueryMistakes(
                clauses,
                clauses.stream().allMatch(clause -> clause.field() == null)
                        ? Map.of()
                        : archive.fields(ArchiveIndex.ACCESS_EVENTS));
        Optional<Text> unknown = mistakes.unknownField();
        if (unknown.isPresent()) {
            return new ArchiveAnswer.Refused(unknown.get());
        }
        ArchiveAnswer answer = archive.find(ArchiveIndex.ACCESS_EVENTS, query, wanted.limit(), wanted.after());
        return answer instanceof ArchiveAnswer.Refused refused
                ? new ArchiveAnswer.Refused(QuerySyntax.fault(wanted.query(), refused.words())
                        .or(() -> mistakes.refused(refused.words()))
                        .orElse(refused.why()))
                : answer;
    }

    /** The same as a query of Elasticsearch, whatever its length. */
    public static Query query(SearchQuery wanted) {
        BoolQuery.Builder all = new BoolQuery.Builder();
        if (!wanted.query().isBlank()) {
            all.filter(filter -> filter.queryString(text -> text.query(withoutRegularExpressions(wanted.query()))
                    .defaultOperator(Operator.And)
                    .allowLeadingWildcard(false)
                    .analyzeWildcard(false)
                    .fuzzyMaxExpansions(50)
                    .maxDeterminizedStates(1_000)
                    .timeZone(wanted.zone().getId())
                    .lenient(asksAnyField(wanted.query()))));
        }
        if (wanted.from() != null || wanted.until() != null) {
            all.filter(filter -> filter.range(range -> range.date(time -> {
                time.field("@timestamp");
                if (wanted.from() != null) {
                    time.gte(wanted.from().toString());
                }
                return wanted.until() == null ? time : time.lt(wanted.until().toString());
            })));
        }
        if (wanted.account() != null) {
            all.filter(any(wanted.account(), ArchiveSearch::ofAccount));
        }
        if (wanted.dataset() != null) {
            all.filter(any(wanted.dataset(), dataset -> term("metsuke.dataset", dataset)));
        }
        return all.build()._toQuery();
    }

    /** A word that may stand in any field is no date and no number in most of them; one that names its field is a mistake. */
    private static boolean asksAnyField(String query) {
        return QueryClause.of(query).stream().anyMatch(clause -> clause.field() == null);
    }

    private static Query ofAccount(String written) {
        AccountId account = new AccountId(written);
        // Events without an account are keyed by their address.
        return account.isAddress()
                ? Query.of(query ->
                        query.bool(either -> either.mustNot(has -> has.exists(field -> field.field("user.id")))
                                .filter(from(account))))
                : term("user.id", written);
    }

    /** The field for addresses of IP takes nothing else. */
    private static Query from(AccountId account) {
        Query named = term("source.address", account.address());
        if (account.equals(AccountId.NOBODY)) {
            return either(
                    named,
                    Query.of(query ->
                            query.bool(none -> none.mustNot(has -> has.exists(field -> field.field("source.address")))
                                    .mustNot(has -> has.exists(field -> field.field("source.ip"))))));
        }
        return account.isIpAddress() ? either(named, term("source.ip", account.address())) : named;
    }

    private static Query either(Query one, Query other) {
        return Query.of(query ->
                query.bool(both -> both.minimumShouldMatch("1").should(one).should(other)));
    }

    private static Query any(AskedName name, Function<String, Query> query) {
        return name.spellings().stream()
                .map(query)
                .reduce(ArchiveSearch::either)
                .orElseThrow();
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    /**
     * A slash would start a regular expression, which can cost anything; paths and dates have them too. Within quotes and ranges an
     * escaped one means the same, so that it does not matter where those begin and end.
     */
    static String withoutRegularExpressions(String query) {
        StringBuilder safe = new StringBuilder(query.length() + 8);
        for (int i = 0; i < query.length(); i++) {
            char character = query.charAt(i);
            if (character == '\\' && i + 1 < query.length()) {
                safe.append(character).append(query.charAt(++i));
                continue;
            }
            if (character == '/') {
                safe.append('\\');
            }
            safe.append(character);
        }
        return safe.toString();
    }
}
