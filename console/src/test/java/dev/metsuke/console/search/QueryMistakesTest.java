package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.language.Language;
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
        assertThat(unknownField("x AND user.ide:sato"))
                .contains("the archive has no field user.ide; the nearest name is user.id");
        assertThat(unknownField("_exists_:user.ids"))
                .contains("the archive has no field user.ids; the nearest name is user.id");
        assertThat(unknownField("user:sato")).contains("the archive has no field user; the nearest name is user.id");
        assertThat(unknownField("records:1"))
                .contains("the archive has no field records; the nearest name is metsuke.records");
        assertThat(unknownField("usr:x", Map.of())).isEmpty();
    }

    @Test
    void namesNoFieldOfElasticsearchsOwnAndNoneForALetter() {
        Map<String, Set<String>> types = Map.of("_id", Set.of("_id"), "user.id", Set.of("keyword"));

        assertThat(unknownField("a:x", types))
                .contains("the archive has no field a; fields are those of the Elastic Common Schema, as in"
                        + " user.id:sato");
        assertThat(unknownField("idd:x", types)).contains("the archive has no field idd; the nearest name is user.id");
    }

    @Test
    void namesTheFieldOfAValueThatIsRefused() {
        assertThat(refused("user.id:a AND metsuke.records:many", "For input string: \"many\""))
                .contains("metsuke.records (long): “many” is no number that it takes; write one as in"
                        + " metsuke.records:>1000");
        assertThat(refused(
                        "@timestamp:yesterday",
                        "failed to parse date field [yesterday] with format [strict_date_optional_time]"))
                .contains("@timestamp (date): “yesterday” is no time; write 2026-03-31, 2026-03-31T09:00 or now-1d");
        assertThat(refused("source.ip:here", "'here' is not an IP string literal."))
                .contains("source.ip: “here” is no address of IP; write one as 203.0.113.9,"
                        + " or a network as \"203.0.113.0/24\"");
        assertThat(refused("user.id:a", "something of [a]")).contains("user.id (keyword): something of [a]");
        assertThat(refused("user.id:a", "no [user.id] a")).isEmpty();
        assertThat(refused("a", "a")).isEmpty();
    }

    @Test
    void saysItInJapaneseAsWell() {
        assertThat(mistakes("user.ide:sato").unknownField())
                .hasValueSatisfying(unknown -> assertThat(unknown.in(Language.JAPANESE))
                        .isEqualTo("アーカイブに「user.ide」というフィールドはありません。名前の近いフィールドは user.id です。"));
        assertThat(mistakes("metsuke.records:many").refused("For input string: \"many\""))
                .hasValueSatisfying(refused -> assertThat(refused.in(Language.JAPANESE))
                        .isEqualTo("metsuke.records（long）：「many」は、このフィールドの数値として読み取れません。metsuke.records:>1000"
                                + " のように入力してください。"));
        assertThat(mistakes("user.id:a").refused("something of [a]"))
                .hasValueSatisfying(refused -> assertThat(refused.in(Language.JAPANESE))
                        .isEqualTo("user.id（keyword）：Elasticsearchが受け付けませんでした（something of [a]）。"));
    }

    private static Optional<String> unknownField(String query) {
        return unknownField(query, TYPES);
    }

    private static Optional<String> unknownField(String query, Map<String, Set<String>> types) {
        return new QueryMistakes(QueryClause.of(query), types)
                .unknownField()
                .map(unknown -> unknown.in(Language.ENGLISH));
    }

    private static Optional<String> refused(String query, String reason) {
        return mistakes(query).refused(reason).map(refused -> refused.in(Language.ENGLISH));
    }

    private static QueryMistakes mistakes(String query) {
        return new QueryMistakes(QueryClause.of(query), TYPES);
    }
}
