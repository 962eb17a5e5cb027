package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.tail.Patience;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What formats whose records do not say everything themselves take from the file around them. */
class FileContextTest {

    private static final String CSV = "format: {type: csv, user: /user, action: /op, records: /count}\n";

    @TempDir
    Path folder;

    private final List<RecordInterpreter.Outcome> outcomes = new ArrayList<>();

    @Test
    void readsThePackedFilesThatCloudtrailDelivers() throws IOException {
        SourceSettings source = Previews.source(folder, "format: cloudtrail");
        byte[] plain;
        try (var sample = getClass().getResourceAsStream("parse/samples/cloudtrail/sample.log")) {
            plain = Objects.requireNonNull(sample).readAllBytes();
        }
        Path packed = folder.resolve("trail.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(plain);
        }

        List<Preview.Line> lines = new ArrayList<>();
        Preview.read(ShipperSettings.of("edge", List.of(source)), source, packed, Previews.NOW, lines::add);

        assertThat(lines)
                .isNotEmpty()
                .hasSameSizeAs(Previews.lines(source, folder, plain))
                .anySatisfy(line -> assertThat(line).isInstanceOf(Preview.Line.Event.class));
    }

    @Test
    void readsTheColumnsOfFilesThatTakeTurnsByTheirOwnHeaders() throws IOException {
        Reading reading = new Reading(CSV);
        Path first = append("a.csv", "time,user,op,count\n2026-11-30T00:00:00Z,mori,read,1\n");
        Path second = append("b.csv", "\uFEFFcount,op,\"user\",time\r\n2,export,sato,2026-11-30T00:00:00Z\r\n");
        try (TailedFile a = fresh(first);
                TailedFile b = fresh(second)) {
            reading.read(a);
            reading.read(b);
            append("a.csv", "2026-11-30T00:00:01Z,ito,read,3\n");
            append("b.csv", "4,export,kato,2026-11-30T00:00:01Z\r\n");

            reading.read(a);
            reading.read(b);
        }

        assertThat(users()).containsExactly("mori 1", "sato 2", "ito 3", "kato 4");
        assertThat(outcomes)
                .filteredOn(outcome -> !(outcome instanceof RecordInterpreter.Outcome.Event))
                .containsOnly(new RecordInterpreter.Outcome.Ignored("header line"));
    }

    @Test
    void readsTheHeaderOfAFileThatItResumesInTheMiddle() throws IOException {
        Path log = append("a.csv", "\uFEFF\n\"user\nname\",user,op,count,time\nx,mori,read,1,2026-11-30T00:00:00Z\n");
        try (TailedFile before = fresh(log)) {
            new Reading(CSV).read(before);
            append("a.csv", "x,sato,read,2,2026-11-30T00:00:00Z\n");

            try (TailedFile resumed = TailedFile.resumed(SeenFile.at(log), before.progress(), log, 0)) {
                new Reading(CSV).read(resumed);
            }
        }

        assertThat(users()).containsExactly("mori 1", "sato 2");
    }

    @Test
    void readsTheHeaderOfAPackedFileThatItResumesInTheMiddle() throws IOException {
        StringBuilder rows = new StringBuilder("time,user,op,count\n");
        // More than the reader's buffer, so that there is a middle.
        for (int row = 0; row < 20_000; row++) {
            rows.append("2026-11-30T00:00:00Z,mori,read,").append(row).append('\n');
        }
        Path log = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
            out.write(rows.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (TailedFile before = fresh(log)) {
            assertThat(new Reading(CSV).readOnce(before)).isTrue();
            assertThat(users()).hasSizeBetween(1, 19_999);

            try (TailedFile resumed = TailedFile.resumed(SeenFile.at(log), before.progress(), log, 0)) {
                new Reading(CSV).read(resumed);
            }
        }

        assertThat(users()).hasSize(20_000).doesNotHaveDuplicates().endsWith("mori 19999");
    }

    @Test
    void readsTheNewHeaderOfAFileThatBeginsAnew() throws IOException {
        Reading reading = new Reading(CSV);
        Path log = append("a.csv", "time,user,op,count\n2026-11-30T00:00:00Z,mori,read,1\n");
        try (TailedFile file = fresh(log)) {
            reading.read(file);
            Files.writeString(log, "user,time,op,count\nsato,2026-11-30T00:00:00Z,read,2\n");
            reading.read(file);
            assertThat(file.hasBegunAnew()).isTrue();

            try (TailedFile successor = file.successor(1, 0)) {
                reading.read(successor);
            }
        }

        assertThat(users()).containsExactly("mori 1", "sato 2");
    }

    @Test
    void readsTheHeaderAnewThatWasTakenWithoutItsEnd() throws IOException {
        Reading reading = new Reading(CSV);
        Path log = append("a.csv", "time,user,o");
        try (TailedFile file = fresh(log)) {
            reading.flush(file);
            append("a.csv", "p,count\n2026-11-30T00:00:00Z,mori,read,1\n");
            reading.flush(file);
        }

        assertThat(users()).containsExactly("mori 1");
    }

    @Test
    void marksWhatIsWrittenBehindALineThatWasTakenWithoutItsEnd() throws IOException {
        Reading reading = new Reading("format: {type: json-lines, time: /t, user: /u, action: read}\n");
        String line = "{\"t\":\"9000-11-30T00:00:00Z\",\"u\":\"mori\"}";
        Path log = append("a.json", line.substring(0, 20));
        try (TailedFile file = fresh(log)) {
            reading.flush(file);
            append("a.json", line);
            reading.flush(file);
            append("a.json", "\n" + line.substring(0, 20));
            reading.flush(file);
            append("a.json", line.substring(20) + "\n");
            reading.flush(file);
        }

        assertThat(outcomes).hasSize(4);
        assertThat(outcomes.get(0)).isInstanceOf(RecordInterpreter.Outcome.Rejected.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        RecordInterpreter.Outcome.Event.class,
                        event -> assertThat(event.event().tags()).containsExactly("clock-ahead", "line-continued"));
        assertThat(outcomes.get(3))
                .isInstanceOfSatisfying(
                        RecordInterpreter.Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .startsWith("written behind a line that was shipped without its end; not a JSON line"));
    }

    @Test
    void takesTheYearOfAnOldSyslogHeaderFromTheFile() throws IOException {
        SourceSettings source = Previews.source(
                folder,
                "zone: Asia/Tokyo\nformat: {type: syslog, inner: {type: json-lines, user: /user, action: read}}\n");
        Path log = append("messages", """
            <134>Dec 31 23:59:59 ap1 crm[7]: {"user":"mori"}
            <134>Jan  1 00:00:01 ap1 crm[7]: {"user":"mori"}
            """);
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2024-12-31T15:00:02Z")));
        List<Preview.Line> lines = new ArrayList<>();

        Preview.read(ShipperSettings.of("edge", List.of(source)), source, log, Previews.NOW, lines::add);

        assertThat(lines)
                .map(line -> Previews.event(line).timestamp())
                .containsExactly(Instant.parse("2024-12-31T14:59:59Z"), Instant.parse("2024-12-31T15:00:01Z"));
    }

    private Path append(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static TailedFile fresh(Path path) throws IOException {
        return TailedFile.fresh(SeenFile.at(path), 0);
    }

    private List<String> users() {
        List<String> users = new ArrayList<>();
        for (RecordInterpreter.Outcome outcome : outcomes) {
            if (outcome instanceof RecordInterpreter.Outcome.Event(AccessEvent event)) {
                users.add(event.userId() + " " + event.records());
            }
        }
        return users;
    }

    /** A source at work, which forgets nothing of its files until the shipper stops. */
    private final class Reading implements RecordReader.Records {

        private final RecordInterpreter interpreter;
        private final RecordReader reader;

        Reading(String yaml) {
            SourceSettings source = Previews.source(folder, yaml);
            interpreter = new RecordInterpreter(source, "edge/test", Duration.ofMinutes(5), () -> {});
            reader = new RecordReader(source.format().framing(source.encoding()), 1_000_000);
        }

        void read(TailedFile file) throws IOException {
            while (readOnce(file)) {
                // Each turn reads one buffer.
            }
        }

        boolean readOnce(TailedFile file) throws IOException {
            return reader.read(file, Patience.of(Duration.ZERO, null), 0, this);
        }

        /** As after the flush timeout. */
        void flush(TailedFile file) throws IOException {
            while (reader.read(file, Patience.of(Duration.ZERO, Duration.ZERO), 0, this)) {
                // Each turn reads one buffer.
            }
        }

        @Override
        public void continuation(TailedFile file, byte[] bytes, int start, int end, long offset) {
            outcomes.add(interpreter.continuation(file, bytes, start, end, offset, Previews.NOW));
        }

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            outcomes.add(interpreter.interpret(file, bytes, start, end, offset, Previews.NOW));
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            throw new AssertionError("a record of " + length + " bytes");
        }
    }
}
