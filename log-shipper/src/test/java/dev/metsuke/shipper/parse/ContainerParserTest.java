package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.records;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.operations.settings.InvalidSettingsException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerParserTest {

    private static final RecordContext CONTEXT = Samples.context(null, Instant.parse("2026-12-02T00:00:00Z"));

    private static final String DOCKER_START =
            "{\"log\":\"{\\\"user\\\":\\\"mo\",\"stream\":\"stdout\",\"time\":\"2026-12-01T00:00:00Z\"}";
    private static final String DOCKER_END =
            "{\"log\":\"ri\\\"}\\n\",\"stream\":\"stdout\",\"time\":\"2026-12-01T00:00:00.1Z\"}";
    private static final String START = "2026-12-01T00:00:00Z stdout P {\"user\":\"mo";
    private static final String END = "2026-12-01T00:00:00.1Z stdout F ri\"}";
    private static final String OF_STDERR = "2026-12-01T00:00:00.1Z stderr F GET /health";

    private final Format both = Samples.format("""
        type: container
        inner: {type: json-lines, user: /user, action: read}
        """);
    private final Format stdout = Samples.format("""
        type: container
        stream: stdout
        inner: {type: json-lines, user: /user, action: read}
        """);
    private final LineParser parser = both.parser(Samples.RULES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"log\":\"{\\\"user\\\":\\\"加藤\\\"}\\n\",\"stream\":\"stdout\",\"time\":\"2026-12-01T00:00:00.5Z\"}",
                "{\"log\":\"{\\\"user\\\":\\\"加藤\\\"}\\r\\n\",\"stream\":\"stderr\",\"attrs\":{\"tag\":\"crm\"},"
                        + "\"time\":\"2026-12-01T00:00:00.5Z\"}",
                "2026-12-01T09:00:00.5+09:00 stdout F {\"user\":\"加藤\"}",
                "2026-12-01T00:00:00.5Z stderr F:tag {\"user\":\"加藤\"}",
            })
    void takesTheTimeFromTheRuntime(String line) {
        assertThat(event(parser, line, CONTEXT))
                .returns(Instant.parse("2026-12-01T00:00:00.5Z"), AccessEvent::timestamp)
                .returns("加藤", AccessEvent::userId);
    }

    @Test
    void putsThePartsOfALongLineTogether() {
        assertThat(records(
                        both.framing(Encoding.UTF_8),
                        DOCKER_START + "\n" + DOCKER_END + "\n" + START + "\n" + END + "\n",
                        false))
                .containsExactly(DOCKER_START + "\n" + DOCKER_END, START + "\n" + END);
        assertThat(records(both.framing(Encoding.UTF_8), DOCKER_START + "\n", false))
                .isEmpty();
        assertThat(records(both.framing(Encoding.UTF_8), DOCKER_START + "\n", true))
                .containsExactly(DOCKER_START);

        for (String record : new String[] {DOCKER_START + "\n" + DOCKER_END, START + "\n" + END}) {
            assertThat(event(parser, record, CONTEXT))
                    .returns("mori", AccessEvent::userId)
                    .returns(Instant.parse("2026-12-01T00:00:00Z"), AccessEvent::timestamp);
        }
    }

    /** What of it is there may look like a whole line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"log\":\"{\\\"user\\\":\\\"mori\\\"}\",\"stream\":\"stdout\",\"time\":\"2026-12-01T00:00:00Z\"}",
                "2026-12-01T00:00:00Z stdout P {\"user\":\"mori\"}",
            })
    void rejectsALongLineWithoutItsLastPart(String line) {
        assertThat(rejection(parser, line, CONTEXT)).startsWith("the last part of a long line is missing");
    }

    /** A line may end with a backslash and an n, which in JSON are three characters. */
    @Test
    void knowsALineEndFromABackslash() {
        String part = "{\"log\":\"x\\\\n\",\"stream\":\"stdout\",\"time\":\"2026-12-01T00:00:00Z\"}";
        String whole = "{\"log\":\"x\\\\\\n\",\"stream\":\"stdout\",\"time\":\"2026-12-01T00:00:00Z\"}";

        assertThat(records(both.framing(Encoding.UTF_8), whole + "\n" + part + "\n", false))
                .containsExactly(whole);
    }

    @Test
    void passesOverWhatTheOtherOutputWroteMeanwhile() {
        String record = START + "\n" + OF_STDERR + "\n" + END;
        assertThat(records(both.framing(Encoding.UTF_8), record + "\n" + OF_STDERR + "\n", false))
                .containsExactly(record, OF_STDERR);

        LineParser ofStdout = stdout.parser(Samples.RULES);
        assertThat(event(ofStdout, record, CONTEXT).userId()).isEqualTo("mori");
        assertThat(ignored(ofStdout, OF_STDERR, CONTEXT)).isEqualTo("not of stdout");
        assertThat(rejection(parser, record, CONTEXT)).contains("set stream to the output that is meant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"mori\"}",
                "2026-12-01T00:00:00Z mori read",
                "yesterday stdout F x",
                "{\"log\":\"x\\n\",\"stream\":\"stdlog\",\"time\":\"2026-12-01T00:00:00Z\"}",
                "{\"log\":\"x",
            })
    void rejectsWhatNoRuntimeWrote(String line) {
        assertThat(rejection(parser, line, CONTEXT)).startsWith("no line of a container's log: neither Docker's");
    }

    @Test
    void isNoEnvelopeOfAnEnvelope() {
        assertThatThrownBy(() -> Samples.format("{type: container, inner: {type: syslog, inner: {type: combined}}}"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("inner cannot be an envelope itself");
    }
}
