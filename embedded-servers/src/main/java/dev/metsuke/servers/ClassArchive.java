package dev.metsuke.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's archive of a server's loaded classes, which takes 40 % off its start. The first server that served and
 * stopped in order leaves it (3 to 5 s, once); one that failed or was killed would leave a poor one, so its is not kept.
 */
final class ClassArchive {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClassArchive.class);

    private final Path kept;
    private final Path draft;
    private final boolean usable;

    private ClassArchive(Path kept, Path draft, boolean usable) {
        this.kept = kept;
        this.draft = draft;
        this.usable = usable;
    }

    /** One for each set of jars and each JVM, as the JVM accepts no other. */
    static ClassArchive of(Path jar, Path temporaryFolder) {
        Path kept = jar.resolveSibling("classes-" + Runtime.version() + ".jsa");
        return new ClassArchive(kept, temporaryFolder.resolve("classes.jsa"), isNewerThanJars(kept));
    }

    String jvmFlag() {
        return usable ? "-XX:SharedArchiveFile=" + kept : "-XX:ArchiveClassesAtExit=" + draft;
    }

    /** Call once the JVM has ended in order. */
    void keep() {
        if (usable || !Files.exists(draft)) {
            return;
        }
        // Data and jars may be on different disks; a move within one folder is whole or not at all.
        Path beside = kept.resolveSibling(
                kept.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
            Files.move(draft, beside);
            Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            LOGGER.debug("The next start is as slow as the first, for {} can't be written", kept, unwritable);
        }
    }

    private static boolean isNewerThanJars(Path archive) {
        if (!Files.exists(archive)) {
            return false;
        }
        try (Stream<Path> files = Files.list(archive.resolveSibling("."))) {
            FileTime made = Files.getLastModifiedTime(archive);
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            for (Path jar : jars) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
