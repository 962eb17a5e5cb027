package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryMistakesTest {

    private static final Map<String, Set<String>> TYPES = Map.of(
            "@timestamp", Set.of("date"),
            "labels", Set.of("flattened"),
            "user", Set.of("object"),
            "user.id", Set.of("keyword"),
            "metsuke.records", Set.of("long"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sato",
                "user.id:sato AND metsuke.records:>1",
                "labels.anything:x",
                "_exists_:user",
                "_id:x",
                "user.*:x",
                "*:*",
                ""
            })
    void takesWhatTheArchiveKnows(String query) {
        assertThat(mistakes(query).unknownField()).isEmpty();
    }

    @Test
    void namesAnUnknownFieldAndTheNearest() {
        assertThat(mistakes("x AND user.ide:sato").unknownField())
                .contains("the archive has no field user.ide; the nearest name is user.id");
        assertThat(mistakes("_exists_:user.ids").unknownField())
                .contains("the archive has no field user.ids; the nearest name is user.id");
        assertThat(mistakes("user:sato").unknownField())
                .contains("the archive has no field user; the nearest name is user.id");
        assertThat(mistakes("records:1").unknownField())
                .contains("the archive has no field records; the nearest name is metsuke.records");
        assertThat(new QueryMistakes(QueryClause.of("usr:x"), Map.of()).unknownField())
                .isEqualTo(Optional.empty());
    }

    @Test
    void namesNoFieldOfElasticsearchsOwnAndNoneForALetter() {
        Map<String, Set<String>> types = Map.of("_id", Set.of("_id"), "user.id", Set.of("keyword"));

        assertThat(new QueryMistakes(QueryClause.of("a:x"), types).unknownField())
                .contains("the archive has no field a; fields are those of the Elastic Common Schema, as in"
                        + " user.id:sato");
        assertThat(new QueryMistakes(QueryClause.of("idd:x"), types).unknownField())
                .contains("the archive has no field idd; the nearest name is user.id");
    }

    @Test
    void namesTheFieldOfAValueThatIsRefused() {
        assertThat(mistakes("user.id:a AND metsuke.records:many").named("For input string: \"many\""))
                .isEqualTo("metsuke.records (long): \"many\" is no number that it takes; write one as in"
                        + " metsuke.records:>1000");
        assertThat(mistakes("@timestamp:yesterday")
                        .named("failed to parse date field [yesterday] with format [strict_date_optional_time]"))
                .isEqualTo("@timestamp (date): yesterday is no time; write 2026-03-31, 2026-03-31T09:00 or now-1d");
        assertThat(mistakes("source.ip:here").named("'here' is not an IP string literal."))
                .isEqualTo("source.ip: 'here' is no address of IP; write one as 203.0.113.9,"
                        + " or a network as \"203.0.113.0/24\"");
        assertThat(mistakes("user.id:a").named("no [user.id] a")).isEqualTo("no [user.id] a");
        assertThat(mistakes("a").named("a")).isEqualTo("a");
    }

    private static QueryMistakes mistakes(String query) {
        return new QueryMistakes(QueryClause.of(query), TYPES);
    }
}
