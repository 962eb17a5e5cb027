package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Framing;
import org.jspecify.annotations.Nullable;

/**
 * Records of several lines, around any of the formats.
 *
 * @param recordStart regular expression (RE2) of a record's beginning; lines that do not begin so belong to the record
 *     before them
 * @param inner how a record is written
 */
public record MultiLine(TextPattern recordStart, Format inner) implements Format {
    @Override
    public boolean isEnvelope() {
        return true;
    }

    @Override
    public @Nullable EventMapping mapping() {
        return inner.mapping();
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return inner.parser(rules);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new StartPatternFraming(recordStart, encoding);
    }

    @Override
    public boolean precedesHeader(String record) {
        return inner.precedesHeader(record);
    }

    @Override
    public boolean tellsTime() {
        return inner.tellsTime();
    }
}
