package dev.metsuke.shipper;

import dev.metsuke.shipper.parse.Combined;
import dev.metsuke.shipper.seal.SealSettings;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The files of a source as a shipper follows them, without Kafka and by a clock that the test moves. */
abstract class FollowedFiles {

    static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir
    Path folder;

    final Collected collected = new Collected();
    final SavedPositions saved = new SavedPositions();
    Framing framing = new LineFraming();
    MeterRegistry registry = new SimpleMeterRegistry();
    long now;
    Path log = Path.of("unset");
    List<Path> paths = List.of();

    @Nullable
    Duration flushTimeout;

    @SuppressWarnings("NullAway.Init")
    SourceFiles files;

    /** Of short times, and of lines of 2,000 bytes at most. */
    static ShipperSettings shipper(Path keys) {
        return new ShipperSettings(
                "shipper",
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                2_000,
                Duration.ofMinutes(5),
                SealSettings.in(keys),
                List.of());
    }

    @BeforeEach
    void start() {
        log = folder.resolve("a.log");
        paths = List.of(folder.resolve("*a.log*"), folder.resolve("b.log.gz"));
        restart();
    }

    @AfterEach
    void closeTheFiles() {
        files.close();
    }

    void restart() {
        if (files != null) {
            files.close();
        }
        SourceSettings source = SourceSettings.of("crm", paths, new Combined(), flushTimeout);
        registry = new SimpleMeterRegistry();
        files = new SourceFiles(shipper(folder), source, "shipper/crm", new SourceMeters(registry, "crm"));
        files.rewind(saved.positions.files("shipper/crm"));
        collected.reader = new RecordReader(framing, 2_000);
    }

    void settle() throws IOException {
        for (int i = 0; i < 8; i++) {
            scan();
            readAll();
            commit();
            later(2 * SECOND);
        }
    }

    void scan() {
        files.scan(now);
    }

    void later(long nanos) {
        now += nanos;
    }

    void readAll() throws IOException {
        while (readOneBuffer()) {
            commit();
        }
    }

    boolean readOneBuffer() throws IOException {
        List<TailedFile> news = files.withNews(now);
        for (TailedFile file : news) {
            collected.reader.read(file, files.patience(), now, collected);
            files.wasRead(file, now);
        }
        collected.mostOpen = Math.max(collected.mostOpen, files.open().size());
        return !news.isEmpty();
    }

    void commit() {
        files.save(saved);
        files.saved();
    }

    List<String> lines() {
        return collected.records;
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "line " + number).toList();
    }

    static String text(int from, int to) {
        return numbers(from, to).stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    static void pack(Path plain, Path packed, boolean gzip) throws IOException {
        Files.write(packed, RotatedLog.packed(Files.readAllBytes(plain), gzip));
        Files.delete(plain);
    }

    static final class Collected implements RecordReader.Records {
        final List<String> records = new ArrayList<>();
        final java.util.Set<Long> origins = new java.util.HashSet<>();
        final List<String> ids = new ArrayList<>();
        final EventId eventId = new EventId("shipper/crm");
        RecordReader reader = new RecordReader(new LineFraming(), 2_000);
        int mostOpen;

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            ContentKey origin = file.identity().origin();
            origins.add(origin.file().inode());
            ids.add(eventId.of(origin, String.valueOf(file.firstLine()), offset, bytes, start, end));
            records.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }

        @Override
        public void continuation(TailedFile file, byte[] bytes, int start, int end, long offset) {
            record(file, bytes, start, end, offset);
            records.addLast("…" + records.removeLast());
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            records.add("too long");
        }
    }
}
