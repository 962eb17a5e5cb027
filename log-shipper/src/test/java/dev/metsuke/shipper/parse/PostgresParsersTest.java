package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresParsersTest {

    private final LineParser csv = new Format.PgauditCsv().parser(Samples.RULES);
    private final LineParser json = new Format.PgauditJson().parser(Samples.RULES);
    private final LineParser stderr =
            new Format.PgauditStderr(LinePrefix.parse("%m [%p] %q%u@%d %h ")).parser(Samples.RULES);

    @Test
    void readsTheSameAccessInAllThreeFormats() {
        AccessEvent read = event(
                csv,
                csv(
                        "LOG",
                        "AUDIT: SESSION,4,1,READ,SELECT,TABLE,public.customers,\"select 'a,\"\"b\"\"', '目付'\n"
                                + " from customers\",<not logged>,42",
                        ""));

        assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-11-30T15:01:02.003Z"));
        assertThat(read.userId()).isEqualTo("mori");
        assertThat(read.sourceIp()).isEqualTo("192.0.2.5");
        assertThat(read.action()).isEqualTo(Action.READ);
        assertThat(read.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(read.dataset()).isEqualTo("crm.customers");
        assertThat(read.records()).isEqualTo(42);
        assertThat(read)
                .isEqualTo(event(
                        json,
                        json(
                                "LOG",
                                "AUDIT: SESSION,4,1,READ,SELECT,TABLE,public.customers,\\\"select"
                                        + " 'a,\\\"\\\"b\\\"\\\"', '目付'\\n"
                                        + " from customers\\\",<not logged>,42")))
                .isEqualTo(event(
                        stderr,
                        stderr(
                                "LOG",
                                "AUDIT: SESSION,4,1,READ,SELECT,TABLE,public.customers,\"select 'a,\"\"b\"\"',"
                                        + " '目付'\n"
                                        + "\t from customers\",<not logged>,42")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "READ,COPY,,,COPY customers TO STDOUT csv,<none>,0 | export | crm.customers |",
                "READ,COPY,,,\"copy (select 'orders', o.x from public.orders o) to stdout\",<none>,0 | export |"
                        + " crm.orders |",
                "READ,COPY,,,\"COPY public.\"\"customers\"\" TO '/tmp/x'\",<none>,7 | export | crm.customers | 7",
                "READ,SELECT,TABLE,pg_catalog.pg_class,select 1,<none>,9 | read | |",
                "READ,SELECT,,,SELECT version(),<none>,1 | read | |",
                "READ,SELECT,,,select x from sales.prices join public.customers on true,<none>,9 | read |"
                        + " crm.customers | 9",
                "WRITE,UPDATE,TABLE,public.customers,update customers set x=1,<none>,3 | update | crm.customers | 3",
                "WRITE,DELETE,TABLE,public.orders,delete from orders,<none>,2 | delete | crm.orders | 2",
                "WRITE,COPY,TABLE,public.customers,copy customers from stdin,<none>,0 | update | crm.customers |",
            })
    void tellsWhatWasDone(String audit, String action, String dataset, Long records) {
        AccessEvent event = event(stderr, stderr("LOG", "AUDIT: SESSION,1,1," + audit));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isEqualTo(records);
    }

    @Test
    void tiesAnErrorToItsStatement() {
        AccessEvent fromStderr = event(
                stderr,
                stderr("ERROR", "permission denied for table customers") + "\n"
                        + stderr("HINT", "ask") + "\n"
                        + stderr("STATEMENT", "copy customers\n\tto stdout"));

        assertThat(fromStderr.action()).isEqualTo(Action.EXPORT);
        assertThat(fromStderr.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(fromStderr.dataset()).isEqualTo("crm.customers");
        assertThat(fromStderr)
                .isEqualTo(
                        event(csv, csv("ERROR", "permission denied for table customers", "copy customers\nto stdout")));
    }

    @Test
    void takesLogInsAsEvents() {
        assertThat(event(stderr, stderr("LOG", "connection authorized: user=mori database=crm")))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.SUCCESS, AccessEvent::outcome)
                .returns(null, AccessEvent::dataset);
        assertThat(event(stderr, stderr("FATAL", "password authentication failed for user \"mori\"")))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.FAILURE, AccessEvent::outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "LOG, authentication, 00000, 接続認可: ユーザー=mori データベース=crm, success",
        "FATAL, authentication, 28P01, ユーザー\"mori\"のパスワード認証に失敗しました, failure",
        "FATAL, '', 28000, ロール\"mori\"は存在しません, failure",
        "FATAL, startup, 3D000, データベース\"crm\"は存在しません, failure",
        "FATAL, startup, 53300, 接続数が多すぎます, failure",
    })
    void knowsLogInsInAnyLanguage(String severity, String tag, String state, String message, String outcome) {
        for (AccessEvent event : new AccessEvent[] {
            event(csv, csv(severity, tag, state, message)), event(json, json(severity, tag, state, message))
        }) {
            assertThat(event.action()).isEqualTo(Action.LOGIN);
            assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOG, authentication, 00000, 接続認証完了: 識別=\"mori\" 方式=trust (/etc/pg_hba.conf:117)",
        "LOG, authentication, 00000, connection authenticated: user=\"mori\" method=trust (/etc/pg_hba.conf:117)",
        "LOG, SELECT, 00000, duration: 3 ms user=mori database=crm",
        "FATAL, idle, 57P01, terminating connection because the role does not exist",
    })
    void takesNoOtherEntryAsALogIn(String severity, String tag, String state, String message) {
        assertThat(ignored(csv, csv(severity, tag, state, message))).isNotBlank();
        assertThat(ignored(json, json(severity, tag, state, message))).isNotBlank();
    }

    @Test
    void namesWhyAnEntryIsNoAccess() {
        assertThat(ignored(stderr, "2026-12-01 00:01:02.003 JST [7] LOG:  database system is ready"))
                .isEqualTo("server message");
        assertThat(ignored(csv, csv("LOG", "disconnection: session time: 0:00:01", "")))
                .isEqualTo("disconnection");
        assertThat(ignored(csv, csv("LOG", "AUDIT: SESSION,1,1,ROLE,GRANT,,,grant x to y,<none>,0", "")))
                .isEqualTo("pgaudit ROLE statement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\tcontinued",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 LOUD:  hello",
                "2026-12-01 00:01:02.003 XST [7] mori@crm 192.0.2.5 LOG:  hello",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 STATEMENT:  select 1",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 LOG:  AUDIT: SESSION,1,1",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 LOG:  AUDIT: SESSION,1,1,READ,\"open",
            })
    void rejectsMalformedLines(String line) {
        assertThat(rejection(stderr, line)).isNotBlank();
    }

    @Test
    void rejectsMalformedCsvAndJson() {
        assertThat(rejection(csv, "a,b")).contains("2 columns");
        assertThat(rejection(csv, "a,\"b")).contains("quote");
        assertThat(rejection(json, "{}")).contains("no timestamp");
        assertThat(rejection(json, "{")).contains("not a jsonlog line");
    }

    @Test
    void refusesAPrefixThatCannotBeReadBack() {
        assertThatThrownBy(() -> LinePrefix.parse("%u@%d ")).hasMessageContaining("needs the time");
        assertThatThrownBy(() -> LinePrefix.parse("%m%u ")).hasMessageContaining("nothing tells where %m ends");
        assertThatThrownBy(() -> LinePrefix.parse("%m %y ")).hasMessageContaining("%y is no escape");
    }

    private static String csv(String severity, String tag, String state, String message) {
        return "2026-12-01 00:01:02.003 JST,\"mori\",\"crm\",7,\"192.0.2.5:5000\",s.1,3," + quoted(tag)
                + ",2026-12-01 00:00:00 JST,3/4,0," + severity + "," + state + "," + quoted(message)
                + ",,,,,,,,,\"psql\",\"client backend\",,0";
    }

    private static String json(String severity, String tag, String state, String message) {
        return "{\"timestamp\":\"2026-12-01 00:01:02.003 JST\",\"user\":\"mori\",\"dbname\":\"crm\",\"ps\":\"" + tag
                + "\",\"error_severity\":\"" + severity + "\",\"state_code\":\"" + state + "\",\"message\":\""
                + message.replace("\"", "\\\"") + "\"}";
    }

    private static String csv(String severity, String message, String statement) {
        return "2026-12-01 00:01:02.003 JST,\"mori\",\"crm\",7,\"192.0.2.5:5000\",s.1,3,\"x\",2026-12-01 00:00:00"
                + " JST,3/4,0,"
                + severity + ",00000," + quoted(message) + ",,,,,," + quoted(statement)
                + ",,,\"psql\",\"client backend\",,0";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String json(String severity, String message) {
        return "{\"timestamp\":\"2026-12-01 00:01:02.003"
                + " JST\",\"user\":\"mori\",\"dbname\":\"crm\",\"remote_host\":\"192.0.2.5\","
                + "\"error_severity\":\"" + severity + "\",\"message\":\"" + message + "\"}";
    }

    private static String stderr(String severity, String text) {
        return "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 " + severity + ":  " + text;
    }
}
