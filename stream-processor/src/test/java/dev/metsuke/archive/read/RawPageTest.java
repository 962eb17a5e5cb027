package dev.metsuke.archive.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RawPageTest {

    private static final String ANSWER = """
        {"pit_id":"a{b","took":3,"timed_out":false,"_shards":{"total":2,"successful":2,"skipped":0,"failed":0},
        "hits":{"max_score":null,"hits":[
          {"_index":"metsuke-access-events-2026.11","_id":"a\\"1","_score":null,"_source":{"a":"}\\\\"} ,"sort":[-7,"\\u00e9]"]},
          {"_index":"metsuke-seals","_id":"2","_source":{},"sort":[9223372036854775807,null]}]}}
        """;

    private static final int SEEDS = 300;
    private static final String TEXT = "abc \"\\{}[],:/\n\té日\ud83d\ude00\u001f";

    @Test
    void cutsEachDocumentOutAsItIs() throws IOException {
        RawPage page = RawPage.parse(bytes(ANSWER), 2);

        assertThat(page.hits()).extracting(Hit::id).containsExactly("a\"1", "2");
        assertThat(page.hits())
                .extracting(Hit::index)
                .containsExactly("metsuke-access-events-2026.11", "metsuke-seals");
        assertThat(page.hits())
                .extracting(hit -> new String(hit.source(), StandardCharsets.UTF_8))
                .containsExactly("{\"a\":\"}\\\\\"}", "{}");
        assertThat(page.hits())
                .extracting(Hit::sort)
                .containsExactly(List.of(-7L, "é]"), List.of(Long.MAX_VALUE, "null"));
        assertThat(page.mayGoOn()).isTrue();
        assertThat(page.end()).containsExactly(Long.MAX_VALUE, "null");
    }

    @Test
    void refusesAnAnswerThatIsCutOffAnywhere() {
        byte[] answer = bytes(ANSWER.strip());

        for (int length = 0; length < answer.length; length++) {
            byte[] cut = Arrays.copyOf(answer, length);
            assertThatThrownBy(() -> RawPage.parse(cut, 2))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1",
                "<html>",
                "{\"hits\":{\"hits\":[{\"_id\":1}]}}",
                "{\"hits\" 1}",
                "{\"hits\":{} 1}",
                "{\"took\":}"
            })
    void refusesWhatIsNoAnswer(String answer) {
        assertThatThrownBy(() -> RawPage.parse(bytes(answer), 1)).isInstanceOf(IOException.class);
    }

    @Test
    void tellsTheLikelyEndUnread() throws IOException {
        byte[] answer = bytes(ANSWER.replace("[9223372036854775807,null]", "[42]"));

        RawAnswer unread = new RawAnswer(answer, 2);

        assertThat(unread.likelyEnd()).isEqualTo(unread.page().end()).containsExactly(42L);
        assertThat(new RawAnswer(bytes("{\"hits\":{\"hits\":[]}}"), 2).likelyEnd())
                .isNull();
        assertThat(new RawAnswer(bytes("\"sort\":["), 2).likelyEnd()).isNull();
    }

    @Test
    void refusesAPartOfTheAnswer() {
        assertThatThrownBy(() -> RawPage.parse(bytes(ANSWER.replace("\"failed\":0", "\"failed\":1")), 2))
                .hasMessageContaining("shards failed");
        assertThatThrownBy(() -> RawPage.parse(bytes(ANSWER.replace("\"timed_out\":false", "\"timed_out\":true")), 2))
                .hasMessageContaining("timed out");
    }

    /** Beside a parser of all of it. */
    @Test
    void findsInAnyAnswerWhatAParserFinds() throws IOException {
        JsonMapper mapper = new JsonMapper();
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<byte[]> documents = new ArrayList<>();
            List<Object> hits = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Map<String, Object> document = object(random, 4);
                documents.add(CanonicalJson.bytes(document));
                hits.add(Map.of("_id", text(random), "_index", "i", "_source", document, "sort", List.of((long) i)));
            }
            byte[] answer = CanonicalJson.bytes(Map.of("hits", Map.of("hits", hits), "took", object(random, 3)));

            RawPage page = RawPage.parse(answer, 9);

            JsonNode tree = mapper.readTree(answer).path("hits").path("hits");
            assertThat(page.hits()).as("seed %d", seed).hasSize(tree.size());
            for (int i = 0; i < tree.size(); i++) {
                Hit hit = page.hits().get(i);
                assertThat(hit.id()).isEqualTo(tree.get(i).path("_id").asString());
                assertThat(hit.source()).as("seed %d", seed).isEqualTo(documents.get(i));
                assertThat(hit.sort())
                        .containsExactly(tree.get(i).path("sort").get(0).asLong());
            }
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(text(random), value(random, depth - 1));
        }
        return members;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> text(random);
            case 1 -> random.nextLong(1L << 50);
            case 2 -> random.nextBoolean();
            case 3 -> object(random, depth);
            default -> List.of(value(random, depth - 1), text(random));
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int[] letters = TEXT.codePoints().toArray();
        for (int i = random.nextInt(25); i > 0; i--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
