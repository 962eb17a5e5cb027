package dev.metsuke.shipper.parse;

import dev.metsuke.events.account.IpLiteral;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of MariaDB's {@code server_audit}:
 * {@code time,serverhost,username,host,connectionid,queryid,operation,database,object,retcode}, without the time where it
 * goes through syslog (https://mariadb.com/docs/server/reference/plugins/mariadb-audit-plugin/mariadb-audit-plugin-log-format).
 */
final class MariadbAuditParser implements LineParser {

    /** What stands between the user and the database, of which anybody may write commas into both. */
    private static final Pattern MIDDLE =
            Pattern.compile(",([^,]*),-?\\d+,\\d+,(CONNECT|FAILED_CONNECT|CHANGEUSER|DISCONNECT|PROXY_CONNECT|QUERY"
                    + "|READ|WRITE|CREATE|ALTER|RENAME|DROP),");
    /** The code, and, of some servers, TLS's version or what kind of connection it is. */
    private static final String CODE = ",(?<code>\\d++)(?:,(?:[^,\\d][^,]*+)?+)?+\\s*+";
    /** Before the code stand the database and nothing, or TLS's version. */
    private static final Pattern END_OF_LOGIN =
            Pattern.compile("(?<database>.*),(?:[^,\\d][^,]*)?" + CODE, Pattern.DOTALL);

    /** The same, or two empty fields behind the code, as Amazon's fork for MySQL writes them. */
    private static final Pattern END_OF_STATEMENT =
            Pattern.compile(",(?<code>\\d++)(?:,,|,(?:[^,\\d][^,]*+)?+)?+\\s*+");
    /** https://mariadb.com/docs/server/reference/sql-structure/sql-language-structure/identifier-names */
    private static final int LONGEST_USER = 128;

    private static final String AMBIGUOUS =
            "a server_audit line that can be read in two ways: its user or database is called like"
                    + " what stands behind it";
    private static final String WITHOUT_CODE =
            "not a server_audit line: it ends in no code, such as 0 or 1045, that tells how it went";
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
        int server = line.indexOf(',', written == null ? 0 : comma + 1);
        Matcher middle = MIDDLE.matcher(line);
        if (server < 0 || !middle.find(server + 1) || middle.start() - server - 1 > LONGEST_USER) {
            return ParseResult.rejected(
                    "not a server_audit line: no host, connection, query and operation stand in it behind a user");
        }
        String user = line.substring(server + 1, middle.start());
        String rest = line.substring(middle.end());
        Fields fields = new Fields(time, user, withoutPort(middle.group(1)), middle.group(2), rest);
        return switch (fields.operation) {
            case "DISCONNECT" -> unlessAmbiguous(rest, new ParseResult.Ignored("disconnection"));
            case "PROXY_CONNECT" -> unlessAmbiguous(rest, new ParseResult.Ignored("account that a log-in acts for"));
            case "QUERY" -> statement(fields);
            case "READ", "WRITE", "CREATE", "ALTER", "RENAME", "DROP" -> unlessAmbiguous(rest, table(fields));
            default -> unlessAmbiguous(rest, login(fields));
        };
    }

    /** Whoever fails to log in may call himself what another's log-in looks like. */
    private static ParseResult unlessAmbiguous(String rest, ParseResult result) {
        // The comma before it may be the last of what was found.
        return MIDDLE.matcher("," + rest).find() ? ParseResult.rejected(AMBIGUOUS) : result;
    }

    private ParseResult login(Fields fields) {
        Matcher end = END_OF_LOGIN.matcher(fields.rest);
        if (!end.matches()) {
            return ParseResult.rejected(WITHOUT_CODE);
        }
        String code = end.group("code");
        String error = fields.operation.equals("FAILED_CONNECT") ? code : MysqlEntry.error(code);
        return access.interpret(fields.entry(MysqlEntry.Kind.LOGIN, end.group("database"), null, null, error));
    }

    private ParseResult statement(Fields fields) {
        int object = fields.rest.indexOf(',');
        int quote = object + 1;
        int closing = fields.rest.startsWith("'", quote) ? closingQuote(fields.rest, quote + 1) : -1;
        if (object < 0 || closing < 0) {
            return ParseResult.rejected("not a server_audit line: the statement's quote is not closed");
        }
        String behind = fields.rest.substring(closing + 1);
        return unlessAmbiguous(behind, statement(fields, object, fields.rest.substring(quote + 1, closing), behind));
    }

    /** Behind the quote of a statement that is only the user of a log-in stands that one's end, which is longer. */
    private ParseResult statement(Fields fields, int object, String escaped, String behind) {
        Matcher end = END_OF_STATEMENT.matcher(behind);
        if (!end.matches()) {
            return ParseResult.rejected(WITHOUT_CODE);
        }
        String error = MysqlEntry.error(end.group("code"));
        String database = fields.rest.substring(0, object);
        return access.interpret(fields.entry(MysqlEntry.Kind.STATEMENT, database, null, unescaped(escaped), error));
    }

    private ParseResult table(Fields fields) {
        String[] names = fields.rest.split(",", -1);
        String table = names.length > 1 ? emptyToNull(names[1]) : null;
        return access.interpret(fields.entry(MysqlEntry.Kind.TABLE, names[0], table, null, null));
    }

    /**
     * A line taken apart.
     *
     * @param rest the database and what stands behind it
     */
    private record Fields(
            Instant time, String user, @Nullable String host, String operation, String rest) {

        MysqlEntry entry(
                MysqlEntry.Kind kind,
                String database,
                @Nullable String table,
                @Nullable String statement,
                @Nullable String error) {
            return new MysqlEntry(
                    time,
                    kind,
                    emptyToNull(user),
                    host,
                    emptyToNull(database),
                    table,
                    operation,
                    statement,
                    error,
                    null);
        }
    }

    private static int closingQuote(String rest, int from) {
        for (int i = from; i < rest.length(); i++) {
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
