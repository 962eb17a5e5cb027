package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's {@code csvlog}. */
final class PostgresCsvParser implements LineParser {

    // The columns are those of the server's documentation; releases only add to their end.
    private static final int TIME = 0;
    private static final int USER = 1;
    private static final int DATABASE = 2;
    private static final int CONNECTION_FROM = 4;
    private static final int SESSION = 5;
    private static final int COMMAND_TAG = 7;
    private static final int SEVERITY = 11;
    private static final int SQL_STATE = 12;
    private static final int MESSAGE = 13;
    private static final int QUERY = 19;
    private static final int APPLICATION = 22;
    private static final int FEWEST_COLUMNS = 23;

    private final SourceRules rules;
    private final PostgresAccess access;

    PostgresCsvParser(SourceRules rules) {
        this.rules = rules;
        this.access = new PostgresAccess(rules);
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        List<String> columns = CsvFields.of(line);
        if (columns == null) {
            return ParseResult.rejected("not a csvlog line: a quote is not closed");
        }
        if (columns.size() < FEWEST_COLUMNS) {
            return ParseResult.rejected(
                    "not a csvlog line: " + columns.size() + " columns; it has " + FEWEST_COLUMNS + " or more");
        }
        Instant time = Times.postgres(columns.get(TIME), rules.zone());
        if (time == null) {
            return PostgresEntry.unreadableTime(columns.get(TIME), rules.zone());
        }
        return access.interpret(
                new PostgresEntry(
                        time,
                        emptyToNull(columns.get(USER)),
                        emptyToNull(columns.get(DATABASE)),
                        address(columns.get(CONNECTION_FROM)),
                        emptyToNull(columns.get(SESSION)),
                        columns.get(SEVERITY),
                        columns.get(MESSAGE),
                        emptyToNull(columns.get(QUERY)),
                        emptyToNull(columns.get(APPLICATION)),
                        emptyToNull(columns.get(COMMAND_TAG)),
                        emptyToNull(columns.get(SQL_STATE))),
                context);
    }

    /** {@code 127.0.0.1:57618}, {@code ::1:57618} or {@code [local]}. */
    private static @Nullable String address(String connectionFrom) {
        int colon = connectionFrom.lastIndexOf(':');
        return emptyToNull(colon < 0 ? connectionFrom : connectionFrom.substring(0, colon));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
