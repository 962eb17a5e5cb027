package dev.metsuke.shipper.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

    @Test
    void findsWhatJacksonLeadsTo() {
        for (long seed = 0; seed < 2_000; seed++) {
            JsonNode document = object(new SplittableRandom(seed), 0);
            List<String> expected = new ArrayList<>();
            pointedAt(document, POINTERS, 0, expected);

            assertThat(found(document.toString()))
                    .as("seed %s: %s", seed, document)
                    .isEqualTo(expected);
            assertThat(found("INFO " + document + " end"))
                    .as("seed %s, within a line", seed)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1_000, 1_001, 19_999})
    void findsWhatStandsBehindAnyNumberOfLevels(int levels) {
        assertThat(found("INFO " + "{\"a\":".repeat(levels) + DOCUMENT)).containsExactly("C-7");
        assertThat(found("{\"a\":".repeat(levels) + DOCUMENT + " " + DOCUMENT)).containsExactly("C-7", "C-7");
        assertThat(found("{\"body\":" + "[".repeat(levels) + "]".repeat(levels) + "," + DOCUMENT.substring(1)))
                .containsExactly("C-7");
    }

    /** Numbers as in no JSON, such as a date. */
    @Test
    void findsEachObjectOfWhatHasOtherNumbersThanADocument() {
        for (String number : List.of("2026-12-01", "1.2.3", "+1", "-", "1e", ".5")) {
            assertThat(found("{\"a\":" + number + ",\"b\":" + DOCUMENT + "}"))
                    .as(number)
                    .containsExactly("C-7");
            assertThat(found("{\"a\":" + number + "," + DOCUMENT.substring(1)))
                    .as(number)
                    .containsExactly("C-7");
        }
        for (String number : List.of("0", "-1.50", "12E+3", "1e-2")) {
            assertThat(found("{\"a\":" + number + ",\"b\":" + DOCUMENT + "}"))
                    .as(number)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"\":", "[{\"\":", "{\"customers\":[", "{\"customer\":{\"id\":["})
    void takesLittleTimeAndRoomForAMillionCharactersOfBeginnings(String beginning) {
        String text = "{\"a\":" + beginning.repeat((1 << 20) / beginning.length());
        JsonSearch search = new JsonSearch(text, POINTERS, new ArrayList<>());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        search.run();

        // Most of it is garbage at once, such as what a name is compared by.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
        assertThat(search.read()).isLessThanOrEqualTo((long) MOST_READINGS * text.length());
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

    private static ObjectNode object(SplittableRandom random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("customer", "x{\"", "customers", "id", "name")) {
            if (random.nextInt(3) > 0) {
                object.set(name, value(random, depth + 1));
            }
        }
        return object;
    }

    private static JsonNode value(SplittableRandom random, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 4 ? 5 : 9)) {
            case 0 -> json.stringNode("a\"}\\\n佐藤\uD83D\uDE00" + random.nextInt(100));
            case 1 -> json.numberNode(random.nextLong());
            case 2 -> json.booleanNode(random.nextBoolean());
            case 3 -> json.nullNode();
            case 4 -> json.numberNode(random.nextDouble());
            case 5, 6 -> {
                ArrayNode array = json.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                yield array;
            }
            default -> object(random, depth);
        };
    }

    /** Written down once more, by Jackson's tree: those at a pointer and all scalars below, in their order. */
    private static void pointedAt(JsonNode node, List<List<String>> leading, int depth, List<String> found) {
        boolean within = leading.stream().anyMatch(names -> names.size() <= depth);
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> pointedAt(
                            member.getValue(),
                            within ? leading : further(leading, depth, member.getKey()),
                            depth + 1,
                            found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                pointedAt(
                        node.get(i), within ? leading : further(leading, depth, Integer.toString(i)), depth + 1, found);
            }
        } else if (within && (node.isString() || node.isNumber())) {
            found.add(node.asString());
        }
    }

    private static List<List<String>> further(List<List<String>> leading, int depth, String name) {
        return leading.stream()
                .filter(names -> List.of(name, "*").contains(names.get(depth)))
                .toList();
    }

    private static List<String> found(String text) {
        List<String> found = new ArrayList<>();
        new JsonSearch(text, POINTERS, found).run();
        return found;
    }
}
