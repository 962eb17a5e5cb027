package dev.metsuke.standalone.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The three logs of the sample company, each written as its real server writes it. */
enum SampleLog {
    /** The customer database's server log with pgaudit, as {@code csvlog}. */
    DATABASE("postgresql.csv"),
    /** The customer portal's nginx log, {@code combined}. */
    PORTAL("portal-access.log"),
    /** The CRM's own audit log, one JSON object a line. */
    CRM("crm-audit.json");

    static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    private static final DateTimeFormatter POSTGRESQL_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'JST'", Locale.ROOT)
            .withZone(ZONE);
    private static final DateTimeFormatter POSTGRESQL_SESSION = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'JST'", Locale.ROOT)
            .withZone(ZONE);
    private static final DateTimeFormatter NGINX_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZONE);
    private static final DateTimeFormatter JSON_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
            .withZone(ZONE);

    private final String fileName;

    SampleLog(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }

    /** A statement on the customers table, with the rows that pgaudit reports for it. */
    static SampleLine statement(Instant time, String user, String command, String sql, int rows) {
        String audit =
                "AUDIT: SESSION,1,1,READ," + command + ",TABLE,public.customers,\"" + sql + "\",<not logged>," + rows;
        return new SampleLine(
                time,
                DATABASE,
                "%s,\"%s\",\"crm\",21818,\"10.20.0.%d:59402\",6b045610.553a,3,\"%s\",%s,3/1125,0,LOG,00000,\"%s\",,,,,,,,,\"psql\",\"client backend\",,0"
                        .formatted(
                                POSTGRESQL_TIME.format(time),
                                user,
                                10 + Math.floorMod(user.hashCode(), 200),
                                command,
                                POSTGRESQL_SESSION.format(time.minusSeconds(20)),
                                audit.replace("\"", "\"\"")));
    }

    static SampleLine request(Instant time, String user, String path, int status, int bytes) {
        return new SampleLine(
                time,
                PORTAL,
                "10.20.1.%d - %s [%s] \"GET %s HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\""
                        .formatted(
                                10 + Math.floorMod(user.hashCode(), 200),
                                user,
                                NGINX_TIME.format(time),
                                path,
                                status,
                                bytes));
    }

    static SampleLine search(Instant time, String user, int found) {
        return operation(time, user, "search", "\"count\":" + found);
    }

    static SampleLine view(Instant time, String user, int customer) {
        return operation(time, user, "view", "\"customer\":\"" + customer(customer) + "\",\"count\":1");
    }

    /** How portal and CRM call a customer; the database knows the number alone. */
    static String customer(int number) {
        return "C-%05d".formatted(number);
    }

    private static SampleLine operation(Instant time, String user, String operation, String customers) {
        return new SampleLine(
                time,
                CRM,
                "{\"ts\":\"%s\",\"user\":\"EXAMPLE\\\\%s\",\"op\":\"%s\",\"object\":\"customer\",%s,\"client\":\"10.20.2.%d\"}"
                        .formatted(
                                JSON_TIME.format(time),
                                user,
                                operation,
                                customers,
                                10 + Math.floorMod(user.hashCode(), 200)));
    }
}
