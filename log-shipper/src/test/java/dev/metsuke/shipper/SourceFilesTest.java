package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.metsuke.shipper.parse.Combined;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SourceFilesTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @TempDir
    Path folder;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RecordReader reader = new RecordReader(new LineFraming(), 2_000);
    private final Collected collected = new Collected();
    private final Map<String, Optional<String>> positions = new HashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private Path log = Path.of("unset");

    @SuppressWarnings("NullAway.Init")
    private SourceFiles files;

    @BeforeEach
    void nameTheLog() {
        log = folder.resolve("a.log");
        files = new SourceFiles(
                FollowedFiles.shipper(folder), source(log), "shipper/crm", new SourceMeters(registry, "crm"));
    }

    private static SourceSettings source(Path paths) {
        return SourceSettings.of("crm", List.of(paths), new Combined());
    }

    @AfterEach
    void closeTheFiles() {
        files.close();
    }

    @Test
    void readsADeletedFileToItsEndAfterALongOutage() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        commit();
        append("two\n");
        Files.delete(log);

        files.scan(2 * MINUTE);
        files.scan(4 * MINUTE);
        readAll(4 * MINUTE);

        assertThat(collected.records).containsExactly("0:one", "4:two");
    }

    @Test
    void keepsADeletedFileUntilItsLinesAreCommitted() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        Files.delete(log);
        files.scan(2 * MINUTE);
        files.rewind(Map.of());
        files.scan(4 * MINUTE);
        files.scan(6 * MINUTE);

        readAll(6 * MINUTE);

        assertThat(collected.records).containsExactly("0:one", "0:one");
    }

    @Test
    void forgetsThePositionOfAFileThatIsLongGone() throws IOException {
        readAndCommitAndLose();
        Files.delete(folder.resolve("away").resolve("a.log"));

        commit();

        assertThat(positions.values()).containsExactly(Optional.empty());
    }

    @Test
    void keepsThePositionOfAFileThatComesBackBeforeItIsForgotten() throws IOException {
        readAndCommitAndLose();
        Files.move(folder.resolve("away").resolve("a.log"), log);
        append("two\n");
        files.scan(21 * MINUTE);
        readAll(21 * MINUTE);

        commit();

        assertThat(collected.records).containsExactly("0:one", "4:two");
        assertThat(positions.values())
                .singleElement()
                .satisfies(position -> assertThat(position).isPresent());
    }

    @Test
    void reportsWhatATruncationTookUnread() throws IOException {
        append("one\ntwo");
        files.scan(0);
        readAll(0);
        Files.writeString(log, "x\n");

        readAll(0);
        files.scan(MINUTE);
        readAll(MINUTE);
        commit();

        assertThat(collected.records).containsExactly("0:one", "0:x");
        assertThat(gaps).containsExactly("a.log:4+3");
        assertThat(gapBytes()).isEqualTo(3.0);
    }

    @Test
    void reportsAllOfAFileThatWasSeenAndReplacedByAShorterOneBeforeItWasRead() throws IOException {
        append("one\ntwo\nthree\n");
        files.scan(0);
        Files.writeString(log, "x\n");

        files.scan(MINUTE);
        readAll(MINUTE);
        files.scan(2 * MINUTE);
        readAll(2 * MINUTE);
        files.scan(3 * MINUTE);
        commit();

        assertThat(collected.records).containsExactly("0:x");
        assertThat(gapBytes()).isEqualTo(14.0);
    }

    @Test
    void reportsNoGapWhereAFileThatWasReadToItsEndBeginsAnew() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        Files.writeString(log, "three\nfour\n");

        readAll(0);
        files.scan(MINUTE);
        readAll(MINUTE);
        commit();

        assertThat(collected.records).containsExactly("0:one", "0:three", "6:four");
        assertThat(gaps).isEmpty();
    }

    @Test
    void reportsWhatWasOverwrittenBeforeItWasCommitted() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        Files.writeString(log, "x\n");
        readAll(0);

        files.rewind(Map.of());
        files.rewind(Map.of());
        files.scan(MINUTE);
        commit();
        files.scan(2 * MINUTE);
        commit();

        assertThat(gaps).containsExactly("a.log:0+4");
    }

    @Test
    void tellsHowMuchOfALastLineWaitsForItsEnd() throws IOException {
        append("one\ntwo");
        files.scan(0);
        assertThat(unfinishedBytes()).isZero();
        readAll(0);
        files.countUnread();
        assertThat(unfinishedBytes()).isEqualTo(3.0);
        append("\n");
        files.scan(MINUTE);
        assertThat(unfinishedBytes()).isZero();
        readAll(MINUTE);
        files.countUnread();

        assertThat(unfinishedBytes()).isZero();
        assertThat(collected.records).containsExactly("0:one", "4:two");
    }

    private double unfinishedBytes() {
        return registry.get("metsuke.ship.unfinished.bytes").gauge().value();
    }

    @Test
    void isNotDoneWhileAFileCannotBeRead() throws IOException {
        append("one\n");
        files.scan(0);
        TailedFile file = files.withNews(0).getFirst();
        readAll(0);
        assertThat(files.awaitsMore(MINUTE)).isFalse();

        files.unreadable(file, new AccessDeniedException(log.toString()));

        assertThat(files.awaitsMore(MINUTE)).isTrue();
    }

    @Test
    void saysAgainThatAFileCannotBeReadOnceItCouldBe() throws IOException {
        append("one\n");
        files.scan(0);
        files.unreadable(files.withNews(0).getFirst(), new AccessDeniedException(log.toString()));
        assertThat(files.complaints()).hasSize(1);
        files.scan(MINUTE);

        readAll(MINUTE);

        assertThat(files.complaints()).isEmpty();
    }

    @Test
    void countsTheFilesThatCannotBeReadUntilTheyCan() throws IOException {
        append("one\n");
        files.scan(0);
        TailedFile file = files.withNews(0).getFirst();
        files.unreadable(file, new AccessDeniedException(log.toString()));
        files.unreadable(file, new AccessDeniedException(log.toString()));
        files.countUnreadable();
        assertThat(unreadableFiles()).isEqualTo(1.0);
        files.scan(MINUTE);

        readAll(MINUTE);
        files.countUnreadable();

        assertThat(unreadableFiles()).isZero();
    }

    @Test
    void countsAFolderThatCannotBeReached() throws IOException {
        Path way = Files.createSymbolicLink(folder.resolve("way"), Path.of("way"));
        SourceSettings source = source(way.resolve("logs").resolve("a.log"));
        try (SourceFiles there = new SourceFiles(
                FollowedFiles.shipper(folder), source, "shipper/hr", new SourceMeters(registry, "hr"))) {
            there.scan(0);
            there.countUnreadable();
        }

        assertThat(registry.get("metsuke.ship.unreadable.files")
                        .tag("source", "hr")
                        .gauge()
                        .value())
                .isEqualTo(1.0);
    }

    private double unreadableFiles() {
        return registry.get("metsuke.ship.unreadable.files").gauge().value();
    }

    @Test
    void saysHowAFileThatIsClosedToItCanBeRead() throws IOException {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Complaints.class);
        // Tests are silent else.
        logger.setLevel(Level.WARN);
        logger.addAppender(said);
        append("one\n");
        files.scan(0);

        files.unreadable(files.withNews(0).getFirst(), new AccessDeniedException(log.toString()));

        logger.detachAppender(said);
        logger.setLevel(null);
        assertThat(said.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains(log.toString(), "the right to read it", "setfacl");
    }

    @Test
    void forgetsWhatWasWrongWithAFileThatIsForgotten() throws IOException {
        append("one\n");
        files.scan(0);
        TailedFile file = files.withNews(0).getFirst();
        readAndCommitAndLose();
        files.unreadable(file, new AccessDeniedException(log.toString()));
        Files.delete(folder.resolve("away").resolve("a.log"));

        commit();

        assertThat(positions.values()).containsExactly(Optional.empty());
        assertThat(files.complaints()).isEmpty();
    }

    @Test
    void opensAFileAnewWhoseHandleFailed() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        append("two\n");
        failToRead(files.withNews(0).getFirst());

        files.scan(MINUTE);
        readAll(MINUTE);

        assertThat(collected.records).containsExactly("0:one", "4:two");
    }

    @Test
    void tellsWhatWasNotReadOfADeletedFileWhoseHandleFailed() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        append("two\n");
        files.scan(0);
        Files.delete(log);
        failToRead(files.withNews(0).getFirst());

        files.scan(MINUTE);
        files.scan(2 * MINUTE);
        commit();

        assertThat(files.open()).isEmpty();
        assertThat(gaps).containsExactly("a.log:4+4");
    }

    @Test
    void unpacksNoMoreFilesAtOnceForMoreSources() throws IOException {
        Decoders decoders = new Decoders();
        List<SourceFiles> sources = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            Path paths = Files.createDirectory(folder.resolve(name));
            for (int i = 0; i < 3; i++) {
                byte[] text = (name + i + "\n" + "line\n".repeat(200_000)).getBytes(StandardCharsets.US_ASCII);
                Files.write(paths.resolve(i + ".gz"), RotatedLog.packed(text, true));
            }
            SourceMeters meters = new SourceMeters(registry, name);
            sources.add(new SourceFiles(
                    FollowedFiles.shipper(folder), source(paths.resolve("*")), "shipper/" + name, meters, decoders));
        }
        List<Integer> unpacking = new ArrayList<>();
        for (SourceFiles source : sources) {
            source.scan(0);
            source.scan(MINUTE);
            List<TailedFile> news = source.withNews(MINUTE);
            for (TailedFile file : news) {
                reader.read(file, source.patience(), MINUTE, collected);
                source.wasRead(file, MINUTE);
            }
            unpacking.add(news.size());
        }

        assertThat(unpacking).containsExactly(3, 1);
        assertThat(sources.getLast().isHeldBack()).isTrue();
        sources.forEach(SourceFiles::close);
    }

    /** As one that its server has forgotten: an interrupt closes the channel, which fails from then on. */
    private void failToRead(TailedFile file) {
        Thread.currentThread().interrupt();
        try {
            reader.read(file, files.patience(), 0, collected);
            throw new AssertionError("it was read");
        } catch (IOException e) {
            files.unreadable(file, e);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void readAndCommitAndLose() throws IOException {
        append("one\n");
        files.scan(0);
        readAll(0);
        commit();
        Files.createDirectory(folder.resolve("away"));
        Files.move(log, folder.resolve("away").resolve("a.log"));
        for (int minute = 2; minute <= 20; minute += 6) {
            files.scan(minute * MINUTE);
        }
    }

    private void readAll(long nanos) throws IOException {
        for (List<TailedFile> news = files.withNews(nanos); !news.isEmpty(); news = files.withNews(nanos)) {
            for (TailedFile file : news) {
                reader.read(file, files.patience(), nanos, collected);
                files.wasRead(file, nanos);
            }
        }
    }

    private void commit() {
        files.save(new SourceFiles.Saved() {
            @Override
            public void position(byte[] key, byte @Nullable [] value) {
                positions.put(
                        new String(key, StandardCharsets.UTF_8),
                        value == null ? Optional.empty() : Optional.of(new String(value, StandardCharsets.UTF_8)));
            }

            @Override
            public void gap(Path path, long offset, long length) {
                gaps.add(path.getFileName() + ":" + offset + "+" + length);
            }

            @Override
            public void broken(Path path, long offset, long storedLength, String damage) {
                throw new AssertionError(path + " is no packed file");
            }
        });
        files.saved();
    }

    private double gapBytes() {
        var counter = registry.find("metsuke.ship.gap.bytes").counter();
        return counter == null ? 0 : counter.count();
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
            records.add("tooLong " + offset + "+" + length);
        }
    }
}
