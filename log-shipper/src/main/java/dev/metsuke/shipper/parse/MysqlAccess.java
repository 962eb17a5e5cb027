package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.shipper.parse.ParseResult.Ignored;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which entries of an audit log of MySQL or MariaDB are accesses: log-ins, and statements or tables. */
final class MysqlAccess {

    private static final List<String> DATABASE = List.of("database");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final String TOLD_BY_TABLES = "statement, of which the tables are told";
    private static final String TOO_MANY_READINGS =
            "a statement with comments for so many versions that what the server ran of it cannot be told";
    private static final Set<String> QUERIES = Set.of("select", "with", "table", "values", "handler");
    /** What these hold is not run, or not yet; CREATE TABLE, and what ANALYZE says, are looked into before. */
    private static final Set<String> RUN_NOTHING =
            Set.of("explain", "describe", "desc", "create", "alter", "prepare", "grant", "revoke");

    private static final Set<String> DEFINITIONS =
            Set.of("table", "view", "procedure", "function", "trigger", "event", "package");
    private static final String NO_TABLE = "dual";
    private static final Set<String> SYSTEM = Set.of("information_schema", "performance_schema", "mysql", "sys");

    private final SourceRules rules;
    private final Told told;
    private final boolean tablesTellStatement;

    /**
     * Of a source.
     *
     * @param tablesTellStatement whether a table's entry has its statement's SQL, and so tells whether it is an export
     */
    MysqlAccess(SourceRules rules, Told told, boolean tablesTellStatement) {
        this.rules = rules;
        this.told = told;
        this.tablesTellStatement = tablesTellStatement;
    }

    ParseResult interpret(MysqlEntry entry) {
        return switch (entry.kind()) {
            case LOGIN -> parsed(event(entry, Action.LOGIN, null).eventCategories(AUTHENTICATION));
            case STATEMENT -> statement(entry);
            case TABLE -> told == Told.TABLES ? table(entry) : new Ignored("table of a statement that is told");
        };
    }

    private ParseResult statement(MysqlEntry entry) {
        if (told == Told.TABLES && tablesTellStatement) {
            return new Ignored(TOLD_BY_TABLES);
        }
        String sql = entry.statement();
        if (sql == null) {
            return ParseResult.rejected("not an audit log entry: a statement's entry without its SQL");
        }
        List<SqlStatement> readings = SqlStatement.readings(sql, SqlDialect.MYSQL);
        if (readings.isEmpty()) {
            return ParseResult.rejected(TOO_MANY_READINGS);
        }
        SqlStatement whole = readings.stream()
                .max(Comparator.comparing(
                        reading -> done(entry, reading), Comparator.nullsFirst(SqlAccess.BY_WHAT_IT_SAYS)))
                .orElseThrow();
        SqlAccess done = done(entry, whole);
        if (told == Told.TABLES && (done == null || done.action() != Action.EXPORT)) {
            return new Ignored(TOLD_BY_TABLES);
        }
        if (done == null) {
            return new Ignored("statement that is no access");
        }
        Action action = done.action();
        // Of what a query only feeds, the rows that were sent are none.
        boolean counted = action == Action.READ && QUERIES.contains(whole.first()) && entry.error() == null;
        return parsed(event(entry, action, done.dataset())
                .destination(Destination.of(action))
                .records(counted && done.dataset() != null ? entry.rows() : null));
    }

    /** What says most of all that a statement, which may be compound, does; null where that is no access. */
    private @Nullable SqlAccess done(MysqlEntry entry, SqlStatement whole) {
        SqlStatement core = core(whole);
        if (RUN_NOTHING.contains(core.first())) {
            return null;
        }
        return core.parts().stream()
                .map(part -> doneByOne(entry, core(part)))
                .filter(Objects::nonNull)
                .max(SqlAccess.BY_WHAT_IT_SAYS)
                .orElse(null);
    }

    private @Nullable SqlAccess doneByOne(MysqlEntry entry, SqlStatement statement) {
        return switch (statement.first()) {
            case "select", "with", "table", "values" -> reads(entry, statement);
            case "handler" -> statement.has("read") ? readsByHandler(entry, statement) : null;
            case "insert", "replace" -> {
                SqlAccess feeds = feeds(entry, statement);
                yield feeds == null ? touches(entry, statement, Action.UPDATE) : feeds;
            }
            case "update" -> {
                SqlAccess feeds = feeds(entry, statement.withoutCondition());
                yield feeds == null ? touches(entry, statement, Action.UPDATE) : feeds;
            }
            case "load" -> touches(entry, statement, Action.UPDATE);
            case "delete" -> touches(entry, statement, statement.has("returning") ? Action.READ : Action.DELETE);
            case "truncate" -> touches(entry, statement, Action.DELETE);
            case String first when RUN_NOTHING.contains(first) -> null;
            default -> {
                SqlStatement query = statement.from("select");
                yield anyUsersTable(entry, query.tables().read()) ? reads(entry, query) : null;
            }
        };
    }

    private SqlAccess reads(MysqlEntry entry, SqlStatement query) {
        return touches(entry, query, takesOut(query) ? Action.EXPORT : Action.READ);
    }

    /** The table may go by an alias that another statement gave it. */
    private SqlAccess readsByHandler(MysqlEntry entry, SqlStatement handler) {
        String mapped = rules.tableDataset(entry.database(), handler);
        boolean systems = handler.names().stream().anyMatch(name -> isSystems(entry.database(), name));
        return new SqlAccess(Action.READ, mapped != null ? mapped : systems ? null : rules.dataset());
    }

    private SqlAccess touches(MysqlEntry entry, SqlStatement statement, Action action) {
        String mapped = rules.tableDataset(entry.database(), statement);
        boolean usersTable = anyUsersTable(entry, statement.tables().all());
        return new SqlAccess(action, mapped != null ? mapped : usersTable ? rules.dataset() : null);
    }

    /** What INSERT … SELECT or UPDATE … JOIN reads for another table, if that is personal data. */
    private @Nullable SqlAccess feeds(MysqlEntry entry, SqlStatement write) {
        List<String> sources = write.tables().feeding();
        for (String source : sources) {
            String mapped = rules.tableDataset(entry.database(), source);
            if (mapped != null) {
                return new SqlAccess(Action.READ, mapped);
            }
        }
        return rules.tables().isEmpty() && anyUsersTable(entry, sources)
                ? new SqlAccess(Action.READ, rules.dataset())
                : null;
    }

    /** Behind what only says how it is to be run, or where what it reads goes. */
    private static SqlStatement core(SqlStatement whole) {
        SqlStatement statement = whole;
        // Whoever writes a statement may say so ten thousand times.
        while (statement.begins("set", "statement") || statement.begins("begin", "not")) {
            statement = statement.behind(statement.first().equals("set") ? "for" : "atomic");
        }
        return switch (statement.first()) {
            // ANALYZE TABLE computes statistics, EXPLAIN alone runs nothing.
            case "analyze" -> statement.word(1).equals("table") ? statement : statement.from("select");
            case "explain", "describe", "desc" -> statement.has("analyze") ? statement.from("select") : statement;
            case "create" -> createsTable(statement) ? statement.from("select") : statement;
            default -> statement;
        };
    }

    private static boolean createsTable(SqlStatement create) {
        return create.tokens().stream()
                .map(SqlToken::keyWord)
                .filter(DEFINITIONS::contains)
                .findFirst()
                .filter("table"::equals)
                .isPresent();
    }

    /** Into a file of the server; or with {@code SQL_NO_CACHE}, as mysqldump and mysqlpump read. */
    private static boolean takesOut(SqlStatement query) {
        return query.has("into", "outfile")
                || query.has("into", "dumpfile")
                || query.word(1).equals("sql_no_cache");
    }

    private static boolean anyUsersTable(MysqlEntry entry, List<String> tables) {
        return tables.stream()
                .anyMatch(table -> !table.equalsIgnoreCase(NO_TABLE) && !isSystems(entry.database(), table));
    }

    private static boolean isSystems(@Nullable String database, String table) {
        int dot = table.indexOf('.');
        String schema = dot < 0 ? database : table.substring(0, dot);
        return schema != null && SYSTEM.contains(schema.toLowerCase(Locale.ROOT));
    }

    private ParseResult table(MysqlEntry entry) {
        String table = entry.table();
        if (table == null) {
            return ParseResult.rejected("not an audit log entry: a table's entry without its name");
        }
        String sql = entry.statement();
        List<SqlStatement> readings = SqlStatement.readings(sql == null ? "" : sql, SqlDialect.MYSQL);
        if (readings.isEmpty()) {
            return ParseResult.rejected(TOO_MANY_READINGS);
        }
        boolean takenOut = readings.stream().anyMatch(MysqlAccess::takesOut);
        Action action = switch (String.valueOf(entry.operation()).toLowerCase(Locale.ROOT)) {
            case "read" -> takenOut ? Action.EXPORT : Action.READ;
            case "write", "insert", "update" -> Action.UPDATE;
            case "delete" -> Action.DELETE;
            default -> null;
        };
        if (action == null) {
            return new Ignored("definition of a table");
        }
        if (isSystems(entry.database(), table)) {
            return parsed(event(entry, action, null));
        }
        return parsed(event(entry, action, rules.touched(rules.tableDataset(entry.database(), table)))
                .destination(Destination.of(action)));
    }

    private AccessEvent.Builder event(MysqlEntry entry, Action action, @Nullable String dataset) {
        AccessEvent.Builder event = rules.event()
                .timestamp(entry.time())
                .action(action)
                .outcome(outcome(entry, action))
                .eventCategories(DATABASE)
                .userId(rules.accounts().normalise(entry.user()))
                .userName(entry.user());
        Address.put(event, entry.address());
        return rules.touch(event, dataset);
    }

    /** Rows may have been sent, or a file been written, before the error came; what was written to a table was rolled back. */
    private static Outcome outcome(MysqlEntry entry, Action action) {
        String error = entry.error();
        if (error == null) {
            return Outcome.SUCCESS;
        }
        return action.readsData() && !MysqlRefusals.is(error) ? Outcome.UNKNOWN : Outcome.FAILURE;
    }

    private static ParseResult parsed(AccessEvent.Builder event) {
        return new ParseResult.Parsed(event);
    }
}
