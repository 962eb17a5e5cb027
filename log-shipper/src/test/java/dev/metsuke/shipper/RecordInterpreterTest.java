package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.shipper.parse.LineParser;
import dev.metsuke.shipper.parse.ParseResult;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a file's bytes to what is sent for them: encodings, clocks, and what can be wrong with a line. */
class RecordInterpreterTest {

    private static final String JSON =
            "format: {type: json-lines, time: /t, user: /u, action: read, destination: /d}\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "UTF-8, 山田表ソ能, UTF-8",
        "Shift_JIS, 髙橋①表ソ能～ﾔﾏﾀﾞ, MS932",
        "MS932, 髙橋①表ソ能～ﾔﾏﾀﾞ, MS932",
        "EUC-JP, 山田表ソ能, EUC-JP",
        "EUC-JP, 髙橋①表ソ能〜ﾔﾏﾀﾞ, x-eucJP-Open",
        "ISO-8859-1, Müller-Ñandú, ISO-8859-1",
    })
    void readsTextInTheSourcesEncoding(String encoding, String name, Charset charset) throws IOException {
        SourceSettings source = Previews.source(folder, JSON + "encoding: " + encoding);
        String line = "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"" + name + "\"}";

        List<Preview.Line> lines = Previews.lines(source, folder, (line + "\n" + line + "\r\n").getBytes(charset));

        assertThat(lines).hasSize(2).allSatisfy(read -> {
            assertThat(Previews.event(read).userId()).isEqualTo(name);
            assertThat(Previews.event(read).original()).isEqualTo(line);
        });
    }

    @ParameterizedTest
    @CsvSource({
        // A byte that begins nothing, a character cut short by the line's end, and one by a character of ASCII.
        "UTF-8,     ff 41 e5 b1,    \\xFFA\\xE5\\xB1",
        "UTF-8,     e5 b1 41,       \\xE5\\xB1A",
        "UTF-8,     c0 af ed a0 80, \\xC0\\xAF\\xED\\xA0\\x80",
        "MS932,     95 5c 41 fd,    表A\\xFD",
        "MS932,     41 95,          A\\x95",
        "EUC-JP,    c9 bd 41 c9,    表A\\xC9",
        "EUC-JP,    ff 41,          \\xFFA",
        "US-ASCII,  41 e9,          A\\xE9",
    })
    void keepsBytesThatAreNoText(String encoding, String hex, String text) throws IOException {
        SourceSettings source = Previews.source(folder, "format: combined\nencoding: " + encoding);

        List<Preview.Line> lines = Previews.lines(
                source,
                folder,
                joined(
                        "198.51.100.7 - sato [30/Nov/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"",
                        hex,
                        "\"\n"));

        assertThat(Previews.event(lines.getFirst()).original()).endsWith(" \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({"ISO-2022-JP", "UTF-16", "UTF-16LE", "IBM037"})
    void refusesAnEncodingInWhichLinesCannotBeFound(String encoding) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> Previews.source(folder, JSON + "encoding: " + encoding)))
                .hasMessageContaining("encoding")
                .hasMessageContaining("single ASCII bytes");
    }

    @Test
    void findsTheQuotesOfACsvRecordAmongTwoByteCharacters() throws IOException {
        SourceSettings source = Previews.source(folder, "format: pgaudit-csv\nencoding: MS932\n");
        String message = "AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.表,\"\"select '表ソ\n構'\"\",<none>,3";
        String record = "2026-11-30 00:00:00.000 UTC,\"予能\",\"crm\",1,\"198.51.100.7:1\",x,1,\"SELECT\",2026-11-30"
                + " 00:00:00 UTC,1/1,0,LOG,00000,\"" + message + "\",,,,,,,,,\"psql\",\"client backend\",,0";

        List<Preview.Line> lines =
                Previews.lines(source, folder, (record + "\n" + record + "\n").getBytes(Charset.forName("MS932")));

        assertThat(lines).hasSize(2).allSatisfy(line -> {
            assertThat(Previews.event(line).userId()).isEqualTo("予能");
            assertThat(Previews.event(line).original()).isEqualTo(record);
        });
    }

    /** In Shift_JIS the second byte of ポ is that of the separator, and that of ～ the quote's. */
    @ParameterizedTest
    @ValueSource(strings = {"Shift_JIS", "GBK", "EUC-JP", "UTF-8"})
    void findsNoSeparatorOrQuoteWithinACharacter(String encoding) throws IOException {
        SourceSettings source = Previews.source(folder, """
            encoding: %s
            format: {type: csv, header: false, columns: [time, user, note], separator: "|", quote: "`", user: /user, action: read}
            """.formatted(encoding));
        String record = "2026-11-30T00:00:00Z|mori|ポ`表～ソ";

        List<Preview.Line> lines = Previews.lines(
                source,
                folder,
                (record + "\n" + record + "\n2026-11-30T00:00:00Z|mori|`～|ポ\n`\n")
                        .getBytes(source.encoding().charset()));

        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(Previews.event(line).userId()).isEqualTo("mori"));
    }

    /** Big5-HKSCS writes it as the bytes 87 and 7C. */
    @Test
    void findsNoSeparatorWithinACharacterOfTwoUnits() throws IOException {
        SourceSettings source = Previews.source(folder, """
            encoding: Big5-HKSCS
            format: {type: csv, header: false, columns: [time, user, note], separator: "|", user: /user, action: read}
            """);
        String record = "2026-11-30T00:00:00Z|mori|x𣚞\"y\n";

        List<Preview.Line> lines = Previews.lines(
                source, folder, record.repeat(2).getBytes(source.encoding().charset()));

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(Previews.event(line).userId()).isEqualTo("mori"));
    }

    @Test
    void stepsOverAByteOrderMark() throws IOException {
        AccessEvent event = Previews.event(
                Previews.source(folder, JSON), folder, "\uFEFF{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"sato\"}");

        assertThat(event.original()).startsWith("{");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T00:05:00Z, false",
        "2026-12-01T00:05:01Z, true",
        "2026-11-30T00:00:00Z, false",
    })
    void marksATimeThatIsAheadOfTheClock(String time, boolean ahead) throws IOException {
        AccessEvent event =
                Previews.event(Previews.source(folder, JSON), folder, "{\"t\":\"" + time + "\",\"u\":\"sato\"}");

        assertThat(event.tags()).isEqualTo(ahead ? List.of("clock-ahead") : List.of());
    }

    @Test
    void namesTheReasonOfEachBadLine() throws IOException {
        String good = "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"sato\"}";
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        write(log, good);
        write(log, "x".repeat(1_100_000));
        write(log, "\0".repeat(5_000) + good);
        byte[] junk = new byte[3_000];
        new Random(7).nextBytes(junk);
        write(log, new String(junk, StandardCharsets.ISO_8859_1).replace('\n', ' '));
        write(log, "[".repeat(900_000));
        write(log, "");
        write(log, good);
        log.writeBytes("y".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII));
        SourceSettings source = Previews.source(folder, JSON);

        List<Preview.Line> lines = Previews.lines(source, folder, log.toByteArray());

        assertThat(lines).hasSize(7);
        assertThat(lines).map(line -> line.place().line()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(Previews.rejection(lines.get(1)))
                .isEqualTo("the line has 1100000 bytes, more than max-line-bytes allows");
        assertThat(Previews.rejection(lines.get(2))).startsWith("the line has 5000 NUL bytes, as after a crash");
        assertThat(Previews.rejection(lines.get(3))).startsWith("the line has").contains(" bytes", "not a JSON line");
        assertThat(Previews.rejection(lines.get(4))).contains("must be one JSON object");
        assertThat(lines.get(5)).isInstanceOf(Preview.Line.Ignored.class);
        assertThat(Previews.event(lines.get(6)).userId()).isEqualTo("sato");
    }

    @Test
    void tellsTheLineOfWhatStandsBehindNulBytesThatAreLongerThanALineMayBe() throws IOException {
        String good = "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"sato\"}\n";
        String log = good + "\0".repeat(1_100_000) + good + good + "\0".repeat(1_100_000) + "\n" + good;

        List<Preview.Line> lines =
                Previews.lines(Previews.source(folder, JSON), folder, log.getBytes(StandardCharsets.UTF_8));

        assertThat(lines).map(line -> line.place().line()).containsExactly(1L, 2L, 2L, 3L, 4L, 5L);
    }

    /** As after a crash of its host; otherwise they would be part of the address. */
    @Test
    void takesNoAccessFromBehindNulBytes() throws IOException {
        SourceSettings source = Previews.source(folder, "format: combined\n");
        String good = "192.0.2.5 - - [01/Dec/2026:09:00:00 +0900] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"\n";

        List<Preview.Line> lines =
                Previews.lines(source, folder, (good + "\0".repeat(40_000) + good).getBytes(StandardCharsets.UTF_8));

        assertThat(Previews.event(lines.getFirst()).sourceAddress()).isEqualTo("192.0.2.5");
        assertThat(Previews.rejection(lines.getLast())).startsWith("the line has 40000 NUL bytes");
    }

    @Test
    void namesTheEncodingInWhichARejectedLineIsNoText() throws IOException {
        SourceSettings source = Previews.source(folder, """
            format: {type: csv, columns: [t, action], header: false, time: /t, action: /action}
            """);
        String line = "2026-12-01T00:00:00Z,参照\n";

        assertThat(Previews.rejection(Previews.lines(source, folder, line.getBytes(Charset.forName("MS932")))
                        .getFirst()))
                .startsWith("the line has bytes that are no text in UTF-8, the source's encoding, but would be in"
                        + " Shift_JIS; ")
                .contains("the action is \\x8EQ\\x8F\\xC6");
        assertThat(Previews.rejection(Previews.lines(source, folder, line.getBytes(StandardCharsets.UTF_8))
                        .getFirst()))
                .startsWith("the action is 参照");
    }

    @Test
    void rejectsALineOfWhichAnImpossibleEventIsMade() throws IOException {
        AccessEvent.Builder impossible = AccessEvent.builder()
                .action(Action.READ)
                .timestamp(Previews.NOW)
                .records(-1L);

        assertThat(outcome(_ -> new ParseResult.Parsed(impossible)))
                .isInstanceOfSatisfying(
                        RecordInterpreter.Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .startsWith("the parser failed")
                                .contains("cannot be -1"));
    }

    @Test
    void rejectsALineThatNestsDeeperThanItsParserGoes() throws IOException {
        assertThat(outcome(RecordInterpreterTest::withoutEnd))
                .isInstanceOfSatisfying(
                        RecordInterpreter.Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("StackOverflowError"));
    }

    @Test
    void takesALackOfMemoryForNoMatterOfTheLine() {
        assertThatThrownBy(() -> outcome(_ -> {
                    throw new OutOfMemoryError("thrown by the test");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static ParseResult withoutEnd(String line) {
        return withoutEnd(line);
    }

    private RecordInterpreter.Outcome outcome(LineParser parser) throws IOException {
        byte[] line = "line".getBytes(StandardCharsets.US_ASCII);
        SourceSettings source = Previews.source(folder, JSON);
        RecordInterpreter interpreter =
                new RecordInterpreter(source, parser, "edge/test", Duration.ofMinutes(5), () -> {});
        try (TailedFile file = TailedFile.fresh(SeenFile.at(Files.write(folder.resolve("test.log"), line)), 0)) {
            return interpreter.interpret(file, line, 0, line.length, 0, Previews.NOW);
        }
    }

    private static void write(ByteArrayOutputStream log, String line) {
        log.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        log.write('\n');
    }

    private static byte[] joined(String before, String hex, String after) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(java.util.HexFormat.ofDelimiter(" ").parseHex(hex));
        bytes.writeBytes(after.getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
