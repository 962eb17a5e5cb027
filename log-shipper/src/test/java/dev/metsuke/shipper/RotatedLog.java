package dev.metsuke.shipper;

import io.airlift.compress.v3.zstd.ZstdJavaOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A log of which anything may become, and a model of what a shipper must make of it. */
final class RotatedLog {

    /** It holds its log, its content and its number. */
    static final int LENGTH_OF_A_UNIQUE_TORN_LINE = 110;

    /** Of a log. Those of three stay below the hundred from which on the kernel tells of changes, in its own time. */
    private static final int MOST_ROTATED = 30;

    /** Of all logs, as they may be given each other's inodes. */
    private static final AtomicLong TICKS = new AtomicLong(System.currentTimeMillis());

    private final Path folder;
    private final String name;
    private final Random random;
    private final Disk disk;
    /** Rotated files, the newest first. */
    private final List<Holding> rotated = new ArrayList<>();

    private final List<Holding> ever = new ArrayList<>();
    /** What is being packed, by the file that it will stand in. */
    private final Map<Path, Holding> packing = new HashMap<>();

    private Holding current;

    /** Done between the halves of what does not happen at once. */
    interface Meanwhile {
        void run() throws IOException;
    }

    Meanwhile meanwhile = () -> {};
    /** The line that every file begins with; none where it is empty. */
    String header = "";

    final List<String> written = new ArrayList<>();
    final Set<String> mayBeMissing = new HashSet<>();
    private final Set<String> shipped = new HashSet<>();
    private long tornBytes;
    /** Of packed files that were destroyed, as they were stored. */
    private long packedBytes;

    private long copiedBytes;
    private long headerBytes;

    /** What the logs of one file system share, whose history is told together. */
    static final class Disk {
        final StringBuilder history = new StringBuilder();
        private final Inodes inodes;
        /** How much was seen, at most, of the files that had an inode. */
        private final Map<Long, Long> seenOfInode = new HashMap<>();
        /** What the last scan saw at an inode. */
        private Map<Long, Holding> lastAt = new HashMap<>();

        Disk(Inodes inodes) {
            this.inodes = inodes;
        }

        /**
         * The shipper sees how long each file is.
         *
         * @param logs all that there are
         * @param open the inodes of the files that it holds open
         */
        void isScanned(List<RotatedLog> logs, Set<Long> open) throws IOException {
            Map<Long, Holding> now = new HashMap<>();
            for (RotatedLog log : logs) {
                for (Map.Entry<Path, Holding> file : log.files().entrySet()) {
                    Path path = file.getKey();
                    Holding holding = file.getValue();
                    long inode = Inodes.of(path);
                    now.put(inode, holding);
                    holding.isSeen(path, lastAt.get(inode), open.contains(inode));
                    if (isPlain(path)) {
                        seenOfInode.merge(inode, holding.seen, Math::max);
                    }
                }
            }
            lastAt = now;
        }
    }

    /** One content, and the file that holds it now. */
    private static final class Holding {
        private final int content;
        private Path path;
        private final List<String> lines = new ArrayList<>();
        /** Of lines that were written in two parts, how long the first was. */
        private final Map<String, Integer> halves = new HashMap<>();

        private String torn = "";
        private String rest = "";
        private boolean destroyed;
        /** How many bytes of it the shipper has seen since it was started, or remembers. */
        private long seen;
        /** How many it saw when it read of it last. */
        private long seenReading;
        /** How many it saw when it held it open. */
        private long proven;
        /** How many it would remember if it crashed now. */
        private long remembered;
        /** How much was seen of those that had its inode before: until it is read, it may be one of them that grew. */
        private long seenOfOthers;

        private boolean isBegun;
        private boolean isKnown;
        /** Whether what it holds was copied to another file since it was known to be shipped: that may come and go unopened. */
        private boolean isCopied;

        Holding(int content, Path path) {
            this.content = content;
            this.path = path;
        }

        /** How much of it is plain to see; of a packed file the length as it is stored, if that is not more than it holds. */
        private long visible(Path at) throws IOException {
            return isPlain(at) ? Files.size(at) : Math.min(Files.size(at), length());
        }

        /**
         * A scan finds it.
         *
         * @param at where
         * @param before what the last scan saw of the same inode; where that was replaced since by this, and is not longer, it may
         *     be taken for what this begins with
         */
        private void isSeen(Path at, @Nullable Holding before, boolean isOpen) throws IOException {
            long visible = visible(at);
            if (before != null
                    && before != this
                    && before.destroyed
                    && isPlain(before.path) == isPlain(at)
                    && visible >= before.seen) {
                before.seen = before.proven;
            }
            seen = Math.max(seen, visible);
            proven = isOpen && isPlain(at) ? Math.max(proven, visible) : proven;
        }

        private long length() {
            return lines.stream().mapToLong(line -> line.length() + 1).sum() + torn.length();
        }

        /** How many of the bytes that were seen belong to lines that did not arrive. */
        private long lost(Set<String> arrived) {
            long lost = 0;
            long start = 0;
            for (String line : lines) {
                long end = start + line.length() + 1;
                lost += arrived.contains(line)
                        ? 0
                        : Math.max(0, Math.min(end, seen) - start - arrivedOf(line, arrived));
                start = end;
            }
            boolean tornIsLost = destroyed && torn.length() > LENGTH_OF_A_UNIQUE_TORN_LINE && !arrived.contains(torn);
            long all = lost + (tornIsLost ? Math.max(0, Math.min(start + torn.length(), seen) - start) : 0);
            return isKnown ? all : Math.max(0, all - seenOfOthers);
        }

        /** The first part of a line may be shipped before the rest is written; a short one is not told from others. */
        private int arrivedOf(String line, Set<String> arrived) {
            int half = halves.getOrDefault(line, 0);
            boolean isUnique = half > LENGTH_OF_A_UNIQUE_TORN_LINE;
            return isUnique && !arrived.contains(line.substring(0, half)) ? 0 : half;
        }
    }

    RotatedLog(Path folder, Random random) throws IOException {
        this(folder, random, new Disk(Inodes.ofTheFileSystem()));
    }

    RotatedLog(Path folder, Random random, Disk disk) throws IOException {
        this.disk = disk;
        this.folder = Files.createDirectories(folder);
        this.name = folder.getFileName().toString();
        this.random = random;
        this.current = newLog();
    }

    private Holding newLog() {
        Holding log = new Holding(ever.size(), folder.resolve("app.log"));
        ever.add(log);
        return log;
    }

    /** Whether a line, or what is left of one, is this log's. */
    boolean isPartOf(String line) {
        return line.contains("\"log\":\"" + name + "/");
    }

    String name() {
        return name;
    }

    String history() {
        return disk.history.toString();
    }

    /** What is there now is known to be shipped. */
    void isShipped() throws IOException {
        shipped.addAll(current.lines);
        rotated.forEach(holding -> shipped.addAll(holding.lines));
        disk.history.append(" | shipped |");
        for (Map.Entry<Path, Holding> file : files().entrySet()) {
            Holding holding = file.getValue();
            holding.seen = Math.max(holding.seen, holding.visible(file.getKey()));
            holding.remembered = holding.seen;
            holding.isCopied = false;
        }
    }

    /** The shipper reads of the file with this inode; the next commit remembers how long it was. */
    void isRead(long inode) throws IOException {
        for (Map.Entry<Path, Holding> file : files().entrySet()) {
            Path path = file.getKey();
            Holding holding = file.getValue();
            if (isPlain(path) && Inodes.of(path) == inode) {
                holding.isKnown = true;
                holding.seenReading = Math.max(holding.seenReading, Files.size(path));
                holding.seen = Math.max(holding.seen, holding.seenReading);
                holding.proven = Math.max(holding.proven, holding.seenReading);
            }
        }
    }

    /** What stands in each file that there is. */
    private Map<Path, Holding> files() {
        Map<Path, Holding> files = new LinkedHashMap<>(packing);
        rotated.forEach(holding -> files.put(holding.path, holding));
        files.put(current.path, current);
        files.keySet().removeIf(Files::notExists);
        return files;
    }

    void isCommitted() {
        ever.forEach(holding -> holding.remembered = Math.max(holding.remembered, holding.seenReading));
    }

    /** The shipper forgets what is not committed. */
    void isCrashed() {
        ever.forEach(holding -> {
            holding.seen = holding.remembered;
            holding.seenReading = 0;
            holding.proven = holding.remembered;
        });
    }

    /** What was seen and did not arrive, file by file. */
    String lost(Set<String> arrived) {
        return ever.stream()
                .filter(holding -> lost(holding, arrived) > 0)
                .map(holding -> lost(holding, arrived) + " of the first " + holding.seen + " bytes of log "
                        + holding.content + ", last at " + holding.path.getFileName())
                .toList()
                .toString();
    }

    /** How many bytes were seen, and did not arrive. */
    long mustBeToldOf(Set<String> arrived) {
        return ever.stream().mapToLong(holding -> lost(holding, arrived)).sum();
    }

    /** Of which file a header that arrived was, nobody can tell. */
    private long lost(Holding holding, Set<String> arrived) {
        Set<String> all = new HashSet<>(arrived);
        all.add(header);
        return holding.lost(all);
    }

    /** How many bytes may at most be told of as lost: what was destroyed or replaced when it was not known to be shipped. */
    long mayBeToldOf() {
        return tornBytes + packedBytes + copiedBytes + headerBytes + bytes(mayBeMissing);
    }

    static long bytes(Collection<String> lines) {
        return lines.stream().mapToLong(line -> line.length() + 1).sum();
    }

    void step() throws IOException {
        int dice = random.nextInt(100);
        if (dice < 50) {
            write();
        } else if (dice < 60) {
            rotateByRenaming();
        } else if (dice < 70) {
            rotateByCopying();
        } else if (dice < 75) {
            deleteAndRecreate();
        } else if (dice < 80) {
            truncate();
        } else if (dice < 84) {
            replace();
        } else if (dice < 96) {
            compress();
        } else {
            deleteTheOldest();
        }
    }

    void write() throws IOException {
        note("write");
        StringBuilder text = new StringBuilder();
        if (!current.torn.isEmpty()) {
            text.append(current.rest).append('\n');
            add(current.torn + current.rest);
            current.halves.put(current.lines.getLast(), current.torn.length());
            current.torn = "";
        }
        if (!current.isBegun && !header.isEmpty()) {
            text.append(header).append('\n');
            current.lines.add(header);
        }
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String line = line(current.lines.size());
            text.append(line).append('\n');
            add(line);
        }
        if (random.nextInt(6) == 0) {
            String line = line(current.lines.size());
            int cut = 1 + random.nextInt(line.length() - 1);
            current.torn = line.substring(0, cut);
            current.rest = line.substring(cut);
            text.append(current.torn);
        }
        if (Files.notExists(current.path)) {
            disk.inodes.create(current.path);
        }
        append(current.path, text.toString().getBytes(StandardCharsets.UTF_8));
        if (!current.isBegun) {
            current.isBegun = true;
            current.seenOfOthers = disk.seenOfInode.getOrDefault(Inodes.of(current.path), 0L);
        }
    }

    private void append(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes, StandardOpenOption.APPEND);
        isWritten(path);
    }

    private void truncate(Path path) throws IOException {
        Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        isWritten(path);
    }

    /** No two within a tick of the file system's clock, as the same length at the same time is not noticed. */
    private void isWritten(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.fromMillis(TICKS.incrementAndGet()));
    }

    private void add(String line) {
        current.lines.add(line);
        written.add(line);
    }

    private String line(int number) {
        String filler = random.nextInt(8) == 0 ? "x".repeat(random.nextInt(1_500)) : "";
        return "{\"at\":\"2026-11-24T00:00:00Z\",\"who\":\"u" + number % 3 + "\",\"op\":\"view\",\"log\":\"" + name
                + "/" + current.content + "\",\"n\":" + number + ",\"filler\":\"" + filler + "\"}";
    }

    private void rotateByRenaming() throws IOException {
        if (!Files.exists(current.path)) {
            return;
        }
        note("rename " + told(current));
        shift();
        move(current, folder.resolve("app.log.1"));
        begin(current);
    }

    private void rotateByCopying() throws IOException {
        if (!Files.exists(current.path)) {
            return;
        }
        note("copytruncate " + told(current));
        shift();
        Path copy = folder.resolve("app.log.1");
        disk.inodes.create(copy);
        append(copy, Files.readAllBytes(current.path));
        meanwhile.run();
        mayVanishUnread(current);
        truncate(current.path);
        current.path = copy;
        current.isCopied = true;
        begin(current);
    }

    private void deleteAndRecreate() throws IOException {
        if (!Files.exists(current.path)) {
            return;
        }
        note("delete+recreate " + told(current));
        disk.inodes.delete(current.path);
        destroyed(current);
        current = newLog();
        write();
    }

    private void truncate() throws IOException {
        if (!Files.exists(current.path)) {
            return;
        }
        note("truncate " + told(current));
        truncate(current.path);
        destroyed(current);
        current = newLog();
    }

    /** One that was read, by a whole new file that holds the same, as rsync or an editor does, and goes on. */
    private void replace() throws IOException {
        if (!Files.exists(current.path) || !current.isKnown) {
            return;
        }
        note("replace " + told(current));
        Path whole = folder.resolve("whole");
        disk.inodes.create(whole);
        append(whole, Files.readAllBytes(current.path));
        mayVanishUnread(current);
        disk.inodes.delete(current.path);
        Files.move(whole, current.path);
        current.isCopied = true;
        meanwhile.run();
        write();
    }

    private void compress() throws IOException {
        List<Holding> plain = rotated.stream().filter(RotatedLog::isPlain).toList();
        if (plain.isEmpty()) {
            return;
        }
        Holding holding = plain.get(random.nextInt(plain.size()));
        boolean gzip = random.nextBoolean();
        note((gzip ? "gzip" : "zstd") + " " + told(holding));
        Path packed = Path.of(holding.path + (gzip ? ".gz" : ".zst"));
        byte[] bytes = packed(Files.readAllBytes(holding.path), gzip);
        int half = 1 + random.nextInt(bytes.length - 1);
        disk.inodes.create(packed);
        packing.put(packed, holding);
        append(packed, Arrays.copyOf(bytes, half));
        meanwhile.run();
        append(packed, Arrays.copyOfRange(bytes, half, bytes.length));
        meanwhile.run();
        mayVanishUnread(holding);
        disk.inodes.delete(holding.path);
        packing.clear();
        holding.path = packed;
    }

    private void deleteTheOldest() throws IOException {
        if (!rotated.isEmpty()) {
            Holding oldest = rotated.removeLast();
            note("delete " + told(oldest));
            packedBytes += isPlain(oldest) ? 0 : Files.size(oldest.path);
            disk.inodes.delete(oldest.path);
            destroyed(oldest);
        }
    }

    /** Of what the shipper saw but did not open, it cannot tell that another file holds it. */
    private void mayVanishUnread(Holding holding) throws IOException {
        boolean isShipped = holding.lines.stream().allMatch(line -> line.equals(header) || shipped.contains(line));
        copiedBytes += isShipped && !holding.isCopied ? 0 : Files.size(holding.path);
    }

    private static boolean isPlain(Holding holding) {
        return isPlain(holding.path);
    }

    private static boolean isPlain(Path path) {
        return !path.toString().matches(".*\\.(gz|zst)");
    }

    static byte[] packed(byte[] bytes, boolean gzip) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(packed) : new ZstdJavaOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private void shift() throws IOException {
        while (rotated.size() >= MOST_ROTATED) {
            deleteTheOldest();
        }
        for (int i = rotated.size() - 1; i >= 0; i--) {
            String file = rotated.get(i).path.getFileName().toString();
            String[] parts = file.split("\\.", -1);
            parts[2] = String.valueOf(i + 2);
            move(rotated.get(i), folder.resolve(String.join(".", parts)));
        }
    }

    private static void move(Holding holding, Path to) throws IOException {
        Files.move(holding.path, to, StandardCopyOption.ATOMIC_MOVE);
        holding.path = to;
    }

    private void begin(Holding finished) {
        rotated.addFirst(finished);
        tornBytes += finished.torn.getBytes(StandardCharsets.UTF_8).length;
        current = newLog();
    }

    private void destroyed(Holding holding) {
        holding.destroyed = true;
        headerBytes += holding.lines.contains(header) ? header.length() + 1 : 0;
        holding.lines.stream()
                .filter(line -> !line.equals(header) && !shipped.contains(line))
                .forEach(mayBeMissing::add);
        tornBytes += holding.torn.getBytes(StandardCharsets.UTF_8).length;
        if (holding.isCopied && isPlain(holding)) {
            copiedBytes +=
                    bytes(holding.lines.stream().filter(shipped::contains).toList());
        }
    }

    private String told(Holding holding) {
        return "#" + holding.content + " of " + holding.length() + " bytes at " + holding.path.getFileName() + ",";
    }

    /** Remembers what was done, for who has to find out what went wrong. */
    void note(String what) {
        disk.history.append(' ').append(name).append(':').append(what);
    }
}
