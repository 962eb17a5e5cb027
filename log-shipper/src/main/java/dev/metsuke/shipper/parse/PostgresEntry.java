package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a PostgreSQL server's log, however it was written.
 *
 * @param time when it was logged
 * @param user the session's user
 * @param database the session's database
 * @param address where the session came from
 * @param session the server's name for the session, or its process; null where that is not logged
 * @param severity {@code LOG}, {@code ERROR}, {@code FATAL}, …
 * @param message the primary message
 * @param statement the statement that an error belongs to
 * @param application the session's {@code application_name}
 * @param commandTag what the session was doing, whatever language the message is in; null where that is not logged
 * @param sqlState the SQLSTATE code; null where that is not logged
 */
record PostgresEntry(
        Instant time,
        @Nullable String user,
        @Nullable String database,
        @Nullable String address,
        @Nullable String session,
        String severity,
        String message,
        @Nullable String statement,
        @Nullable String application,
        @Nullable String commandTag,
        @Nullable String sqlState) {

    static ParseResult unreadableTime(String written, ZoneId zone) {
        return ParseResult.rejected("the time cannot be read in zone " + zone + ": " + written
                + "; set the source's zone to the server's log_timezone");
    }
}
