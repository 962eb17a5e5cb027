package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkBodyTest {

    @Test
    void saysWhatToDoBeforeEachDocument() {
        byte[] body = BulkBody.of(List.of(
                new Document("events-2026.11", "a\"\\b\n", bytes("{\"n\":1}"), new Write.Once()),
                new Document("alerts-2026.11", "日本", bytes("{\"n\":\"é\"}"), new Write.Latest(42))));

        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("""
            {"create":{"_index":"events-2026.11","_id":"a\\"\\\\b\\n"}}
            {"n":1}
            {"index":{"_index":"alerts-2026.11","_id":"日本","version":42,"version_type":"external_gte"}}
            {"n":"é"}
            """);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
