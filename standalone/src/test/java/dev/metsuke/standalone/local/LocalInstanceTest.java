package dev.metsuke.standalone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInstanceTest {

    @Test
    void tellsAllThatIsWrongBeforeAServerStarts(@TempDir Path folder) {
        SettingsFile settings = SettingsFile.of("""
            console: {prot: 8080}
            detect: {application-id: ""}
            """, "metsuke.yml", folder);
        ServersSettings servers = new ServersSettings(folder.resolve("servers"), 0, 256, 0, 512);
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()));

        assertThatThrownBy(() -> LocalInstance.start(settings, servers, silent))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("metsuke.yml:1: ")
                .hasMessageContaining("metsuke.yml:2: ");
        assertThat(servers.data()).doesNotExist();
    }
}
