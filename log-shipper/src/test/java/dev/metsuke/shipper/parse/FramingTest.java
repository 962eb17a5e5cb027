package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.LongRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramingTest {

    private static final Framing STDERR = new PostgresStderrFraming(LinePrefix.parse("%m [%p] "), Encoding.UTF_8);

    @Test
    void endsALineAtItsLineFeed() {
        assertThat(records(new LineFraming(), "a\r\n\nb\nrest", true)).containsExactly("a", "", "b");
    }

    @Test
    void keepsLineEndsWithinCsvQuotes() {
        assertThat(records(new CsvFraming(), lines("a,\"x", "\"\"y\"\"", "z\",b", "c", "\"open"), true))
                .containsExactly("a,\"x\n\"\"y\"\"\nz\",b", "c");
    }

    @Test
    void keepsAPostgresEntryTogetherUntilTheNextOneBegins() {
        String error = "2026-12-01 00:00:00 JST [1] ERROR:  no";
        String statement = "2026-12-01 00:00:00 JST [1] STATEMENT:  select";
        String other = "2026-12-01 00:00:01 JST [1] LOG:  STATEMENT:  in the text";
        String last = "2026-12-01 00:00:02 JST [1] LOG:  last";
        String log = lines(error, statement, "\tx", other, last);

        assertThat(records(STDERR, log, false)).containsExactly(String.join("\n", error, statement, "\tx"), other);
        assertThat(records(STDERR, log, true)).hasSize(3).endsWith(last);
    }

    @Test
    void endsATornCsvRecordWithItsFirstLine() {
        String torn = "1,\"mori\",\"the message was cu";
        String whole = "2,\"sato\",\"two\nlines\"";

        assertThat(records(new CsvFraming(), lines(torn, whole, whole, "3,\"x\""), false))
                .containsExactly(torn, whole, whole, "3,\"x\"");
        assertThat(records(new CsvFraming(), lines("cut off at its beginning\",,\"psql\"", whole, whole), false))
                .containsExactly("cut off at its beginning\",,\"psql\"", whole, whole);
    }

    @Test
    void waitsForTheLineEndOfATornCsvRecord() {
        assertThat(records(new CsvFraming(), "1,\"x2,\"sato\",", false)).isEmpty();
        assertThat(records(new CsvFraming(), "1,\"x2,\"sato\",\n", false)).containsExactly("1,\"x2,\"sato\",");
    }

    @Test
    void takesTheTornEndOfARestingCloudTrailFileAsARecord() {
        String whole = "{\"Records\":[{\"a\":1}";

        assertThat(records(JsonObjectsFraming.within("Records"), whole + ",{\"b\":{\n", false))
                .containsExactly("{\"a\":1}");
        assertThat(records(JsonObjectsFraming.within("Records"), whole + ",{\"b\":{\n", true))
                .containsExactly("{\"a\":1}", "{\"b\":{");
        assertThat(records(JsonObjectsFraming.within("Records"), whole + "]}\n{\"Rec", true))
                .containsExactly("{\"a\":1}", "{\"Rec");
        assertThat(records(JsonObjectsFraming.within("Records"), whole + ", junk", true))
                .containsExactly("{\"a\":1}", "junk");
        assertThat(records(JsonObjectsFraming.within("Records"), whole + "]}\n", true))
                .containsExactly("{\"a\":1}");
    }

    @Test
    void waitsForALongStatementAndNotForALongEntry() {
        String error = "2026-12-01 00:00:00 JST [1] ERROR:  no";
        String statement = "2026-12-01 00:00:00 JST [1] STATEMENT:  select " + "x".repeat(5_000);
        String other = "2026-12-01 00:00:01 JST [1] LOG:  " + "x".repeat(5_000);

        assertThat(records(STDERR, error + "\n" + statement, false)).isEmpty();
        assertThat(records(STDERR, error + "\n" + other, false)).containsExactly(error);
    }

    @Test
    void takesEachRecordOfACloudTrailDocument() {
        String file = " { \"Records\" : [ {\"a\":\"}]\\\"{\"} ,\n{\"b\":[{}]}]}\n{\"Records\":[{\"c\":1}]}";

        assertThat(records(JsonObjectsFraming.within("Records"), file, false))
                .containsExactly("{\"a\":\"}]\\\"{\"}", "{\"b\":[{}]}", "{\"c\":1}");
    }

    @Test
    void findsTheSameRecordsHoweverTheBytesArrive() {
        long seed = System.nanoTime();
        System.out.println("findsTheSameRecordsHoweverTheBytesArrive: seed " + seed);
        Random random = new Random(seed);
        String csv = "a,\"x\ny\"\nb\n\"\"\"q\n\"\n".repeat(20);
        String document = "{\"Records\":[" + "{\"x\":\"{\"},".repeat(20) + "{}]}\n";

        for (int round = 0; round < 200; round++) {
            assertThat(recordsInPieces(new CsvFraming(), csv, random)).isEqualTo(records(new CsvFraming(), csv, false));
            assertThat(recordsInPieces(JsonObjectsFraming.within("Records"), document, random))
                    .isEqualTo(records(JsonObjectsFraming.within("Records"), document, false))
                    .hasSize(21);
        }
    }

    @Test
    void findsTheEndOfALongObjectHoweverItsBytesArrive() {
        long seed = System.nanoTime();
        System.out.println("findsTheEndOfALongObjectHoweverItsBytesArrive: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("{");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append("{}[]\"\\a,".charAt(random.nextInt(8)));
            }
            byte[] bytes =
                    text.append('"').repeat("}", 31).append('\n').toString().getBytes(StandardCharsets.UTF_8);
            Frame whole = new Frame();
            new JsonObjectsFraming().find(bytes, 0, bytes.length, true, whole);
            Frame parts = new Frame();
            LongRecord record = new JsonObjectsFraming().longRecord();
            int from = 0;
            int to = 0;
            do {
                from = to;
                to = Math.min(bytes.length, from + random.nextInt(6));
            } while (!record.findEnd(bytes, from, to, parts) && to < bytes.length);

            assertThat(parts.end()).as(text.toString()).isEqualTo(whole.end());
        }
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static List<String> records(Framing framing, String text, boolean atRest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> records = new ArrayList<>();
        collect(framing, bytes, 0, bytes.length, atRest, records);
        return records;
    }

    private static List<String> recordsInPieces(Framing framing, String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> records = new ArrayList<>();
        int position = 0;
        int end = 0;
        while (end < bytes.length) {
            end = Math.min(bytes.length, end + 1 + random.nextInt(12));
            position = collect(framing, bytes, position, end, false, records);
        }
        return records;
    }

    private static int collect(Framing framing, byte[] bytes, int from, int to, boolean atRest, List<String> records) {
        Frame frame = new Frame();
        int position = from;
        while (framing.find(bytes, position, to, atRest, frame)) {
            records.add(new String(bytes, frame.start(), frame.end() - frame.start(), StandardCharsets.UTF_8));
            position = frame.next();
        }
        return frame.next();
    }
}
