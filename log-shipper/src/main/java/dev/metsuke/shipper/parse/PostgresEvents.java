package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the events of a PostgreSQL log have in common, and what they touch. */
final class PostgresEvents {

    private static final List<String> DATABASE = List.of("database");

    private final SourceRules rules;

    PostgresEvents(SourceRules rules) {
        this.rules = rules;
    }

    AccessEvent.Builder event(PostgresEntry entry, Action action, @Nullable String dataset) {
        AccessEvent.Builder event = rules.event()
                .timestamp(entry.time())
                .action(action)
                .eventCategories(DATABASE)
                .userId(rules.accounts().normalise(entry.user()))
                .userName(entry.user());
        Address.put(event, entry.address());
        return rules.touch(event, dataset);
    }

    /** What an object is by the tables; null where none of them is it. */
    @Nullable
    String mapped(PostgresEntry entry, String object) {
        return rules.tableDataset(entry.database(), object);
    }

    /** The same of the first table of a statement that is any. */
    @Nullable
    String mapped(PostgresEntry entry, SqlStatement statement) {
        return rules.tableDataset(entry.database(), statement);
    }

    /** Of what no table is told. */
    @Nullable
    String dataset() {
        return rules.dataset();
    }

    @Nullable
    String dataset(PostgresEntry entry, String object) {
        return rules.touched(isUsersOwn(object) ? mapped(entry, object) : null);
    }

    /** pgaudit names no relation for COPY, nor does an error: the first mapped table that the statement names counts. */
    @Nullable
    String dataset(PostgresEntry entry, SqlStatement statement) {
        return rules.touched(mapped(entry, statement));
    }

    /** Of a text's readings the first that touches a table that is mapped; else the first that touches any. */
    SqlStatement telling(PostgresEntry entry, String sql) {
        List<SqlStatement> readings = SqlStatement.readings(sql, SqlDialect.POSTGRESQL);
        return readings.size() == 1
                ? readings.getFirst()
                : Stream.of(
                                readings.stream().filter(reading -> mapped(entry, reading) != null),
                                readings.stream().filter(PostgresEvents::readsUsersOwn),
                                readings.stream())
                        .flatMap(Function.identity())
                        .findFirst()
                        .orElseThrow();
    }

    /** Whether a statement reads from anything but the server's own catalogue, as far as its words tell. */
    static boolean readsUsersOwn(SqlStatement statement) {
        return statement.tables().read().stream().anyMatch(PostgresEvents::isUsersTable);
    }

    static boolean isUsersTable(String name) {
        return isUsersOwn(name) && !name.toLowerCase(Locale.ROOT).startsWith("pg_");
    }

    /** The server's own catalogue is no personal data. */
    static boolean isUsersOwn(String object) {
        return !object.isEmpty() && !object.startsWith("pg_catalog.") && !object.startsWith("information_schema.");
    }
}
