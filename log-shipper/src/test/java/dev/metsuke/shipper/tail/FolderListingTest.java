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

class FolderListingTest {

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

        assertThat(FolderListing.among(List.of(folder.resolve("vanished"), log)).find(key))
                .map(SeenFile::path)
                .contains(log);
    }

    @Test
    void cannotTellThatAFileIsGoneWhileOthersVanish() throws IOException {
        FileKey other = new FileKey(SeenFile.at(log).key().device(), -1);

        assertThatThrownBy(() -> FolderListing.among(List.of(folder.resolve("vanished"), log))
                        .find(other))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(FolderListing.among(List.of(log)).find(other)).isEmpty();
    }

    @Test
    void cannotTellThatAFileIsGoneFromAFolderThatCannotBeRead() throws IOException {
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

        assertThatThrownBy(() -> FolderListing.among(unreadable))
                .isInstanceOf(IOException.class)
                .hasMessage("input/output error");
    }

    @Test
    void knowsThatAFileIsGoneWithItsFolder() throws IOException {
        FileKey key = SeenFile.at(log).key();

        assertThat(FolderListing.of(folder.resolve("none")).find(key)).isEmpty();
    }
}
