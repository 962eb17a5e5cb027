package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source's path patterns; {@code *} stays within a folder, {@code **} crosses folders. */
public final class Globs {

    private static final Logger LOG = LoggerFactory.getLogger(Globs.class);
    private static final int ANY_DEPTH = 64;
    private static final List<String> COMPRESSED = List.of(".gz", ".zst", ".bz2", ".xz");

    private final List<Glob> globs;
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

    /** The file of this key, if it stands in the folder of the path; so one renamed out of the globs is found again. */
    public static List<SeenFile> inFolderOf(Path path, FileKey key) {
        Path folder = path.getParent();
        if (folder == null) {
            return List.of();
        }
        try (var entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path entry : entries) {
                SeenFile seen = SeenFile.at(entry);
                if (seen.key().equals(key) && !isCompressed(entry)) {
                    return List.of(seen);
                }
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be searched for a renamed file: {}", folder, e.toString());
        }
        return List.of();
    }

    private void search(Glob glob, Map<Path, SeenFile> found) {
        if (!Files.exists(glob.base)) {
            return;
        }
        try {
            Files.walkFileTree(
                    glob.base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), glob.depth, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (glob.matcher.matches(file)) {
                                look(file, attributes, found);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            complainOnce(file, "cannot be looked at: " + failure);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            complainOnce(glob.base, "cannot be searched: " + e);
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

    private void complainOnce(Path file, String complaint) {
        if (complaints.add(file + complaint)) {
            LOG.warn("{} {}", file, complaint);
        }
    }

    private static boolean isCompressed(Path file) {
        String name = file.toString();
        return COMPRESSED.stream().anyMatch(name::endsWith);
    }

    private record Glob(Path base, int depth, PathMatcher matcher) {

        static Glob of(Path pattern) {
            Path absolute = pattern.toAbsolutePath().normalize();
            Path base = Path.of("/");
            int fixed = 0;
            // The last name belongs to files, so that a pattern without wildcards is a folder and a name in it.
            while (fixed < absolute.getNameCount() - 1 && !isWild(absolute.getName(fixed))) {
                base = base.resolve(absolute.getName(fixed++));
            }
            int depth = absolute.toString().contains("**") ? ANY_DEPTH : absolute.getNameCount() - fixed;
            return new Glob(base, depth, FileSystems.getDefault().getPathMatcher("glob:" + absolute));
        }

        private static boolean isWild(Path name) {
            return name.toString().chars().anyMatch(character -> "*?[{\\".indexOf(character) >= 0);
        }
    }
}
