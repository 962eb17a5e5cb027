package dev.metsuke.shipper.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymKeyTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @TempDir
    Path folder;

    @Test
    void isTheBeginningOfAnHmacThatAnyToolComputes() throws IOException {
        PseudonymKey key = PseudonymKey.read(file(KEY + "\n", "rw-------"));

        // printf %s C-10023 | openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY | cut -c1-32
        assertThat(key.pseudonym("C-10023")).isEqualTo("p:80559963a3bb2e21ca2b5020ca840a3d");
        assertThat(key.pseudonym("山田太郎")).isEqualTo("p:54e102e791a75bcfe07b18f4438a09cb");
    }

    @Test
    void isTheSameForTheSameIdentifierAndNoOther() throws IOException {
        PseudonymKey key = PseudonymKey.read(file(KEY, "r--r-----"));

        assertThat(key.pseudonym(" C-1\t")).isEqualTo(key.pseudonym("C-1"));
        assertThat(key.pseudonym("が")).isEqualTo(key.pseudonym("か\u3099"));
        assertThat(key.pseudonym("c-1")).isNotEqualTo(key.pseudonym("C-1"));
        assertThat(PseudonymKey.read(file("ff".repeat(32), "rw-------")).pseudonym("C-1"))
                .isNotEqualTo(key.pseudonym("C-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, 64, can be reached by other users of this host; do: chmod 600",
        "rw--w----, 64, can be reached by other users of this host",
        "rw-------, 62, is a key of 31 bytes; it must have 32 or more",
        "rw-------, 63, is no key of hexadecimal digits",
    })
    void refusesAKeyThatProtectsNobody(String permissions, int digits, String problem) throws IOException {
        Path file = file(KEY.substring(0, digits), permissions);

        assertThatThrownBy(() -> PseudonymKey.read(file))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem)
                .hasNoCause()
                .hasMessageNotContaining(KEY.substring(0, 8));
    }

    @Test
    void saysHowToMakeAKeyThatIsNotThere() {
        assertThatThrownBy(() -> PseudonymKey.read(folder.resolve("none")))
                .hasMessageContaining("openssl rand -hex 32 > " + folder.resolve("none"));
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = folder.resolve("pseudonym.key");
        Files.deleteIfExists(file);
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
