package dev.metsuke.shipper.parse;

/** PostgreSQL's {@code jsonlog} with pgaudit. */
public record PgauditJson() implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new PostgresJsonParser(rules);
    }
}
