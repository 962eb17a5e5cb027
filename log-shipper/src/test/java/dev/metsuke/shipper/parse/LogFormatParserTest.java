package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatParserTest {

    private static final String COMBINED_LINE =
            "203.0.113.9 - ki mura [x] [01/Dec/2026:09:30:00 +0900] \"GET /customers/7?tab=a HTTP/2.0\" 200 512"
                    + " \"https://portal.example.jp/\" \"agent \\x22\\xE7\\x9B\\xAE\\x22\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: nginx\ntemplate: '$remote_addr - $remote_user [$time_local] \"$request\" $status"
                        + " $body_bytes_sent \"$http_referer\" \"$http_user_agent\"'",
                "server: apache\ntemplate: '%h %l %u %t \\\"%r\\\" %>s %b \\\"%{Referer}i\\\" \\\"%{User-Agent}i\\\"'",
                "server: nginx\ntemplate: '$remote_addr - $remote_user [$time_local] \"$request_method"
                        + " $uri$is_args$args $server_protocol\" $status $body_bytes_sent \"$http_referer\""
                        + " \"$http_user_agent\"'",
                "server: apache\ntemplate: '%a %l %u %t \"%m %U%q %H\" %s %O \"%{Referer}i\" \"%{User-agent}i\"'",
            })
    void readsCombinedAsItsOwnFormatDoes(String template) {
        AccessEvent expected = event(new Combined().parser(Samples.RULES), COMBINED_LINE);

        assertThat(event(Samples.parser("type: log-format\n" + template), COMBINED_LINE))
                .isEqualTo(expected);
        assertThat(expected.userId()).isEqualTo("ki mura [x]");
        assertThat(expected.userAgent()).isEqualTo("agent \"目\"");
    }

    @Test
    void readsATemplateOfJsonAsItsObjects() {
        String line = "{\"at\":\"2026-12-01T09:30:00+09:00\",\"from\":\"203.0.113.9\",\"user\":\"ki mura\\u0001\","
                + "\"request\":\"GET /customers/7?q=\\\"a\\\" HTTP/1.1\",\"status\":200,\"bytes\":30,"
                + "\"agent\":\"目 \\\\ \\\"x\\\", \\\"status\\\":500\"}";
        LineParser ofTemplate = Samples.parser("""
            type: log-format
            server: nginx
            template: '{"at":"$time_iso8601","from":"$remote_addr","user":"$remote_user","request":"$request",\
            "status":$status,"bytes":$body_bytes_sent,"agent":"$http_user_agent"}'
            """);

        AccessEvent event = event(ofTemplate, line);

        assertThat(event)
                .returns("ki mura\u0001", AccessEvent::userId)
                .returns("/customers/7?q=\"a\"", AccessEvent::urlOriginal)
                .returns(200L, AccessEvent::httpStatus)
                .returns("目 \\ \"x\", \"status\":500", AccessEvent::userAgent)
                .returns("crm.customers", AccessEvent::dataset);
        assertThat(event(ofTemplate, line.replace("ki mura\\u0001", "")).userId())
                .isNull();
    }

    @Test
    void readsATemplateOfOnesOwn() {
        LineParser parser = Samples.parser("""
            type: log-format
            server: nginx
            template: '$time_iso8601|${request_method}|$host$request_uri|$status|$http_x_user|$request_time'
            user: /http_x_user
            """.replace("$host", "$host:"));

        AccessEvent event =
                event(parser, "2026-12-01T09:30:00+09:00|GET|portal:/export/a.csv?q=%7C|200|mori\\x5Cx|0.003");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00Z"));
        assertThat(event.userId()).isEqualTo("mori\\x");
        assertThat(event.urlPath()).isEqualTo("/export/a.csv");
        assertThat(event.action()).isEqualTo(Action.DOWNLOAD);
        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.eventCategories()).containsExactly("web");
    }

    @Test
    void readsApachesEscapesAndPercent() {
        LineParser parser =
                Samples.parser("type: log-format\nserver: apache\ntemplate: '%t %h 100%% \\\"%u\\\" \\\"%r\\\"'");

        AccessEvent event =
                event(parser, "[01/Dec/2026:09:30:00 +0900] h 100% \"a\\\"b\\\\c\\n\" \"GET /x\\\"y HTTP/1.1\"");

        assertThat(event.userId()).isEqualTo("a\"b\\c");
        assertThat(event.urlOriginal()).isEqualTo("/x\"y");
        assertThat(event.sourceAddress()).isEqualTo("h");
    }

    @Test
    void joinsPathAndQueryAndTellsAUnitFromADirective() {
        LineParser parser = Samples.parser("type: log-format\nserver: apache\ntemplate: '%t %>s %m %U%q %Dus %u'");

        assertThat(event(parser, "[01/Dec/2026:09:30:00 +0900] 200 GET /api/customers?limit=9 81us mori"))
                .returns("/api/customers?limit=9", AccessEvent::urlOriginal)
                .returns(9L, AccessEvent::records)
                .returns("mori", AccessEvent::userId);
        assertThat(event(parser, "[01/Dec/2026:09:30:00 +0900] 200 GET /customers/7 81us -")
                        .records())
                .isEqualTo(1);
    }

    /** The zone of the rules is Asia/Tokyo. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%{%Y-%m-%dT%T}t.%{msec_frac}t%{%z}t | 2026-12-01T09:30:00.250+0900 | 2026-12-01T00:30:00.250Z",
                "%{%Y-%m-%d %H:%M:%S}t.%{usec_frac}t | 2026-12-01 09:30:00.250500 | 2026-12-01T00:30:00.250500Z",
                "[%{%d/%b/%Y:%T %z}t] | [01/Dec/2026:00:30:00 +0000] | 2026-12-01T00:30:00Z",
                "%{begin:%F %R}t-%{end:%F %R}t | 2026-12-01 09:30-2026-12-01 09:31 | 2026-12-01T00:30:00Z",
                "%{end:sec}t | 1796085000 | 2026-12-01T00:30:00Z",
                "%{sec}t.%{msec_frac}t | 1796085000.007 | 2026-12-01T00:30:00.007Z",
                "%{msec}t | 1796085000250 | 2026-12-01T00:30:00.250Z",
                "%{usec}t | 1796085000250500 | 2026-12-01T00:30:00.250500Z",
                "%{%s}t | 1796085000 | 2026-12-01T00:30:00Z",
                "%{begin:}t | [01/Dec/2026:09:30:00 +0900] | 2026-12-01T00:30:00Z",
                "%{%a %B %e %l:%M %p %y 100%%}t | Tue December  1  9:30 AM 26 100% | 2026-12-01T00:30:00Z",
                "%{%D %I:%M:%S %p}t | 12/01/26 12:30:60 PM | 2026-12-01T03:30:59Z",
                "%{%j/%Y %k:%M}t | 335/2026  9:30 | 2026-12-01T00:30:00Z",
            })
    void readsEveryUsualFormOfApachesTimes(String times, String written, Instant expected) {
        LineParser parser = Samples.parser("type: log-format\nserver: apache\ntemplate: '%h " + times + " \"%r\" %>s'");

        assertThat(event(parser, "h " + written + " \"GET /customers/7 HTTP/1.1\" 200"))
                .returns(expected, AccessEvent::timestamp)
                .returns(1L, AccessEvent::records);
    }

    @Test
    void rejectsATimeThatIsNone() {
        LineParser parser = Samples.parser("type: log-format\nserver: apache\ntemplate: '%h %{%F %T}t'");

        assertThat(rejection(parser, "h 2026-02-30 09:30:00")).contains("cannot be read: 2026-02-30 09:30:00");
        assertThat(rejection(parser, "h 30.2.2026 09:30:00")).contains("template");
    }

    @Test
    void rejectsWhatWasNotWrittenWithTheTemplate() {
        LineParser parser =
                Samples.parser("type: log-format\nserver: nginx\ntemplate: '$remote_addr [$time_local] $status'");

        assertThat(rejection(parser, "h [01/Dec/2026:09:30:00 +0900] 200 more")).contains("template");
        assertThat(rejection(parser, "h [99/Dec/2026:09:30:00 +0900] 200")).contains("cannot be read");
    }

    @Test
    void refusesATemplateThatCannotBeReadBack() {
        assertThatThrownBy(() -> format("nginx", "$remote_addr $status")).hasMessageContaining("needs the time");
        assertThatThrownBy(() -> format("nginx", "$time_local$status")).hasMessageContaining("nothing tells where");
        assertThatThrownBy(() -> format("apache", "%h %{%Y}t")).hasMessageContaining("no date in %{%Y}t");
        assertThatThrownBy(() -> format("apache", "%h %{%F %H}t")).hasMessageContaining("no time of day in %{%F %H}t");
        assertThatThrownBy(() -> format("apache", "%h %{msec_frac}t")).hasMessageContaining("no date in %{msec_frac}t");
        assertThatThrownBy(() -> format("apache", "%h %{%F %T %Z}t"))
                .hasMessageContaining("in %{%F %T %Z}t, %Z is not understood")
                .hasMessageContaining("%z");
        assertThatThrownBy(() -> format("apache", "%t %u%{sec}t"))
                .hasMessageContaining("nothing tells where remote_user ends");
        assertThatThrownBy(() -> format("apache", "%t %")).hasMessageContaining("not understood from %");
        assertThatThrownBy(() -> format("nginx", "plain")).hasMessageContaining("names no variable of nginx");
        assertThatThrownBy(() ->
                        Samples.format("type: log-format\nserver: nginx\ntemplate: '$time_local'\nuser: /http_x_user"))
                .hasMessageContaining("writes no http_x_user");
    }

    private static Format format(String server, String template) {
        return Samples.format("type: log-format\nserver: " + server + "\ntemplate: '" + template + "'");
    }
}
