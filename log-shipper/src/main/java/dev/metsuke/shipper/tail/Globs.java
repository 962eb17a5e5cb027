package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source's path patterns; {@code *} stays within a folder, {@code **} crosses folders. */
public final class Globs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Globs.class);
    private static final int ANY_DEPTH = 64;
    private static final int MANY = 100;
    private static final long FULL_SCAN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String CURE =
            "; give the account that runs metsuke the right to read and to enter it, and to enter the folders above"
                    + " it, as by their group or an ACL (setfacl)";
    private static final List<String> COMPRESSED = List.of(".bz2", ".xz", ".lz4", ".lzma", ".zip", ".Z", ".7z");

    private final List<Glob> globs;
    private final Set<Glob> matched = new HashSet<>();
    private final Set<String> complaints = new HashSet<>();
    /** What the last full scan had to look at and could not, with the reason. */
    private Map<Path, String> refused = new TreeMap<>();

    private Map<Path, String> refusedBefore = refused;
    private final Map<Path, SeenFile> found = new TreeMap<>();
    /** Links to files that may be written under another name, of which no folder tells. */
    private final Set<Path> links = new HashSet<>();

    private @Nullable FolderWatch watch;
    private Scan last = Scan.NONE;
    private long fullScanNanos;

    public Globs(List<Path> patterns) {
        globs = patterns.stream().map(Glob::of).toList();
    }

    /**
     * What matches now, in the order of the paths. Where many files do, only those are looked at that the kernel tells of,
     * and all of them once a minute.
     */
    public Scan scan(long nowNanos) {
        FolderWatch watching = watch;
        if (watching != null) {
            Optional<Set<Path>> changed = watching.changed();
            boolean isHint = nowNanos - fullScanNanos < FULL_SCAN_NANOS
                    && globs.stream().allMatch(glob -> watching.isWatchedStill(glob.base));
            if (isHint && changed.isPresent() && changed.get().stream().noneMatch(Files::isDirectory)) {
                if (!changed.get().isEmpty() || !links.isEmpty()) {
                    changed.get().forEach(this::lookAgain);
                    links.forEach(this::lookAgain);
                    last = new Scan(found.values());
                }
                return last;
            }
        }
        return scan(nowNanos, watching);
    }

    /** The same for who asks but once. */
    public Scan scan() {
        return scan(0, null);
    }

    private Scan scan(long nowNanos, @Nullable FolderWatch watching) {
        found.clear();
        links.clear();
        refusedBefore = refused;
        refused = new TreeMap<>();
        fullScanNanos = nowNanos;
        globs.forEach(this::search);
        if (watching == null && found.size() >= MANY) {
            watch = FolderWatch.start().orElse(null);
            // The next scan is to find and watch the folders.
            fullScanNanos = nowNanos - FULL_SCAN_NANOS;
        }
        last = new Scan(found.values());
        return last;
    }

    /** Whether a file is looked for at this absolute path. */
    public boolean matches(Path file) {
        return globs.stream().anyMatch(glob -> glob.matcher.matches(file));
    }

    private void lookAgain(Path file) {
        found.remove(file);
        if (matches(file)) {
            try {
                look(file, Files.readAttributes(file, BasicFileAttributes.class));
            } catch (IOException e) {
                LOG.debug("{} is gone: {}", file, e.toString());
            }
        }
    }

    private void search(Glob glob) {
        if (Files.notExists(glob.base)) {
            complainOnce(glob.pattern, "matches nothing yet: the folder " + glob.base + " does not exist");
            return;
        }
        try {
            Files.walkFileTree(
                    glob.base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), glob.depth, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            if (watch != null) {
                                // Before it is listed, so that nothing is missed in between.
                                watch.add(folder);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (glob.matcher.matches(file)) {
                                matched.add(glob);
                                look(file, attributes);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            if (file.equals(glob.base) || glob.matcher.matches(file)) {
                                refused(file, failure);
                            } else {
                                complainOnce(file, "cannot be looked at: " + failure);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
                            if (failure != null) {
                                complainOnce(directory, "cannot be searched to its end: " + failure);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            complainOnce(glob.base, "cannot be searched: " + e);
        }
        if (!matched.contains(glob) && !refused.containsKey(glob.base)) {
            complainOnce(glob.pattern, "matches no file yet; is it what the source's paths should say?");
        }
    }

    private void look(Path file, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            complainOnce(file, "is matched by a source's paths but is no regular file; it is passed over");
        } else if (isCompressed(file)) {
            complainOnce(file, "is compressed in a way that is not read; pack with gzip or zstd; it is passed over");
        } else {
            try {
                found.put(file, SeenFile.at(file));
                if (watch != null && Files.isSymbolicLink(file)) {
                    links.add(file);
                }
            } catch (IOException e) {
                // Gone between listing and looking; the next scan tells.
                LOG.debug("{} vanished while it was looked at: {}", file, e.toString());
            }
        }
    }

    /** Says so once, and again where it could be looked at meanwhile. */
    private void refused(Path path, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            LOG.debug("{} vanished before it was looked at: {}", path, failure.toString());
            return;
        }
        String why = failure.toString();
        if (!why.equals(refused.put(path, why)) && !why.equals(refusedBefore.get(path))) {
            LOG.warn("{} cannot be looked at: {}{}", path, why, failure instanceof AccessDeniedException ? CURE : "");
        }
    }

    /** How many folders that patterns begin with, and files that they match, could not be looked at. */
    public int refused() {
        return refused.size();
    }

    /** What was warned of, each once. */
    Set<String> complaints() {
        return Collections.unmodifiableSet(complaints);
    }

    @Override
    public void close() throws IOException {
        if (watch != null) {
            watch.close();
        }
    }

    private void complainOnce(Path file, String complaint) {
        if (complaints.add(file + complaint)) {
            LOG.warn("{} {}", file, complaint);
        }
    }

    private static boolean isCompressed(Path file) {
        String name = file.toString();
        return COMPRESSED.stream().anyMatch(name::endsWith);
    }

    private record Glob(Path pattern, Path base, int depth, PathMatcher matcher) {

        static Glob of(Path pattern) {
            Path absolute = pattern.toAbsolutePath().normalize();
            Path base = Path.of("/");
            int fixed = 0;
            // The last name belongs to files, so that a pattern without wildcards is a folder and a name in it.
            while (fixed < absolute.getNameCount() - 1 && !isWild(absolute.getName(fixed))) {
                base = base.resolve(absolute.getName(fixed++));
            }
            int depth = absolute.toString().contains("**") ? ANY_DEPTH : absolute.getNameCount() - fixed;
            return new Glob(absolute, base, depth, FileSystems.getDefault().getPathMatcher("glob:" + absolute));
        }

        private static boolean isWild(Path name) {
            return name.toString().chars().anyMatch(character -> "*?[{\\".indexOf(character) >= 0);
        }
    }
}
