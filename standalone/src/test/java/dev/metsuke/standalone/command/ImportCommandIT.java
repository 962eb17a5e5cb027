package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of an account that nobody has may be a slip: it stands, and it is told. */
@Timeout(120)
@NeedsServers
class ImportCommandIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void accountsThatTheDirectoryDoesNotKnowAreTold() throws IOException {
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"))) {
            write(
                    "metsuke.yml",
                    "kafka: {bootstrap-servers: \"%s\", partitions: 1}\nconsole: {zone: Asia/Tokyo}\n"
                            .formatted(broker.bootstrapServers()));
            TopicSetup.apply(SettingsFile.load(folder.resolve("metsuke.yml")).section("kafka", KafkaSettings.class));
            String staff = write("staff.csv", "account,person\nsato,1001\nmori,1002\n");
            String leavers = write(
                    "leavers.csv",
                    "account,status,effective_at\nSATO,retired,2026-10-31\nmori,retired,"
                            + "2026-10-31\nmroi,retired,2026-10-31\n");
            String approvals = write(
                    "approvals.csv",
                    "account,dataset,from,until,max_records,ticket\n"
                            + "itoh,customers,2026-11-01,2026-11-02,10,T-1\n");
            String many = write(
                    "many.csv",
                    IntStream.range(0, 23)
                            .mapToObj(number -> "new" + number + ",suspended,2026-10-31\n")
                            .collect(Collectors.joining("", "account,status,effective_at\n", "")));

            CommandRun early = run("import-statuses", leavers);
            CommandRun directory = run("import-directory", staff);
            CommandRun tried = run("import-statuses", leavers, "--dry-run");
            CommandRun reported = run("import-statuses", leavers);
            CommandRun upload = run("import-statuses", many);
            CommandRun approved = run("import-approvals", approvals);
            CommandRun known = run("revoke", "sato", "--status", "retired");
            CommandRun unknown = run("revoke", "ｓａｔｏ", "--status", "retired");
            run("revoke", "mori", "--status", "transferred", "--department", "Support");
            String moved = write("moved.csv", "account,department\nmori,Logistics\n");
            List<CommandRun> behind =
                    List.of(run("import-directory", moved, "--dry-run"), run("import-directory", moved));

            assertThat(early.err()).as("nobody has told a directory yet").isEmpty();
            assertThat(directory.err()).isEmpty();
            assertThat(Stream.of(tried, reported).map(CommandRun::err))
                    .containsOnly("not in the directory: SATO (is sato meant?), mroi\n");
            assertThat(reported.out()).contains("imported 3 statuses", "3 of them were reported before");
            assertThat(upload.err())
                    .contains("new0, new1, ", "new19 and 3 more")
                    .doesNotContain("new20");
            assertThat(approved.err()).isEqualTo("not in the directory: itoh\n");
            assertThat(known.err()).isEmpty();
            assertThat(unknown.err()).isEqualTo("not in the directory: ｓａｔｏ (is sato meant?)\n");
            assertThat(unknown.out()).startsWith("reported: ｓａｔｏ retired from ");
            assertThat(behind)
                    .extracting(CommandRun::out)
                    .allSatisfy(out -> assertThat(out)
                            .contains("; not moved, since a reported transfer goes before the directory: mori to"
                                    + " Logistics (reported: Support); report these moves, or take the"
                                    + " earlier reports back"));
            assertThat(Stream.of(early, directory, tried, reported, upload, approved, known, unknown)
                            .map(CommandRun::exitCode))
                    .containsOnly(0);
        }
    }

    private CommandRun run(String... arguments) {
        return CommandRun.with(folder.resolve("metsuke.yml"), arguments);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
