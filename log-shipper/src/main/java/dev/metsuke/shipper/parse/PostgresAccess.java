package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.shipper.parse.ParseResult.Ignored;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which entries of a PostgreSQL log are accesses: what pgaudit wrote, log-ins, and statements that failed. */
final class PostgresAccess {

    private static final String AUDIT = "AUDIT: ";
    private static final Pattern AUTHORIZED = Pattern.compile("(?:replication )?connection authorized: ");
    /** With log_replication_commands, before it is done. In any language what the client wrote stands behind the first colon. */
    private static final Pattern BASE_BACKUP = Pattern.compile("[^:]*+: BASE_BACKUP\\b");

    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final List<String> REFUSALS = List.of(
            "authentication failed for user",
            "no pg_hba.conf entry for",
            "pg_hba.conf rejects connection for",
            "is not permitted to log in",
            "permission denied for database",
            "does not exist",
            "too many connections for");
    /** What they read stands in a statement before them. */
    private static final Set<String> NAMES_NO_TABLE = Set.of("fetch", "execute");

    private static final Set<String> FAILED = Set.of("ERROR", "FATAL", "PANIC");
    /** Classes of SQLSTATE by which a statement was refused before it could show a row. */
    private static final Set<String> NOTHING_RAN =
            Set.of("0A", "0L", "0P", "25", "26", "28", "34", "3B", "3D", "3F", "42");
    /** In English, where no SQLSTATE is logged; what users write stands in quotes, before the end. */
    private static final Pattern NOTHING_RAN_TEXT =
            Pattern.compile("permission denied .*|syntax error at .*|.* does not exist(?: at character \\d+)?"
                    + "|operator does not exist: .*|column reference .* is ambiguous at character \\d+"
                    + "|current transaction is aborted, commands ignored until end of transaction block");

    private static final String INVALID_AUTHORIZATION = "28";
    /** No such database, too many connections, and no right to connect to the database. */
    private static final Set<String> REFUSAL_STATES = Set.of("3D000", "53300", "42501");

    private final PostgresEvents events;
    private final PgauditAccess audit;

    PostgresAccess(SourceRules rules) {
        events = new PostgresEvents(rules);
        audit = new PgauditAccess(rules, events);
    }

    ParseResult interpret(PostgresEntry entry, RecordContext context) {
        String message = entry.message();
        if (message.startsWith(AUDIT)) {
            return audit.interpret(entry, message.substring(AUDIT.length()), context);
        }
        if (isLogin(entry)) {
            return login(entry, Outcome.SUCCESS);
        }
        if (entry.severity().equals("LOG") && BASE_BACKUP.matcher(message).lookingAt()) {
            return backup(entry);
        }
        if (entry.severity().equals("FATAL") && entry.statement() == null && isRefusal(entry)) {
            return login(entry, Outcome.FAILURE);
        }
        if (FAILED.contains(entry.severity()) && entry.statement() != null) {
            return failed(entry, events.telling(entry, entry.statement()));
        }
        return new Ignored(kind(entry));
    }

    /** The text is in the server's language; user and database stand in it as they are. */
    private static boolean isLogin(PostgresEntry entry) {
        String message = entry.message();
        return AUTHORIZED.matcher(message).lookingAt()
                || ("authentication".equals(entry.commandTag())
                        && entry.severity().equals("LOG")
                        && entry.user() != null
                        && message.contains("=" + entry.user())
                        && (entry.database() == null || message.contains("=" + entry.database())));
    }

    /** Whether a message may tell of an access, if the severity before it is the entry's own. */
    static boolean mayTell(String message) {
        return message.startsWith(AUDIT)
                || AUTHORIZED.matcher(message).lookingAt()
                || BASE_BACKUP.matcher(message).lookingAt();
    }

    /** Of all databases; whether it was refused is told by another entry. */
    private ParseResult backup(PostgresEntry entry) {
        return parsed(events.event(entry, Action.EXPORT, events.dataset())
                .outcome(Outcome.UNKNOWN)
                .destination(Destination.FILE));
    }

    private static boolean isRefusal(PostgresEntry entry) {
        String state = entry.sqlState();
        return state == null
                ? REFUSALS.stream().anyMatch(entry.message()::contains)
                : state.startsWith(INVALID_AUTHORIZATION) || REFUSAL_STATES.contains(state);
    }

    private static String kind(PostgresEntry entry) {
        String message = entry.message();
        if (message.startsWith("connection received: ")) {
            return "connection received";
        }
        if (message.startsWith("connection authenticated: ")) {
            return "connection authenticated";
        }
        if (message.startsWith("disconnection: ")) {
            return "disconnection";
        }
        return "server message";
    }

    /** Of several statements, which of them failed is not told: the one that says most counts. */
    private ParseResult failed(PostgresEntry entry, SqlStatement text) {
        SqlAccess telling = text.parts().stream()
                .map(statement -> attempted(entry, statement))
                .filter(Objects::nonNull)
                .max(SqlAccess.BY_WHAT_IT_SAYS)
                .orElse(null);
        if (telling == null) {
            return new Ignored("failed statement that is no access");
        }
        // Rows may have been sent before it failed; what was written was rolled back.
        boolean mayHaveShown = telling.action().readsData() && !isNothingRan(entry);
        return parsed(events.event(entry, telling.action(), telling.dataset())
                .outcome(mayHaveShown ? Outcome.UNKNOWN : Outcome.FAILURE));
    }

    private @Nullable SqlAccess attempted(PostgresEntry entry, SqlStatement statement) {
        Action action = attempted(statement);
        return action == null ? null : new SqlAccess(action, attemptedDataset(entry, action, statement));
    }

    private static @Nullable Action attempted(SqlStatement statement) {
        return switch (statement.first()) {
            case "select", "with", "table", "fetch", "declare", "execute" -> Action.READ;
            case "copy" -> statement.copiesOut() ? Action.EXPORT : Action.UPDATE;
            case "insert", "update", "merge" -> Action.UPDATE;
            case "delete", "truncate" -> Action.DELETE;
            default -> null;
        };
    }

    private @Nullable String attemptedDataset(PostgresEntry entry, Action action, SqlStatement statement) {
        boolean readsNobody = action == Action.READ
                && !NAMES_NO_TABLE.contains(statement.first())
                && !PostgresEvents.readsUsersOwn(statement);
        return readsNobody ? events.mapped(entry, statement) : events.dataset(entry, statement);
    }

    private static boolean isNothingRan(PostgresEntry entry) {
        String state = entry.sqlState();
        return state == null
                ? NOTHING_RAN_TEXT.matcher(entry.message()).matches()
                : NOTHING_RAN.stream().anyMatch(state::startsWith);
    }

    private ParseResult login(PostgresEntry entry, Outcome outcome) {
        return parsed(events.event(entry, Action.LOGIN, null).outcome(outcome).eventCategories(AUTHENTICATION));
    }

    private static ParseResult parsed(AccessEvent.Builder event) {
        return new ParseResult.Parsed(event);
    }
}
