package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailedFileTest {

    @TempDir
    Path folder;

    @Test
    void itsSuccessorIsAsLongAsTheFileIsAndNotAsItWasSeen() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "first\n".repeat(100));
        try (TailedFile file = TailedFile.fresh(SeenFile.at(log), 0)) {
            assertThat(file.head()).hasSize(600);
            rewrite(log, "other\n");

            assertThat(file.head()).isEmpty();

            assertThat(file.hasBegunAnew()).isTrue();
            assertThat(file.departed().unreadBytes()).isEqualTo(600);
            try (TailedFile successor = file.successor(1, 1)) {
                assertThat(successor.size()).isEqualTo(6);
                assertThat(successor.head()).hasSize(6);
                // A scan sees the file as short as it is; nothing of the successor is lost by that.
                successor.foundAt(SeenFile.at(log), 2);
                byte[] read = new byte[100];
                assertThat(successor.fill(read, 3)).isEqualTo(6);
                assertThat(successor.takeLostBytes()).isZero();
                assertThat(successor.departed().unreadBytes()).isEqualTo(6);
            }
        }
    }

    @Test
    void hasBegunAnewOnceItIsFoundNotToBeTheFileItWas() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "first\n");
        try (TailedFile file = TailedFile.fresh(SeenFile.at(log), 0)) {
            assertThat(file.head()).hasSize(6);
            assertThat(file.isTheFileItWas()).isTrue();
            assertThat(file.hasBegunAnew()).isFalse();

            rewrite(log, "other\n");

            assertThat(file.isTheFileItWas()).isFalse();
            assertThat(file.hasBegunAnew()).isTrue();
        }
    }

    /** In place: the inode stays. */
    private static void rewrite(Path log, String text) throws IOException {
        Files.write(log, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
    }
}
