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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which of pgaudit's entries are accesses. */
final class PgauditAccess {

    /** What stands for a statement with pgaudit.log_statement off or pgaudit.log_statement_once on. */
    private static final Set<String> UNTOLD = Set.of("<not logged>", "<previously logged>");

    private static final String DECLARE_CURSOR = "DECLARE CURSOR";
    private static final String PG_DUMP = "pg_dump";
    /** As {@code ON CONFLICT DO UPDATE} calls the row that was to be inserted; nobody reads it from the table. */
    private static final String PROPOSED_ROW = "COMPOSITE TYPE";

    private static final String VIEW = "VIEW";

    private final SourceRules rules;
    private final PostgresEvents events;
    private final CountedStatements counted = new CountedStatements();

    PgauditAccess(SourceRules rules, PostgresEvents events) {
        this.rules = rules;
        this.events = events;
    }

    ParseResult interpret(PostgresEntry entry, String written, RecordContext context) {
        List<String> fields = CsvFields.of(written);
        if (fields == null || fields.size() < PgauditEntry.FEWEST_FIELDS) {
            return ParseResult.rejected(
                    "not a pgaudit entry: " + (fields == null ? "a quote is not closed" : fields.size() + " fields"));
        }
        PgauditEntry audit = PgauditEntry.of(fields);
        if (isToldByWhatItRuns(audit)) {
            return new Ignored("pgaudit " + audit.command() + ", of which what it runs is told");
        }
        if (isToldByItsTables(entry, audit)) {
            return new Ignored("pgaudit entry of a view, of whose tables is told");
        }
        SqlStatement statement = events.telling(entry, audit.text());
        return switch (audit.type()) {
            case "READ" -> read(entry, audit, statement, context.offset());
            case "WRITE" -> written(entry, audit, statement, context.offset());
            case "ROLE", "DDL", "FUNCTION", "MISC", "MISC_SET" -> new Ignored("pgaudit " + audit.type() + " statement");
            default -> ParseResult.rejected("not a pgaudit entry: class " + audit.type());
        };
    }

    /** The statements have entries of their own; with pgaudit.log_rows, that of a cursor has none. */
    private static boolean isToldByWhatItRuns(PgauditEntry audit) {
        return audit.command().equals("PREPARE") || (audit.command().equals(DECLARE_CURSOR) && !audit.hasRows());
    }

    /** Where a session's entries tell of relations, each table behind a view has one. */
    private boolean isToldByItsTables(PostgresEntry entry, PgauditEntry audit) {
        return audit.objectType().equals(VIEW) && !audit.ofObject() && events.mapped(entry, audit.object()) == null;
    }

    /** How many were shown, if by this entry they are not counted once more. */
    private @Nullable Long shown(
            PostgresEntry entry, PgauditEntry audit, @Nullable String dataset, @Nullable Long rows, long offset) {
        if (entry.session() == null) {
            return rows;
        }
        var statement = new CountedStatements.Statement(
                entry.session(), audit.number(), audit.text().hashCode(), audit.rows());
        return counted.isCountedBefore(statement, dataset, entry.time(), offset) ? (Long) 0L : rows;
    }

    private ParseResult read(PostgresEntry entry, PgauditEntry audit, SqlStatement statement, long offset) {
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
        String mapped = object.isEmpty() ? events.mapped(entry, statement) : null;
        boolean usersOwn = mapped != null
                || PostgresEvents.isUsersOwn(object)
                || (object.isEmpty() && (UNTOLD.contains(audit.text()) || PostgresEvents.readsUsersOwn(statement)));
        boolean dumped = PG_DUMP.equals(entry.application()) && usersOwn;
        String dataset = mapped == null && usersOwn ? events.dataset(entry, object) : mapped;
        if (!usersOwn) {
            return parsed(events.event(entry, Action.READ, dataset).outcome(Outcome.SUCCESS));
        }
        Long rows = audit.command().equals(DECLARE_CURSOR) ? audit.knownRows() : audit.rows();
        return parsed(events.event(entry, dumped ? Action.EXPORT : Action.READ, dataset)
                .outcome(Outcome.SUCCESS)
                .destination(dumped ? Destination.FILE : null)
                .records(dumped ? rows : shown(entry, audit, dataset, rows, offset)));
    }

    private ParseResult written(PostgresEntry entry, PgauditEntry audit, SqlStatement statement, long offset) {
        String command = audit.command();
        Action action = writes(command, statement);
        // By relation, what a statement reads has an entry of its own; what it gives back is shown, which says more.
        SqlAccess feeds = audit.object().isEmpty() && action == Action.UPDATE ? feeds(entry, command, statement) : null;
        if (feeds != null) {
            return parsed(events.event(entry, feeds.action(), feeds.dataset())
                    .outcome(Outcome.SUCCESS)
                    .records(audit.rows()));
        }
        boolean isUtility = command.equals("COPY")
                || command.startsWith("TRUNCATE")
                || copies(entry, statement).findAny().isPresent();
        String dataset =
                audit.object().isEmpty() ? events.dataset(entry, statement) : events.dataset(entry, audit.object());
        Long rows = isUtility ? audit.knownRows() : audit.rows();
        return parsed(events.event(entry, action, dataset)
                .outcome(Outcome.SUCCESS)
                .records(action == Action.READ ? shown(entry, audit, dataset, rows, offset) : rows));
    }

    /** What INSERT … SELECT, UPDATE … FROM or MERGE reads for another table, if that is personal data. */
    private @Nullable SqlAccess feeds(PostgresEntry entry, String command, SqlStatement text) {
        List<String> sources = text.parts().stream()
                .flatMap(statement -> feeding(command, statement).stream())
                .toList();
        String mapped = sources.stream()
                .map(source -> events.mapped(entry, source))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean mayBeAnyTable = rules.tables().isEmpty() && sources.stream().anyMatch(PostgresEvents::isUsersTable);
        return mapped == null && !mayBeAnyTable ? null : new SqlAccess(Action.READ, rules.touched(mapped));
    }

    private static List<String> feeding(String command, SqlStatement statement) {
        SqlTables tables = (command.equals("UPDATE") ? statement.withoutCondition() : statement).tables();
        boolean takesOver = switch (command) {
            case "INSERT", "MERGE" -> statement.has(command.toLowerCase(Locale.ROOT), "into");
            // FOR UPDATE writes nothing.
            case "UPDATE" -> statement.has("update") && !tables.written().isEmpty();
            default -> false;
        };
        return takesOver ? tables.feeding() : List.of();
    }

    private ParseResult exported(PostgresEntry entry, PgauditEntry audit, SqlStatement statement) {
        String object = audit.object();
        String dataset = object.isEmpty()
                ? events.dataset(entry, statement)
                : PostgresEvents.isUsersOwn(object) ? events.dataset(entry, object) : null;
        return parsed(events.event(entry, Action.EXPORT, dataset)
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

    private static ParseResult parsed(AccessEvent.Builder event) {
        return new ParseResult.Parsed(event);
    }
}
