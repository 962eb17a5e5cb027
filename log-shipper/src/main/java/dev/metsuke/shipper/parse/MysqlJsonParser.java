package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * JSON of an audit log: MySQL Enterprise's and Percona's audit log filter's, an array of objects
 * (https://dev.mysql.com/doc/refman/8.4/en/audit-log-file-formats.html), or Percona's older {@code {"audit_record":{…}}} a
 * line (https://docs.percona.com/percona-server/8.4/audit-log-plugin.html).
 */
final class MysqlJsonParser implements LineParser {

    private static final String PREPARE = "Prepare";

    private final ZoneId zone;
    private final MysqlRecords records;
    private final MysqlAccess access;

    MysqlJsonParser(SourceRules rules, Told told) {
        this.zone = rules.zone();
        this.access = new MysqlAccess(rules, told, true);
        this.records = new MysqlRecords(access, zone);
    }

    @Override
    public ParseResult parse(String line) {
        return JsonTree.interpret(line, "an audit log record", this::interpret);
    }

    private ParseResult interpret(JsonTree tree) {
        JsonTree record = tree.get("audit_record");
        if (record.text("name") != null) {
            return records.interpret(record::text);
        }
        String written = tree.text("timestamp");
        String kind = tree.text("class");
        Instant time = written == null ? null : time(tree, written);
        if (kind == null || written == null) {
            return ParseResult.rejected("not an audit log record: no class and timestamp");
        }
        if (time == null) {
            return ParseResult.unreadableTime(written);
        }
        String event = String.valueOf(tree.text("event"));
        return switch (kind) {
            case "connection" ->
                event.equals("connect") || event.equals("change_user")
                        ? access.interpret(login(tree, time))
                        : new ParseResult.Ignored(kind + " " + known(event));
            case "general" -> general(tree, time, event);
            case "table_access" -> access.interpret(table(tree, time, event));
            default -> new ParseResult.Ignored("event of a class that tells no access");
        };
    }

    /** The clock's own number where it is logged: without a zone MySQL Enterprise writes UTC, and Percona the server's local time. */
    private @Nullable Instant time(JsonTree tree, String written) {
        String number = tree.text("time");
        if (number == null) {
            return Times.iso(written, zone);
        }
        // MySQL Enterprise counts seconds, Percona microseconds.
        return number.length() < Times.MICROSECONDS_LENGTH ? Times.epochSeconds(number) : Times.epochMicros(number);
    }

    /** What a client prepares by the protocol has an event of its own, with the same text as each time that it is executed. */
    private ParseResult general(JsonTree tree, Instant time, String event) {
        JsonTree data = tree.get("general_data");
        boolean isStatement = event.equals("status") && data.text("query") != null;
        return isStatement && !PREPARE.equals(data.text("command"))
                ? access.interpret(statement(tree, time))
                : new ParseResult.Ignored("general event of which no statement ran");
    }

    /** A reason names a counter; there must be few. */
    private static String known(String event) {
        return switch (event) {
            case "disconnect", "pre_authenticate" -> event;
            default -> "event";
        };
    }

    private static MysqlEntry login(JsonTree tree, Instant time) {
        JsonTree data = tree.get("connection_data");
        return entry(tree, time, MysqlEntry.Kind.LOGIN, data.text("db"), null, null, null, data.text("status"));
    }

    private static MysqlEntry statement(JsonTree tree, Instant time) {
        JsonTree data = tree.get("general_data");
        return entry(tree, time, MysqlEntry.Kind.STATEMENT, null, null, null, data.text("query"), data.text("status"));
    }

    private static MysqlEntry table(JsonTree tree, Instant time, String event) {
        JsonTree data = tree.get("table_access_data");
        return entry(
                tree,
                time,
                MysqlEntry.Kind.TABLE,
                data.text("db"),
                data.text("table"),
                event,
                data.text("query"),
                null);
    }

    private static MysqlEntry entry(
            JsonTree tree,
            Instant time,
            MysqlEntry.Kind kind,
            @Nullable String database,
            @Nullable String table,
            @Nullable String operation,
            @Nullable String statement,
            @Nullable String status) {
        JsonTree login = tree.get("login");
        JsonTree account = tree.get("account");
        String user = login.text("user") == null ? account.text("user") : login.text("user");
        String address = login.text("ip") == null ? account.text("host") : login.text("ip");
        return new MysqlEntry(
                time,
                kind,
                MysqlEntry.bareUser(user),
                address,
                database,
                table,
                operation,
                statement,
                MysqlEntry.error(status),
                rows(tree.get("query_statistics").text("rows_sent")));
    }

    private static @Nullable Long rows(@Nullable String text) {
        try {
            long rows = text == null ? -1 : Long.parseLong(text);
            return rows < 0 ? null : (Long) rows;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
