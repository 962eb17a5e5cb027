package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.archive.index.BulkAnswer.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkAnswerTest {

    @Test
    void tellsOfEachDocumentInOrder() throws IOException {
        List<Item> items = parse("""
            {"took": 7, "errors": true, "items": [
              {"create": {"_index": "a", "status": 201}},
              {"create": {"status": 400, "error": {"type": "document_parsing_exception", "reason": "failed to parse",
                "caused_by": {"type": "illegal_argument_exception", "reason": "no \\"IP\\" address"}}}},
              {"index": {"error": {"type": "version_conflict_engine_exception"}, "status": 409}}
            ]}
            """);

        assertThat(items).extracting(Item::status).containsExactly(201, 400, 409);
        assertThat(items.get(0).error()).isNull();
        assertThat(OutcomeOf.document(400, items.get(1).error()))
                .isEqualTo(new BulkOutcome.Poison("document_parsing_exception: failed to parse;"
                        + " illegal_argument_exception: no \"IP\" address"));
        assertThat(OutcomeOf.document(409, items.get(2).error())).isEqualTo(new BulkOutcome.Indexed(false));
    }

    @Test
    void anAnswerWithoutItemsHasNone() throws IOException {
        assertThat(parse("{}")).isEmpty();
    }

    @Test
    void refusesWhatIsNoAnswer() {
        assertThatThrownBy(() -> parse("{\"items\": [{\"create\": {\"status\": 201}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read");
    }

    private static List<Item> parse(String json) throws IOException {
        return BulkAnswer.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
