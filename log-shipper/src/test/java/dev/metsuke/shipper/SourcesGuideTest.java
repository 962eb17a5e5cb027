package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The declarations of docs/sources.md make of the lines below them what the guide says. */
class SourcesGuideTest {

    private static final Path GUIDE = Path.of("../docs/sources.md");
    private static final Pattern SOURCE = Pattern.compile(
            "^```yaml\\n- (name: (\\S+)\\n.*?)^```\\n\\n```text\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    /** What each line becomes: time, account, action, dataset and what else is told; or what it is instead. */
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry(
                    "pc-operations",
                    List.of(
                            "ignored",
                            "ignored",
                            "ignored",
                            "2026-11-24T00:05:07Z mori copy-to-media crm.customers",
                            "2026-11-24T00:06:11Z mori read crm.customers",
                            "2026-11-24T00:07:40Z mori print crm.customers",
                            "2026-11-24T00:08:02Z mori email office.files to=tanaka@example.com",
                            "ignored")),
            Map.entry(
                    "kintone",
                    List.of(
                            "ignored",
                            "2026-11-24T00:05:07Z mori download crm.customers success 192.0.2.7",
                            "ignored",
                            "2026-11-24T00:07:30Z export cybozu.other failure 192.0.2.9")),
            Map.entry(
                    "intranet-iis",
                    List.of(
                            "ignored",
                            "ignored",
                            "ignored",
                            "ignored",
                            "2026-11-24T00:05:07Z mori read crm.customers success 192.0.2.7 people=1",
                            "2026-11-24T00:06:11Z mori download crm.customers success 192.0.2.7",
                            "2026-11-24T00:07:40Z read crm.customers failure 192.0.2.9 people=0")),
            Map.entry(
                    "file-server",
                    List.of(
                            "2026-11-24T00:05:07.123Z mori read crm.customers success",
                            "2026-11-24T00:05:08Z mori delete office.files success",
                            "ignored",
                            "2026-11-24T00:05:10Z mori login office.files failure")),
            Map.entry(
                    "samba",
                    List.of(
                            "2026-11-24T00:05:07Z mori read crm.customers 192.0.2.7",
                            "2026-11-24T00:06:11Z mori delete crm.customers 192.0.2.7",
                            "ignored",
                            "ignored")),
            Map.entry(
                    "slack", List.of("2026-11-24T00:05:07Z mori@example.jp download slack.files 192.0.2.7", "ignored")),
            Map.entry(
                    "entra",
                    List.of(
                            "2026-11-24T00:05:07Z mori login success 192.0.2.7",
                            "2026-11-24T00:06:11Z mori login failure 192.0.2.9")),
            Map.entry(
                    "salesforce-exports",
                    List.of("ignored", "2026-11-24T00:05:07.123Z mori export crm.customers 192.0.2.7")),
            Map.entry(
                    "sql-server",
                    List.of(
                            "ignored",
                            "2026-11-24T00:05:07.123456700Z mori read crm.customers success 192.0.2.7 people=120",
                            "2026-11-24T00:06:11Z mori login failure 192.0.2.9",
                            "ignored")),
            Map.entry(
                    "mongodb",
                    List.of(
                            "2026-11-24T00:05:07.123Z mori read crm.customers success 192.0.2.7",
                            "2026-11-24T00:06:11Z mori read crm.customers failure 192.0.2.7",
                            "ignored")),
            Map.entry(
                    "oracle",
                    List.of(
                            "2026-11-24T00:05:07Z mori read crm.customers success",
                            "2026-11-24T00:06:11Z mori login failure",
                            "ignored")),
            Map.entry(
                    "snowflake",
                    List.of(
                            "2026-11-24T00:05:07.123Z mori read crm.customers success people=1200",
                            "2026-11-24T00:06:11Z mori export snowflake.other failure",
                            "ignored")));

    @TempDir
    private Path folder;

    @Test
    void everyDeclarationReadsItsLines() throws IOException {
        Map<String, List<String>> read = new LinkedHashMap<>();
        Matcher sources = SOURCE.matcher(Files.readString(GUIDE));
        while (sources.find()) {
            SourceSettings source = declared(sources.group(1));
            byte[] log = sources.group(3).getBytes(source.encoding().charset());
            read.put(
                    sources.group(2),
                    Previews.lines(source, folder, log).stream()
                            .map(SourcesGuideTest::told)
                            .toList());
        }

        assertThat(read).containsExactlyInAnyOrderEntriesOf(EXPECTED);
    }

    /** An element of {@code sources}, without its hyphen. */
    private SourceSettings declared(String yaml) {
        List<String> settings = new ArrayList<>();
        yaml.lines()
                .filter(line -> !line.matches("(?:  )?(?:name|paths): .*"))
                .map(line -> line.startsWith("  ") ? line.substring(2) : line)
                .forEach(settings::add);
        return Previews.source(folder, String.join("\n", settings));
    }

    private static String told(Preview.Line line) {
        return switch (line) {
            case Preview.Line.Event(var _, var _, AccessEvent event) -> told(event);
            case Preview.Line.Rejected(var _, var _, String reason) -> "rejected: " + reason;
            case Preview.Line.Ignored _ -> "ignored";
        };
    }

    private static String told(AccessEvent event) {
        return Stream.of(
                        event.timestamp().toString(),
                        event.userId(),
                        event.action().label(),
                        event.dataset(),
                        event.outcome() == null ? null : event.outcome().label(),
                        event.sourceIp(),
                        event.records() == null ? null : "people=" + event.records(),
                        event.destination() == null ? null : "to=" + event.destination())
                .filter(Objects::nonNull)
                .reduce((before, next) -> before + " " + next)
                .orElse("");
    }
}
