package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Framing;

/** PostgreSQL's {@code csvlog} with pgaudit. */
public record PgauditCsv() implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new PostgresCsvParser(rules);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new CsvFraming();
    }
}
