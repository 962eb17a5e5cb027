package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.metsuke.shipper.parse.Encoding;
import dev.metsuke.shipper.parse.MysqlAuditJson;
import dev.metsuke.shipper.parse.MysqlAuditXml;
import dev.metsuke.shipper.parse.Told;
import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.tail.SeenFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs do that write logs, rotate and deliver them: each line is read once, and no gap is told of. */
class LogWritersTest extends FollowedFiles {

    private static final int STEP = 65_536;

    private long tick = System.currentTimeMillis();

    /** As log4j2's {@code MemoryMappedFile} makes it, or {@code fallocate}: long from the beginning, and cut when it is closed. */
    @ParameterizedTest
    @CsvSource({"1024, false", "65536, false", "65536, true", "1048576, false", "1048576, true"})
    void readsWhatIsWrittenIntoALogThatWasLongFromTheBeginning(int length, boolean restarts) throws Exception {
        setLength(length);
        settle();
        long end = 0;
        for (int i = 0; i < 20; i++) {
            end = writeAt(end, text(i * 5, i * 5 + 5));
            if (i % 2 == 0) {
                settle();
            }
            if (restarts && i % 4 == 0) {
                restart();
            }
        }
        settle();
        later(100 * SECOND);
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 100));
        assertThat(collected.ids).doesNotHaveDuplicates();
        assertThat(files.awaitsMore(now)).isFalse();
        assertThat(registry.get("metsuke.ship.unfinished.bytes").gauge().value())
                .isZero();

        setLength(end);
        settle();
        Files.delete(log);
        settle();

        assertThat(lines()).hasSize(100);
        assertThat(saved.gaps).isEmpty();
    }

    /** As IIS makes it. */
    @Test
    void readsALogThatGrowsByNulBytesInWhichLinesAreWrittenThen() throws Exception {
        long end = 0;
        long length = 0;
        for (int i = 0; i < 20_000; i += 1_000) {
            String lines = text(i, i + 1_000);
            if (end + lines.length() > length) {
                length += STEP;
                setLength(length);
                scan();
                readAll();
                commit();
            }
            end = writeAt(end, lines);
            settle();
        }
        setLength(end);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 20_000));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void takesNoNulBytesThatWereWrittenAheadForALine() throws Exception {
        flushTimeout = Duration.ofSeconds(5);
        restart();
        setLength(STEP);
        settle();
        long end = writeAt(0, text(0, 3));
        settle();
        writeAt(end, text(3, 6) + "line 6");
        settle();
        Files.move(log, folder.resolve("a.log.1"));
        settle();
        later(100 * SECOND);
        settle();
        Files.delete(folder.resolve("a.log.1"));

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 7));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void takesTheTornEndOfARotatedLogBeforeManyNulBytes() throws Exception {
        setLength(1 << 20);
        settle();
        writeAt(0, text(0, 3) + "line 3");
        settle();
        Files.move(log, folder.resolve("a.log.1"));
        settle();
        later(100 * SECOND);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 4));
    }

    /** As MySQL writes its audit log; restarted, or rotated while it is down. */
    @ParameterizedTest
    @CsvSource({"JSON, false, false", "JSON, true, false", "JSON, true, true", "XML, false, false", "XML, true, true"})
    void readsEachRecordOnceThatIsWrittenInThePlaceOfADocumentsEnd(String format, boolean restarts, boolean rotates)
            throws Exception {
        boolean isJson = format.equals("JSON");
        framing = (isJson ? new MysqlAuditJson(Told.STATEMENTS) : new MysqlAuditXml(Told.STATEMENTS))
                .framing(Encoding.UTF_8);
        restart();
        String tail = isJson ? "\n]\n" : "</AUDIT>\n";
        long end = writeAt(0, (isJson ? "[\n" : "<?xml version=\"1.0\"?>\n<AUDIT>\n") + record(isJson, 0)) - 1;
        writeAt(end, tail);
        settle();
        for (int i = 1; i < 50; i++) {
            if (restarts) {
                files.close();
            }
            end = writeAt(end, (isJson ? ",\n" : "") + record(isJson, i)) - 1;
            writeAt(end, tail);
            if (rotates && i == 40) {
                Files.move(log, folder.resolve("a.log.1"));
                end = writeAt(0, isJson ? "[\n" : "<AUDIT>\n");
            }
            if (restarts) {
                restart();
            }
            settle();
        }
        settle();

        assertThat(lines()).hasSize(50).doesNotHaveDuplicates();
        assertThat(saved.gaps).isEmpty();
        assertThat(registry.get("metsuke.ship.overwritten").counter().count()).isZero();
    }

    private static String record(boolean isJson, int number) {
        return isJson ? "{\"id\":" + number + "}\n" : "<AUDIT_RECORD ID=\"" + number + "\"/>\n";
    }

    /** As the kubelet packs a container's log, rsync copies one that is packed, and rclone. */
    @ParameterizedTest
    @ValueSource(strings = {"a.log.20261130.tmp", ".a.log.20261130.gz.Xy12Zk", "a.log.20261130.gz.1f2e3d4c.partial"})
    void passesOverAPackedFileUntilItsNameSaysSo(String temporary) throws Exception {
        Files.writeString(log, text(0, 3_000));
        settle();
        Path rotated = Files.move(log, folder.resolve("a.log.20261130"));
        byte[] packed = RotatedLog.packed(Files.readAllBytes(rotated), true);
        Path arriving = folder.resolve(temporary);
        Files.write(arriving, Arrays.copyOf(packed, packed.length / 2));
        settle();
        Files.write(arriving, packed);
        settle();
        boolean isDone = !files.awaitsMore(now);
        Files.move(arriving, folder.resolve("a.log.20261130.gz"));
        Files.delete(rotated);
        settle();
        restart();

        settle();

        assertThat(isDone).isTrue();
        assertThat(lines()).containsExactlyElementsOf(numbers(0, 3_000));
        assertThat(saved.gaps).isEmpty();
        assertThat(saved.broken).isEmpty();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void opensNoPipeThatWasGivenTheInodeOfALog() throws Exception {
        Files.writeString(log, text(0, 3));
        settle();
        Files.delete(log);
        assumeThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();
        FilePosition position =
                saved.positions.files("shipper/crm").values().iterator().next();
        saved.position(PositionCodec.fileKey("shipper/crm", position.key()), null);
        FilePosition given = new FilePosition(SeenFile.at(log).key(), log, log, true, log, position.progress());
        saved.position(PositionCodec.fileKey("shipper/crm", given.key()), PositionCodec.file(given));
        restart();

        settle();

        assertThat(lines()).hasSize(3);
        assertThat(files.awaitsMore(now)).isFalse();
    }

    /** As older programs of Japan name files in Shift_JIS. */
    @Test
    void waitsForTheEndOfALineInAFileWhoseNameIsNoUtf8() throws Exception {
        run("printf 'line 0\\nline ' > \"$0\"/$'\\x8c\\xda\\x8bqa.log'");
        settle();
        restart();
        settle();
        later(100 * SECOND);
        settle();
        run("printf '1\\n' >> \"$0\"/$'\\x8c\\xda\\x8bqa.log'");

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 2));
    }

    private void run(String script) throws Exception {
        assumeThat(new ProcessBuilder("bash", "-c", script, folder.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    /** As PostgreSQL does with {@code postgresql-%a.log} and {@code log_truncate_on_rotation}. */
    @Test
    void readsTheSameSevenFilesThatAreTruncatedWeekByWeek() throws Exception {
        paths = List.of(folder.resolve("postgresql-*.csv"));
        restart();
        int written = 0;
        for (int day = 0; day < 30; day++) {
            Path file = folder.resolve("postgresql-" + day % 7 + ".csv");
            Files.writeString(file, "");
            if (day % 3 == 0) {
                scan();
            }
            int count = 2 + day * 37 % 200;
            Files.writeString(file, text(written, written + 1), StandardOpenOption.APPEND);
            if (day % 2 == 0) {
                settle();
            }
            Files.writeString(file, text(written + 1, written + count), StandardOpenOption.APPEND);
            written += count;
            settle();
            later(100 * SECOND);
            settle();
            if (day % 5 == 0) {
                restart();
            }
        }

        assertThat(lines()).containsExactlyElementsOf(numbers(0, written));
        assertThat(saved.gaps).isEmpty();
    }

    /** As log4j2 does with {@code fileIndex="max"}, of which logback's and Python's numbering is the reverse. */
    @Test
    void readsLogsThatMoveDownByOneAtEachRotation() throws Exception {
        for (int i = 0; i < 12; i++) {
            Files.writeString(log, text(20 * i, 20 * i + 20));
            if (i % 4 != 1) {
                settle();
            }
            for (int number = 1; number < 3; number++) {
                Path next = folder.resolve("a.log." + (number + 1));
                if (Files.exists(next) && i >= 3) {
                    Files.move(next, folder.resolve("a.log." + number), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(log, folder.resolve("a.log." + Math.min(i + 1, 3)));
        }
        settle();
        later(100 * SECOND);
        settle();

        assertThat(lines()).containsExactlyInAnyOrderElementsOf(numbers(0, 240));
        assertThat(saved.gaps).isEmpty();
    }

    /** The kubelet's names for a container's log, its rotated and its packed ones, of which a path finds the link alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsAContainersLogBehindItsLinkAlsoWhereItIsRotated(boolean restarts) throws Exception {
        Path pod = Files.createDirectories(folder.resolve("pods/crm/app"));
        Path link = Files.createDirectories(folder.resolve("containers")).resolve("crm_app-1.log");
        Path live = Files.createFile(pod.resolve("0.log"));
        Files.createSymbolicLink(link, live);
        paths = List.of(folder.resolve("containers/*.log"));
        restart();
        for (int i = 0; i < 60; i += 20) {
            Files.writeString(live, text(i, i + 5), StandardOpenOption.APPEND);
            settle();
            Files.writeString(live, text(i + 5, i + 10), StandardOpenOption.APPEND);
            Path rotated = Files.move(live, pod.resolve("0.log.20261130-10" + i));
            Files.writeString(live, text(i + 10, i + 20));
            if (restarts) {
                restart();
            }
            settle();
            pack(rotated, pod.resolve(rotated.getFileName() + ".gz"), true);
            settle();
        }
        Files.delete(link);
        Files.createSymbolicLink(folder.resolve("containers/crm_app-2.log"), pod.resolve("1.log"));
        Files.writeString(pod.resolve("1.log"), text(60, 70));
        Files.delete(live);
        settle();
        later(Duration.ofHours(1).toNanos());
        settle();

        assertThat(lines()).containsExactlyInAnyOrderElementsOf(numbers(0, 70));
        assertThat(saved.gaps).isEmpty();
    }

    private long writeAt(long offset, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
        isWritten();
        return offset + bytes.length;
    }

    private void setLength(long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(length);
        }
        isWritten();
    }

    /** No two within a tick of the file system's clock, as the same length at the same time is not noticed. */
    private void isWritten() throws IOException {
        tick += 10;
        Files.setLastModifiedTime(log, FileTime.fromMillis(tick));
    }
}
