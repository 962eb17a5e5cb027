package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {

    private static final String PAGE = """
        {"ok": true, "entries": [{"a": 1,
          "b": {"c": 2}}, {"a": 2}], "next": {"cursor": "}", "more": {"x": [1]}}, "size": 2}
        {"entries": []}
        [{"a": 3}]
        """;

    @Test
    void findsTheRecordsOfPagesAndStepsOverWhatIsAroundThem() {
        assertThat(Samples.records(format("array: entries"), PAGE, true))
                .containsExactly("{\"a\": 1,\n  \"b\": {\"c\": 2}}", "{\"a\": 2}", "{\"a\": 3}");
    }

    @Test
    void findsObjectsInAnArrayOrOneBehindTheOther() {
        assertThat(Samples.records(format("action: read"), "[{\"a\": 1},\n{\"a\":\n2}]\n{\"a\": 3}{\"a\": 4}", true))
                .containsExactly("{\"a\": 1}", "{\"a\":\n2}", "{\"a\": 3}", "{\"a\": 4}");
    }

    @Test
    void waitsForTheRestOfWhatStandsBehindTheArray() {
        assertThat(Samples.records(
                        format("array: entries"), "{\"entries\": [{\"a\": 1}], \"next\": {\"cursor\"", false))
                .containsExactly("{\"a\": 1}");
    }

    @Test
    void saysWhatAnObjectHasWhereItsTimeIsNotFound() {
        LineParser parser = Samples.parser("{type: json, action: {pointer: /op, otherwise: ignore}}");

        assertThat(Samples.rejection(parser, "{\"entries\": [{\"time\": \"x\"}], \"next\": 1}"))
                .contains("no action at /op")
                .endsWith("the object has entries, next");
        assertThat(Samples.rejection(Samples.parser("{type: json, time: /at, action: read}"), "{\"ts\": 1, \"u\": 2}"))
                .isEqualTo("no time at /at; the object has ts, u");
    }

    @Test
    void isNamedWhereObjectsTakeSeveralLines() {
        LineParser parser = Samples.parser("{type: json-lines, action: read}");

        for (String line : new String[] {"[", "{", "  \"a\": 1,", "},", "[{\"a\": 1}]"}) {
            assertThat(Samples.rejection(parser, line)).endsWith("are of type: json");
        }
        assertThat(Samples.rejection(parser, "Nov 24 x")).doesNotContain("type: json");
    }

    @Test
    void refusesAMemberThatCannotBeFound() {
        assertThatThrownBy(() -> Samples.format("{type: json, array: 'a\"b', action: read}"))
                .hasMessageContaining("array must be the name of a member");
    }

    private static dev.metsuke.shipper.tail.Framing format(String setting) {
        return Samples.format("{type: json, " + setting + "}").framing(Encoding.UTF_8);
    }
}
