package dev.metsuke.shipper.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Any format whose lines a container wrote: the runtime's log tells the time, and the parts of a long line. */
final class ContainerParser implements LineParser {

    private static final String NO_LINE =
            "no line of a container's log: neither Docker's (a JSON object with log, stream"
                    + " and time) nor Kubernetes' (time, stdout or stderr, F or P, text)";
    private static final String CUT_OFF = "the last part of a long line is missing: the runtime's file ends behind an"
            + " earlier one, or nothing came for a while";
    private static final String MIXED = "between the parts of a long line stands what the other output wrote meanwhile;"
            + " set stream to the output that is meant";

    private final Container format;
    private final LineParser inner;

    ContainerParser(Container format, SourceRules rules) {
        this.format = format;
        this.inner = format.inner().parser(rules);
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String written, RecordContext context) {
        @Nullable ContainerLine first = null;
        boolean isWhole = false;
        StringBuilder text = new StringBuilder();
        for (String line : written.split("\n", -1)) {
            ContainerLine part = ContainerLine.of(line);
            if (part == null) {
                return ParseResult.rejected(NO_LINE);
            }
            if (!isMeant(part)) {
                continue;
            }
            if (first != null && first.stream() != part.stream()) {
                return ParseResult.rejected(MIXED);
            }
            first = first == null ? part : first;
            isWhole = !part.isPart();
            text.append(part.text());
        }
        if (first == null) {
            return new ParseResult.Ignored(
                    "not of " + String.valueOf(format.stream()).toLowerCase(Locale.ROOT));
        }
        if (!isWhole) {
            return ParseResult.rejected(CUT_OFF);
        }
        if (text.toString().isBlank()) {
            return new ParseResult.Ignored("empty line");
        }
        return inner.parse(text.toString(), new Enveloped(context, first.time()));
    }

    private boolean isMeant(ContainerLine part) {
        return format.stream() == null || format.stream() == part.stream();
    }
}
