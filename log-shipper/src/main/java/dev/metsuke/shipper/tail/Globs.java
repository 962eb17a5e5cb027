package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source's path patterns; {@code *} stays within a folder, {@code **} crosses folders. */
public final class Globs {

    private static final Logger LOG = LoggerFactory.getLogger(Globs.class);
    private static final int ANY_DEPTH = 64;
    private static final List<String> COMPRESSED = List.of(".gz", ".zst", ".bz2", ".xz");

    private final List<Glob> globs;
    private final Set<Glob> matched = new HashSet<>();
    private final Set<String> complaints = new HashSet<>();

    public Globs(List<Path> patterns) {
        globs = patterns.stream().map(Glob::of).toList();
    }

    /** Looks at every file that matches now, in the order of their paths. */
    public Scan scan() {
        Map<Path, SeenFile> found = new TreeMap<>();
        globs.forEach(glob -> search(glob, found));
        return new Scan(new ArrayList<>(found.values()));
    }

    /**
     * The file of this key, if it stands in the folder of the path; so one renamed out of the globs is found again.
     *
     * @throws IOException where it cannot be told whether it stands there
     */
    public static List<SeenFile> inFolderOf(Path path, FileKey key) throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            return List.of();
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            return among(entries, key);
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (Files.isDirectory(folder)) {
                throw e;
            }
            LOG.debug("{} is gone: {}", folder, e.toString());
            return List.of();
        }
    }

    static List<SeenFile> among(Iterable<Path> entries, FileKey key) throws IOException {
        IOException vanished = null;
        try {
            for (Path entry : entries) {
                try {
                    if (!isCompressed(entry) && Files.isRegularFile(entry)) {
                        SeenFile seen = SeenFile.at(entry);
                        if (seen.key().equals(key)) {
                            return List.of(seen);
                        }
                    } else if (Files.notExists(entry, LinkOption.NOFOLLOW_LINKS)) {
                        throw new NoSuchFileException(entry.toString());
                    }
                } catch (NoSuchFileException e) {
                    // It may be the very file, renamed once more in this moment.
                    vanished = e;
                } catch (IOException e) {
                    LOG.debug("{} cannot be looked at: {}", entry, e.toString());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (vanished != null) {
            throw vanished;
        }
        return List.of();
    }

    private void search(Glob glob, Map<Path, SeenFile> found) {
        if (!Files.exists(glob.base)) {
            complainOnce(glob.pattern, "matches nothing yet: the folder " + glob.base + " does not exist");
            return;
        }
        try {
            Files.walkFileTree(
                    glob.base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), glob.depth, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (glob.matcher.matches(file)) {
                                matched.add(glob);
                                look(file, attributes, found);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            complainOnce(file, "cannot be looked at: " + failure);
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
        if (!matched.contains(glob)) {
            complainOnce(glob.pattern, "matches no file yet; is it what the source's paths should say?");
        }
    }

    private void look(Path file, BasicFileAttributes attributes, Map<Path, SeenFile> found) {
        if (!attributes.isRegularFile()) {
            complainOnce(file, "is matched by a source's paths but is no regular file; it is passed over");
        } else if (isCompressed(file)) {
            complainOnce(file, "is compressed; it is passed over");
        } else {
            try {
                found.put(file, SeenFile.at(file));
            } catch (IOException e) {
                // Gone between listing and looking; the next scan tells.
                LOG.debug("{} vanished while it was looked at: {}", file, e.toString());
            }
        }
    }

    /** What was warned of, each once. */
    Set<String> complaints() {
        return Collections.unmodifiableSet(complaints);
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
