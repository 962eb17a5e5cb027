package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Records of named fields, as Percona's JSON and both servers' XML have them. */
final class MysqlRecords {

    private static final String UTC = " UTC";

    private final MysqlAccess access;
    private final ZoneId zone;

    MysqlRecords(MysqlAccess access, ZoneId zone) {
        this.access = access;
        this.zone = zone;
    }

    /** A record's fields, by their names in lower case; null where it has none of a name. */
    interface Fields {
        @Nullable
        String get(String name);
    }

    ParseResult interpret(Fields fields) {
        String name = fields.get("name");
        String written = fields.get("timestamp");
        if (name == null || written == null) {
            return ParseResult.rejected("not an audit log record: no name and timestamp");
        }
        Instant time = written.endsWith(UTC)
                ? Times.iso(written.substring(0, written.length() - UTC.length()), ZoneOffset.UTC)
                : Times.iso(written, zone);
        if (time == null) {
            return ParseResult.unreadableTime(written);
        }
        return switch (name) {
            case "Connect", "Change user" -> access.interpret(entry(fields, time, MysqlEntry.Kind.LOGIN));
            case "Quit" -> new ParseResult.Ignored("disconnection");
            case "Query", "Execute" ->
                fields.get("sqltext") == null
                        ? new ParseResult.Ignored("command that is no statement")
                        : access.interpret(entry(fields, time, MysqlEntry.Kind.STATEMENT));
            case "TableRead", "TableInsert", "TableUpdate", "TableDelete" ->
                access.interpret(entry(fields, time, MysqlEntry.Kind.TABLE));
            default -> new ParseResult.Ignored("command that is no statement");
        };
    }

    private static MysqlEntry entry(Fields fields, Instant time, MysqlEntry.Kind kind) {
        String ip = fields.get("ip");
        String name = String.valueOf(fields.get("name"));
        return new MysqlEntry(
                time,
                kind,
                MysqlEntry.bareUser(fields.get("user")),
                ip == null || ip.isEmpty() ? fields.get("host") : ip,
                fields.get("db"),
                fields.get("table"),
                name.startsWith("Table") ? name.substring("Table".length()) : null,
                fields.get("sqltext"),
                MysqlEntry.error(fields.get("status")),
                null);
    }
}
