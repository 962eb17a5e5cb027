package dev.metsuke.shipper.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where in a text JSON is found, and what finding it costs. */
class JsonSearchTest {

    private static final List<List<String>> POINTERS =
            List.of(List.of("customer", "id"), List.of("customers", "*", "name"));
    private static final String DOCUMENT = "{\"customer\":{\"id\":\"C-7\"}}";
    /** A beginning by itself, as a document, as each of its objects by itself, and the same in the strings of it. */
    private static final int MOST_READINGS = 8;

    @Test
    void findsWhatPointersLeadTo() {
        assertThat(found("{\"id\":1,\"customer\":{\"id\":[10023,{\"x\":\"\\u0043-7\"},true,null]},"
                        + " \"customers\":[{\"name\":\"a\",\"id\":2},{\"name\":\"b\"}]}"))
                .containsExactly("10023", "C-7", "a", "b");
        assertThat(found("{\"order\":" + DOCUMENT + "}")).isEmpty();
    }

    @Test
    void findsDocumentsBehindOthersAndBehindWhatIsNone() {
        for (String before :
                List.of("[4242] ", "{} ", "{x} ", "{\"x\":1} ", "{\"a\":{\"b\":", "{\"a\": b ", "\"{\"", "{{", "[{")) {
            assertThat(found("INFO " + before + DOCUMENT)).as(before).containsExactly("C-7");
        }
    }

    @Test
    void findsWhatStandsBeforeTheEndOfADocumentThatIsCutShort() {
        assertThat(found("{\"customer\":{\"id\":\"C-7\"},\"customers\":[{\"name\":\"a"))
                .containsExactly("C-7");
        assertThat(found("{\"order\":{\"customer\":{\"id\":\"C-7\"},")).isEmpty();
        assertThat(found("INFO {\"order\":{\"customer\":{\"id\":\"C-7\"},")).containsExactly("C-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":",
                "{\"\":1",
                "{\"{",
                "{\"a\":[",
                "{\"a\":\"{\\\"a\\\":",
                "{\"a\":\"{\"",
                "{\"a\":{\"b\":1},",
                "[{\"a\":",
                "{",
                "{ ",
                "{}",
                "{\"a"
            })
    void readsEachCharacterOfBeginningsWithoutEndAFewTimes(String beginning) {
        String text = beginning.repeat(20_000) + DOCUMENT;
        JsonSearch search = new JsonSearch(text, POINTERS, new ArrayList<>());

        search.run();

        assertThat(search.read()).isLessThanOrEqualTo((long) MOST_READINGS * text.length());
    }

    @Test
    void readsEachCharacterOfAnyTextAFewTimes() {
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> pieces = List.of("{", "\"", "\"a\":", "{\"a\":", "}", ",", "[", "]", ":", "\\", "1", " ");
            StringBuilder text = new StringBuilder();
            String repeated = "";
            for (int i = 0; i < 1 + seed % 8; i++) {
                repeated += pieces.get(random.nextInt(pieces.size()));
            }
            text.append(repeated.repeat(500));
            JsonSearch search = new JsonSearch(text.toString(), POINTERS, new ArrayList<>());

            search.run();

            assertThat(search.read())
                    .as("seed %s: %s", seed, repeated)
                    .isLessThanOrEqualTo((long) MOST_READINGS * text.length());
        }
    }

    private static List<String> found(String text) {
        List<String> found = new ArrayList<>();
        new JsonSearch(text, POINTERS, found).run();
        return found;
    }
}
