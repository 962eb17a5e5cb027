package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.tail.Frame;
import org.junit.jupiter.api.Test;

class StartPatternFramingTest {

    private final Format format = Samples.format("""
        type: multi-line
        record-start: '\\d{4}-\\d\\d-\\d\\d '
        inner: {type: regex, pattern: '(?P<time>\\S+ \\S+) (?P<user>\\w+) (?P<sql>.*)', user: /user, action: read}
        """);

    @Test
    void keepsARecordTogetherUntilTheNextBegins() {
        String first = "2026-12-01 09:30:00 mori select\r\n  *\nfrom x";
        String second = "2026-12-01 09:30:01 sato select 2026-12-01 ";

        assertThat(records(format.framing(Encoding.UTF_8), first + "\r\n" + second + "\n", false))
                .containsExactly(first);
        assertThat(records(format.framing(Encoding.UTF_8), first + "\n" + second + "\n", true))
                .containsExactly(first, second);
        assertThat(records(format.framing(Encoding.UTF_8), first + "\n" + second + "\n2026-12-0", false))
                .containsExactly(first);
    }

    @Test
    void readsTheStartInTheSourcesEncoding() {
        Format japanese = Samples.format("""
            type: multi-line
            record-start: '\\d{4}年'
            inner: {type: regex, pattern: '(?P<user>\\w+)', user: /user, action: read}
            """);
        Encoding encoding = Encoding.parse("MS932");
        byte[] bytes = "2026年 mori\n detail\n2026年 sato\n".getBytes(encoding.charset());
        Frame frame = new Frame();

        assertThat(japanese.framing(encoding).find(bytes, 0, bytes.length, false, frame))
                .isTrue();
        assertThat(encoding.decode(bytes, frame.start(), frame.end())).isEqualTo("2026年 mori\n detail");
    }

    @Test
    void passesOverWhatItsFormatPassesOverAboveAHeader() {
        Format csv = Samples.format("""
            type: multi-line
            record-start: '.*'
            inner: {type: csv, ignore: 'exported .*', user: /user, action: read}
            """);

        assertThat(csv.precedesHeader("exported 2026-12-01")).isTrue();
        assertThat(csv.precedesHeader("time,user")).isFalse();
    }

    @Test
    void decidesOnALongLineBeforeItsEnd() {
        String first = "2026-12-01 09:30:00 mori a";

        assertThat(records(format.framing(Encoding.UTF_8), first + "\n2026-12-02 " + "x".repeat(5_000), false))
                .containsExactly(first);
        assertThat(records(format.framing(Encoding.UTF_8), first + "\n" + "x".repeat(5_000), false))
                .isEmpty();
    }

    @Test
    void takesWhatStandsBeforeTheFirstStartAsARecord() {
        assertThat(records(format.framing(Encoding.UTF_8), "torn\n2026-12-01 a\n2026-12-02 b\n", false))
                .containsExactly("torn", "2026-12-01 a");
    }

    @Test
    void givesTheWholeRecordToTheInnerFormat() {
        AccessEvent event = Samples.event(format.parser(Samples.RULES), "2026-12-01 09:30:00 mori select\n *");

        assertThat(event.userId()).isEqualTo("mori");
    }
}
