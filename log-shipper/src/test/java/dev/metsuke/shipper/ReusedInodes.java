package dev.metsuke.shipper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives new files the inodes of deleted ones as random numbers say, where a file system gives them as it likes, so that a seed
 * tells them too. A deleted file is only moved out of sight; one that is created anew may be it, emptied, once nobody holds it
 * open.
 */
final class ReusedInodes implements Inodes {

    private final Path deleted;
    private final Random random;
    /** Of so many new files one is given a new inode. */
    private final int newOnes;

    /** As ext4 does. */
    private final boolean lowestFirst;

    private final Supplier<Set<Long>> open;
    /** In the order in which they were given first. */
    private final List<Long> inodes = new ArrayList<>();

    private final Map<Long, Path> free = new HashMap<>();
    private int count;

    /**
     * Those of one file system.
     *
     * @param deleted where deleted files are kept; no log stands there
     * @param open the inodes of the files that are held open
     */
    ReusedInodes(Path deleted, Random random, Supplier<Set<Long>> open) throws IOException {
        this.deleted = Files.createDirectories(deleted);
        this.random = random;
        this.newOnes = 1 + random.nextInt(10);
        this.lowestFirst = random.nextBoolean();
        this.open = open;
    }

    @Override
    public void create(Path path) throws IOException {
        Set<Long> held = open.get();
        List<Long> given = inodes.stream()
                .filter(inode -> free.containsKey(inode) && !held.contains(inode))
                .toList();
        if (given.isEmpty() || random.nextInt(newOnes) == 0) {
            Files.createFile(path);
            inodes.add(Inodes.of(path));
            return;
        }
        long inode = lowestFirst ? given.getFirst() : given.get(random.nextInt(given.size()));
        Path file = Objects.requireNonNull(free.remove(inode));
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(file, path);
    }

    @Override
    public void delete(Path path) throws IOException {
        Path out = deleted.resolve(String.valueOf(count++));
        Files.move(path, out);
        free.put(Inodes.of(out), out);
    }
}
