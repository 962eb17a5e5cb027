package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.shipper.parse.ParseResult.Ignored;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which entries of a PostgreSQL log are accesses: what pgaudit wrote, log-ins, and statements that failed. */
final class PostgresAccess {

    static final String AUDIT = "AUDIT: ";
    static final String AUTHORIZED = "connection authorized: ";
    private static final List<String> DATABASE = List.of("database");
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
    /** What stands for a statement with pgaudit.log_statement off or pgaudit.log_statement_once on. */
    private static final Set<String> UNTOLD = Set.of("<not logged>", "<previously logged>");

    private static final String DECLARE_CURSOR = "DECLARE CURSOR";
    private static final String PG_DUMP = "pg_dump";
    /** As {@code ON CONFLICT DO UPDATE} calls the row that was to be inserted; nobody reads it from the table. */
    private static final String PROPOSED_ROW = "COMPOSITE TYPE";

    private final SourceRules rules;

    PostgresAccess(SourceRules rules) {
        this.rules = rules;
    }

    ParseResult interpret(PostgresEntry entry) {
        String message = entry.message();
        if (message.startsWith(AUDIT)) {
            return audited(entry, message.substring(AUDIT.length()));
        }
        if (isLogin(entry)) {
            return login(entry, Outcome.SUCCESS);
        }
        if (entry.severity().equals("FATAL") && entry.statement() == null && isRefusal(entry)) {
            return login(entry, Outcome.FAILURE);
        }
        if (FAILED.contains(entry.severity()) && entry.statement() != null) {
            return failed(entry, SqlStatement.of(entry.statement(), SqlDialect.POSTGRESQL));
        }
        return new Ignored(kind(entry));
    }

    /** The text is in the server's language; user and database stand in it as they are. */
    private static boolean isLogin(PostgresEntry entry) {
        String message = entry.message();
        return message.startsWith(AUTHORIZED)
                || ("authentication".equals(entry.commandTag())
                        && entry.severity().equals("LOG")
                        && entry.user() != null
                        && message.contains("=" + entry.user())
                        && (entry.database() == null || message.contains("=" + entry.database())));
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

    private ParseResult audited(PostgresEntry entry, String written) {
        List<String> fields = CsvFields.of(written);
        if (fields == null || fields.size() < PgauditEntry.FEWEST_FIELDS) {
            return ParseResult.rejected(
                    "not a pgaudit entry: " + (fields == null ? "a quote is not closed" : fields.size() + " fields"));
        }
        PgauditEntry audit = PgauditEntry.of(fields);
        if (isToldByWhatItRuns(audit)) {
            return new Ignored("pgaudit " + audit.command() + ", of which what it runs is told");
        }
        SqlStatement statement = SqlStatement.of(audit.text(), SqlDialect.POSTGRESQL);
        return switch (audit.type()) {
            case "READ" -> read(entry, audit, statement);
            case "WRITE" -> written(entry, audit, statement);
            case "ROLE", "DDL", "FUNCTION", "MISC", "MISC_SET" -> new Ignored("pgaudit " + audit.type() + " statement");
            default -> ParseResult.rejected("not a pgaudit entry: class " + audit.type());
        };
    }

    /** The statements have entries of their own; with pgaudit.log_rows, that of a cursor has none. */
    private static boolean isToldByWhatItRuns(PgauditEntry audit) {
        return audit.command().equals("PREPARE") || (audit.command().equals(DECLARE_CURSOR) && !audit.hasRows());
    }

    private ParseResult read(PostgresEntry entry, PgauditEntry audit, SqlStatement statement) {
        if (audit.objectType().equals(PROPOSED_ROW)) {
            return new Ignored("pgaudit SELECT of the row that an INSERT proposes");
        }
        if (ForeignKeyCheck.is(statement)) {
            return new Ignored("pgaudit SELECT by which the server keeps a foreign key");
        }
        // Neither an object's audit nor one by relation has an entry for COPY itself: to them the table is
        // selected from. Of a query that is copied, a session's audit has both.
        boolean copied = copies(entry, statement)
                .anyMatch(copy -> copy.copiesOut() && (audit.ofObject() || !copy.opensBehind("copy")));
        if (audit.command().equals("COPY") || copied) {
            return exported(entry, audit, statement);
        }
        // With pgaudit.log_relation off, as it is by default, only the statement tells what is read.
        String object = audit.object();
        String mapped = object.isEmpty() ? rules.tableDataset(entry.database(), statement) : null;
        boolean usersOwn = mapped != null
                || isUsersOwn(object)
                || (object.isEmpty() && (UNTOLD.contains(audit.text()) || readsUsersOwn(statement)));
        boolean dumped = PG_DUMP.equals(entry.application()) && usersOwn;
        String dataset = mapped == null && usersOwn ? dataset(entry, object) : mapped;
        Long rows = audit.command().equals(DECLARE_CURSOR) ? audit.knownRows() : audit.rows();
        return parsed(event(entry, dumped ? Action.EXPORT : Action.READ, dataset)
                .outcome(Outcome.SUCCESS)
                .destination(dumped ? Destination.FILE : null)
                .records(usersOwn ? rows : null));
    }

    private ParseResult written(PostgresEntry entry, PgauditEntry audit, SqlStatement statement) {
        String command = audit.command();
        // By relation, what an INSERT reads has an entry of its own.
        SqlAccess feeds = command.equals("INSERT") && audit.object().isEmpty() ? feeds(entry, statement) : null;
        if (feeds != null) {
            return parsed(event(entry, feeds.action(), feeds.dataset())
                    .outcome(Outcome.SUCCESS)
                    .records(audit.rows()));
        }
        boolean isUtility = command.equals("COPY")
                || command.startsWith("TRUNCATE")
                || copies(entry, statement).findAny().isPresent();
        String dataset = audit.object().isEmpty() ? statementDataset(entry, statement) : dataset(entry, audit.object());
        return parsed(event(entry, writes(command, statement), dataset)
                .outcome(Outcome.SUCCESS)
                .records(isUtility ? audit.knownRows() : audit.rows()));
    }

    /** What INSERT … SELECT reads for another table, if that is personal data. */
    private @Nullable SqlAccess feeds(PostgresEntry entry, SqlStatement text) {
        List<String> sources = text.parts().stream()
                .filter(statement -> statement.has("insert", "into"))
                .flatMap(insert -> insert.tables().feeding().stream())
                .toList();
        String mapped = sources.stream()
                .map(source -> rules.tableDataset(entry.database(), source))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean mayBeAnyTable = rules.tables().isEmpty() && sources.stream().anyMatch(PostgresAccess::isUsersTable);
        return mapped == null && !mayBeAnyTable ? null : new SqlAccess(Action.READ, rules.touched(mapped));
    }

    private ParseResult exported(PostgresEntry entry, PgauditEntry audit, SqlStatement statement) {
        String object = audit.object();
        String dataset = object.isEmpty()
                ? statementDataset(entry, statement)
                : isUsersOwn(object) ? dataset(entry, object) : null;
        return parsed(event(entry, Action.EXPORT, dataset)
                .outcome(Outcome.SUCCESS)
                .destination(Destination.FILE)
                .records(audit.knownRows()));
    }

    /** The COPYs of a text of one statement, or of several of which the server, where it says so, runs such a one. */
    private static Stream<SqlStatement> copies(PostgresEntry entry, SqlStatement text) {
        List<SqlStatement> statements = text.parts();
        boolean isOther = statements.size() > 1
                && entry.commandTag() != null
                && !entry.commandTag().equals("COPY");
        return isOther
                ? Stream.empty()
                : statements.stream().filter(statement -> statement.first().equals("copy"));
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
        return parsed(event(entry, telling.action(), telling.dataset())
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
        boolean readsNobody =
                action == Action.READ && !NAMES_NO_TABLE.contains(statement.first()) && !readsUsersOwn(statement);
        return readsNobody ? rules.tableDataset(entry.database(), statement) : statementDataset(entry, statement);
    }

    private static boolean isNothingRan(PostgresEntry entry) {
        String state = entry.sqlState();
        return state == null
                ? NOTHING_RAN_TEXT.matcher(entry.message()).matches()
                : NOTHING_RAN.stream().anyMatch(state::startsWith);
    }

    private ParseResult login(PostgresEntry entry, Outcome outcome) {
        return parsed(event(entry, Action.LOGIN, null).outcome(outcome).eventCategories(AUTHENTICATION));
    }

    private AccessEvent.Builder event(PostgresEntry entry, Action action, @Nullable String dataset) {
        AccessEvent.Builder event = rules.event()
                .timestamp(entry.time())
                .action(action)
                .eventCategories(DATABASE)
                .userId(rules.accounts().normalise(entry.user()))
                .userName(entry.user());
        Address.put(event, entry.address());
        return rules.touch(event, dataset);
    }

    private static ParseResult parsed(AccessEvent.Builder event) {
        return new ParseResult.Parsed(event);
    }

    private @Nullable String dataset(PostgresEntry entry, String object) {
        return rules.touched(isUsersOwn(object) ? rules.tableDataset(entry.database(), object) : null);
    }

    /** pgaudit names no relation for COPY, nor does an error: the first mapped table that the statement names counts. */
    private @Nullable String statementDataset(PostgresEntry entry, SqlStatement statement) {
        return rules.touched(rules.tableDataset(entry.database(), statement));
    }

    /** Whether a statement reads from anything but the server's own catalogue, as far as its words tell. */
    private static boolean readsUsersOwn(SqlStatement statement) {
        return statement.tables().read().stream().anyMatch(PostgresAccess::isUsersTable);
    }

    private static boolean isUsersTable(String name) {
        return isUsersOwn(name) && !name.toLowerCase(Locale.ROOT).startsWith("pg_");
    }

    /** The server's own catalogue is no personal data. */
    private static boolean isUsersOwn(String object) {
        return !object.isEmpty() && !object.startsWith("pg_catalog.") && !object.startsWith("information_schema.");
    }

    /** What comes back by RETURNING is shown; of INSERT that is what was given. */
    private static Action writes(String command, SqlStatement text) {
        if (text.parts().stream().anyMatch(statement -> returnsRows(command, statement))) {
            return Action.READ;
        }
        return command.startsWith("DELETE") || command.startsWith("TRUNCATE") ? Action.DELETE : Action.UPDATE;
    }

    private static boolean returnsRows(String command, SqlStatement statement) {
        return statement.has("returning")
                && switch (statement.first()) {
                    case "merge" -> true;
                    case "update", "delete", "with" -> command.startsWith("UPDATE") || command.startsWith("DELETE");
                    default -> false;
                };
    }
}
