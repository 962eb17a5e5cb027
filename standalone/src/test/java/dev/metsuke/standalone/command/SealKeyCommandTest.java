package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealKeyCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private String config = "";

    @BeforeEach
    void writeSettings() throws IOException {
        config = Files.writeString(folder.resolve("metsuke.yml"), """
            shipper: {id: db1, seal: {key-folder: keys}}
            console: {zone: Asia/Tokyo}
            """).toString();
    }

    @Test
    void takesItsSettingsBeforeAndBehindTheSubcommand() {
        CommandRun none = CommandRun.of("seal-key", "list", "--config", config);
        CommandRun rotated = CommandRun.of("seal-key", "--config", config, "rotate");
        CommandRun listed = CommandRun.of("seal-key", "list", "-c", config);

        assertThat(none.out()).startsWith("no seal keys in " + folder);
        assertThat(rotated.out()).startsWith("the key ");
        assertThat(listed.out()).contains("  current", "keys.json");
    }

    @Test
    void revokesFromADayOnByTheConsolesZone() {
        String id = rotatedKey();

        CommandRun revoked =
                CommandRun.of("seal-key", "revoke", id, "--from", "2026-11-01", "--reason", "stolen", "-c", config);

        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        assertThat(revoked.out()).contains("REVOKED from 2026-10-31T15:00:00Z: stolen");
    }

    @Test
    void refusesARevocationWithoutReason() {
        String id = rotatedKey();

        CommandRun refused = CommandRun.of("seal-key", "revoke", id, "--reason", "", "-c", config);
        CommandRun listed = CommandRun.of("seal-key", "list", "-c", config);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("a revocation needs a reason");
        assertThat(listed.out()).contains(id).doesNotContain("REVOKED");
    }

    @Test
    void refusesATimeThatIsNone() {
        CommandRun refused = CommandRun.of(
                "seal-key", "revoke", rotatedKey(), "--from", "yesterday", "--reason", "stolen", "-c", config);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--from is yesterday; write");
    }

    private String rotatedKey() {
        CommandRun rotated = CommandRun.of("seal-key", "rotate", "-c", config);
        assertThat(rotated.exitCode()).as(rotated.err()).isZero();
        return rotated.out().split(" ", -1)[2];
    }
}
