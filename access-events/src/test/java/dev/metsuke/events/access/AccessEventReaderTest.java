package dev.metsuke.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessEventReaderTest {

    private static final AccessEventReader READER =
            AccessEventReader.of(Set.of("@timestamp", "event.action", "event.id", "user.id"));

    @Test
    void readsItsFieldsAndPassesOverTheOthersWhateverTheyHold() throws MalformedDocumentException {
        AccessEvent event = READER.read(json("""
            {"@timestamp":"2026-11-26T09:00:00Z","event":{"action":"read","id":"e1","original":{"not":"text"}},
             "metsuke":{"records":"many"},"user.id":"sato","user":{"name":"Sato"}}\
            """));

        assertThat(event)
                .isEqualTo(AccessEvent.builder()
                        .timestamp(event.timestamp())
                        .id("e1")
                        .action(Action.READ)
                        .userId("sato")
                        .build());
        assertThat(event.timestamp()).hasToString("2026-11-26T09:00:00Z");
    }

    @Test
    void refusesWhatAFieldOfItsCannotHold() {
        assertThatThrownBy(() -> READER.read(json("""
            {"@timestamp":"2026-11-26T09:00:00Z","event":{"action":"read","id":"e1"},"user":{"id":["sato"]}}\
            """)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("user.id is not text");
    }

    @Test
    void readsOnlyFieldsThatEventsHave() {
        assertThatThrownBy(() -> AccessEventReader.of(Set.of("event.id", "event.nonsense")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event.nonsense");
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
