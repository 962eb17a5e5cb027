package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RegexParserTest {

    private final LineParser parser = Samples.parser("""
        type: regex
        pattern: '(?<at>\\S+ \\S+) INFO +audit - user=(?P<user>\\S*) (?P<op>\\w+)(?: rows=(?P<rows>\\d+))?(?: .*)?'
        ignore: '\\S+ \\S+ (DEBUG|INFO) .*'
        time: {pointer: /at, pattern: 'yyyy-MM-dd HH:mm:ss,SSS'}
        user: /user
        action: {pointer: /op, values: {exported: export}, otherwise: read}
        records: /rows
        """);

    @Test
    void mapsNamedGroups() {
        AccessEvent event = event(parser, "2026-12-01 09:00:00,250 INFO  audit - user=mori exported rows=12 in 3 ms");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:00:00.250Z"));
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.action()).isEqualTo(Action.EXPORT);
        assertThat(event.records()).isEqualTo(12);
    }

    @Test
    void leavesOutAGroupThatTookNoPart() {
        AccessEvent event = event(parser, "2026-12-01 09:00:00,250 INFO audit - user= opened");

        assertThat(event.records()).isNull();
        assertThat(event.userId()).isNull();
    }

    @Test
    void ignoresOnlyTheLinesThatTheSourceNames() {
        assertThat(ignored(parser, "2026-12-01 09:00:00,250 DEBUG pool - 3 idle"))
                .isEqualTo("line that the source ignores");
        assertThat(rejection(parser, "2026-12-01 09:00:00,250 WARN audit - user=mori"))
                .isEqualTo("the line does not match the source's pattern");
    }

    @Test
    void noLineHangsThePattern() {
        LineParser greedy = Samples.parser("type: regex\npattern: '(?P<time>(a+)+)b'\naction: read");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(rejection(greedy, "a".repeat(20_000))).isNotBlank());
    }

    @Test
    void refusesAPatternWithoutTheGroupsThatAreMapped() {
        assertThatThrownBy(() -> Samples.format("type: regex\npattern: '(?P<time>.*)'\nuser: /user"))
                .hasMessageContaining("nothing is named user")
                .hasMessageContaining("there are time");
        assertThatThrownBy(() -> Samples.format("type: regex\npattern: '(x'"))
                .hasMessageContaining("not a regular expression");
        assertThatNoException().isThrownBy(() -> Samples.format("type: regex\npattern: '(?P<x>.*)'\nuser: /x"));
    }
}
