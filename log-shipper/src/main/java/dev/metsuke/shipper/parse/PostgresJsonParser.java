package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's {@code jsonlog}. */
final class PostgresJsonParser implements LineParser {

    private static final JsonFields FIELDS = new JsonFields(Stream.of(
                    "/timestamp",
                    "/user",
                    "/dbname",
                    "/remote_host",
                    "/error_severity",
                    "/message",
                    "/statement",
                    "/application_name",
                    "/ps",
                    "/state_code",
                    "/session_id")
            .map(JsonPointer::parse)
            .toList());
    private static final int TIME = 0;
    private static final int USER = 1;
    private static final int DATABASE = 2;
    private static final int ADDRESS = 3;
    private static final int SEVERITY = 4;
    private static final int MESSAGE = 5;
    private static final int STATEMENT = 6;
    private static final int APPLICATION = 7;
    private static final int COMMAND_TAG = 8;
    private static final int SQL_STATE = 9;
    private static final int SESSION = 10;

    private final SourceRules rules;
    private final PostgresAccess access;

    PostgresJsonParser(SourceRules rules) {
        this.rules = rules;
        this.access = new PostgresAccess(rules);
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        @Nullable String[] values;
        try {
            values = FIELDS.read(HexEscapes.asJson(line));
        } catch (MalformedJsonException e) {
            return ParseResult.rejected("not a jsonlog line: " + e.problem());
        }
        String written = values[TIME];
        String severity = values[SEVERITY];
        if (written == null || severity == null) {
            return ParseResult.rejected("not a jsonlog line: no timestamp and error_severity");
        }
        Instant time = Times.postgres(written, rules.zone());
        if (time == null) {
            return PostgresEntry.unreadableTime(written, rules.zone());
        }
        String message = values[MESSAGE];
        return access.interpret(
                new PostgresEntry(
                        time,
                        values[USER],
                        values[DATABASE],
                        values[ADDRESS],
                        values[SESSION],
                        severity,
                        message == null ? "" : message,
                        values[STATEMENT],
                        values[APPLICATION],
                        values[COMMAND_TAG],
                        values[SQL_STATE]),
                context);
    }
}
