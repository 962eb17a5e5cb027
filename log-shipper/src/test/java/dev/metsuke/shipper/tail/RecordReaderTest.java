package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.metsuke.shipper.parse.Cloudtrail;
import dev.metsuke.shipper.parse.Encoding;
import dev.metsuke.shipper.parse.MultiLine;
import dev.metsuke.shipper.parse.TextPattern;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    private static final int LONGEST = 2_000;
    private static final Patience NEVER_AT_REST = new Patience(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Patience AT_REST = new Patience(0, Long.MAX_VALUE);
    private static final long MEBIBYTE = 1024 * 1024;

    @TempDir
    Path folder;

    private final RecordReader reader = new RecordReader(new LineFraming(), LONGEST);
    private final Collected collected = new Collected();
    private Path log = Path.of("unset");

    @BeforeEach
    void nameTheLog() {
        log = folder.resolve("a.log");
    }

    @Test
    void givesEachLineWithItsOffset() throws IOException {
        append("one\ntwo\r\n\nthree");

        TailedFile file = readAll(fresh());

        assertThat(collected.records).containsExactly("0:one", "4:two", "9:");
        assertThat(file.offset()).isEqualTo(10);
        assertThat(file.unreadBytes()).isEqualTo(5);
        assertThat(file.hasNews(Rest.GROWING)).isFalse();
    }

    @Test
    void readsAPartialLineOnceItIsComplete() throws IOException {
        append("one\ntw");
        TailedFile file = readAll(fresh());
        append("o\n");

        readAll(file);

        assertThat(collected.records).containsExactly("0:one", "4:two");
    }

    @Test
    void readsOnAfterARename() throws IOException {
        append("one\n");
        TailedFile file = readAll(fresh());
        Files.move(log, folder.resolve("a.log.1"));
        log = folder.resolve("a.log.1");
        append("two\n");

        readAll(file);

        assertThat(collected.records).containsExactly("0:one", "4:two");
        assertThat(file.contentKey().generation()).isZero();
    }

    @Test
    void beginsAnewWhenTheFileIsShorter() throws IOException {
        append("one\ntwo\n");
        TailedFile file = readAll(fresh());
        Files.writeString(log, "three\n");

        TailedFile successor = readAll(file);

        assertThat(collected.records).containsExactly("0:one", "4:two", "0:three");
        assertThat(successor.contentKey().generation()).isEqualTo(1);
    }

    @Test
    void beginsAnewWhenTheFileIsLongerButBeginsOtherwise() throws IOException {
        append("one\n");
        TailedFile file = readAll(fresh());
        Files.writeString(log, "three\nfour\n");

        readAll(file);

        assertThat(collected.records).containsExactly("0:one", "0:three", "6:four");
    }

    @Test
    void noticesThatAFileWasWrittenAnewToTheSameLength() throws IOException {
        append("one\n");
        TailedFile file = readAll(fresh());
        Files.writeString(log, "two\n");
        Files.setLastModifiedTime(log, FileTime.fromMillis(5));
        file.foundAt(SeenFile.at(log), 0);
        assertThat(file.hasNews(Rest.GROWING)).isTrue();

        readAll(file);

        assertThat(collected.records).containsExactly("0:one", "0:two");
        assertThat(file.takeLost().bytes()).isZero();
    }

    @Test
    void knowsHowMuchATruncationTookWhileItWasAway() throws IOException {
        append("one\ntwo\n");
        TailedFile before = readAll(fresh());
        Files.writeString(log, "x\n");
        TailedFile after =
                TailedFile.resumed(SeenFile.at(log), progress(before.identity().fingerprint(), 0, 4, 100), log, 0);

        readAll(after);

        assertThat(collected.records).containsExactly("0:one", "4:two", "0:x");
        assertThat(after.departed().unreadBytes()).isEqualTo(96);
    }

    @Test
    void judgesRestByWhatTheReadingShows() throws IOException {
        RecordReader atRest = new RecordReader(
                (_, from, to, rest, frame) -> {
                    frame.set(from, to, rest ? to : from);
                    return rest && from < to;
                },
                LONGEST);
        append("one");
        TailedFile file = fresh();
        append("two");

        Patience patience = new Patience(1_000, Long.MAX_VALUE);
        atRest.read(file, patience, 5_000, collected);
        assertThat(collected.records).isEmpty();
        atRest.read(file, patience, 6_000, collected);

        assertThat(collected.records).containsExactly("0:onetwo");
    }

    @Test
    void resumesByFingerprintOrBeginsAnew() throws IOException {
        append("one\ntwo\n");
        TailedFile before = readAll(fresh());
        append("three\n");
        TailedFile same = TailedFile.resumed(SeenFile.at(log), before.progress(), log, 0);
        TailedFile other = TailedFile.resumed(SeenFile.at(log), progress(new Fingerprint(3, "00"), 4, 8, 0), log, 0);
        collected.records.clear();

        readAll(same);
        TailedFile anew = readAll(other);

        assertThat(collected.records).containsExactly("8:three", "0:one", "4:two", "8:three");
        assertThat(same.contentKey().generation()).isZero();
        assertThat(anew.contentKey().generation()).isEqualTo(5);
        assertThat(same.firstLine()).isEqualTo(anew.firstLine());
    }

    @Test
    void growsTheFingerprintWithTheFile() throws IOException {
        append("one\n");
        TailedFile file = readAll(fresh());
        assertThat(file.identity().fingerprint().length()).isEqualTo(4);
        append("x".repeat(1_500) + "\n");

        readAll(file);

        assertThat(file.identity().fingerprint().length()).isEqualTo(Fingerprint.MOST);
    }

    @Test
    void cutsALineThatIsTooLongAndGoesOn() throws IOException {
        append("a".repeat(3_000) + "\nb\n" + "c".repeat(600_000) + "\nd\n");

        readAll(fresh());

        assertThat(collected.records)
                .containsExactly("tooLong 0+3000 kept 2000", "3001:b", "tooLong 3003+600000 kept 2000", "603004:d");
    }

    @Test
    void cutsAJsonObjectThatIsTooLongAndLeavesThoseBehindItWhole() throws IOException {
        String big = "{\"a\":\n" + "[{\"b\":\"}\\\"{\"},\n".repeat(50_000) + "]".repeat(50_000) + "}";
        append("{\"Records\":[{\"n\":1}," + big + ",{\"n\":2}]}\n{\"Records\":[{\"n\":3}]}");

        readAll(fresh(), new RecordReader(new Cloudtrail().framing(Encoding.UTF_8), LONGEST), NEVER_AT_REST);

        assertThat(collected.records)
                .containsExactly(
                        "12:{\"n\":1}",
                        "tooLong 20+" + big.length() + " kept 2000",
                        (21 + big.length()) + ":{\"n\":2}",
                        (43 + big.length()) + ":{\"n\":3}");
    }

    @Test
    void givesUpOnALongJsonObjectWithoutEndOnceTheFileRests() throws IOException {
        append("{\"Records\":[{\"a\":" + "[0,".repeat(200_000));
        RecordReader ofObjects = new RecordReader(new Cloudtrail().framing(Encoding.UTF_8), LONGEST);

        TailedFile file = readAll(fresh(), ofObjects, NEVER_AT_REST);
        assertThat(collected.records).isEmpty();
        readAll(file, ofObjects, AT_REST);

        assertThat(collected.records).containsExactly("tooLong 12+600005 kept 2000");
        assertThat(file.unreadBytes()).isZero();
    }

    @Test
    void looksOnceAtTheLinesOfARecordThatNoBufferHolds() throws IOException {
        List<String> lines =
                IntStream.range(0, 60_000).mapToObj(i -> "line " + i).toList();
        append(String.join("\n", lines) + "\nbegin\n");
        int[] looks = new int[1];
        Framing groups = new MultiLine(TextPattern.parse("begin"), new Cloudtrail()).framing(Encoding.UTF_8);
        Framing counted = new Framing() {
            @Override
            public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
                looks[0]++;
                return groups.find(bytes, from, to, atRest, frame);
            }

            @Override
            public boolean isOfLines() {
                return groups.isOfLines();
            }
        };

        readAll(fresh(), new RecordReader(counted, LONGEST), AT_REST);

        // What is left once a buffer holds it is one record.
        int alone = collected.records.size() - 2;
        assertThat(collected.records.subList(0, alone).stream().map(record -> record.replaceFirst("\\d+:", "")))
                .isEqualTo(lines.subList(0, alone));
        assertThat(collected.records.subList(alone, alone + 2))
                .satisfiesExactly(
                        rest -> assertThat(rest).startsWith("tooLong"),
                        last -> assertThat(last).endsWith(":begin"));
        assertThat(looks[0]).isLessThan(20);
    }

    @Test
    void waitsForTheEndOfAnEndlessLine() throws IOException {
        append("c".repeat(600_000));
        TailedFile file = readAll(fresh());
        assertThat(collected.records).isEmpty();
        assertThat(file.hasNews(Rest.GROWING)).isFalse();
        append("c\nd\n");

        readAll(file);

        assertThat(collected.records).containsExactly("tooLong 0+600001 kept 2000", "600002:d");
    }

    @Test
    void looksForTheEndOfAnEndlessLineInManyTurns() throws IOException {
        append("a\n" + "c".repeat(300_000));
        extendByAHole(64 * MEBIBYTE);
        TailedFile file = fresh();

        int turns = 1;
        while (reader.read(file, NEVER_AT_REST, 0, collected)) {
            turns++;
        }
        assertThat(turns).isGreaterThan(100);
        assertThat(file.readFrom()).isEqualTo(Files.size(log));
        assertThat(collected.records).containsExactly("0:a");
        append("\nd\n");
        readAll(file);

        long length = 300_000 + 64 * MEBIBYTE;
        assertThat(collected.records).containsExactly("0:a", "tooLong 2+" + length + " kept 2000", (length + 3) + ":d");
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 600_000})
    void readsWhatStandsBehindNulBytesThatAreLongerThanALineMayBe(int nuls) throws IOException {
        append("a\ntorn");
        extendByAHole(nuls);
        append("b\nc\n");
        extendByAHole(nuls);
        append("\nd\n");

        readAll(fresh());

        int behind = 6 + nuls;
        assertThat(collected.records)
                .containsExactly(
                        "0:a",
                        "tooLong 2+" + (nuls + 4) + " kept 2000",
                        behind + ":b",
                        (behind + 2) + ":c",
                        "tooLong " + (behind + 4) + "+" + nuls + " kept 2000",
                        (behind + 5 + nuls) + ":d");
    }

    @Test
    void unpacksAFileOfLongLinesOnce() throws IOException {
        log = folder.resolve("a.log.gz");
        byte[] line = ("c".repeat(2 * (int) MEBIBYTE - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(log))) {
            for (int i = 0; i < 100; i++) {
                packed.write(line);
            }
        }

        // Unpacked anew for each line, or in each turn, it would take minutes.
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readAll(fresh(), reader, AT_REST));

        assertThat(collected.records).hasSize(100).allMatch(record -> record.endsWith("+2097151 kept 2000"));
    }

    private void extendByAHole(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), channel.size() + length - 1);
        }
    }

    @Test
    void knowsACopyOfAnEndlessLineByWhatItHeld() throws IOException {
        append("a\n" + "c".repeat(600_000));
        TailedFile file = readAll(fresh());
        append("c".repeat(600_000));
        readAll(file);
        append("c\nd\n");
        readAll(file);
        Progress parts = file.progress();
        TailedFile atOnce = readAll(fresh());

        assertThat(collected.records.subList(0, 3)).isEqualTo(collected.records.subList(3, 6));
        assertThat(parts.last()).isEqualTo(atOnce.progress().last());
    }

    @Test
    void looksAgainForTheEndOfALineWhoseFileWasEmptiedAndWrittenAnew() throws IOException {
        append("c".repeat(600_000));
        TailedFile file = readAll(fresh());
        Files.writeString(log, "c".repeat(400_000));
        readAll(file);
        append("c".repeat(100_000) + "\nd\n");

        readAll(file);

        assertThat(collected.records).containsExactly("tooLong 0+500000 kept 2000", "500001:d");
    }

    @Test
    void findsFilesByGlobsAndNotWhatCannotBeUnpacked() throws IOException {
        append("one\n");
        Files.createDirectories(folder.resolve("sub/deep"));
        Files.writeString(folder.resolve("sub/deep/b.log"), "x\n");
        Files.writeString(folder.resolve("a.log.2.xz"), "x");
        Files.createDirectory(folder.resolve("dir.log"));
        Files.createSymbolicLink(folder.resolve("z.log"), log);

        assertThat(paths("*.log*")).containsExactly(log);
        assertThat(paths("**.log")).containsExactly(log, folder.resolve("sub/deep/b.log"));
        assertThat(paths("sub/*/b.log")).containsExactly(folder.resolve("sub/deep/b.log"));
        assertThat(paths("a.log")).containsExactly(log);
        assertThat(paths("none/*.log")).isEmpty();
    }

    private Progress progress(Fingerprint fingerprint, long generation, long offset, long size) throws IOException {
        FileIdentity identity = new FileIdentity(new ContentKey(SeenFile.at(log).key(), generation), fingerprint);
        return new Progress(identity, generation, offset, size, null, List.of(), -1, false, false);
    }

    private List<Path> paths(String glob) {
        return new Globs(List.of(folder.resolve(glob)))
                .scan(0).files().stream().map(SeenFile::path).toList();
    }

    private TailedFile fresh() throws IOException {
        return TailedFile.fresh(SeenFile.at(log), 0);
    }

    private TailedFile readAll(TailedFile file) throws IOException {
        return readAll(file, reader, NEVER_AT_REST);
    }

    private TailedFile readAll(TailedFile file, RecordReader by, Patience patience) throws IOException {
        boolean more = true;
        while (more) {
            more = by.read(file, patience, 0, collected);
        }
        return file.hasBegunAnew()
                ? readAll(file.successor(file.contentKey().generation() + 1, 0), by, patience)
                : file;
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static final class Collected implements RecordReader.Records {
        private final List<String> records = new ArrayList<>();

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            records.add(offset + ":" + new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            records.add("tooLong " + offset + "+" + length + " kept " + beginning.length);
        }
    }
}
