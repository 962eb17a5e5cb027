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
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogParserTest {

    private static final Instant WRITTEN = Instant.parse("2026-12-02T00:00:00Z");
    private static final RecordContext CONTEXT = Samples.context(null, WRITTEN);
    private static final String JSON = "{\"user\":\"mori\",\"op\":\"read\"}";
    private static final String JSON_CUT = "{\"user\":\"mori\",\"op";

    private final LineParser parser = Samples.parser("""
        type: syslog
        inner: {type: json-lines, user: /user, action: /op}
        """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<134>1 2026-12-01T09:30:00.003+09:00 ap1 crm 77 ID47 - " + JSON,
                "<134>1 2026-12-01T00:30:00.003Z ap1 crm - - [a@1 x=\"q \\\"]\\\\ [\"][b@1 y=\"\"] \uFEFF" + JSON,
                "<134>1 2026-12-01T00:30:00.003Z ap1 - - - [a@1] " + JSON,
                "2026-12-01T09:30:00.003+09:00 ap1 crm[77]: " + JSON,
                "<5>2026-12-01T09:30:00.003+09:00 ap1 crm: @cee: " + JSON,
            })
    void takesHostAndTimeFromTheHeader(String line) {
        AccessEvent event = event(parser, line, CONTEXT);

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00.003Z"));
        assertThat(event.hostName()).isEqualTo("ap1");
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.action()).isEqualTo(Action.READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<134>Dec  1 09:30:00 ap1 crm[77]: " + JSON,
                "Dec  1 09:30:00 ap1 crm: " + JSON,
                "<13>Dec 01 09:30:00 ap1 " + JSON,
            })
    void readsTheOlderHeaderWithAndWithoutPriorityAndTag(String line) {
        assertThat(event(parser, line, CONTEXT))
                .returns(Instant.parse("2026-12-01T00:30:00Z"), AccessEvent::timestamp)
                .returns("ap1", AccessEvent::hostName)
                .returns("mori", AccessEvent::userId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dec  1 09:30:00 ap1 crm[77]: message repeated 3 times: [ " + JSON + "]",
                "Dec  1 09:30:00 ap1 crm[77]: message repeated 3 times: [ " + JSON_CUT + "]",
                "<134>1 2026-12-01T00:30:00Z ap1 crm 77 - - message repeated 3 times: [" + JSON + "]",
                "Dec  1 09:30:00 ap1 last message repeated 3 times",
                "Dec  1 09:30:00 last message repeated 3 times",
                "Dec  1 09:30:00 ap1 --- last message repeated 3 times ---",
                "Dec  1 09:30:00 ap1 crm: Last message '{\"user\":\"mori\",\"op\"' repeated 3 times, suppressed by"
                        + " syslog-ng on ap1",
            })
    void rejectsMessagesOfWhichOnlyTheNumberIsTold(String line) {
        LineParser chosen = Samples.parser("""
            type: syslog
            applications: [crm]
            inner: {type: json-lines, user: /user, action: /op}
            """);

        assertThat(rejection(chosen, line, CONTEXT)).contains("3 messages", "$RepeatedMsgReduction off");
        assertThat(rejection(parser, line, CONTEXT)).contains("3 messages", "$RepeatedMsgReduction off");
    }

    @Test
    void ignoresARepeatedMessageThatIsNoAccess() {
        LineParser chosen = Samples.parser("""
            type: syslog
            applications: [crm]
            inner: {type: regex, pattern: '(?P<user>\\w+) reads', user: /user, action: read, ignore: 'debug .*'}
            """);

        assertThat(ignored(chosen, "Dec  1 09:30:00 ap1 sshd[5]: message repeated 3 times: [ mori reads]", CONTEXT))
                .isEqualTo("message of another application");
        assertThat(ignored(chosen, "Dec  1 09:30:00 ap1 crm: message repeated 3 times: [ debug x]", CONTEXT))
                .doesNotContain("repeated");
        assertThat(rejection(chosen, "Dec  1 09:30:00 ap1 crm: message repeated 3 times: [ mori reads]", CONTEXT))
                .contains("3 messages");
    }

    /** As Oracle calls itself; without a process id several words are the message's. */
    @Test
    void takesANameOfSeveralWordsByItsProcessId() {
        LineParser chosen = Samples.parser("""
            type: syslog
            applications: [Oracle Unified Audit]
            inner: {type: regex, pattern: '(?P<user>\\w+) reads', user: /user, action: read}
            """);

        assertThat(event(chosen, "Dec  1 09:30:00 ap1 Oracle Unified Audit[77]: mori reads", CONTEXT)
                        .userId())
                .isEqualTo("mori");
        assertThat(ignored(chosen, "Dec  1 09:30:00 ap1 Oracle Audit[77]: mori reads", CONTEXT))
                .isEqualTo("message of another application");
        assertThat(ignored(chosen, "Dec  1 09:30:00 ap1 Oracle Unified Audit: mori reads", CONTEXT))
                .isEqualTo("message of another application");
    }

    @ParameterizedTest
    @CsvSource({
        "Dec 31 23:59:59, 2027-01-01T00:00:05Z, 2026-12-31T23:59:59Z",
        "Jan  1 00:00:00, 2026-12-31T23:59:58Z, 2027-01-01T00:00:00Z",
        "Jan  2 12:00:00, 2026-12-31T23:59:58Z, 2026-01-02T12:00:00Z",
        "Feb 29 12:00:00, 2026-11-01T00:00:00Z, 2024-02-29T12:00:00Z",
        "Nov 30 12:00:00, 2024-12-01T00:00:00Z, 2024-11-30T12:00:00Z",
    })
    void takesTheYearFromTheFile(String written, Instant lastWritten, Instant time) {
        assertThat(Times.syslog(written, ZoneId.of("UTC"), lastWritten)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dec 32 00:00:00", "Foo  1 00:00:00", "Dec  x 00:00:00", "Dec  1 00:00", "Feb 30 00:00:00"})
    void readsNoTimeFromWhatIsNone(String written) {
        assertThat(Times.syslog(written, ZoneId.of("UTC"), WRITTEN)).isNull();
    }

    @Test
    void leavesWhatTheInnerRecordSaysItself() {
        LineParser own = Samples.parser("""
            type: syslog
            inner: {type: json-lines, time: /at, user: /user, action: /op, host: /host}
            """);

        AccessEvent event = event(
                own,
                "Dec  1 09:30:00 relay crm: {\"at\":\"2026-12-01T00:29:00Z\",\"op\":\"read\",\"host\":\"ap7\"}",
                CONTEXT);

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:29:00Z"));
        assertThat(event.hostName()).isEqualTo("ap7");
    }

    @Test
    void takesTheMessagesTimeWhereTheHeaderHasNone() {
        String header = "<134>1 - ap1 crm - - - ";

        assertThat(event(parser, header + "{\"time\":\"2026-12-01T00:29:00Z\",\"op\":\"read\"}", CONTEXT))
                .returns(Instant.parse("2026-12-01T00:29:00Z"), AccessEvent::timestamp)
                .returns("ap1", AccessEvent::hostName);
        assertThat(rejection(parser, header + JSON, CONTEXT))
                .isEqualTo(
                        "the syslog header has no time (-), and the message has none: no time at /time; the object has"
                                + " user, op");
        assertThat(rejection(parser, header + "{\"op\":\"peek\"", CONTEXT)).startsWith("not a JSON line");
    }

    /** As rsyslog writes what it received. */
    @Test
    void readsTabsAndLineEndsThatTheDaemonEscaped() {
        LineParser tabs = Samples.parser("""
            type: syslog
            inner: {type: regex, pattern: '(?P<user>[^\\t\\n]+)\\tread[\\t\\n](?P<what>.*)', user: /user, dataset: /what, action: read}
            """);
        String header = "<134>1 2026-12-01T00:29:00Z ap1 crm - - - ";

        assertThat(event(tabs, header + "mori#011read#012crm", CONTEXT))
                .returns("mori", AccessEvent::userId)
                .returns("crm", AccessEvent::dataset);
        assertThat(event(parser, header + "{\"user\":\"mori#011\",\"op\":\"read\"}", CONTEXT)
                        .userId())
                .isEqualTo("mori#011");
        assertThat(rejection(tabs, header + "mori#011peek", CONTEXT)).contains("does not match");
    }

    @Test
    void wrapsOtherFormats() {
        LineParser mariadb =
                Samples.parser("type: syslog\ninner: mariadb-audit\napplications: [mysql-server_auditing]");
        LineParser nginx = Samples.parser("type: syslog\ninner: combined");

        assertThat(event(
                        mariadb,
                        "Dec  1 09:30:00 db1 mysql-server_auditing: db1,mori,h,42,7,QUERY,public,'select * from"
                                + " customers',0",
                        CONTEXT))
                .returns(Instant.parse("2026-12-01T00:30:00Z"), AccessEvent::timestamp)
                .returns("crm.customers", AccessEvent::dataset)
                .returns("db1", AccessEvent::hostName);
        assertThat(event(
                        nginx,
                        "<190>Dec  1 09:30:00 web1 nginx: 203.0.113.9 - - [01/Dec/2026:09:29:59 +0900] \"GET /"
                                + " HTTP/1.1\" 200 1 \"-\" \"-\"",
                        CONTEXT))
                .returns(Instant.parse("2026-12-01T00:29:59Z"), AccessEvent::timestamp)
                .returns("web1", AccessEvent::hostName);
    }

    @Test
    void readsPostgresMessagesWithSequenceNumbersAndNamesTheSettingThatSplitsThem() {
        LineParser postgres = Samples.parser("type: syslog\ninner: {type: pgaudit-stderr}");
        String header = "Dec  1 09:30:00 db1 postgres[77]: ";

        assertThat(event(
                        postgres,
                        header + "[3-1] 2026-12-01 00:30:00.000 UTC [77] mori@crm LOG:  AUDIT: SESSION,1,1,READ,SELECT,"
                                + "TABLE,public.customers,\"select *#012from customers\",<none>",
                        CONTEXT))
                .returns(Instant.parse("2026-12-01T00:30:00Z"), AccessEvent::timestamp)
                .returns("mori", AccessEvent::userId);
        assertThat(rejection(postgres, header + "[3-2] #011from customers\",<none>", CONTEXT))
                .contains("syslog_split_messages = off");
    }

    /** As the server writes them with syslog_split_messages = off, and rsyslog what lies between two of its lines. */
    @Test
    void readsWholePostgresMessages() {
        LineParser postgres = Samples.parser("type: syslog\ninner: {type: pgaudit-stderr}");
        String header = "Dec  1 09:30:00 db1 postgres[77]: [3] 2026-12-01 00:30:00.000 UTC [77] mori@crm ";

        assertThat(event(
                        postgres,
                        header + "LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.customers,\"select *#012#011from"
                                + " customers\",<none>,12",
                        CONTEXT))
                .returns("crm.customers", AccessEvent::dataset)
                .returns(12L, AccessEvent::records);
        assertThat(event(
                        postgres,
                        header + "ERROR:  permission denied for table customers#0122026-12-01 00:30:00.000 UTC [77]"
                                + " mori@crm STATEMENT:  SELECT * #012#011FROM customers",
                        CONTEXT))
                .returns(Action.READ, AccessEvent::action)
                .returns(Outcome.FAILURE, AccessEvent::outcome);
    }

    /** PostgreSQL leaves time and process to syslog where the prefix does. */
    @Test
    void takesTheHeadersTimeWhereThePrefixHasNone() {
        LineParser postgres = Samples.parser("type: syslog\ninner: {type: pgaudit-stderr, line-prefix: '%q%u@%d '}");

        assertThat(event(
                        postgres,
                        "Dec  1 09:30:00 db1 postgres[77]: [3-1] mori@crm LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,"
                                + "public.customers,select 1,<none>,12",
                        CONTEXT))
                .returns(Instant.parse("2026-12-01T00:30:00Z"), AccessEvent::timestamp)
                .returns("mori", AccessEvent::userId);
    }

    /** nginx's nohostname. */
    @Test
    void takesAWordWithAColonForATag() {
        LineParser chosen = Samples.parser("""
            type: syslog
            applications: [crm]
            inner: {type: json-lines, user: /user, action: /op}
            """);

        assertThat(event(chosen, "<134>Dec  1 09:30:00 crm: " + JSON, CONTEXT))
                .returns("mori", AccessEvent::userId)
                .returns("host-1", AccessEvent::hostName);
    }

    @Test
    void ignoresOtherApplicationsAndEmptyMessages() {
        LineParser chosen = Samples.parser("type: syslog\napplications: [crm]\ninner: {type: json-lines, action: /op}");

        assertThat(ignored(chosen, "Dec  1 09:30:00 ap1 sshd[5]: Accepted publickey", CONTEXT))
                .isEqualTo("message of another application");
        assertThat(ignored(chosen, "<1>1 2026-12-01T00:30:00Z ap1 crm - - -", CONTEXT))
                .isEqualTo("empty message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "<134",
                "<1345>1 2026-12-01T00:30:00Z ap1 crm - - - x",
                "<134>1 2026-12-01T00:30:00Z ap1 crm - -",
                "<134>1 yesterday ap1 crm - - - x",
                "<134>1 2026-12-01T00:30:00Z ap1 crm - - [a@1 x=\"] x",
                "<134>1 2026-12-01T00:30:00Z ap1 crm - - x y",
                "Dec 32 09:30:00 ap1 crm: x",
            })
    void rejectsWhatHasNoHeader(String line) {
        assertThat(rejection(parser, line, CONTEXT)).startsWith("no syslog line");
    }

    @Test
    void passesTheInnerFormatsRejectionsOn() {
        assertThat(rejection(parser, "Dec  1 09:30:00 ap1 crm: x", CONTEXT)).startsWith("not a JSON line");
        assertThatThrownBy(() -> Samples.format("type: syslog\ninner: {type: syslog, inner: combined}"))
                .hasMessageContaining("inner cannot be an envelope itself");
    }
}
