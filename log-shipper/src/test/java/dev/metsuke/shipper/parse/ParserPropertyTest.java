package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParserPropertyTest {

    static List<String> formats() {
        return FormatSample.names();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyFormatHasASampleWithEvents(String format) {
        FormatSample sample = FormatSample.named(format);

        int events = new ParserProperty(sample.format(), ParserFuzz.PSEUDONYMS)
                .check(sample.log().getBytes(StandardCharsets.UTF_8));

        assertThat(events).isGreaterThan(1);
    }
}
