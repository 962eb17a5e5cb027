package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobsTest {

    @TempDir
    Path folder;

    private Path log = Path.of("unset");

    @BeforeEach
    void writeTheLog() throws IOException {
        log = Files.writeString(folder.resolve("b.log"), "one\n");
    }

    @Test
    void findsARenamedFileThoughAnotherVanishes() throws IOException {
        FileKey key = SeenFile.at(log).key();

        assertThat(Globs.among(List.of(folder.resolve("vanished"), log), key))
                .extracting(SeenFile::path)
                .containsExactly(log);
    }

    @Test
    void cannotTellThatAFileIsGoneWhileOthersVanish() throws IOException {
        FileKey other = new FileKey(SeenFile.at(log).key().device(), -1);

        assertThatThrownBy(() -> Globs.among(List.of(folder.resolve("vanished"), log), other))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(Globs.among(List.of(log), other)).isEmpty();
    }

    @Test
    void cannotTellThatAFileIsGoneFromAFolderThatCannotBeRead() throws IOException {
        FileKey key = SeenFile.at(log).key();
        Iterable<Path> unreadable = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new DirectoryIteratorException(new IOException("input/output error"));
            }

            @Override
            public Path next() {
                throw new AssertionError("there is none");
            }
        };

        assertThatThrownBy(() -> Globs.among(unreadable, key))
                .isInstanceOf(IOException.class)
                .hasMessage("input/output error");
    }

    @Test
    void knowsThatAFileIsGoneWithItsFolder() throws IOException {
        FileKey key = SeenFile.at(log).key();

        assertThat(Globs.inFolderOf(folder.resolve("none/b.log"), key)).isEmpty();
    }

    @Test
    void warnsOnceOfEachPatternThatMatchesNothing() {
        Globs globs = new Globs(List.of(
                folder.resolve("*.log"),
                folder.resolve("*.txt"),
                folder.resolve("none").resolve("*.log")));

        globs.scan();
        globs.scan();

        assertThat(globs.complaints())
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("*.txt", "matches no file yet"),
                        message -> assertThat(message).contains("none/*.log", "does not exist"));
    }
}
