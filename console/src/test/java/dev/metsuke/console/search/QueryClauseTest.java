package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryClauseTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0000',
            delimiter = '#',
            nullValues = "-",
            value = {
                "sato#*=sato",
                "user.id:sato#user.id=sato",
                "metsuke.records:>1000 AND NOT user.id:batch*#metsuke.records=1000; user.id=batch*",
                "@timestamp:[2026-11-01T10:00 TO \"2026-11-02]\"}#@timestamp=2026-11-01T10:00 TO \"2026-11-02]\"",
                "user.id:(sato OR \"tanaka a\") || +kawasaki^2#user.id=sato; user.id=tanaka a; *=kawasaki^2",
                "-(user.id:sato (x))^2 \"a: b\"~3#user.id=sato; *=x; *=a: b",
                "url.path:/a/b:c \\(event\\:id: x#url.path=/a/b:c; (event:id=x",
                "_exists_: user.id#_exists_=user.id",
                "*:*#*=*",
                "user.id:(#-"
            })
    void findsNamesAndValues(String query, String expected) {
        List<QueryClause> clauses = QueryClause.of(query);

        assertThat(clauses.stream()
                        .map(clause -> (clause.field() == null ? "*" : clause.field()) + "=" + clause.value())
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected == null ? "" : expected);
    }
}
