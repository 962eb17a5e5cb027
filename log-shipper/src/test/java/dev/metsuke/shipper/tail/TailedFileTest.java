package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.zstd.ZstdJavaOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailedFileTest {

    @TempDir
    Path folder;

    @Test
    void itsSuccessorIsAsLongAsTheFileIsAndNotAsItWasSeen() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "first\n".repeat(100));
        try (TailedFile file = TailedFile.fresh(SeenFile.at(log), 0)) {
            assertThat(file.head(1)).hasSize(600);
            rewrite(log, "other\n");

            assertThat(file.head(1)).isEmpty();

            assertThat(file.hasBegunAnew()).isTrue();
            assertThat(file.departed().unreadBytes()).isEqualTo(600);
            try (TailedFile successor = file.successor(1, 1)) {
                assertThat(successor.size()).isEqualTo(6);
                assertThat(successor.head(1)).hasSize(6);
                // A scan sees the file as short as it is; nothing of the successor is lost by that.
                successor.foundAt(SeenFile.at(log), 2);
                byte[] read = new byte[100];
                assertThat(successor.fill(read, 3)).isEqualTo(6);
                assertThat(successor.takeLost().bytes()).isZero();
                assertThat(successor.departed().unreadBytes()).isEqualTo(6);
            }
        }
    }

    @Test
    void losesAllThatWasSeenOfItWhereItIsShorterOnceItsBeginningIsRead() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "first\n".repeat(100));
        SeenFile seen = SeenFile.at(log);
        rewrite(log, "other\n");
        try (TailedFile file = TailedFile.fresh(seen, 0)) {
            assertThat(file.head(1)).hasSize(6);

            assertThat(file.fill(new byte[100], 2)).isEqualTo(6);

            assertThat(file.takeLost().bytes()).isEqualTo(600);
        }
    }

    @Test
    void hasBegunAnewOnceItIsFoundNotToBeTheFileItWas() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "first\n");
        try (TailedFile file = TailedFile.fresh(SeenFile.at(log), 0)) {
            assertThat(file.head(1)).hasSize(6);
            assertThat(file.isTheFileItWas()).isTrue();
            assertThat(file.hasBegunAnew()).isFalse();

            rewrite(log, "other\n");

            assertThat(file.isTheFileItWas()).isFalse();
            assertThat(file.hasBegunAnew()).isTrue();
        }
    }

    @Test
    void isFarFromTheNextWhereAllThatWasReadMustBeUnpackedFirst() throws IOException {
        byte[] mebibyte = "a line\n".repeat(150_000).getBytes(StandardCharsets.US_ASCII);
        Path packed = folder.resolve("a.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            for (int i = 0; i < 66; i++) {
                out.write(mebibyte);
            }
        }
        long length = 66L * mebibyte.length;
        try (TailedFile file = TailedFile.fresh(SeenFile.at(packed), 0)) {
            assertThat(file.isFarFromTheNext()).isFalse();
            file.continueFrom(readUpTo(file, length - 7), length);

            assertThat(file.isFarFromTheNext()).isTrue();

            assertThat(file.fill(new byte[100], 0)).isEqualTo(7);
            assertThat(file.isFarFromTheNext()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".zst"})
    void takesNoPackedFileForBrokenThatCannotBeReadForNow(String suffix) throws IOException {
        byte[] content = new byte[8_000_000];
        new Random(1).nextBytes(content);
        Path packed = folder.resolve("a.log" + suffix);
        try (OutputStream file = Files.newOutputStream(packed);
                OutputStream out = suffix.equals(".gz") ? new GZIPOutputStream(file) : new ZstdJavaOutputStream(file)) {
            out.write(content);
        }
        byte[] read = new byte[300_000];
        try (TailedFile file = TailedFile.fresh(SeenFile.at(packed), 0)) {
            file.readAt(0, read);
            // It closes the channel, which fails from then on.
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> file.readAt(7_000_000, read)).isInstanceOf(ClosedChannelException.class);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.damage()).isNull();
            assertThat(file.readAt(7_000_000, read)).isEqualTo(300_000);
            assertThat(read).isEqualTo(Arrays.copyOfRange(content, 7_000_000, 7_300_000));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasNewsOfAPackedFileThatGoesOnAtItsEndOnlyWhereItIsCutOff(boolean isCutOff) throws IOException {
        byte[] whole = packed("line\n".repeat(1_000));
        Path packed = Files.write(folder.resolve("a.log.gz"), Arrays.copyOf(whole, whole.length - (isCutOff ? 4 : 0)));
        try (TailedFile file = TailedFile.fresh(SeenFile.at(packed), 0)) {
            long length = Comparison.beginnings(file, List.of()).end().offset();

            file.continueFrom(readUpTo(file, length), length);

            assertThat(length).isPositive();
            assertThat(file.hasNews(Rest.FINAL)).isEqualTo(isCutOff);
        }
    }

    @Test
    void knowsHowMuchIsUnreadOfAPackedFileThatGoesOn() throws IOException {
        Path packed = Files.write(folder.resolve("a.log.gz"), packed("line\n".repeat(1_000)));
        try (TailedFile file = TailedFile.fresh(SeenFile.at(packed), 0)) {
            file.continueFrom(readUpTo(file, 1_000), 5_000);

            assertThat(file.fill(new byte[100], 0)).isEqualTo(100);

            assertThat(file.unreadBytes()).isEqualTo(4_000);
            assertThat(file.progress().unreadBytes()).isEqualTo(4_000);
        }
    }

    @Test
    void staysBrokenWhereOnlyItsBeginningIsLookedAt() throws IOException {
        byte[] whole = packed("no end".repeat(1_000));
        Path packed = Files.write(folder.resolve("a.log.gz"), Arrays.copyOf(whole, whole.length - 4));
        try (TailedFile file = TailedFile.fresh(SeenFile.at(packed), 0)) {
            file.fill(new byte[10_000], 0);
            file.examined(Rest.RESTING, file.size());
            String damage = file.damage();
            file.pause();

            assertThat(file.head(1)).hasSize(Fingerprint.MOST);

            assertThat(file.damage()).isNotNull().isEqualTo(damage);
            // After a restart it is unpacked again, for its last line is still to come, and nobody was told.
            assertThat(file.progress().readThrough()).isEqualTo(-1);
        }
    }

    private static Progress readUpTo(TailedFile file, long offset) {
        Progress none = file.progress();
        List<Checkpoint> checkpoints = List.of(new Checkpoint(offset, 0));
        return new Progress(none.identity(), none.generation(), offset, offset, null, checkpoints, -1, false, false);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    /** In place: the inode stays. */
    private static void rewrite(Path log, String text) throws IOException {
        Files.write(log, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
    }
}
