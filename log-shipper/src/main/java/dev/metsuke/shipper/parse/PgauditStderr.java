package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import dev.metsuke.shipper.tail.Framing;

/**
 * PostgreSQL's {@code stderr} log with pgaudit.
 *
 * @param linePrefix the server's {@code log_line_prefix}; it needs {@code %m}, {@code %t} or {@code %n}, but within syslog
 */
public record PgauditStderr(@Default("%m [%p] %q%u@%d ") LinePrefix linePrefix) implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new PostgresStderrParser(linePrefix, rules);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new PostgresStderrFraming(linePrefix, encoding);
    }

    @Override
    public boolean tellsTime() {
        return linePrefix.tellsTime();
    }
}
