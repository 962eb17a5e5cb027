package dev.metsuke.shipper.parse;

import dev.metsuke.events.account.IpLiteral;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of MariaDB's {@code server_audit}:
 * {@code time,serverhost,username,host,connectionid,queryid,operation,database,object,retcode}, without the time where it
 * goes through syslog (https://mariadb.com/docs/server/reference/plugins/mariadb-audit-plugin/mariadb-audit-plugin-log-format).
 */
final class MariadbAuditParser implements LineParser {

    private static final int FIELDS_BEFORE_OBJECT = 7;
    private static final int USER = 1;
    private static final int HOST = 2;
    private static final int OPERATION = 5;
    private static final int DATABASE = 6;
    private static final int LONGEST_GROUP_OF_IPV6 = 4;

    private final SourceRules rules;
    private final MysqlAccess access;

    MariadbAuditParser(SourceRules rules, Told told) {
        this.rules = rules;
        this.access = new MysqlAccess(rules, told, false);
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        int comma = line.indexOf(',');
        Instant written = comma < 0 ? null : Times.mariadb(line.substring(0, comma), rules.zone());
        Instant time = written == null ? context.envelopeTime() : written;
        if (time == null) {
            return ParseResult.rejected(
                    "not a server_audit line: it does not begin with a time like 20261201 09:30:00");
        }
        List<String> fields = new ArrayList<>();
        int position = written == null ? 0 : comma + 1;
        while (fields.size() < FIELDS_BEFORE_OBJECT) {
            int end = line.indexOf(',', position);
            if (end < 0) {
                return ParseResult.rejected("not a server_audit line: fewer than ten fields");
            }
            fields.add(line.substring(position, end));
            position = end + 1;
        }
        String rest = line.substring(position);
        return switch (fields.get(OPERATION)) {
            case "CONNECT", "FAILED_CONNECT", "CHANGEUSER" -> login(fields, rest, time);
            case "DISCONNECT" -> new ParseResult.Ignored("disconnection");
            case "PROXY_CONNECT" -> new ParseResult.Ignored("account that a log-in acts for");
            case "QUERY" -> statement(fields, rest, time);
            case "READ", "WRITE", "CREATE", "ALTER", "RENAME", "DROP" -> table(fields, rest, time);
            default -> ParseResult.rejected("not a server_audit line: operation " + fields.get(OPERATION));
        };
    }

    private ParseResult login(List<String> fields, String rest, Instant time) {
        String code = code(rest, rest.indexOf(','));
        boolean failed = fields.get(OPERATION).equals("FAILED_CONNECT") || !code.equals("0");
        return access.interpret(entry(fields, MysqlEntry.Kind.LOGIN, time, null, null, failed));
    }

    private ParseResult statement(List<String> fields, String rest, Instant time) {
        int end = rest.startsWith("'") ? closingQuote(rest) : -1;
        if (end < 0) {
            return ParseResult.rejected("not a server_audit line: the statement's quote is not closed");
        }
        boolean failed = !code(rest, end + 1).equals("0");
        return access.interpret(
                entry(fields, MysqlEntry.Kind.STATEMENT, time, null, unescaped(rest.substring(1, end)), failed));
    }

    private ParseResult table(List<String> fields, String rest, Instant time) {
        int comma = rest.indexOf(',');
        String table = comma < 0 ? rest : rest.substring(0, comma);
        return access.interpret(
                entry(fields, MysqlEntry.Kind.TABLE, time, table.isEmpty() ? null : table, null, false));
    }

    private static MysqlEntry entry(
            List<String> fields,
            MysqlEntry.Kind kind,
            Instant time,
            @Nullable String table,
            @Nullable String statement,
            boolean failed) {
        return new MysqlEntry(
                time,
                kind,
                emptyToNull(fields.get(USER)),
                withoutPort(fields.get(HOST)),
                emptyToNull(fields.get(DATABASE)),
                table,
                fields.get(OPERATION),
                statement,
                failed,
                null);
    }

    /** The number behind a comma; newer servers write more behind it. */
    private static String code(String rest, int comma) {
        if (comma < 0 || comma >= rest.length()) {
            return "";
        }
        int next = rest.indexOf(',', comma + 1);
        return rest.substring(comma + 1, next < 0 ? rest.length() : next).strip();
    }

    private static int closingQuote(String rest) {
        for (int i = 1; i < rest.length(); i++) {
            if (rest.charAt(i) == '\\') {
                i++;
            } else if (rest.charAt(i) == '\'') {
                return i;
            }
        }
        return -1;
    }

    /** The server writes a quote as {@code \'}, a backslash as {@code \\}, and a line end as {@code \n}. */
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder unescaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            unescaped.append(character == '\\' && i + 1 < text.length() ? escaped(text.charAt(++i)) : character);
        }
        return unescaped.toString();
    }

    private static char escaped(char letter) {
        int place = "ntrbf".indexOf(letter);
        return place < 0 ? letter : "\n\t\r\b\f".charAt(place);
    }

    /** Since 12.0 the client's port stands behind its address, which of IPv6 only five digits tell for sure. */
    private static @Nullable String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        if (colon < 0) {
            return emptyToNull(host);
        }
        boolean isPort = host.indexOf(':') == colon
                || !IpLiteral.isOne(host)
                || host.length() - colon > LONGEST_GROUP_OF_IPV6 + 1;
        return emptyToNull(isPort ? host.substring(0, colon) : host);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
