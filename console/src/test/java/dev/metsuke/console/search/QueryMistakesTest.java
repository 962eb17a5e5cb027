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
        assertThat(mistakes("_exists_:usr").unknownField().orElse("")).startsWith("the archive has no field usr;");
        assertThat(mistakes("user:sato").unknownField().orElse("")).startsWith("the archive has no field user;");
        assertThat(new QueryMistakes(QueryClause.of("usr:x"), Map.of()).unknownField())
                .isEqualTo(Optional.empty());
    }

    @Test
    void namesTheFieldOfAValueThatIsRefused() {
        assertThat(mistakes("user.id:a AND metsuke.records:many").named("For input string: \"many\""))
                .isEqualTo("metsuke.records (long): For input string: \"many\"");
        assertThat(mistakes("user.id:a").named("no [user.id] a")).isEqualTo("no [user.id] a");
        assertThat(mistakes("a").named("a")).isEqualTo("a");
    }

    private static QueryMistakes mistakes(String query) {
        return new QueryMistakes(QueryClause.of(query), TYPES);
    }
}
