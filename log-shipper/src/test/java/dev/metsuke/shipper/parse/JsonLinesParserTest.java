package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesParserTest {

    private final LineParser parser = parser("""
        time: /at
        user: /who/name
        action: {pointer: /op, values: {view: read, csv: export}}
        outcome: {pointer: /ok, values: {"true": success, "false": failure}}
        address: /from/0
        dataset: {pointer: /table, otherwise: crm.customers}
        records: /rows
        destination: file
        """);

    @Test
    void readsWhatIsMappedWhereverItStands() {
        AccessEvent event = event(
                parser,
                "{\"x\":{\"deep\":[1,{\"y\":2}]},\"rows\":12,\"from\":[\"192.0.2.1\",\"b\"],\"ok\":false,"
                    + "\"who\":{\"id\":7,\"name\":\"木村\\u0000\\\"\"},\"op\":\"csv\",\"at\":\"2026-12-01T09:00:00+09:00\"}");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(event.userId()).isEqualTo("木村\u0000\"".strip());
        assertThat(event.action()).isEqualTo(Action.EXPORT);
        assertThat(event.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(event.sourceIp()).isEqualTo("192.0.2.1");
        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.records()).isEqualTo(12);
        assertThat(event.destination()).isEqualTo("file");
    }

    /** So that a client's odd byte, or Apache's own escapes, hide no access. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mori\\xFF | mori\\xFF",
                "\\xE6\\xA3\\xAE\\x22\\x5C\\x01x | 森\"\\\u0001x",
                "\\\\xE6\\xE6\\\\ | \\xE6\\xE6\\",
            })
    void readsBytesThatAreWrittenInHexadecimal(String written, String user) {
        AccessEvent event = event(
                parser, "{\"at\":\"2026-12-01T09:00:00Z\",\"op\":\"view\",\"who\":{\"name\":\"" + written + "\"}}");

        assertThat(event.userId()).isEqualTo(user);
    }

    @Test
    void leavesOutWhatIsAbsentOrNull() {
        AccessEvent event = event(parser, "{\"at\":\"2026-12-01 09:00:00\",\"op\":\"view\",\"rows\":null}");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(event.records()).isNull();
        assertThat(event.userId()).isNull();
        assertThat(event.outcome()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/c/*/id  | {\"c\":[{\"id\":\"a\"},{\"id\":2,\"n\":3},{\"n\":1},{\"id\":null}]}",
                "/c/*     | {\"c\":{\"x\":\"a\",\"y\":2}}",
                "/c/*/ids | {\"c\":[{\"ids\":[\"a\",2]},{\"ids\":[]},{\"ids\":\"a\"}]}",
            })
    void findsPeopleInEveryElement(String pointer, String members) {
        LineParser people = Samples.parser("{type: json-lines, action: read, subjects: " + pointer + "}");

        AccessEvent event = event(people, "{\"time\":\"2026-12-01T09:00:00Z\"," + members.substring(1));

        assertThat(event.subjects()).containsExactly("a", "2");
        assertThat(event.records()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not json | not a JSON line",
                "[1] | it must be one JSON object",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"view\"} {} | it must be one JSON object",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"view\" | not a JSON line",
                "{\"op\":\"view\"} | no time at /at",
                "{\"at\":\"yesterday\",\"op\":\"view\"} | the time at /at cannot be read: yesterday",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"peek\"} | the action is peek",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"view\",\"rows\":-1} | cannot be fewer than none",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"view\",\"rows\":1.5} | not a whole number: 1.5",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"view\",\"rows\":1e999999999} | not a whole number",
                "{\"at\":\"2026-12-01T00:00:00Z\",\"op\":\"view\",\"rows\":\"many\"} | not a whole number: many",
            })
    void rejectsWithTheReason(String line, String reason) {
        assertThat(rejection(parser, line)).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-s, 1764547200, 2025-12-01T00:00:00Z",
        "epoch-s, 1764547200.25, 2025-12-01T00:00:00.250Z",
        "epoch-s, 1764547200.123456, 2025-12-01T00:00:00.123Z",
        "epoch-ms, 1764547200001, 2025-12-01T00:00:00.001Z",
    })
    void readsTimesInTheirUnit(String unit, String written, Instant expected) {
        LineParser timed = parser("time: {pointer: /t, unit: " + unit + "}\naction: read");

        assertThat(event(timed, "{\"t\":" + written + "}").timestamp()).isEqualTo(expected);
    }

    @Test
    void readsThePeopleFromAnArrayOrAText() {
        LineParser listed = parser("time: /t\naction: read\nsubjects: /people/ids");
        LineParser joined = parser("time: /t\naction: read\nsubjects: {pointer: /people, separator: ';'}");
        String time = "\"t\":\"2026-12-01T00:00:00Z\"";

        AccessEvent several = event(listed, "{" + time + ",\"people\":{\"ids\":[\"c1\",2,\"c1\",null,{}]}}");

        assertThat(several.subjects()).containsExactly("c1", "2");
        assertThat(several.records()).isEqualTo(2);
        assertThat(event(listed, "{" + time + ",\"people\":{\"ids\":\"c;7\"}}").subjects())
                .containsExactly("c;7");
        assertThat(event(joined, "{" + time + ",\"people\":\"c1; c2;\"}").subjects())
                .containsExactly("c1", "c2");
        assertThat(event(joined, "{" + time + "}").records()).isNull();
    }

    @Test
    void readsTimesByAPattern() {
        LineParser timed = parser("time: {pointer: /t, pattern: yyyy年M月d日 HH:mm:ss}\naction: read");

        assertThat(event(timed, "{\"t\":\"2026年12月1日 09:00:00\"}").timestamp())
                .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(rejection(timed, "{\"t\":\"2026-12-01\"}")).contains("cannot be read");
        assertThat(rejection(timed, "{\"t\":\"2026年2月30日 09:00:00\"}")).contains("cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MMM/yyyy h:mm a | 01/Dec/2026 9:00 AM",
                "dd-MMM-yy hh.mm.ss.SSSSSS a | 01-DEC-26 09.00.00.000000 AM",
                "MMMM d, yyyy h:mm a | December 1, 2026 9:00 am",
                "EEE MMM d HH:mm:ss yyyy | Tue Dec 1 09:00:00 2026",
                "uuuuMMddHHmm | 202612010900",
                "yy-MM-dd HH:mm:ss,SSS | 26-12-01 09:00:00,000",
                "yyyy-MM-dd'T'HH:mm:ss' JST' | 2026-12-01T09:00:00 JST",
                "yyyy-MM-dd HH:mm:ss XXX | 2026-12-01 03:00:00 +03:00",
            })
    void readsTheUsualPatternsOfTimes(String pattern, String written) {
        LineParser timed = parser("time: {pointer: /t, pattern: \"" + pattern + "\"}\naction: read");

        assertThat(event(timed, "{\"t\":\"" + written + "\"}").timestamp())
                .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy-MM-dd HH:mm:ss z", "yyyy-MM-dd HH:mm:ss zzzz", "yyyy-MM-dd HH:mm v"})
    void refusesAPatternThatReadsAmbiguousZones(String pattern) {
        assertThatThrownBy(() -> parser("time: {pointer: /t, pattern: '" + pattern + "'}"))
                .hasMessageContaining("format.time.pattern")
                .hasMessageContaining("such as CST, that mean several");
    }

    private static LineParser parser(String mapping) {
        return Samples.parser("type: json-lines\n" + mapping);
    }

    /** Where the log does not say what was done, a redirection shows nobody; where it does, that goes before. */
    @Test
    void believesALogThatSaysWhatWasDoneByARedirection() {
        String mapping = """
            type: json-lines
            time: /at
            user: /user
            url: /url
            method: /method
            status: /status
            """;
        String line = "{\"at\":\"2026-12-01T09:30:00Z\",\"user\":\"mori\",\"url\":\"/customers/7\",\"method\":\"GET\","
                + "\"status\":302,\"done\":\"export\"}";

        assertThat(event(Samples.parser(mapping), line).records()).isZero();
        assertThat(event(Samples.parser(mapping + "action: /done"), line))
                .returns(1L, AccessEvent::records)
                .returns(Action.EXPORT, AccessEvent::action);
    }
}
