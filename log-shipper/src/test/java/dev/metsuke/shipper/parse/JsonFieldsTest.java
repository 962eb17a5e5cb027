package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonFieldsTest {

    private static final List<String> POINTERS =
            List.of("/a", "/b/c", "/b", "/list/1", "/b/c/d", "/名前", "/a~1b", "/q\"x", "/tab\tname");
    private static final JsonFields FIELDS =
            new JsonFields(POINTERS.stream().map(JsonPointer::parse).toList());
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void picksWhatThePointersName() {
        assertThat(FIELDS.read("{\"a\":1.50,\"x\":[{}],\"b\":{\"c\":\"y\\n\\u3042\"},\"list\":[null,true]}"))
                .containsExactly("1.50", "y\nあ", null, "true", null, null, null, null, null);
    }

    @Test
    void readsNamesThatAreWrittenWithEscapes() {
        assertThat(FIELDS.read("{\"\\u0061\":\"1\",\"q\\\"x\":\"2\",\"tab\\tname\":\"3\",\"a/b\":\"4\"}"))
                .containsExactly("1", null, null, null, null, null, "4", "2", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{                  | expected a member's name in quotes, but the line ends",
                "{\"a\" 1}           | expected a colon at character 6",
                "{\"a\":1            | expected a comma or }, but the line ends",
                "{\"a\":01}          | expected a comma or } at character 7",
                "{\"a\":1.}          | expected a digit at character 8",
                "{\"a\":tru}         | expected a value at character 6",
                "{\"a\":\"x}          | expected a closing quote, but the line ends",
                "{\"a\":\"\\x\"}       | expected one of \"\\/bfnrtu after a backslash at character 8",
                "{\"a\":\"\\u12g4\"}   | expected four hexadecimal digits at character 11",
                "{\"a\":[1 2]}       | expected a comma or ] at character 9",
                "{\"q\"x\":1}         | expected a colon at character 5",
                "[1]                | it must be one JSON object",
                "{} {}              | it must be one JSON object",
            })
    void saysWhereALineIsNoJson(String json, String message) {
        assertThatThrownBy(() -> FIELDS.read(json))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        String deep = "{\"x\":".repeat(501) + "1" + "}".repeat(501);

        assertThatThrownBy(() -> FIELDS.read(deep)).hasMessage("it is nested deeper than 500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1302]", "null", "{}", "{\"x\":1}"})
    void takesTheLastOfMembersWithOneName(String last) {
        assertThat(FIELDS.read("{\"b\":true,\"b\":{\"c\":1},\"b\":" + last + "}"))
                .containsOnlyNulls();
    }

    @Test
    void agreesWithJacksonOnAnyText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder json = new StringBuilder();
            object(random, json, 0);
            for (int change = random.nextInt(3); change > 0; change--) {
                mutate(random, json);
            }
            @Nullable String expected = byJackson(json.toString());

            @Nullable String found;
            try {
                found = Arrays.stream(FIELDS.read(json.toString()))
                        .map(value -> value == null ? "null" : plain(value))
                        .toList()
                        .toString();
            } catch (MalformedJsonException e) {
                found = null;
            }

            assertThat(found).as("seed %d, text %d: %s", seed, i, json).isEqualTo(expected);
            accepted += found == null ? 0 : 1;
        }
        assertThat(accepted).as("texts that are JSON, of 20,000").isBetween(5_000, 19_000);
    }

    private static @Nullable String byJackson(String json) {
        JsonNode tree;
        try {
            tree = JACKSON.readTree(json);
        } catch (JacksonException e) {
            return null;
        }
        if (!tree.isObject()) {
            return null;
        }
        return POINTERS.stream()
                .map(pointer -> tree.at(pointer))
                .map(node -> node.isString() || node.isBoolean() || node.isNumber() ? plain(node.asString()) : "null")
                .toList()
                .toString();
    }

    /** A tree keeps a number's value, not how it was written. */
    private static String plain(String value) {
        try {
            return new BigDecimal(value).stripTrailingZeros().toString();
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private static void object(Random random, StringBuilder json, int depth) {
        // Each name once: of two, Jackson's tree and a reader that goes through once may take different ones.
        List<String> names = new java.util.ArrayList<>(
                List.of("a", "b", "c", "d", "list", "名前", "a/b", "\\u0061x", "q\\\"x", "tab\\tname", "ab", ""));
        java.util.Collections.shuffle(names, random);
        int count = random.nextInt(5);
        json.append(space(random)).append('{').append(space(random));
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",").append('"').append(names.get(i)).append('"');
            json.append(space(random)).append(':').append(space(random));
            value(random, json, depth);
            json.append(space(random));
        }
        json.append('}').append(space(random));
    }

    private static void value(Random random, StringBuilder json, int depth) {
        int kind = depth > 3 ? random.nextInt(5) : random.nextInt(8);
        switch (kind) {
            case 0 -> json.append(random.nextInt(-50, 5_000));
            case 1 -> json.append(random.nextBoolean());
            case 2 -> json.append("null");
            case 3, 4 -> json.append('"').append(pieces(random)).append('"');
            case 5 -> {
                json.append('[');
                for (int i = random.nextInt(4); i >= 0; i--) {
                    value(random, json, depth + 1);
                    json.append(i == 0 ? "" : ",");
                }
                json.append(']');
            }
            default -> object(random, json, depth + 1);
        }
    }

    private static String pieces(Random random) {
        List<String> pieces = List.of(
                "x", " ", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "目付", "\\/", "{", "]", "0.5", "\u007f");
        return Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                .limit(random.nextInt(6))
                .collect(java.util.stream.Collectors.joining());
    }

    private static String space(Random random) {
        return random.nextInt(6) == 0 ? List.of(" ", "\t", "  ", "\r").get(random.nextInt(4)) : "";
    }

    private static void mutate(Random random, StringBuilder json) {
        int place = random.nextInt(json.length());
        String insert = "{}[]\",:\\tfnu0123456789-+.eE \t\u0001x";
        switch (random.nextInt(3)) {
            case 0 -> json.deleteCharAt(place);
            case 1 -> json.insert(place, insert.charAt(random.nextInt(insert.length())));
            default -> json.setCharAt(place, insert.charAt(random.nextInt(insert.length())));
        }
        if (json.isEmpty()) {
            json.append(' ');
        }
    }
}
