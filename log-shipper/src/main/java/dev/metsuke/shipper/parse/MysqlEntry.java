package dev.metsuke.shipper.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an audit log of MySQL, MariaDB or Percona Server, however it was written.
 *
 * @param time when it happened
 * @param kind what the entry is about
 * @param user the session's user
 * @param address where the session came from
 * @param database the session's database, or the table's
 * @param table what a {@link Kind#TABLE} entry is about
 * @param operation what was done to the table, such as {@code read}
 * @param statement the SQL, where the entry has it
 * @param error the number of the error that ended it, or why a log-in was refused; null where there was none
 * @param rows how many rows were sent, where the server counts them
 */
record MysqlEntry(
        Instant time,
        Kind kind,
        @Nullable String user,
        @Nullable String address,
        @Nullable String database,
        @Nullable String table,
        @Nullable String operation,
        @Nullable String statement,
        @Nullable String error,
        @Nullable Long rows) {

    private static final String BEHIND_LOGIN = "] @ ";

    /** What an entry is about. */
    enum Kind {
        LOGIN,
        STATEMENT,
        TABLE
    }

    /** What stands for no error is none. */
    static @Nullable String error(@Nullable String status) {
        return status == null || status.equals("0") ? null : status;
    }

    /**
     * Who logged in: of {@code root[root] @ localhost []} the name in brackets. Before them stands the account that the server took
     * for it, which a proxy's users share, and which is nothing for an anonymous one.
     */
    static @Nullable String bareUser(@Nullable String user) {
        if (user == null || user.isBlank()) {
            return null;
        }
        int start = user.indexOf('[') + 1;
        int end = user.lastIndexOf(BEHIND_LOGIN);
        if (start == 0 || end < start) {
            return user;
        }
        String login = user.substring(start, end);
        String bare = login.isBlank() ? user.substring(0, start - 1) : login;
        return bare.isBlank() ? null : bare.strip();
    }
}
