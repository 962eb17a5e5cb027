package dev.metsuke.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sample company's folder: its settings, its staff directory, its logs; gone when the demo ends. */
final class DemoFiles implements AutoCloseable {

    private static final String PREFIX = "metsuke-demo-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+");

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final AtomicLong lines = new AtomicLong();

    private DemoFiles(Path folder) {
        this.folder = folder;
    }

    static DemoFiles create(Map<SampleLog, List<String>> history) throws IOException {
        removeAbandoned();
        DemoFiles files = new DemoFiles(
                Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
        for (String name : List.of("directory.csv", "policy.yml")) {
            Files.writeString(files.folder.resolve(name), resource(name));
        }
        // So that detection judges by the policy also before it has read what is published.
        Files.writeString(files.settings(), resource("metsuke.yml") + "\n" + resource("policy.yml"));
        for (Map.Entry<SampleLog, List<String>> log : history.entrySet()) {
            Files.write(files.folder.resolve(log.getKey().fileName()), log.getValue());
            files.lines.addAndGet(log.getValue().size());
        }
        files.makePseudonymKey();
        return files;
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = Objects.requireNonNull(DemoFiles.class.getResourceAsStream("/demo/" + name))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void makePseudonymKey() throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(pseudonymKey(), PosixFilePermissions.asFileAttribute(OWNERS));
        Files.writeString(pseudonymKey(), HexFormat.of().formatHex(key) + "\n");
    }

    Path folder() {
        return folder;
    }

    Path settings() {
        return folder.resolve("metsuke.yml");
    }

    /** With it whoever has a customer's number finds who read of them. */
    Path pseudonymKey() {
        return folder.resolve("pseudonym.key");
    }

    Path policy() {
        return folder.resolve("policy.yml");
    }

    byte[] directory() throws IOException {
        return Files.readAllBytes(folder.resolve("directory.csv"));
    }

    /** Adds a line to its log, as the log's server would. */
    void append(SampleLine line) throws IOException {
        Files.writeString(
                folder.resolve(line.log().fileName()),
                line.text() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        lines.incrementAndGet();
    }

    /** How many lines all logs hold. */
    long lines() {
        return lines.get();
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    /** Demos that were killed could not take their folders away. */
    private static void removeAbandoned() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*-*")) {
            for (Path abandoned : folders) {
                Matcher name = NAME.matcher(abandoned.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    remove(abandoned);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
