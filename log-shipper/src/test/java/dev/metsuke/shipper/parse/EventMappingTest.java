package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mapping makes of values, wherever they stand. */
class EventMappingTest {

    private final LineParser byTwo = parser("""
        time: {pointer: [/day, /clock], pattern: yy/MM/dd HH:mm:ss}
        user: /who
        action:
          pointer: [/op, /drive]
          values: {copy usb: copy-to-media, print: print}
          patterns: {copy .*: read, .*print.*: ignore}
          otherwise: ignore
        """);

    @Test
    void readsATimeOfTwoParts() {
        assertThat(event(byTwo, "{\"clock\":\"09:05:07\",\"day\":\"26/11/24\",\"op\":\"print\"}")
                        .timestamp())
                .isEqualTo(Instant.parse("2026-11-24T00:05:07Z"));
        assertThat(rejection(byTwo, "{\"day\":\"26/11/24\",\"op\":\"print\"}"))
                .contains("the time at /day and /clock cannot be read: 26/11/24");
        assertThat(rejection(byTwo, "{\"op\":\"print\"}")).contains("no time at /day and /clock");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"mail\":\"a@example.jp\",\"id\":\"7\"}', a@example.jp",
        "'{\"mail\":\"-\",\"id\":\"7\"}', 7",
        "'{\"mail\":\" \",\"id\":\"7\"}', 7",
        "'{\"mail\":null,\"id\":7}', 7",
        "'{\"id\":\"-\"}', ",
    })
    void takesTheFirstOfSeveralThatSaysAnything(String line, @Nullable String account) {
        LineParser first = parser("""
            time: /t
            user: {pointer: [/mail, /id], take: first}
            action: read
            """);

        assertThat(event(first, "{\"t\":\"2026-11-24T00:05:07Z\"," + line.substring(1))
                        .userId())
                .isEqualTo(account);
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"name\":\"crm.log\"},{\"name\":\"crm.customers\",\"rows\":1}]', crm, mori, crm.log",
        "'[{\"name\":\"x\",\"by\":\"-\"},{\"by\":\"abe\"}]', other, abe, x",
        "'[]', , mori, ",
        "'{\"a\":{\"name\":\"crm.customers\"},\"b\":1}', crm, mori, crm.customers",
        "'\"x\"', , mori, ",
        "null, , mori, ",
    })
    void takesEveryElementTogetherOrTheFirst(
            String objects, @Nullable String dataset, String account, @Nullable String destination) {
        LineParser each = parser("""
            time: /t
            user: {pointer: [/objects/*/by, /user], take: first}
            action: read
            dataset: {pointer: /objects/*/name, patterns: {'(.* )?crm[.]customers( .*)?': crm, .*: other}}
            destination: {pointer: /objects/*/name, take: first}
            """);

        AccessEvent event =
                event(each, "{\"t\":\"2026-11-24T00:05:07Z\",\"user\":\"mori\",\"objects\":" + objects + "}");

        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.userId()).isEqualTo(account);
        assertThat(event.destination()).isEqualTo(destination);
    }

    @ParameterizedTest
    @CsvSource({
        "copy, usb, copy-to-media",
        "copy, net, read",
        "print, , print",
    })
    void looksUpTwoValuesTogether(String operation, @Nullable String drive, String action) {
        assertThat(event(byTwo, line(operation, drive)).action().label()).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource({"window, ", "reprint, usb"})
    void ignoresWhatTheSettingsCallNoAccess(String operation, @Nullable String drive) {
        assertThat(ignored(byTwo, line(operation, drive))).isEqualTo("action that the source ignores");
    }

    /** Or a pointer that leads nowhere would make a whole log vanish. */
    @Test
    void rejectsARecordWithoutAnActionRatherThanIgnoreIt() {
        assertThat(rejection(byTwo, "{\"day\":\"26/11/24\",\"clock\":\"09:05:07\",\"operation\":\"copy\"}"))
                .contains("no action at /op and /drive")
                .contains("say in the source's mapping");
    }

    @Test
    void takesNoWordOfTheLogForIgnored() {
        LineParser parser = parser("action: {pointer: /op, values: {view: read}}");

        assertThat(rejection(parser, "{\"time\":\"2026-12-01T00:00:00Z\",\"op\":\"ignore\"}"))
                .contains("the action is ignore");
    }

    @Test
    void takesTheFirstPatternThatMatchesTheWholeValue() {
        LineParser parser = parser("""
            action: read
            dataset:
              pointer: /file
              values: {'D:\\all.xlsx': crm.all}
              patterns: {'(?i)d:\\\\crm\\\\.*': crm.customers, '.*\\.xlsx': office.files}
            """);

        assertThat(dataset(parser, "D:\\\\CRM\\\\a.xlsx")).isEqualTo("crm.customers");
        assertThat(dataset(parser, "D:\\\\b.xlsx")).isEqualTo("office.files");
        assertThat(dataset(parser, "D:\\\\all.xlsx")).isEqualTo("crm.all");
        assertThat(dataset(parser, "D:\\\\b.xlsx.zip")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action: {pointer: /op, values: {view: raed}} | action cannot be raed; it can be read, search",
                "action: {pointer: /op, patterns: {v.*: view}} | action cannot be view",
                "action: peek | action cannot be peek",
                "action: ignore | action must not be ignore for all records",
                "{action: read, outcome: {pointer: /ok, values: {OK: sucess}}} | outcome cannot be sucess; it can be"
                        + " success",
                "{action: read, dataset: {pointer: /f, patterns: {'(': a}}} | not a regular expression",
            })
    void refusesAtStartWhatNoEventCanSay(String mapping, String problem) {
        assertThatThrownBy(() -> Samples.format(
                        mapping.startsWith("{")
                                ? "{type: json-lines, " + mapping.substring(1)
                                : "type: json-lines\n" + mapping))
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1234 | 1234", "1,234 | 1234", "1,234,567件 | 1234567", "12名 | 12", "1,234 | 1234", "1.2e3 | 1200"})
    void readsCountsAsReportsWriteThem(String written, long records) {
        assertThat(event(parser("{action: read, records: /n}"), counted(written))
                        .records())
                .isEqualTo(records);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,34", "1,2345", "1.5", "1,234.5", "約12件", "件", "１2x"})
    void readsNoCountFromWhatIsNone(String written) {
        assertThat(rejection(parser("{action: read, records: /n}"), counted(written)))
                .contains("the value at /n is not a whole number: " + written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026/11/24 9:05:07 | pattern: yyyy/M/d H:mm:ss",
                "2026/11/24 09:05 | pattern: yyyy/M/d H:mm",
                "2026年11月24日 9:05 | pattern: yyyy年M月d日 H:mm",
                "20261124090507 | pattern: yyyyMMddHHmmss",
                "Tue Nov 24 09:05:07 2026 | pattern: EEE MMM ppd HH:mm:ss yyyy",
                "1795478707 | unit: epoch-s",
                "1795478707123 | unit: epoch-ms",
                "24/Nov/2026:09:05:07 +0900 | unit: clf",
                "24/11/2026 09:05 | the unit or the pattern that it has",
            })
    void saysHowATimeSeemsToBeWritten(String written, String setting) {
        assertThat(rejection(parser("action: read"), "{\"time\":\"" + written + "\"}"))
                .isEqualTo("the time at /time cannot be read: " + written + "; set for the mapping's time " + setting);
    }

    /** Else these accesses would lie in January 1970, where nobody looks. */
    @Test
    void takesNoSecondsForMilliseconds() {
        LineParser parser = parser("{time: {pointer: /time, unit: epoch-ms}, action: read}");

        assertThat(rejection(parser, "{\"time\":1795478707}")).endsWith("unit: epoch-s");
        assertThat(event(parser, "{\"time\":1795478707000}"))
                .returns(Instant.parse("2026-11-24T00:05:07Z"), AccessEvent::timestamp)
                .returns(Action.READ, AccessEvent::action);
    }

    private static String line(String operation, @Nullable String drive) {
        String rest = drive == null ? "" : ",\"drive\":\"" + drive + "\"";
        return "{\"day\":\"26/11/24\",\"clock\":\"09:05:07\",\"op\":\"" + operation + "\"" + rest + "}";
    }

    private static String counted(String written) {
        return "{\"time\":\"2026-12-01T00:00:00Z\",\"n\":\"" + written + "\"}";
    }

    private static @Nullable String dataset(LineParser parser, String file) {
        return event(parser, "{\"time\":\"2026-12-01T00:00:00Z\",\"file\":\"" + file + "\"}")
                .dataset();
    }

    private static LineParser parser(String mapping) {
        return Samples.parser(
                mapping.startsWith("{")
                        ? "{type: json-lines, " + mapping.substring(1)
                        : "type: json-lines\n" + mapping);
    }
}
