package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeTheLog() throws IOException {
        Files.writeString(folder.resolve("b.log"), "one\n");
    }

    @Test
    void warnsOnceOfEachPatternThatMatchesNothing() {
        Globs globs = new Globs(List.of(
                folder.resolve("*.log"),
                folder.resolve("*.txt"),
                folder.resolve("none").resolve("*.log")));

        globs.scan(0);
        globs.scan(0);

        assertThat(globs.complaints())
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("*.txt", "matches no file yet"),
                        message -> assertThat(message).contains("none/*.log", "does not exist"));
    }

    @Test
    void warnsOnceOfAFolderAndAPipeThatArePassedOver() throws Exception {
        Files.createDirectory(folder.resolve("folder.log"));
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("pipe.log").toString()).start();
        assumeThat(mkfifo.waitFor()).isZero();
        Globs globs = new Globs(List.of(folder.resolve("*.log"), folder));

        globs.scan(0);
        globs.scan(0);

        assertThat(sizes(globs)).containsOnlyKeys("b.log");
        assertThat(globs.complaints())
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).startsWith(folder.resolve("folder.log") + "is"),
                        message -> assertThat(message).startsWith(folder.resolve("pipe.log") + "is"),
                        message -> assertThat(message).startsWith(folder + "is"))
                .allMatch(message -> message.contains("is matched by a source's paths but is no regular file"));
    }

    @Test
    void takesNoFolderForMissingThatCannotBeReached() throws IOException {
        Path way = Files.createSymbolicLink(folder.resolve("way"), Path.of("way"));
        Globs globs = new Globs(List.of(way.resolve("logs").resolve("*.log"), folder.resolve("*.log")));

        globs.scan(0);
        int refused = globs.refused();
        Files.delete(way);
        Files.createDirectories(way.resolve("logs"));
        globs.scan(0);

        assertThat(refused).isOne();
        assertThat(globs.refused()).isZero();
        assertThat(globs.complaints()).singleElement().asString().contains("matches no file yet");
    }

    @Test
    void seesWhatIsWrittenAndWhatAppearsAmongManyFiles() throws IOException {
        // Given: so many that folders are watched, from the second scan on
        Path outside = Files.createDirectories(folder.resolve("elsewhere")).resolve("target.txt");
        Files.writeString(outside, "1\n");
        Files.createSymbolicLink(folder.resolve("link.log"), outside);
        Path many = Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < 120; i++) {
            Files.writeString(many.resolve(i + ".log"), "one\n");
        }
        try (Globs globs = new Globs(List.of(folder.resolve("*.log"), folder.resolve("**/*.log")))) {
            assertThat(sizes(globs)).hasSize(122);
            assertThat(sizes(globs)).hasSize(122);

            // When
            Files.writeString(many.resolve("7.log"), "two\n", StandardOpenOption.APPEND);
            Files.writeString(outside, "2\n", StandardOpenOption.APPEND);
            Files.move(many.resolve("8.log"), many.resolve("8.log.1"));
            Path later = Files.createDirectories(folder.resolve("later/still"));
            Files.writeString(later.resolve("new.log"), "three\n");

            // Then
            await().untilAsserted(() -> assertThat(sizes(globs))
                    .containsEntry("7.log", 8L)
                    .containsEntry("target.txt", 4L)
                    .containsEntry("new.log", 6L)
                    .doesNotContainKey("8.log"));
        }
    }

    @Test
    void looksAtAllFilesWhereMoreChangedThanTheWatchKeeps() throws IOException {
        // Given: so many that folders are watched, from the second scan on
        for (int i = 0; i < 120; i++) {
            Files.writeString(folder.resolve(i + ".log"), "one\n");
        }
        try (Globs globs = new Globs(List.of(folder.resolve("*.log")))) {
            assertThat(sizes(globs)).hasSize(121);
            assertThat(sizes(globs)).hasSize(121);

            // When: the JDK drops all of a folder's events where there are more than 512
            for (int i = 0; i < 2_000; i++) {
                Files.writeString(folder.resolve("new" + i + ".log"), "two\n");
            }

            // Then
            await().untilAsserted(() -> assertThat(sizes(globs)).hasSize(2_121));
        }
    }

    @Test
    void seesWhatIsWrittenInAFolderThatLinksLeadToAsWell() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        for (int i = 0; i < 120; i++) {
            Files.writeString(logs.resolve(i + ".log"), "one\n");
        }
        Path link = Files.createSymbolicLink(folder.resolve("a-link"), logs);
        try (Globs globs = new Globs(List.of(link.resolve("*.log"), logs.resolve("*.log")))) {
            assertThat(sizes(globs)).hasSize(120);
            assertThat(sizes(globs)).hasSize(120);

            Files.writeString(logs.resolve("7.log"), "two\n", StandardOpenOption.APPEND);

            await().untilAsserted(() -> assertThat(sizes(globs)).containsEntry("7.log", 8L));
        }
    }

    @Test
    void watchesAFolderThatWasMovedAwayAndMadeAnew() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        for (int i = 0; i < 120; i++) {
            Files.writeString(logs.resolve(i + ".log"), "one\n");
        }
        try (Globs globs = new Globs(List.of(logs.resolve("*.log")))) {
            assertThat(sizes(globs)).hasSize(120);
            assertThat(sizes(globs)).hasSize(120);
            Files.move(logs, folder.resolve("away"));
            Files.createDirectory(logs);
            assertThat(globs.scan(0).files()).isEmpty();

            Files.writeString(logs.resolve("new.log"), "new\n");

            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(globs.scan(0).files()).hasSize(1));
        }
    }

    /** Within the minute in which what is watched need not be scanned. */
    private static Map<String, Long> sizes(Globs globs) {
        return globs.scan(0).files().stream().collect(Collectors.toMap(GlobsTest::name, SeenFile::size));
    }

    private static String name(SeenFile seen) {
        try {
            return seen.path().toRealPath().getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
