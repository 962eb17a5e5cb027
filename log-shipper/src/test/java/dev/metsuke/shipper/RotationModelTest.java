package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.shipper.parse.Combined;
import dev.metsuke.shipper.seal.SealSettings;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random fates of a few logs beside a model, each in the shipper's smallest steps: a crash, a scan, a commit or one that fails may
 * fall between any two of them. The clock and the inodes are the test's, so that a seed tells everything.
 */
class RotationModelTest {

    /** A build tells of its own changes; other seeds are drawn by {@code -Dmetsuke.seed}. */
    private static final long SEED = 20_261_125;

    private static final int SEQUENCES = Integer.getInteger("metsuke.sequences", 100);
    /** Of every third sequence. */
    private static final String HEADER = "at,who,op,log,n,filler";

    /** Of every other sequence. */
    private static final Duration FLUSH_TIMEOUT = Duration.ofMillis(500);

    /** Of each log. */
    private static final int STEPS = 60;

    /** How many things happen to logs at most between two steps of the shipper. */
    private static final int MOST_HASTE = 10;

    private static final int MOST_LOGS = 3;

    /** From so many on, those are looked at of which the kernel tells, and all of them once a minute. */
    private static final int FILES_THAT_ARE_WATCHED = 100;

    @TempDir
    Path folder;

    @Test
    void readsEverySurvivingLineOnceWhateverHappens() throws IOException {
        run("readsEverySurvivingLineOnceWhateverHappens", SEQUENCES, 0);
    }

    /** When it tells of them is not the test's: here a seed does not tell everything, and a file may be gone before it was told of. */
    @Test
    void readsEverySurvivingLineOnceWhereTheKernelTellsOfChanges() throws IOException {
        run("readsEverySurvivingLineOnceWhereTheKernelTellsOfChanges", SEQUENCES / 5, FILES_THAT_ARE_WATCHED);
    }

    private void run(String test, int sequences, int restingFiles) throws IOException {
        long seed = Long.getLong("metsuke.seed", SEED);
        System.out.println(test + ": -Dmetsuke.seed=" + seed);
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        int lost = 0;
        int continued = 0;
        int withGaps = 0;
        int exact = 0;
        for (int i = 0; i < sequences; i++) {
            Sequence sequence = new Sequence(
                    folder.resolve("s" + i),
                    new Random(seed + i),
                    i % 2 == 0 ? null : FLUSH_TIMEOUT,
                    i % 3 == 0 ? HEADER : "",
                    restingFiles);
            wrong.addAll(sequence.run());
            lines += sequence.committed.size();
            continued += sequence.continued;
            lost += sequence.lost;
            withGaps += sequence.isWithGaps ? 1 : 0;
            exact += sequence.isExact ? 1 : 0;
        }
        System.out.println(lines + " lines were read, " + continued + " of them in two parts, " + lost
                + " were destroyed unread; of " + withGaps + " sequences with gaps " + exact
                + " told of exactly what was seen and lost");
        assertThat(wrong).isEmpty();
    }

    /** Logs and their reader. */
    private static final class Sequence implements RecordReader.Records {

        private final Random random;
        private final Path folder;
        private final List<RotatedLog> logs = new ArrayList<>();
        private final int haste;
        private final RotatedLog.Disk disk;
        private final StringBuilder history;
        private final @Nullable Duration flushTimeout;
        private final String header;
        private final List<String> committed = new ArrayList<>();
        private final List<Part> read = new ArrayList<>();
        /** Where among those that are committed the last of each content is. */
        private final Map<ContentKey, Integer> last = new HashMap<>();

        private final SavedPositions saved = new SavedPositions();
        private final RecordReader reader = new RecordReader(new LineFraming(), 1024 * 1024);
        private long now;
        private boolean awaits;
        private int continued;
        private int lost;
        private final boolean isWatched;
        private boolean isWithGaps;
        private boolean isExact;
        /** A transaction failed, and none has begun since. */
        private boolean isAway;

        private SourceFiles files;

        /** A line, or the rest of the last that was read of the same content. */
        private record Part(ContentKey origin, String text, boolean isRest) {}

        Sequence(Path folder, Random random, @Nullable Duration flushTimeout, String header, int restingFiles)
                throws IOException {
            this.random = random;
            this.flushTimeout = flushTimeout;
            this.header = header;
            this.folder = folder;
            disk = new RotatedLog.Disk(new ReusedInodes(folder.resolve("deleted"), random, this::heldOpen));
            history = disk.history;
            int count = 1 + random.nextInt(MOST_LOGS);
            haste = 1 + random.nextInt(MOST_HASTE);
            for (int i = 0; i < count; i++) {
                RotatedLog log = new RotatedLog(folder.resolve("log" + i), random, disk);
                log.header = header;
                log.meanwhile = () -> step(random.nextInt(haste) == 0 ? 2 : 0);
                logs.add(log);
            }
            Path resting = Files.createDirectories(folder.resolve("resting"));
            for (int i = 0; i < restingFiles; i++) {
                Files.writeString(resting.resolve("app.log." + i), "resting " + i + "\n");
            }
            isWatched = restingFiles > 0;
            files = open();
        }

        List<String> run() throws IOException {
            for (int i = 0; i < STEPS * logs.size(); i++) {
                if (random.nextInt(2 + logs.size()) >= 2) {
                    for (int left = 1 + random.nextInt(haste); left > 0; left--) {
                        logs.get(random.nextInt(logs.size())).step();
                    }
                } else {
                    step(1 + random.nextInt(5));
                }
                if (random.nextInt(20) == 0) {
                    settle();
                    for (RotatedLog log : logs) {
                        log.isShipped();
                    }
                }
            }
            settle();
            // A torn line that nobody completes is taken for one when its file has rested.
            now += Duration.ofSeconds(70).toNanos();
            settle();

            files.close();
            for (RotatedLog log : logs) {
                log.isShipped();
            }
            return wrong();
        }

        private List<String> wrong() {
            List<String> wrong = new ArrayList<>();
            for (RotatedLog log : logs) {
                compare(log, wrong);
            }
            compareGaps(wrong);
            if (awaits) {
                wrong.add("is not done");
            }
            if (!wrong.isEmpty()) {
                wrong.add(folder.getFileName() + ": " + history + "\n" + saved.gaps + "\n"
                        + saved.positions.files("shipper/crm"));
            }
            return wrong;
        }

        private void compare(RotatedLog log, List<String> wrong) {
            List<String> its = committed.stream()
                    .filter(line -> log.written.contains(line) || log.isPartOf(line))
                    .toList();
            Set<String> once = new HashSet<>();
            its.forEach(line -> {
                if (!once.add(line) && log.written.contains(line)) {
                    wrong.add("twice " + line);
                }
            });
            Set<String> missing = new HashSet<>(log.written);
            missing.removeAll(once);
            lost += missing.size();
            missing.stream()
                    .filter(line -> !log.mayBeMissing.contains(line))
                    .forEach(line -> wrong.add("missing " + line));
        }

        private void compareGaps(List<String> wrong) {
            Set<String> arrived = new HashSet<>(committed);
            isExact = true;
            for (RotatedLog log : logs) {
                long told = saved.lostBytes.entrySet().stream()
                        .filter(lost -> lost.getKey().startsWith(folder.resolve(log.name())))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
                long least = log.mustBeToldOf(arrived);
                long most = log.mayBeToldOf();
                if ((told < least && !isWatched) || told > most) {
                    wrong.add("told of " + told + " lost bytes of " + log.name() + " where " + least + " to " + most
                            + " are: " + log.lost(arrived));
                }
                isWithGaps |= least > 0;
                isExact &= least == told;
            }
            isExact &= isWithGaps;
        }

        private void step(int steps) throws IOException {
            for (int i = 0; i < steps; i++) {
                if (isAway) {
                    stepAway();
                    continue;
                }
                switch (random.nextInt(9)) {
                    case 0, 1 -> {
                        scan();
                        readOneBufferOrLess();
                    }
                    case 2, 3, 4 -> readOneBufferOrLess();
                    case 5, 6 -> commit();
                    case 7 -> failToCommit();
                    default -> {
                        if (random.nextInt(4) == 0) {
                            note("crash");
                            files.close();
                            logs.forEach(RotatedLog::isCrashed);
                            files = open();
                        } else {
                            long millis = random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(700);
                            note("+" + millis);
                            now += Duration.ofMillis(millis).toNanos();
                        }
                    }
                }
            }
        }

        /** Half of the time nobody tells how the transaction ended, as it may have been committed all the same. */
        private void failToCommit() {
            boolean isCommitted = random.nextBoolean();
            note(isCommitted ? "unknown" : "abort");
            if (isCommitted) {
                files.save(saved);
                keep();
            } else {
                files.save(new SavedPositions());
            }
            read.clear();
            isAway = true;
        }

        /** While Kafka is away files are looked at, no more. */
        private void stepAway() throws IOException {
            if (random.nextBoolean()) {
                takeOver();
            } else {
                note("look");
                files.scan(now);
                disk.isScanned(logs, heldOpen());
                now += Duration.ofMillis(random.nextInt(1_000)).toNanos();
            }
        }

        private void takeOver() {
            if (isAway) {
                note("rewind");
                isAway = false;
                files.rewind(saved.positions.files("shipper/crm"));
                logs.forEach(RotatedLog::isCrashed);
            }
        }

        private void settle() throws IOException {
            takeOver();
            note("settle[");
            if (isWatched) {
                now += Duration.ofMinutes(1).toNanos();
            }
            for (int i = 0; i < 6; i++) {
                scan();
                boolean more;
                do {
                    more = readOneBuffer();
                    commit();
                } while (more);
                awaits = files.awaitsMore(now);
                now += Duration.ofSeconds(1).toNanos();
            }
            note("]");
        }

        private void scan() throws IOException {
            commit();
            note("scan");
            files.scan(now);
            disk.isScanned(logs, heldOpen());
        }

        private boolean readOneBuffer() throws IOException {
            return readOneBuffer(() -> false);
        }

        /** As a shipper does, between whose files a commit may come due, or its end. */
        private void readOneBufferOrLess() throws IOException {
            readOneBuffer(() -> {
                if (random.nextInt(4) == 0) {
                    commit();
                }
                return random.nextInt(4) == 0;
            });
        }

        private boolean readOneBuffer(BooleanSupplier endsAfterAFile) throws IOException {
            note("read");
            List<TailedFile> news = files.withNews(now);
            for (TailedFile file : news) {
                try {
                    reader.read(file, files.patience(), now, this);
                    if (!file.hasBegunAnew()) {
                        for (RotatedLog log : logs) {
                            log.isRead(file.key().inode());
                        }
                    }
                    files.wasRead(file, now);
                } catch (IOException e) {
                    files.unreadable(file, e);
                }
                if (endsAfterAFile.getAsBoolean()) {
                    break;
                }
            }
            return !news.isEmpty();
        }

        private Set<Long> heldOpen() {
            return files.open().stream().map(file -> file.key().inode()).collect(Collectors.toSet());
        }

        private SourceFiles open() {
            ShipperSettings shipper = new ShipperSettings(
                    "shipper",
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200),
                    Duration.ofDays(1),
                    1024 * 1024,
                    Duration.ofMinutes(5),
                    SealSettings.in(folder),
                    List.of());
            SourceSettings source =
                    SourceSettings.of("crm", List.of(folder.resolve("*/app.log*")), new Combined(), flushTimeout);
            SourceFiles opened =
                    new SourceFiles(shipper, source, "shipper/crm", new SourceMeters(new SimpleMeterRegistry(), "crm"));
            opened.rewind(saved.positions.files("shipper/crm"));
            read.clear();
            return opened;
        }

        private void commit() {
            note("commit");
            files.save(saved);
            files.saved();
            keep();
            read.clear();
        }

        private void keep() {
            logs.forEach(RotatedLog::isCommitted);
            read.forEach(this::commit);
        }

        private void commit(Part part) {
            if (part.isRest()) {
                int line = Objects.requireNonNull(last.get(part.origin()));
                committed.set(line, committed.get(line) + part.text());
                continued++;
            } else {
                last.put(part.origin(), committed.size());
                committed.add(part.text());
            }
        }

        private void note(String what) {
            history.append(' ').append(what);
        }

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            take(file, bytes, start, end, offset, false);
        }

        @Override
        public void continuation(TailedFile file, byte[] bytes, int start, int end, long offset) {
            take(file, bytes, start, end, offset, true);
        }

        private void take(TailedFile file, byte[] bytes, int start, int end, long offset, boolean isRest) {
            String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            note("{" + (isRest ? "…" : "") + folder.relativize(file.path()) + ":" + offset + "}");
            if (!line.equals(header)) {
                read.add(new Part(file.identity().origin(), line, isRest));
            }
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            throw new AssertionError("too long");
        }
    }
}
