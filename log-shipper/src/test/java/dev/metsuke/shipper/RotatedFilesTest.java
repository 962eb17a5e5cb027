package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.shipper.parse.Combined;
import dev.metsuke.shipper.parse.Encoding;
import dev.metsuke.shipper.parse.MultiLine;
import dev.metsuke.shipper.parse.MysqlAuditJson;
import dev.metsuke.shipper.parse.PgauditCsv;
import dev.metsuke.shipper.parse.TextPattern;
import dev.metsuke.shipper.parse.Told;
import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rotation makes of a file: a copy, a packed one, a torn one; each line is still read once, under the same id. */
class RotatedFilesTest extends FollowedFiles {

    private static final String HEADER = "time,who,what\n";

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".zst"})
    void goesOnInAPackedFileWhereThePlainOneStopped(String suffix) throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        List<String> first = List.copyOf(lines());
        Files.writeString(log, text(50, 60), StandardOpenOption.APPEND);
        restart();
        pack(log, folder.resolve("a.log.3" + suffix), suffix.equals(".gz"));

        settle();

        assertThat(first).hasSize(50);
        assertThat(lines()).containsExactlyElementsOf(numbers(0, 60));
        assertThat(collected.origins).hasSize(1);
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void goesOnInTheMiddleOfAPackedFileAfterARestart() throws Exception {
        Files.writeString(log, text(0, 60_000));
        pack(log, folder.resolve("a.log.gz"), true);
        scan();
        later(2 * SECOND);
        scan();
        readOneBuffer();
        commit();
        int before = collected.records.size();
        restart();

        settle();

        assertThat(before).isBetween(1, 59_999);
        assertThat(lines()).containsExactlyElementsOf(numbers(0, 60_000));
    }

    @Test
    void readsSeveralMembersOfAPackedFileAndALastLineWithoutLineEnd() throws Exception {
        byte[] first = RotatedLog.packed(text(0, 5).getBytes(StandardCharsets.UTF_8), true);
        byte[] second = RotatedLog.packed("line 5".getBytes(StandardCharsets.UTF_8), true);
        Files.write(folder.resolve("a.log.1.gz"), joined(first, second));

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 6));
    }

    @Test
    void readsAMemberThatBeginsBehindWhatTheDecoderHasBuffered() throws Exception {
        byte[] one = RotatedLog.packed("line 0\n".getBytes(StandardCharsets.UTF_8), true);
        int members = 3 * 64 * 1024 / one.length;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            packed.write(RotatedLog.packed(("line " + i + "\n").getBytes(StandardCharsets.UTF_8), true));
        }
        Files.write(folder.resolve("a.log.1.gz"), packed.toByteArray());

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, members));
    }

    @Test
    void passesOverTheSkippableFramesOfAPackedFile() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] skippable = {0x5A, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
        packed.write(skippable);
        packed.write(skippable);
        packed.write(RotatedLog.packed(text(0, 50_000).getBytes(StandardCharsets.UTF_8), false));
        packed.write(skippable);
        packed.write(RotatedLog.packed("line 50000".getBytes(StandardCharsets.UTF_8), false));
        packed.write(skippable);
        Files.write(folder.resolve("a.log.1.zst"), packed.toByteArray());

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 50_001));
        assertThat(saved.broken).isEmpty();
    }

    @Test
    void namesTheWindowOfAPackedFileThatIsWiderThanTheDecoderTakes() throws Exception {
        Files.write(folder.resolve("a.log.1.zst"), packedWithWindow(23, text(0, 5_000)));
        Files.write(folder.resolve("a.log.2.zst"), packedWithWindow(27, text(5_000, 10_000)));

        settle();
        later(61 * SECOND);
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 5_000));
        assertThat(saved.broken)
                .singleElement()
                .asString()
                .startsWith("a.log.2.zst:0+")
                .containsIgnoringCase("window");
    }

    /** As {@code zstd --long=WINDOW} says it in a frame's header, in place of the content's length (RFC 8878, 3.1.1.1). */
    private static byte[] packedWithWindow(int windowLog, String text) throws IOException {
        byte[] bytes = RotatedLog.packed(text.getBytes(StandardCharsets.UTF_8), false);
        byte descriptor = bytes[4];
        boolean isSingleSegment = (descriptor & 0b10_0000) != 0;
        assertThat(isSingleSegment).isTrue();
        int lengthBytes = 1 << ((descriptor & 0xFF) >> 6);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(bytes, 0, 4);
        framed.write(descriptor & 0b100);
        framed.write((windowLog - 10) << 3);
        framed.write(bytes, 5 + lengthBytes, bytes.length - 5 - lengthBytes);
        return framed.toByteArray();
    }

    @Test
    void waitsForAPackedFileWhileThePlainOneIsThere() throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        Path packed = folder.resolve("a.log.gz");
        byte[] bytes = RotatedLog.packed(text(0, 50).getBytes(StandardCharsets.UTF_8), true);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        settle();
        Files.write(packed, bytes);
        settle();
        restart();
        settle();
        Files.delete(log);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 50));
        assertThat(files.awaitsMore(now)).isFalse();
    }

    @Test
    void shipsWhatCanBeUnpackedOfABrokenFile() throws Exception {
        byte[] bytes = RotatedLog.packed(text(0, 5_000).getBytes(StandardCharsets.UTF_8), true);
        Files.write(folder.resolve("a.log.1.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        bytes = RotatedLog.packed(text(10_000, 15_000).getBytes(StandardCharsets.UTF_8), true);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(folder.resolve("a.log.2.gz"), bytes);
        Files.writeString(folder.resolve("a.log.3.gz"), "no gzip");
        Files.writeString(folder.resolve("a.log.4.zst"), "no zstd at all");
        Files.writeString(log, "line last\n");

        settle();

        assertThat(lines()).contains("line 0", "line 1000", "line 10100", "line last");
        assertThat(lines().stream().filter(line -> line.equals("line 0") || line.equals("line 10000")))
                .hasSize(2);
        assertThat(files.awaitsMore(now)).isFalse();
        assertThat(files.complaints().stream().filter(text -> text.contains(".gz:") || text.contains(".zst:")))
                .hasSize(4);
        assertThat(saved.broken).isEmpty();
        later(61 * SECOND);
        settle();
        restart();
        settle();
        later(61 * SECOND);
        settle();
        assertThat(saved.broken)
                .hasSize(4)
                .anyMatch(text -> text.startsWith("a.log.1.gz:") && text.contains("EOFException"))
                .anyMatch(text -> text.startsWith("a.log.3.gz:0+7 ") && text.contains("ZipException"));
    }

    @Test
    void shipsEachWholeBlockOfAPackedFileThatIsCutOff() throws Exception {
        byte[] first = RotatedLog.packed(text(0, 10).getBytes(StandardCharsets.UTF_8), false);
        byte[] second = RotatedLog.packed(text(10, 50_000).getBytes(StandardCharsets.UTF_8), false);
        Files.write(folder.resolve("a.log.1.zst"), joined(first, Arrays.copyOf(second, second.length / 2)));
        byte[] other = RotatedLog.packed(text(60_000, 60_010).getBytes(StandardCharsets.UTF_8), false);
        int withinTheHeader = 5;
        Files.write(folder.resolve("a.log.2.zst"), joined(other, Arrays.copyOf(second, withinTheHeader)));

        settle();

        // One block of 128 KiB.
        int whole = lines().size() - 10;
        assertThat(whole).isGreaterThan(10_000);
        assertThat(lines())
                .containsExactlyInAnyOrderElementsOf(Stream.of(numbers(0, whole), numbers(60_000, 60_010))
                        .flatMap(List::stream)
                        .toList());
        assertThat(saved.broken).isEmpty();
        later(61 * SECOND);
        settle();
        assertThat(saved.broken)
                .hasSize(2)
                .anyMatch(text -> text.startsWith("a.log.1.zst:"))
                .anyMatch(text -> text.startsWith("a.log.2.zst:"));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void tellsNothingOfAPackedFileThatIsCompletedInTime() throws Exception {
        byte[] bytes = RotatedLog.packed(text(0, 50).getBytes(StandardCharsets.UTF_8), true);
        Path packed = folder.resolve("a.log.1.gz");
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        settle();
        Files.write(packed, bytes);
        later(61 * SECOND);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 50));
        assertThat(saved.broken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tearsNoRecordOfAPackedFileThatIsStillArriving(boolean gzip) throws Exception {
        framing = new MysqlAuditJson(Told.STATEMENTS).framing(Encoding.UTF_8);
        restart();
        List<String> objects = numbers(0, 20_000).stream()
                .map(line -> "{\"line\":\"" + line + "\"}")
                .toList();
        byte[] bytes = RotatedLog.packed(String.join("\n", objects).getBytes(StandardCharsets.UTF_8), gzip);
        Path packed = folder.resolve("a.log.1" + (gzip ? ".gz" : ".zst"));
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        settle();
        Files.write(packed, bytes);

        settle();

        assertThat(lines()).isEqualTo(objects);
    }

    @Test
    void tellsOfABrokenFileAgainWhereTheTransactionFailed() throws Exception {
        Files.writeString(folder.resolve("a.log.3.gz"), "no gzip");
        settle();
        later(61 * SECOND);
        scan();
        readOneBuffer();
        files.rewind(saved.positions.files("shipper/crm"));
        settle();
        later(61 * SECOND);
        settle();

        assertThat(saved.broken).hasSize(1);
    }

    @Test
    void goesOnWhereThePlainFileStoppedAlsoInAnInodeThatHeldNothingWhereTheTransactionFailed() throws Exception {
        Path empty = folder.resolve("b.log.gz");
        Files.write(empty, RotatedLog.packed(new byte[0], true));
        Files.writeString(log, text(0, 50));
        settle();
        later(61 * SECOND);
        scan();
        Files.write(empty, RotatedLog.packed(text(0, 50).getBytes(StandardCharsets.UTF_8), true));
        Files.move(empty, folder.resolve("a.log.1.gz"));
        Files.delete(log);
        scan();
        later(2 * SECOND);
        scan();
        later(2 * SECOND);
        scan();

        files.rewind(saved.positions.files("shipper/crm"));
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 50));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void takesTheTornEndOfAFileThatWasRotatedWhileTheShipperWasDown() throws Exception {
        Files.writeString(log, "line 0\nline 1");
        settle();
        Files.move(log, folder.resolve("a.log.1"));
        restart();
        settle();
        later(61 * SECOND);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 2));
    }

    @Test
    void shipsALastLineWithoutLineEndOnceItsFileRestedForTheFlushTimeout() throws Exception {
        flushTimeout = Duration.ofMinutes(5);
        restart();
        Files.writeString(log, "line 0\nline 1");
        settle();
        later(250 * SECOND);
        settle();
        assertThat(lines()).containsExactly("line 0");
        assertThat(files.awaitsMore(now)).isTrue();
        later(60 * SECOND);

        settle();
        restart();
        later(310 * SECOND);
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 2));
        assertThat(files.awaitsMore(now)).isFalse();
    }

    @Test
    void waitsForTheEndOfALineForEverWithoutAFlushTimeout() throws Exception {
        Files.writeString(log, "line 0\nline");
        settle();
        later(100_000 * SECOND);
        settle();
        Files.writeString(log, " 1\n", StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "' 1\n', '… 1'",
        "' 1\r\nline 2\n', '… 1,line 2'",
        "'\nline 2\n', 'line 2'",
        "'\r\nline 2\n', 'line 2'",
        "' 1', '… 1'",
    })
    void tellsWhatIsWrittenBehindALineThatWasShippedWithoutItsEnd(String appended, String records) throws Exception {
        for (boolean restarts : List.of(false, true)) {
            log = folder.resolve(restarts + "-a.log");
            flushTimeout = Duration.ofSeconds(10);
            restart();
            collected.records.clear();
            Files.writeString(log, "line 0\nline");
            settle();
            if (restarts) {
                restart();
            }
            String text = appended.replace("\\n", "\n").replace("\\r", "\r");
            Files.writeString(log, text, StandardOpenOption.APPEND);

            settle();

            assertThat(lines()).startsWith("line 0", "line");
            assertThat(String.join(",", lines().subList(2, lines().size())))
                    .as("restarts: %s", restarts)
                    .isEqualTo(records);
        }
    }

    @Test
    void tellsWhatACopyHoldsBehindALineThatWasShippedWithoutItsEnd() throws Exception {
        flushTimeout = Duration.ofSeconds(10);
        restart();
        Files.writeString(log, "line 0\nline");
        settle();
        Files.writeString(log, " 1\nline 2\n", StandardOpenOption.APPEND);
        restart();
        pack(log, folder.resolve("a.log.1.gz"), true);

        settle();

        assertThat(lines()).containsExactly("line 0", "line", "… 1", "line 2");
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void shipsWhatARecordOfSeveralLinesEndsWithInOnePiece() throws Exception {
        flushTimeout = Duration.ofSeconds(10);
        framing = new MultiLine(TextPattern.parse("\\d{4}-"), new Combined()).framing(Encoding.UTF_8);
        restart();
        Files.writeString(log, "2026-12-01 one\n two\n three");
        settle();
        Files.writeString(log, " and four\n2026-12-02 one\n", StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsExactly("2026-12-01 one\n two\n three", "… and four", "2026-12-02 one");
    }

    /** As rsync, an editor or {@code sed -i} leave it. */
    @ParameterizedTest
    @CsvSource({"'', 60", "'line 5', 60", "'', 50", "'line 5', 51"})
    void goesOnInAWholeNewFileThatTookTheLogsPlace(String torn, int lines) throws Exception {
        Files.writeString(log, text(0, 50) + torn);
        settle();
        replace(text(0, lines));

        settle();
        later(61 * SECOND);
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, lines));
        assertThat(collected.origins).hasSize(1);
        assertThat(saved.gaps).isEmpty();
        assertThat(saved.positions.files("shipper/crm")).hasSize(1);
    }

    @Test
    void goesOnInTheLastOfManyNewFilesThatTookTheLogsPlace() throws Exception {
        for (int i = 1; i <= 20; i++) {
            replace(text(0, 50 * i));
            scan();
            readAll();
            commit();
            later(SECOND / 2);
        }

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 1_000));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void readsAllOfANewFileThatTookTheLogsPlaceAndHoldsOtherLines() throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        replace(text(0, 49) + text(100, 103));

        settle();

        assertThat(lines()).hasSize(102).endsWith("line 100", "line 101", "line 102");
    }

    /** Its program may still write to it. */
    @Test
    void readsAllOfACopyOfALogThatStandsWhereNoPathLooks() throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        Path away = Files.move(log, folder.resolve("away"));
        Files.writeString(log, text(0, 51));
        settle();
        Files.writeString(away, text(200, 201), StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).hasSize(102).endsWith("line 200");
    }

    private void replace(String text) throws IOException {
        Path whole = Files.writeString(folder.resolve("temporary"), text);
        Files.move(whole, log, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void tellsTwoLogsApartThatBeginWithTheSameKibibyte() throws Exception {
        String banner = "banner " + "x".repeat(2_000) + "\n";
        Files.writeString(log, banner + text(0, 20));
        settle();
        Files.delete(log);
        Path other = folder.resolve("b.log");
        Files.writeString(other, banner + text(20, 60));
        pack(other, folder.resolve("b.log.gz"), true);

        settle();

        assertThat(lines().stream().filter(line -> line.startsWith("line"))).containsExactlyElementsOf(numbers(0, 60));
    }

    @Test
    void readsACopyOnWhereItsOriginalWasTruncated() throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        Files.writeString(log, text(50, 60), StandardOpenOption.APPEND);
        restart();
        Files.copy(log, folder.resolve("a.log.1"));
        Files.writeString(log, text(60, 70));

        settle();

        assertThat(lines()).containsExactlyInAnyOrderElementsOf(numbers(0, 70));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void knowsACopyThatMissesWhatWasWrittenWhileItWasMade() throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        Files.copy(log, folder.resolve("a.log.1"));
        Files.writeString(log, text(50, 60), StandardOpenOption.APPEND);
        readAll();
        commit();
        Files.writeString(log, text(60, 70));

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 70));
    }

    @Test
    void tellsOfAGapOnceAlsoOverRestarts() throws Exception {
        Files.writeString(log, text(0, 5) + "torn");
        settle();
        Files.delete(log);
        restart();
        settle();
        restart();

        settle();

        assertThat(saved.gaps).containsExactly("a.log:35+4");
        assertThat(files.awaitsMore(now)).isFalse();
    }

    @Test
    void takesWhatARotatedFileEndsWithForARecord() throws Exception {
        framing = new PgauditCsv().framing(Encoding.UTF_8);
        Files.writeString(log, "a,b\n\"torn,c\nd,e");
        settle();
        Files.move(log, folder.resolve("a.log.1"));
        scan();
        later(61 * SECOND);

        settle();

        assertThat(lines()).containsExactly("a,b", "\"torn,c", "d,e");
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void letsGoOfADeletedFileThatRests() throws Exception {
        Files.writeString(log, text(0, 5));
        settle();
        TailedFile open = files.open().getFirst();
        Files.delete(log);
        scan();
        later(61 * SECOND);
        scan();
        scan();

        assertThat(open.isOpen()).isFalse();
    }

    @Test
    void keepsADeletedFileAmongManyThatAreOpen() throws Exception {
        for (int i = 0; i < 70; i++) {
            Files.writeString(folder.resolve("many-a.log" + i), "other " + i + "\n");
        }
        Files.writeString(log, text(0, 1));
        scan();
        readAll();
        commit();
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            Files.delete(log);
            scan();
            later(30 * SECOND);
            scan();
            writer.write(StandardCharsets.UTF_8.encode(text(1, 2)));
            settle();
        }

        assertThat(lines()).filteredOn(line -> line.startsWith("line")).isEqualTo(numbers(0, 2));
    }

    @Test
    void readsManyMoreFilesThanItKeepsOpen() throws Exception {
        for (int i = 0; i < 1_500; i++) {
            Files.writeString(folder.resolve("many-a.log" + i), "line " + i + "\n");
        }

        settle();

        assertThat(lines()).containsExactlyInAnyOrderElementsOf(numbers(0, 1_500));
        assertThat(collected.mostOpen).isLessThanOrEqualTo(512);
        Files.writeString(folder.resolve("many-a.log7"), "line 1500\n", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("many-a.log1500"), "line 1501\n");
        // The kernel's word of the change comes when the JVM's watching thread gets its turn.
        for (int looks = 0; looks < 100 && lines().size() < 1_502; looks++) {
            Thread.sleep(50);
            later(SECOND);
            settle();
        }
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(numbers(0, 1_502));
    }

    @Test
    void namesAFileThatMayNotBeReadAndGoesOn() throws Exception {
        makeUnreadable();
        Files.writeString(log, text(1, 2));

        settle();

        assertThat(lines()).containsExactly("line 1");
        assertThat(files.complaints()).anyMatch(text -> text.contains("AccessDenied"));
    }

    @Test
    void tellsOfAGapThoughAFileMayNotBeRead() throws Exception {
        makeUnreadable();
        Files.writeString(log, text(0, 2));
        settle();
        Files.writeString(log, "torn", StandardOpenOption.APPEND);
        settle();
        Files.writeString(log, text(2, 3), StandardOpenOption.TRUNCATE_EXISTING);
        Files.delete(log);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 2));
        assertThat(saved.gaps).isNotEmpty();
    }

    private void makeUnreadable() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret-a.log"), text(0, 1));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(secret)) {
            // The superuser reads every file but those that the kernel gives to nobody.
            Path writeOnly = Path.of("/sys/bus/cpu/drivers_probe");
            assumeThat(writeOnly).isRegularFile();
            Files.delete(secret);
            Files.createSymbolicLink(secret, writeOnly);
        }
    }

    @Test
    void waitsForTheEndOfAnEndlessLineAmongFilesThatAreWatched() throws Exception {
        for (int i = 0; i < 120; i++) {
            Files.writeString(folder.resolve("idle-a.log" + i), "idle " + i + "\n");
        }
        settle();
        Files.writeString(log, "x".repeat(300_000));
        settle();
        Files.writeString(log, "x".repeat(100_000), StandardOpenOption.APPEND);
        settle();
        assertThat(lines()).hasSize(120);

        Files.writeString(log, "\nline 0\n", StandardOpenOption.APPEND);

        await().untilAsserted(() -> {
            settle();
            assertThat(lines()).hasSize(122).endsWith("too long", "line 0");
        });
    }

    @Test
    void passesOverFoldersAndPipes() throws Exception {
        Files.createDirectory(folder.resolve("folder-a.log"));
        Process mkfifo =
                new ProcessBuilder("mkfifo", folder.resolve("pipe-a.log").toString()).start();
        assumeThat(mkfifo.waitFor()).isZero();
        Files.writeString(log, text(0, 1));

        settle();

        assertThat(lines()).containsExactly("line 0");
    }

    @Test
    void readsJunkAndZeroBytesAsLines() throws Exception {
        byte[] junk = new byte[100_000];
        new Random(1).nextBytes(junk);
        Files.write(log, junk);
        Files.write(log, new byte[50_000], StandardOpenOption.APPEND);
        Files.writeString(log, "\nline 0\n", StandardOpenOption.APPEND);

        settle();

        assertThat(collected.records).isNotEmpty();
        assertThat(collected.records.getLast()).endsWith("line 0");
    }

    @Test
    void tellsOfAGapByTheNameThatTheFileHadBeforeItsInodeWasGivenAway() throws Exception {
        String unread = text(0, 50);
        Files.writeString(log, unread);
        scan();
        Files.writeString(log, "other\n");
        Files.move(log, folder.resolve("a.log.2"));

        settle();

        assertThat(lines()).containsExactly("other");
        assertThat(saved.gaps).containsExactly("a.log:0+" + unread.length());
    }

    @ParameterizedTest(name = "restarted before it is told: {0}")
    @ValueSource(booleans = {false, true})
    void tellsOfAGapByTheNameUnderWhichWhatIsLostWasSeen(boolean isRestarted) throws Exception {
        String read = text(0, 50);
        String unread = text(100, 200);
        Files.writeString(log, read);
        settle();
        restart();
        scan();
        // Its inode is given to a log that is truncated before anybody opens it.
        Path other = Files.move(log, folder.resolve("other-a.log"));
        Files.writeString(other, unread);
        scan();
        Files.writeString(other, "other\n");
        if (isRestarted) {
            scan();
            readOneBuffer();
            commit();
            restart();
        }

        settle();

        assertThat(lines()).endsWith("other").hasSize(51);
        assertThat(saved.gaps)
                .containsExactly("other-a.log:" + read.length() + "+" + (unread.length() - read.length()));
    }

    @Test
    void tellsOfAGapByTheNameItHadAlsoWhereItsInodeWasGivenAwayJustBeforeARestart() throws Exception {
        String read = text(0, 50);
        String unread = "a line that is not yet whole";
        Files.writeString(log, read + unread);
        scan();
        readOneBuffer();
        // Its inode is given to a log that nobody opens before the shipper ends.
        Path other = Files.move(log, folder.resolve("other-a.log"));
        Files.writeString(other, "other\n");
        scan();
        commit();
        restart();

        settle();

        assertThat(lines()).endsWith("other").hasSize(51);
        assertThat(saved.gaps).containsExactly("a.log:" + read.length() + "+" + unread.length());
    }

    @Test
    void tellsOfNoGapWhereAFileThatWasReadBeginsAnewBetweenBeingSeenAndOpened() throws Exception {
        // As many take a while to be looked at; of more, the kernel would tell later that one was written.
        for (int i = 0; i < 90; i++) {
            Files.writeString(folder.resolve(i + "-a.log"), text(i, i + 1));
        }
        long longest = SECOND / 20;
        for (int i = 0; i < 40; i++) {
            Files.writeString(log, text(i, i + 50));
            settle();
            restart();
            long from = System.nanoTime();
            Thread truncating = beginAnew(log, "new " + i, from + i * longest / 40);

            scan();

            longest = Math.min(longest, System.nanoTime() - from);
            truncating.join();
            settle();
            assertThat(lines()).endsWith("new " + i);
            assertThat(saved.gaps).isEmpty();
        }
    }

    /** At any time of a scan. */
    private static Thread beginAnew(Path file, String text, long atNanos) {
        return Thread.ofPlatform().start(() -> {
            LockSupport.parkNanos(atNanos - System.nanoTime());
            try {
                Files.writeString(file, text + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void tellsOfWhatCameAndWentBeforeItCouldBeCompared() throws Exception {
        Files.writeString(log, text(0, 50));
        settle();
        Files.writeString(log, "other\n");
        scan();
        readOneBuffer();
        Files.write(log, new byte[0]);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 50));
        assertThat(saved.gaps).containsExactly("a.log:0+6");
    }

    @Test
    void tellsOfWhatACopyHeldThatVanishedBeforeItWasReadOn() throws Exception {
        String read = text(0, 50);
        String unread = text(50, 100);
        Path copy = folder.resolve("a.log.1");
        Files.writeString(log, read);
        settle();
        Files.writeString(log, unread, StandardOpenOption.APPEND);
        Files.copy(log, copy);
        Files.writeString(log, "other\n");
        scan();
        readOneBuffer();
        scan();
        commit();
        Files.delete(copy);
        restart();

        settle();

        assertThat(lines()).contains("other").doesNotContainAnyElementsOf(numbers(50, 100));
        assertThat(saved.gaps).containsExactly("a.log.1:" + read.length() + "+" + unread.length());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsOfAllThatWasSeenOfAFileThatBeganAnewAndGrewLonger(boolean isRestarted) throws Exception {
        String read = text(0, 50);
        String unread = text(50, 100);
        Files.writeString(log, read);
        settle();
        if (isRestarted) {
            restart();
        }
        Files.writeString(log, unread, StandardOpenOption.APPEND);
        scan();
        Files.writeString(log, text(1_000, 1_100));

        settle();

        List<String> expected = new ArrayList<>(numbers(0, 50));
        expected.addAll(numbers(1_000, 1_100));
        assertThat(lines()).containsExactlyElementsOf(expected);
        assertThat(saved.gaps).containsExactly("a.log:" + read.length() + "+" + unread.length());
    }

    @Test
    void tellsNothingOfACopyWhoseInodeWasGivenAwayBeforeItWasCompared() throws Exception {
        Files.writeString(log, text(0, 500));
        settle();
        Path copy = folder.resolve("a.log.1");
        Files.copy(log, copy);
        Files.write(log, new byte[0]);
        scan();
        Files.delete(log);
        Files.writeString(copy, "other\n");
        Files.move(copy, log);

        settle();

        List<String> expected = new ArrayList<>(numbers(0, 500));
        expected.add("other");
        assertThat(lines()).containsExactlyElementsOf(expected);
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void takesNoPackedFileForThePlainOneWhoseInodeItWasGiven() throws Exception {
        String text = text(0, 60_000);
        Files.writeString(log, text);
        settle();
        restart();
        Files.copy(log, folder.resolve("a.log.1"));
        byte[] packed = RotatedLog.packed(text.getBytes(StandardCharsets.UTF_8), true);
        Files.write(log, Arrays.copyOf(packed, packed.length / 2));
        Files.move(log, folder.resolve("a.log.1.gz"));

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 60_000));
    }

    @Test
    void tellsOfAPackedFileWhoseInodeWasGivenToAShorterOneBeforeItWasOpened() throws Exception {
        Path packed = folder.resolve("a.log.2.gz");
        byte[] unread = RotatedLog.packed(text(0, 500).getBytes(StandardCharsets.UTF_8), true);
        Files.write(packed, unread);
        scan();
        Files.write(packed, RotatedLog.packed("other\n".getBytes(StandardCharsets.UTF_8), true));
        Files.move(packed, folder.resolve("a.log.1.gz"));

        settle();

        assertThat(lines()).containsExactly("other");
        assertThat(saved.gaps).containsExactly("a.log.2.gz:0+" + unread.length);
    }

    @Test
    void readsAPackedFileThatWasGivenTheInodeOfACopyAndIsAsLong() throws Exception {
        String line = "x".repeat(300);
        Files.writeString(log, line + "1\n");
        settle();
        Path packed = folder.resolve("a.log.1.gz");
        pack(log, packed, true);
        settle();
        byte[] other = RotatedLog.packed((line + "2\n").getBytes(StandardCharsets.UTF_8), true);
        assertThat(other).hasSameSizeAs(Files.readAllBytes(packed));
        Files.write(packed, other);
        Files.setLastModifiedTime(packed, FileTime.from(Instant.now().plusSeconds(1)));
        Files.move(packed, folder.resolve("a.log.2.gz"));

        settle();

        assertThat(lines()).containsExactly(line + "1", line + "2");
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void readsALogThatBeginsLikeOneThatWasOverwrittenAndDeletedBetweenTwoScans() throws Exception {
        String beginning = "same\n";
        Files.writeString(log, beginning + text(0, 50));
        settle();
        Files.write(log, ("else\n" + text(0, 50)).getBytes(StandardCharsets.UTF_8));
        Files.delete(log);
        Files.writeString(folder.resolve("a.log.1"), beginning);

        settle();

        assertThat(lines()).hasSize(52).endsWith("same");
        assertThat(files.awaitsMore(now)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsAllOfALogThatBeginsAnewWithTheSameHeader(boolean isRunning) throws Exception {
        writeUnderAHeader();
        if (!isRunning) {
            files.close();
            Files.delete(log);
        }
        Files.writeString(log, HEADER + text(100, 103));
        if (!isRunning) {
            restart();
        }

        settle();

        assertThat(lines()).containsExactlyElementsOf(underHeaders(100, 103));
        assertThat(collected.ids).doesNotHaveDuplicates();
        assertThat(saved.gaps).isEmpty();
    }

    /** As where seven of them are kept, and the next one is given the inode of the one that is deleted for it. */
    @Test
    void readsAllOfALogThatWasGivenTheInodeOfARotatedOneUnderTheSameFirstKibibyte() throws Exception {
        Path rotated = folder.resolve("a.log.7");
        String header = "x".repeat(1_100) + "\n";
        Files.writeString(rotated, header + text(0, 50));
        settle();
        files.close();
        Files.writeString(rotated, header + text(50, 200));
        Files.move(rotated, log);
        restart();

        settle();

        assertThat(lines()).filteredOn(line -> line.startsWith("line")).isEqualTo(numbers(0, 200));
        assertThat(collected.ids).doesNotHaveDuplicates();
        assertThat(saved.gaps).isEmpty();
    }

    /** As while Kafka is away. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsAllOfALogThatWasSeenEmptiedAndGrewLongerUnderTheSameFirstKibibyte(boolean isRunning) throws Exception {
        String header = "x".repeat(1_100) + "\n";
        Files.writeString(log, header + text(0, 50));
        settle();
        Files.writeString(log, "");
        if (!isRunning) {
            restart();
        }
        scan();
        Files.writeString(log, header + text(50, 200));

        settle();

        assertThat(lines()).filteredOn(line -> line.startsWith("line")).isEqualTo(numbers(0, 200));
        assertThat(saved.gaps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2_500, 5_000, 8_500})
    void readsWhatIsWrittenBehindTheCutWhereACrashTookTheEnd(int cutBytes) throws Exception {
        writeUnderAHeader();
        for (int i = 100; i < 1_000; i += 100) {
            Files.writeString(log, text(i, i + 100), StandardOpenOption.APPEND);
            settle();
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - cutBytes);
        }
        Files.writeString(log, "\n" + text(2_000, 2_003), StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsAll(numbers(0, 1_000)).containsAll(numbers(2_000, 2_003));
        assertThat(lines().size() - 1_003).isLessThan(cutBytes / 20);
        assertThat(collected.ids).doesNotHaveDuplicates();
        assertThat(saved.gaps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void takesNoNewLogWithTheSameHeaderForThePackedOne(int lines) throws Exception {
        writeUnderAHeader();
        files.close();
        pack(log, folder.resolve("a.log.1.gz"), true);
        Files.writeString(log, HEADER + text(100, 100 + lines));
        restart();

        settle();

        assertThat(lines()).containsExactlyElementsOf(underHeaders(100, 100 + lines));
        assertThat(saved.gaps).isEmpty();
    }

    /** Of one that holds nothing but the header, only that may be taken for read. */
    @ParameterizedTest
    @ValueSource(strings = {"a.log.1", "a.log.1.gz"})
    void readsAllLinesBehindTheHeaderOfALogThatWasRotatedEmpty(String rotated) throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(log, HEADER);
            settle();
            if (rotated.endsWith(".gz")) {
                pack(log, folder.resolve(rotated), true);
            } else {
                Files.move(log, folder.resolve(rotated), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(log, HEADER + text(10 * i, 10 * i + 5));
            settle();
            Files.delete(log);
            Files.delete(folder.resolve(rotated));
            restart();
            Files.writeString(log, HEADER);
            settle();
            Files.writeString(log, text(10 * i + 5, 10 * i + 10), StandardOpenOption.APPEND);
            settle();
        }

        assertThat(lines()).filteredOn(line -> line.startsWith("line")).isEqualTo(numbers(0, 30));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void knowsTheCopyOfALogThatBeginsAnewWithItsHeader() throws Exception {
        writeUnderAHeader();
        Files.copy(log, folder.resolve("a.log.1"));
        Files.writeString(log, HEADER);

        settle();

        assertThat(lines()).containsExactlyElementsOf(underHeaders(100, 100));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void goesOnFromAWholeCopyAlsoWhereAShorterOneWasFoundFirst() throws Exception {
        writeUnderAHeader();
        files.close();
        Files.writeString(folder.resolve("a.log.1"), HEADER);
        pack(log, folder.resolve("a.log.2.gz"), true);
        restart();

        settle();

        assertThat(lines().stream().filter(line -> line.startsWith("line"))).containsExactlyElementsOf(numbers(0, 100));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void readsNoSnapshotAgainWhereAnEarlierOneIsGoneAndTheLogBeginsAnew() throws Exception {
        Files.writeString(log, text(0, 200));
        settle();
        takeASnapshot(200, 300);
        takeASnapshot(300, 400);
        takeASnapshot(400, 500);

        Files.writeString(log, text(500, 510));
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 510));
        assertThat(saved.gaps).isEmpty();
    }

    /** As {@code copy} of logrotate does, which keeps two. */
    private void takeASnapshot(int from, int to) throws IOException {
        Path last = folder.resolve("a.log.1");
        Path oneBefore = folder.resolve("a.log.2");
        if (Files.exists(oneBefore)) {
            // So that its inode is given to no other.
            Files.createLink(Files.createDirectories(folder.resolve("kept")).resolve("to " + to), oneBefore);
        }
        if (Files.exists(last)) {
            Files.move(last, oneBefore, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(log, last);
        settle();
        Files.writeString(log, text(from, to), StandardOpenOption.APPEND);
        settle();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsOnceOfAFileThatWasOverwrittenInPlaceWhereItHadBeenRead(boolean restarts) throws Exception {
        Files.writeString(log, text(0, 500));
        settle();
        later(61 * SECOND);
        scan();
        if (restarts) {
            restart();
        }
        Files.writeString(log, text(0, 200) + text(200, 500).replace("line", "else"));
        settle();
        Files.writeString(log, text(500, 510), StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 510));
        assertThat(overwritten()).isEqualTo(1.0);
        restart();
        settle();
        assertThat(overwritten()).isZero();
    }

    @Test
    void countsEachTimeThatAFileIsOverwrittenAndSaysItOnce() throws Exception {
        Files.writeString(log, text(0, 500));
        settle();
        for (int i = 1; i <= 2; i++) {
            later(61 * SECOND);
            scan();
            Files.writeString(log, text(0, 200) + text(200, 500).replace("line", "els" + i));
            Files.setLastModifiedTime(log, FileTime.from(Instant.now().plusSeconds(i)));
            settle();
        }

        assertThat(overwritten()).isEqualTo(2.0);
        assertThat(files.complaints()).singleElement().asString().endsWith("overwritten");
    }

    @Test
    void takesNoFileForOverwrittenThatGrewOrLostItsEnd() throws Exception {
        Files.writeString(log, text(0, 500));
        settle();
        Files.writeString(log, text(500, 510), StandardOpenOption.APPEND);
        restart();
        settle();
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(text(0, 505).length());
        }
        restart();

        settle();

        assertThat(lines()).startsWith("line 0").contains("line 509");
        assertThat(overwritten()).isZero();
    }

    private double overwritten() {
        return registry.get("metsuke.ship.overwritten").counter().count();
    }

    @Test
    void givesNoIdTwiceWhereAnotherFileHoldsWhatWasThereBefore() throws Exception {
        writeUnderAHeader();
        Files.copy(log, folder.resolve("a.log.1"));
        Files.write(log, new byte[0]);
        settle();
        restart();
        Files.writeString(log, HEADER + text(0, 10));

        settle();

        assertThat(lines()).containsExactlyElementsOf(underHeaders(0, 10));
        assertThat(collected.ids).doesNotHaveDuplicates();
    }

    /** The header is committed before the lines. */
    private void writeUnderAHeader() throws IOException {
        Files.writeString(log, HEADER);
        settle();
        Files.writeString(log, text(0, 100), StandardOpenOption.APPEND);
        settle();
    }

    private static List<String> underHeaders(int from, int to) {
        return (HEADER + text(0, 100) + HEADER + text(from, to)).lines().toList();
    }

    @Test
    void leavesAFileThatIsTakenOutOfThePathsAlsoOnceItIsRotated() throws Exception {
        Path excluded = folder.resolve("ba.log");
        Files.writeString(excluded, text(0, 5));
        settle();
        Files.writeString(excluded, text(5, 10), StandardOpenOption.APPEND);
        paths = List.of(folder.resolve("a.log*"));
        restart();
        settle();
        Files.move(excluded, folder.resolve("ba.log.1"));
        restart();
        later(Duration.ofHours(1).toNanos());
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 5));
        assertThat(saved.gaps).isEmpty();
        assertThat(files.awaitsMore(now)).isFalse();

        paths = List.of(folder.resolve("*a.log*"));
        restart();
        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 10));
    }

    @Test
    void goesOnInACopyOfAFileThatIsTakenOutOfThePaths() throws Exception {
        Path before = folder.resolve("ba.log");
        Files.writeString(before, text(0, 50));
        settle();
        Files.writeString(log, text(0, 60));
        paths = List.of(folder.resolve("a.log*"));
        restart();

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 60));
    }

    @Test
    void followsAFileThatWasRenamedOutOfThePathsOverRestarts() throws Exception {
        Files.writeString(log, text(0, 5));
        settle();
        Path away = Files.move(log, folder.resolve("old"));
        Files.writeString(away, text(5, 10), StandardOpenOption.APPEND);
        settle();
        restart();
        Files.writeString(away, text(10, 15), StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 15));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatIsWrittenBehindALinkThatLeadsElsewhereByNow(boolean isRunning) throws Exception {
        Path first = writeBehindALink();
        switchTheLink();
        if (!isRunning) {
            restart();
        }
        Files.writeString(first, text(5, 10), StandardOpenOption.APPEND);
        settle();
        later(100 * SECOND);
        settle();
        Files.writeString(first, text(10, 15) + "line 15", StandardOpenOption.APPEND);
        Files.move(first, first.resolveSibling("a.log.1"));
        settle();
        restart();
        Files.writeString(log, "other\n");
        settle();
        later(100 * SECOND);
        settle();

        assertThat(lines())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(numbers(0, 16).stream(), Stream.of("other"))
                        .toList());
        assertThat(lines()).filteredOn(line -> line.startsWith("line")).isEqualTo(numbers(0, 16));
        assertThat(saved.gaps).isEmpty();
    }

    @Test
    void tellsOfAGapWhereWhatALinkLedToIsGone() throws Exception {
        Path first = writeBehindALink();
        Files.writeString(first, "torn", StandardOpenOption.APPEND);
        settle();
        restart();
        switchTheLink();
        Files.delete(first);

        settle();

        assertThat(lines()).containsExactlyElementsOf(numbers(0, 5));
        assertThat(saved.gaps).containsExactly("a.log:35+4");
    }

    /** As a release's log stands behind {@code current}. */
    private Path writeBehindALink() throws IOException {
        Path first = Files.createDirectories(folder.resolve("releases/1")).resolve("a.log");
        Files.writeString(first, text(0, 5));
        Path current = Files.createSymbolicLink(folder.resolve("current"), folder.resolve("releases/1"));
        log = current.resolve("a.log");
        paths = List.of(log);
        restart();
        settle();
        return first;
    }

    private void switchTheLink() throws IOException {
        Path second = Files.createDirectories(folder.resolve("releases/2"));
        Files.delete(folder.resolve("current"));
        Files.createSymbolicLink(folder.resolve("current"), second);
    }

    @Test
    void waitsForTheEndOfALineWhereTheFolderWasGoneForAMoment() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path live = Files.writeString(logs.resolve("a.log"), "one\ntw");
        paths = List.of(live);
        restart();
        settle();
        Files.move(logs, folder.resolve("away"));
        scan();
        commit();
        Files.move(folder.resolve("away"), logs);
        settle();
        later(100 * SECOND);
        settle();
        restart();
        settle();
        later(100 * SECOND);
        settle();
        Files.writeString(live, "o\n", StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsExactly("one", "two");
    }

    @Test
    void waitsForTheEndOfALineWhereALinkToTheFileIsMade() throws Exception {
        Files.writeString(log, "one\ntw");
        settle();
        Path link = Files.createSymbolicLink(folder.resolve("0a.log"), log);
        settle();
        later(100 * SECOND);
        settle();
        Files.delete(link);
        settle();
        later(100 * SECOND);
        settle();
        Files.writeString(log, "o\n", StandardOpenOption.APPEND);

        settle();

        assertThat(lines()).containsExactly("one", "two");
    }

    @Test
    void remembersAFileForAsLongAsItsVolumeIsAway() throws Exception {
        FilePosition onThisVolume = committedAndDeleted();
        FileKey file = onThisVolume.file();
        FilePosition away = new FilePosition(
                new FileKey(file.device() + 1, file.inode()),
                folder.resolve("mounted/a.log"),
                folder.resolve("mounted/a.log"),
                true,
                folder.resolve("mounted/a.log"),
                onThisVolume.progress());
        saved.position(PositionCodec.fileKey("shipper/crm", away.key()), PositionCodec.file(away));
        restart();
        settle();
        later(Duration.ofHours(1).toNanos());

        settle();

        assertThat(saved.positions.files("shipper/crm").values()).containsExactly(away);
    }

    private FilePosition committedAndDeleted() throws IOException {
        Files.writeString(log, text(0, 5));
        settle();
        Files.delete(log);
        return saved.positions.files("shipper/crm").values().iterator().next();
    }
}
