package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class EventTableTest {

    private final EventTable table = new EventTable(ZoneId.of("Asia/Tokyo"));

    @Test
    void showsTimesInAnyFormThatTheArchiveTakes() throws Exception {
        assertThat(row("\"2026-11-24T01:00:00Z\"")).startsWith("2026-11-24 10:00:00 +09:00  sato ");
        assertThat(row("\"2026-11-24T03:00:00+02:00\"")).startsWith("2026-11-24 10:00:00 +09:00  sato ");
        assertThat(row("1795482000000")).startsWith("2026-11-24 10:00:00 +09:00  sato ");
        assertThat(row("\"1795482000000\"")).matches("1795482000000 {13}  sato .*");
        assertThat(row("1795482000000.5")).contains("sato");
        assertThat(row("9223372036854775807")).contains("sato");
        assertThat(row("null")).matches("- {25}  sato .*");
    }

    @Test
    void headsItsColumns() throws Exception {
        String row = row("\"2026-11-24T01:00:00Z\"");

        assertThat(table.head().indexOf("ACCOUNT")).isEqualTo(row.indexOf("sato"));
        assertThat(table.head().split(" +"))
                .containsExactly("TIME", "ACCOUNT", "ACTION", "DATASET", "PEOPLE", "FROM", "LINE");
    }

    private String row(String timestamp) throws MalformedDocumentException {
        String event = "{\"@timestamp\": %s, \"user\": {\"id\": \"sato\"}}".formatted(timestamp);
        return table.row(
                JsonDocument.parse(event.getBytes(StandardCharsets.UTF_8)).members());
    }
}
