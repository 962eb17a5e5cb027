package dev.metsuke.standalone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.standalone.Metsuke;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RunningInstanceTest {

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void setHome() {
        System.setProperty("metsuke.home", home.toString());
    }

    @AfterEach
    void clearHome() {
        System.clearProperty("metsuke.home");
    }

    @Test
    void leavesTheSettingsThatItRunsBy() throws IOException {
        SettingsFile settings = SettingsFile.of("""
            policy: {bulk-read: {ceiling: 7}}
            kafka: {bootstrap-servers: "far:9092"}
            shipper:
              sources:
                - {name: crm, paths: [crm.log], format: {type: combined}}
            """, "metsuke.yml", home.resolve("o'brien's \u76EE\u4ED8"));

        try (RunningInstance _ = announce(settings)) {
            Path note = RunningInstance.settingsFiles().getFirst();
            SettingsFile found = RunningInstance.load(note);

            assertThat(found.section("policy", Policy.class)).isEqualTo(settings.section("policy", Policy.class));
            assertThat(found.section("kafka", KafkaSettings.class).bootstrapServers())
                    .isEqualTo("127.0.0.1:19092");
            assertThat(found.section("shipper", ShipperSettings.class).sources())
                    .isEqualTo(
                            settings.section("shipper", ShipperSettings.class).sources());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note)))
                    .isEqualTo("rw-------");
        }
        assertThat(RunningInstance.settingsFiles()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void ofSeveralThatRunNobodyChoosesOneInSilence() throws IOException, InterruptedException {
        Path ended = Files.createDirectories(home.resolve("metsuke-data")).resolve("running-999999999.yml");
        Files.writeString(ended, "kafka: {}\n");
        try (RunningInstance _ = announce(SettingsFile.defaults());
                RunningInstanceProcess other = RunningInstanceProcess.start(home)) {
            assertThat(ended).doesNotExist();
            Path note = noteOf(ProcessHandle.current());
            Path second = noteOf(other.handle());
            Files.copy(note, ended);

            assertThat(RunningInstance.settingsFiles()).containsExactlyInAnyOrder(note, second);
            // A second look, as the first may not take the lock away.
            assertThat(RunningInstance.settingsFiles()).containsExactlyInAnyOrder(note, second);
            StringWriter err = new StringWriter();
            int exitCode =
                    Metsuke.commandLine().setErr(new PrintWriter(err)).execute("revoke", "sato", "--status", "retired");
            assertThat(exitCode).isNotZero();
            assertThat(err.toString())
                    .contains("several instances run on this machine; say by --config which is meant: ")
                    .contains(second.toString());
            Files.delete(ended);
        }
    }

    @Test
    void isNotTakenForAnotherProcessThatGotItsId() throws IOException, InterruptedException {
        Path left;
        try (RunningInstanceProcess killed = RunningInstanceProcess.start(home)) {
            left = noteOf(killed.handle());
            killed.kill();
            assertThat(left).exists();
        }
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        Path stale = Files.move(left, noteOf(other));

        assertThat(RunningInstance.settingsFiles()).isEmpty();
        try (RunningInstance _ = announce(SettingsFile.defaults())) {
            assertThat(stale).doesNotExist();
        }
    }

    private Path noteOf(ProcessHandle process) {
        return home.resolve("metsuke-data").resolve("running-" + process.pid() + ".yml");
    }

    private static RunningInstance announce(SettingsFile settings) throws IOException {
        return RunningInstanceProcess.announce(settings);
    }
}
