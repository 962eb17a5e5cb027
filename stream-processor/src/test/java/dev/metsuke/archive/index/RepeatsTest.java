package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final String SENT = """
        {"event": {"id": "e1"}, "metsuke": {"integrity": {"sequence": 7, "hash": "ab"}, "categories": ["a"]}}
        """;

    @Test
    void whatAClusterAddsMakesNoOtherDocument() throws Exception {
        assertThat(difference(SENT.strip())).isNull();
        assertThat(difference(SENT.replace("\"id\"", "\"ingested\": 1, \"id\"")
                        .replace("{\"event\"", "{\"x\": 1, \"event\"")))
                .isNull();
    }

    @Test
    void namesTheFirstFieldThatIsAnother() throws Exception {
        assertThat(difference(SENT.replace("7", "8"))).isEqualTo("metsuke.integrity.sequence");
        assertThat(difference(SENT.replace("ab", "cd"))).isEqualTo("metsuke.integrity.hash");
        assertThat(difference(SENT.replace("[\"a\"]", "[\"a\", \"b\"]"))).isEqualTo("metsuke.categories");
        assertThat(difference("{\"event\": {\"id\": \"e1\"}}")).isEqualTo("metsuke");
        assertThat(difference("{\"event\": \"e1\"}")).isEqualTo("event");
    }

    private static @Nullable String difference(String stored) throws MalformedDocumentException {
        return Repeats.difference(members(SENT), members(stored));
    }

    private static Map<String, @Nullable Object> members(String json) throws MalformedDocumentException {
        return JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8)).members();
    }
}
