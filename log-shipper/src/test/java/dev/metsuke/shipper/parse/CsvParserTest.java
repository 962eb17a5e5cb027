package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvParserTest {

    private static final String HEADER = "日時,ログインID,操作,件数,対象者";
    private static final RecordContext CONTEXT = Samples.context(HEADER, Instant.EPOCH);

    private final LineParser withHeader = Samples.parser("""
        type: csv
        time: {pointer: /日時, pattern: yyyy/MM/dd HH:mm:ss}
        user: /ログインID
        action: {pointer: /操作, values: {参照: read, CSV出力: export}}
        records: /件数
        subjects: {pointer: /対象者, separator: "|"}
        dataset: crm.customers
        """);
    private final LineParser withColumns = Samples.parser("""
        type: csv
        header: false
        columns: [at, user, op]
        separator: ";"
        quote: "'"
        time: /at
        user: /user
        action: /op
        """);

    @Test
    void readsColumnsByTheNamesInTheFilesHeader() {
        AccessEvent event = event(withHeader, "2026/12/01 09:00:00,\"mori\",CSV出力,120,\"c1|c2\"", CONTEXT);

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.action()).isEqualTo(Action.EXPORT);
        assertThat(event.records()).isEqualTo(120);
        assertThat(event.subjects()).containsExactly("c1", "c2");
        assertThat(event.dataset()).isEqualTo("crm.customers");
    }

    @Test
    void readsEachFileByItsOwnHeader() {
        RecordContext other = Samples.context("件数,対象者,操作,\"ログインID\", 日時", Instant.EPOCH);

        assertThat(event(withHeader, "7,,参照,sato,2026/12/01 09:00:00", other))
                .returns("sato", AccessEvent::userId)
                .returns(7L, AccessEvent::records);
        assertThat(event(withHeader, "2026/12/01 09:00:00,mori,参照,,", CONTEXT))
                .returns("mori", AccessEvent::userId)
                .returns(null, AccessEvent::records);
    }

    @Test
    void takesTheHeaderForNoAccess() {
        assertThat(ignored(withHeader, HEADER, CONTEXT)).isEqualTo("header line");
    }

    /** As a file does that was cut at its beginning. */
    @Test
    void readsTheFirstLineWhereColumnsAreGivenAndItIsARecord() {
        LineParser parser = Samples.parser(
                "type: csv\ncolumns: [time, user, op]\nuser: /user\naction: {pointer: /op, values: {参照: read}}");
        String record = "2026-12-01T00:00:00Z,mori,参照";

        assertThat(event(parser, record, Samples.context(record, Instant.EPOCH)).userId())
                .isEqualTo("mori");
        for (String header : List.of("time,user,op", "日時,ログインID,操作", "日時,ログインID,操作,備考")) {
            assertThat(ignored(parser, header, Samples.context(header, Instant.EPOCH)))
                    .isEqualTo("header line");
        }
    }

    @Test
    void readsGivenColumnsWithOtherSeparatorsAndQuotes() {
        AccessEvent event = event(withColumns, "2026-12-01T00:00:00Z;'mo;ri ''x''\n';read");

        assertThat(event.userId()).isEqualTo("mo;ri 'x'");
        assertThat(event.action()).isEqualTo(Action.READ);
    }

    @Test
    void endsARecordBehindItsQuotes() {
        Format format = Samples.format("type: csv\nseparator: \"\\t\"\nquote: \"'\"\naction: read");

        assertThat(Samples.records(format.framing(Encoding.UTF_8), "a\t'x\ny'\nb\t\"z\n", false))
                .containsExactly("a\t'x\ny'", "b\t\"z");
    }

    @Test
    void rejectsWithTheReason() {
        assertThat(rejection(withHeader, "2026/12/01 09:00:00,mori,参照,1,"))
                .contains("header")
                .contains("not at hand");
        assertThat(rejection(withHeader, "2026/12/01 09:00:00,mori,参照", CONTEXT))
                .contains("3 fields, and not 5");
        assertThat(rejection(withHeader, "2026/12/01 09:00:00,\"mori,参照,1,", CONTEXT))
                .contains("quote");
        assertThat(rejection(withHeader, "2026/12/01 09:00:00,mori,印刷?,1,", CONTEXT))
                .contains("the action is 印刷?");
        assertThat(rejection(withHeader, "x", Samples.context("日時,操作", Instant.EPOCH)))
                .contains("there is no column")
                .contains("ログインID");
    }

    /** As spreadsheets write it in many countries. */
    @Test
    void saysWhichSeparatorTheFileSeemsToHave() {
        for (String header : List.of(HEADER, "\"" + HEADER.replace(",", "\",\"") + "\"")) {
            RecordContext semicolons = Samples.context(header.replace(',', ';'), Instant.EPOCH);
            RecordContext tabs = Samples.context(header.replace(',', '\t'), Instant.EPOCH);

            assertThat(rejection(withHeader, "\"2026/12/01 09:00:00\";mori;参照;\"1\";", semicolons))
                    .endsWith("set separator: \";\"");
            assertThat(rejection(withHeader, "2026/12/01 09:00:00\tmori\t参照\t1\t", tabs))
                    .endsWith("set separator: \"\\t\"");
        }
        assertThat(rejection(withColumns, "2026-12-01T00:00:00Z,mori,read"))
                .contains("1 fields, and not 3", "set separator: \",\"");
        assertThat(rejection(withHeader, "2026/12/01 09:00:00,mori,参照,1;2", CONTEXT))
                .contains("4 fields, and not 5")
                .doesNotContain("separator");
        assertThat(rejection(withHeader, "2026/12/01 09:00:00,mori;a;b;c;d;e;f", CONTEXT))
                .contains("2 fields, and not 5")
                .doesNotContain("separator");
    }

    @Test
    void refusesSettingsThatCannotHold() {
        assertThatThrownBy(() -> Samples.format("type: csv\nheader: false\naction: read"))
                .hasMessageContaining("columns must be named");
        assertThatThrownBy(() -> Samples.format("type: csv\ncolumns: [time, who]\nuser: /whom"))
                .hasMessageContaining("nothing is named whom")
                .hasMessageContaining("time, who");
        assertThatThrownBy(() -> Samples.format("type: csv\nseparator: ', '\naction: read"))
                .hasMessageContaining("separator must be one ASCII character");
        assertThatThrownBy(() -> Samples.format("type: csv\nusr: /whom")).hasMessageContaining("did you mean user?");
    }

    /** Alone it may be the envelope's. */
    @Test
    void missesTheUsualTimeWhereItIsOneOfSeveralParts() {
        LineParser parser = Samples.parser("{type: csv, time: {pointer: [/date, /time]}, user: /user, action: read}");

        assertThat(rejection(parser, "2026-12-01,09:00:00,mori", Samples.context("date,tim,user", Instant.EPOCH)))
                .contains("there is no column time in the header");
        assertThatThrownBy(() -> Samples.format(
                        "{type: csv, columns: [date, tim], time: {pointer: [/date, /time]}, action: read}"))
                .hasMessageContaining("nothing is named time");
    }

    /** As comments do, and what exports write above their header. */
    @Test
    void ignoresWhatTheSettingsNameAsNoRecord() {
        LineParser parser = Samples.parser("""
            {type: csv, ignore: '#.*|出力日時,.*', header: false, columns: [time, user], user: /user, action: read}\
            """);

        assertThat(ignored(parser, "#Fields: time user")).isEqualTo("line that the source ignores");
        assertThat(ignored(parser, "出力日時,2026-12-01,x")).isEqualTo("line that the source ignores");
        assertThat(event(parser, "2026-12-01T00:00:00Z,mori").userId()).isEqualTo("mori");
        assertThat(rejection(withHeader, HEADER, Samples.context("出力日時,2026-12-01", Instant.EPOCH)))
                .contains("there is no column 日時", "where lines stand above the header, ignore must match them");
    }
}
