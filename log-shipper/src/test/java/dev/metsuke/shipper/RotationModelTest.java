package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.shipper.parse.Combined;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random fates of a log beside a model, each in the shipper's smallest steps: a crash, a scan or a commit may fall between any
 * two of them. The clock is the test's, so that a seed tells everything.
 */
class RotationModelTest {

    /** A build tells of its own changes; other seeds are drawn by {@code -Dmetsuke.seed}. */
    private static final long SEED = 20_261_125;

    private static final int SEQUENCES = Integer.getInteger("metsuke.sequences", 200);
    private static final int STEPS = 60;

    @TempDir
    Path folder;

    @Test
    void readsEverySurvivingLineOnceWhateverHappens() throws IOException {
        long seed = Long.getLong("metsuke.seed", SEED);
        System.out.println("readsEverySurvivingLineOnceWhateverHappens: -Dmetsuke.seed=" + seed);
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        int lost = 0;
        int withGaps = 0;
        int exact = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            Sequence sequence = new Sequence(folder.resolve("s" + i), new Random(seed + i));
            wrong.addAll(sequence.run());
            lines += sequence.committed.size();
            lost += sequence.log.written.size() - sequence.committed.size();
            withGaps += sequence.least > 0 ? 1 : 0;
            exact += sequence.least > 0 && sequence.least == sequence.saved.gapBytes ? 1 : 0;
        }
        System.out.println(lines + " lines were read, " + lost + " were destroyed unread; of " + withGaps
                + " sequences with gaps " + exact + " told of exactly what was seen and lost");
        assertThat(wrong).isEmpty();
    }

    /** One log and its reader. */
    private static final class Sequence implements RecordReader.Records {

        private final Random random;
        private final Path folder;
        private final RotatedLog log;
        private final List<String> committed = new ArrayList<>();
        private final List<String> read = new ArrayList<>();
        private final SavedPositions saved = new SavedPositions();
        private final RecordReader reader = new RecordReader(new LineFraming(), 1024 * 1024);
        private long now;
        private boolean awaits;
        private long least;
        private SourceFiles files;

        Sequence(Path folder, Random random) throws IOException {
            this.random = random;
            this.folder = folder;
            log = new RotatedLog(folder, random);
            log.meanwhile = () -> step(2);
            files = open();
        }

        List<String> run() throws IOException {
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(3) == 0) {
                    log.step();
                } else {
                    step(1 + random.nextInt(5));
                }
                if (random.nextInt(20) == 0) {
                    settle();
                    log.isShipped();
                }
            }
            settle();
            // A torn line that nobody completes is taken for one when its file has rested.
            now += Duration.ofSeconds(70).toNanos();
            settle();

            files.close();
            log.isShipped();
            return wrong();
        }

        private List<String> wrong() {
            List<String> wrong = new ArrayList<>();
            Set<String> once = new HashSet<>();
            committed.forEach(line -> {
                if (!once.add(line) && log.written.contains(line)) {
                    wrong.add("twice " + line);
                }
            });
            Set<String> missing = new HashSet<>(log.written);
            missing.removeAll(once);
            once.removeAll(log.written);
            missing.stream()
                    .filter(line -> !log.mayBeMissing.contains(line))
                    .forEach(line -> wrong.add("missing " + line));
            if (awaits) {
                wrong.add("is not done");
            }
            long most = log.mayBeToldOf();
            least = log.mustBeToldOf(new HashSet<>(committed));
            if (saved.gapBytes < least || saved.gapBytes > most) {
                wrong.add("told of " + saved.gapBytes + " lost bytes where " + least + " to " + most + " are: "
                        + log.lost(new HashSet<>(committed)));
            }
            if (!wrong.isEmpty()) {
                wrong.add(folder.getFileName() + ": " + log.history() + "\n" + saved.gaps + "\n"
                        + saved.positions.files("shipper/crm"));
            }
            return wrong;
        }

        private void step(int steps) throws IOException {
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        scan();
                        readOneBuffer();
                    }
                    case 2, 3, 4 -> readOneBuffer();
                    case 5, 6 -> commit();
                    default -> {
                        if (random.nextInt(4) == 0) {
                            log.note("crash");
                            files.close();
                            log.isCrashed();
                            files = open();
                        } else {
                            long millis = random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(700);
                            log.note("+" + millis);
                            now += Duration.ofMillis(millis).toNanos();
                        }
                    }
                }
            }
        }

        private void settle() throws IOException {
            log.note("settle[");
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
            log.note("]");
        }

        private void scan() throws IOException {
            commit();
            log.note("scan");
            files.scan(now);
            log.isScanned();
        }

        private boolean readOneBuffer() throws IOException {
            log.note("read");
            List<TailedFile> news = files.withNews(now);
            for (TailedFile file : news) {
                try {
                    reader.read(file, files.restNanos(), now, this);
                    if (!file.hasBegunAnew()) {
                        log.isRead(file.key().inode());
                    }
                    files.wasRead(file, now);
                } catch (IOException e) {
                    files.unreadable(file, e);
                }
            }
            return !news.isEmpty();
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
                    List.of());
            SourceSettings source = SourceSettings.of("crm", List.of(folder.resolve("app.log*")), new Combined());
            SourceFiles opened =
                    new SourceFiles(shipper, source, "shipper/crm", new SourceMeters(new SimpleMeterRegistry(), "crm"));
            opened.rewind(saved.positions.files("shipper/crm"));
            read.clear();
            return opened;
        }

        private void commit() {
            log.note("commit");
            files.save(saved);
            files.saved();
            log.isCommitted();
            committed.addAll(read);
            read.clear();
        }

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            log.note("{" + file.path().getFileName() + ":" + offset + "}");
            read.add(line);
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            throw new AssertionError("too long");
        }
    }
}
