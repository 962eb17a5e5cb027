package dev.metsuke.events.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonCursorTest {

    private static final JsonFactory FACTORY = new JsonFactory();

    private static final List<String> TEXTS = List.of(
            "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\",\"f\":[]},\"g\":{}}",
            " { \"a.b\" : \"Sat\\u014d \\\"x\\\" \\\\ \\n\" ,\t\"佐藤\" : [ \"𠮷野家\" , -0.5e+10, 0, -7 ] }\r\n",
            "[[[[1]]],{\"a\":[{\"b\":{\"c\":\"long enough to be looked at eight bytes at a time\"}}]}]",
            "{\"n\":123456789012345678,\"m\":-9223372036854775808,\"o\":9223372036854775807,\"p\":1E400}",
            "\"alone\"",
            "{\"escaped\\u002ename\":\"\\ud842\\udfb7\\b\\f\\r\\t\\/\"}");

    /** What a parser of good repute makes of them, and of what they become by changes that may break them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatJacksonReadsAndRefusesWhatItRefuses(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json =
                    changed(TEXTS.get(random.nextInt(TEXTS.size())), random).getBytes(StandardCharsets.UTF_8);
            @Nullable Object expected = byJackson(json);
            refused += expected == null ? 1 : 0;

            assertThat(byCursor(json))
                    .as(new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(expected);
        }
        assertThat(refused).isBetween(5_000, 19_000);
    }

    @Test
    void passesWhatNobodyAsksForAndStillRefusesWhatIsNoJson() throws MalformedDocumentException {
        for (String text : TEXTS) {
            JsonCursor cursor = new JsonCursor(text.getBytes(StandardCharsets.UTF_8));
            cursor.pass();
            assertThat(cursor.isAtEnd()).as(text).isTrue();
        }

        assertThatThrownBy(() -> new JsonCursor(json("{\"a\":[1,{\"b\":\"\\x\"}]}")).pass())
                .hasMessage("not JSON: expected one of \"\\/bfnrtu after a backslash at byte 16");
        assertThatThrownBy(() -> new JsonCursor(json("{\"a\":[1,2")).pass())
                .hasMessage("not JSON: expected a comma or ], but it ends");
        assertThatThrownBy(() -> new JsonCursor(json("[".repeat(101))).pass())
                .hasMessage("not JSON: it is nested deeper than 100");
    }

    @Test
    void refusesTextThatIsNotUtf8ButReadsTheSignThatStandsForIt() throws MalformedDocumentException {
        assertThat(new JsonCursor(json("\"a\ufffdb\"")).text()).isEqualTo("a\ufffdb");
        assertThatThrownBy(() -> new JsonCursor(new byte[] {'"', 'a', (byte) 0x93, '"'}).text())
                .hasMessage("not JSON: what stands from byte 2 on is not UTF-8");
    }

    /** UTF-8 has no bytes for it, so what is kept of such a text would not be what was read. */
    @ParameterizedTest
    @CsvSource({
        "crm\\ud800, crm\ufffd",
        "\\udc00crm, \ufffdcrm",
        "\\ud83dx\\ude00, \ufffdx\ufffd",
        "\\ud83d\\ude00, \ud83d\ude00"
    })
    void readsTheSignThatStandsForItWhereHalfACharacterIsEscaped(String escaped, String expected)
            throws MalformedDocumentException {
        assertThat(new JsonCursor(json("\"" + escaped + "\"")).text()).isEqualTo(expected);
    }

    @Test
    void tellsNumbersThatHaveNoRoom() throws MalformedDocumentException {
        assertThat(new JsonCursor(json("-9223372036854775808")).integer()).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> new JsonCursor(json("9223372036854775808")).integer())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new JsonCursor(json("1".repeat(1_000_000))).integer())
                .hasMessage("it has 1000000 digits");
        assertThatThrownBy(() -> new JsonCursor(json("1.0")).integer()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void passesAMarkOfTheOrderOfBytes() throws MalformedDocumentException {
        assertThat(new JsonCursor(json("\ufeff {}")).enterObject()).isFalse();
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        String letters = "{}[]:,\"\\ tfnu0129-+.eE\u0001\u00e9x/";
        for (int left = random.nextInt(3); left > 0; left--) {
            int at = random.nextInt(changed.length());
            // A pair of surrogates stays a pair.
            if (Character.isSurrogate(changed.charAt(at))) {
                continue;
            }
            char letter = letters.charAt(random.nextInt(letters.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, letter);
                case 1 -> changed.deleteCharAt(at);
                default -> changed.insert(at, letter);
            }
        }
        return changed.toString();
    }

    /** Other names are passed. */
    private static String shown(String name) {
        return name.equals("a") || name.indexOf('.') >= 0 ? name : "other";
    }

    /** Null where it is refused. */
    private static @Nullable Object byCursor(byte[] json) {
        try {
            JsonCursor cursor = new JsonCursor(json);
            Object value = value(cursor);
            return cursor.isAtEnd() ? value : null;
        } catch (MalformedDocumentException e) {
            return null;
        }
    }

    private static Object value(JsonCursor cursor) throws MalformedDocumentException {
        return switch (cursor.peek()) {
            case '{' -> {
                Map<String, Object> members = new LinkedHashMap<>();
                if (cursor.enterObject()) {
                    do {
                        boolean isA = cursor.passName(json("a"));
                        String dotted = isA ? "a" : cursor.dottedName();
                        members.put(dotted == null ? "other" : shown(dotted), value(cursor));
                    } while (cursor.hasMoreMembers());
                }
                yield members;
            }
            case '[' -> {
                List<Object> elements = new ArrayList<>();
                if (cursor.enterArray()) {
                    do {
                        elements.add(value(cursor));
                    } while (cursor.hasMoreElements());
                }
                yield elements;
            }
            case '"' -> cursor.text();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> cursor.number();
            case 'n' -> {
                cursor.passNull();
                yield "null";
            }
            default -> {
                cursor.pass();
                yield "a word";
            }
        };
    }

    private static @Nullable Object byJackson(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            Object value = first == null ? null : value(parser, first);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = shown(parser.currentName());
                    members.put(name, value(parser, parser.nextToken()));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(value(parser, next));
                }
                yield elements;
            }
            case VALUE_STRING -> WellFormedText.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getString();
            case VALUE_NULL -> "null";
            default -> "a word";
        };
    }
}
