package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealCopiesTest {

    private static final Seal SEAL =
            Seal.sign("db1/crm", 1, ChainHead.GENESIS, Instant.parse("2026-05-01T12:00:00Z"), SealKeyPair.generate());

    @TempDir
    Path folder;

    @Test
    void passesOverALineThatWasCutShort() throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(SEAL.toJson());
        content.writeBytes(new byte[] {'\n', '{', '"', (byte) 0xe3, '\n'});
        content.writeBytes(SEAL.toJson());
        Path file = Files.write(folder.resolve("seals.ndjson"), content.toByteArray());

        SealCopies copies = SealCopies.read(file);

        assertThat(copies.records()).containsExactly(SEAL, SEAL);
        assertThat(copies.passedOver())
                .singleElement()
                .asString()
                .startsWith(file + " line 2 is passed over, it is no seal: not JSON");
    }

    @Test
    void takesNoOtherFileForOneOfSeals() throws Exception {
        Path other = Files.writeString(folder.resolve("keys.json"), "{\n\"keys\": []\n}\n");

        assertThatThrownBy(() -> SealCopies.read(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys.json line 1");
        assertThat(SealCopies.read(Files.createFile(folder.resolve("none"))).records())
                .isEmpty();
    }
}
