package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.shipper.parse.ParseResult.Ignored;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which entries of an audit log of MySQL or MariaDB are accesses: log-ins, and statements or tables. */
final class MysqlAccess {

    private static final List<String> DATABASE = List.of("database");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final Set<String> BEFORE_TABLE = Set.of("from", "join", "into", "update", "table");
    private static final Set<String> SYSTEM = Set.of("information_schema", "performance_schema", "mysql", "sys");

    private final SourceRules rules;
    private final Told told;

    MysqlAccess(SourceRules rules, Told told) {
        this.rules = rules;
        this.told = told;
    }

    ParseResult interpret(MysqlEntry entry) {
        return switch (entry.kind()) {
            case LOGIN -> parsed(event(entry, Action.LOGIN, null).eventCategories(AUTHENTICATION));
            case STATEMENT ->
                told == Told.STATEMENTS ? statement(entry) : new Ignored("statement, of which the tables are told");
            case TABLE -> told == Told.TABLES ? table(entry) : new Ignored("table of a statement that is told");
        };
    }

    private ParseResult statement(MysqlEntry entry) {
        String statement = entry.statement();
        if (statement == null) {
            return ParseResult.rejected("not an audit log entry: a statement's entry without its SQL");
        }
        String plain = MysqlStatement.plain(statement);
        List<String> words = SqlWords.names(plain).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        Action action = action(core(words));
        if (action == null) {
            return new Ignored("statement that is no access");
        }
        String mapped = mappedTable(entry, words);
        String dataset = mapped != null ? mapped : namesUsersTable(entry, words) ? rules.dataset() : null;
        return parsed(event(entry, action, dataset)
                .destination(action == Action.EXPORT ? "file" : null)
                .records(action == Action.READ && dataset != null && !entry.failed() ? entry.rows() : null));
    }

    /** Behind what only says how it is to be run, or where what it reads goes. */
    private static List<String> core(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst();
        return switch (first) {
            case "set" -> words.size() > 1 && words.get(1).equals("statement") ? core(from(words, "for", 1)) : words;
            case "begin" ->
                words.size() > 3 && words.get(1).equals("not") ? core(words.subList(3, words.size())) : words;
            // ANALYZE TABLE computes statistics, EXPLAIN alone runs nothing.
            case "analyze" -> words.size() > 1 && words.get(1).equals("table") ? words : from(words, "select", 0);
            case "explain" -> words.contains("analyze") ? from(words, "select", 0) : words;
            case "create" -> words.contains("table") ? from(words, "select", 0) : words;
            default -> words;
        };
    }

    /** Those from the first such word on, without the first {@code skipped} of them; none where there is no such word. */
    private static List<String> from(List<String> words, String word, int skipped) {
        int found = words.indexOf(word);
        return found < 0 ? List.of() : words.subList(found + skipped, words.size());
    }

    private static @Nullable Action action(List<String> words) {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "select", "with", "table", "values", "handler" -> takesOut(words) ? Action.EXPORT : Action.READ;
            case "insert", "replace", "update", "load" -> Action.UPDATE;
            case "delete", "truncate" -> Action.DELETE;
            default -> null;
        };
    }

    /** Into a file of the server; or with {@code SQL_NO_CACHE}, as mysqldump and mysqlpump read. */
    private static boolean takesOut(List<String> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("into")
                    && (words.get(i + 1).equals("outfile") || words.get(i + 1).equals("dumpfile"))) {
                return true;
            }
        }
        return words.size() > 1 && words.get(1).equals("sql_no_cache");
    }

    private @Nullable String mappedTable(MysqlEntry entry, List<String> words) {
        for (String word : words) {
            String mapped = rules.tableDataset(entry.database(), word);
            if (mapped != null) {
                return mapped;
            }
        }
        return null;
    }

    private static boolean namesUsersTable(MysqlEntry entry, List<String> words) {
        boolean namesTable = false;
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = words.get(i + 1).replace("\"", "");
            boolean variable = next.equals("outfile") || next.equals("dumpfile");
            if (BEFORE_TABLE.contains(words.get(i)) && !variable && !isSystems(entry.database(), next)) {
                namesTable = true;
            }
        }
        return namesTable;
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
        List<String> words = entry.statement() == null
                ? List.of()
                : SqlWords.names(MysqlStatement.plain(entry.statement())).stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        Action action = switch (String.valueOf(entry.operation()).toLowerCase(Locale.ROOT)) {
            case "read" -> takesOut(words) ? Action.EXPORT : Action.READ;
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
        String mapped = rules.tableDataset(entry.database(), table);
        return parsed(event(entry, action, mapped == null ? rules.dataset() : mapped)
                .destination(action == Action.EXPORT ? "file" : null));
    }

    private AccessEvent.Builder event(MysqlEntry entry, Action action, @Nullable String dataset) {
        AccessEvent.Builder event = rules.event()
                .timestamp(entry.time())
                .action(action)
                .outcome(entry.failed() ? Outcome.FAILURE : Outcome.SUCCESS)
                .eventCategories(DATABASE)
                .userId(rules.accounts().normalise(entry.user()))
                .userName(entry.user());
        Address.put(event, entry.address());
        return rules.touch(event, dataset);
    }

    private static ParseResult parsed(AccessEvent.Builder event) {
        return new ParseResult.Parsed(event);
    }
}
