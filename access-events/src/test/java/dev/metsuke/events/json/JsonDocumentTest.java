package dev.metsuke.events.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {

    @Test
    void readsNestedAndDottedNamesAlike() throws MalformedDocumentException {
        JsonDocument document = parse("{\"user\":{\"id\":\"sato\"},\"event.id\":\"1\",\"log\":{\"file.path\":\"/a\"}}");

        assertThat(document.text("user.id")).isEqualTo("sato");
        assertThat(document.text("event.id")).isEqualTo("1");
        assertThat(document.text("log.file.path")).isEqualTo("/a");
        assertThat(document.text("log.file.name")).isNull();
    }

    @Test
    void readsTimesWithAnyOffset() throws MalformedDocumentException {
        JsonDocument document = parse("{\"at\":\"2026-11-24T00:04:40.666+09:00\"}");

        assertThat(document.instant("at")).isEqualTo(Instant.parse("2026-11-23T15:04:40.666Z"));
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThatThrownBy(() -> parse("{\"a\":{\"b\":[1]}}").integer("a.b"))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("a.b is not an integer");
        assertThatThrownBy(() -> parse("{\"at\":\"yesterday\"}").instant("at"))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("at is not an ISO 8601 time")
                .hasMessageContaining("yesterday");
        assertThatThrownBy(() -> parse("{}").requiredText("event.id")).hasMessage("no event.id");
    }

    @Test
    void refusesWhatIsNotOneObject() {
        assertThatThrownBy(() -> parse("[]")).isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> parse("")).isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> parse("{} {}")).hasMessage("more than one JSON value");
        assertThatThrownBy(() -> parse("{\"a\":")).hasMessageStartingWith("not JSON: ");
        assertThatThrownBy(() -> parse("[".repeat(5_000))).isInstanceOf(MalformedDocumentException.class);
    }

    private static JsonDocument parse(String json) throws MalformedDocumentException {
        return JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
