package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.metsuke.standalone.CommandRun;
import dev.metsuke.standalone.Metsuke;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

    /** As on an auditor's machine, who may read the archive alone, with the settings of the parts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap-servers: \"${env:NO_SUCH_VARIABLE_HERE}\"",
                "bootstrap-servers: \"127.0.0.1:1\", properties: {security.protocol: SSL,"
                        + " ssl.truststore.type: PEM, ssl.truststore.location: /no/such/ca.crt}"
            })
    void looksAtTheArchiveWhereKafkaCannotBeAsked(String kafka, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("metsuke.yml"),
                "elasticsearch: {url: \"http://127.0.0.1:1\"}\nkafka: {" + kafka + "}\n");

        CommandRun run = CommandRun.of("verify", "--config", file.toString());

        assertThat(run.err())
                .contains(
                        "whether the archive is behind is not known (",
                        "what was sealed more than 300 seconds ago is taken to be in the archive",
                        "cannot be told: ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    /** What the night before found out must not stand there as if it were of today. */
    @Test
    void tellsPrometheusThatNothingCouldBeTold(@TempDir Path folder) throws IOException {
        Path metrics = Files.writeString(folder.resolve("nightly.prom"), "as of yesterday\n");

        CommandRun run = withoutServers(folder, "--days", "8", "--metrics", metrics.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(metrics)
                .content()
                .contains(
                        "metsuke_verify_outcome{outcome=\"cannot-tell\",verification=\"nightly\"} 1.0\n",
                        "metsuke_verify_outcome{outcome=\"whole\",verification=\"nightly\"} 0.0\n")
                .doesNotContain("yesterday", "jvm_", "\n\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void refusesAFileThatNobodyWouldRead(@TempDir Path folder) throws IOException {
        CommandRun passedOver = withoutServers(folder, "--metrics", "nightly.txt");
        CommandRun nowhere = withoutServers(folder, "--metrics", "/no/such/nightly.prom");

        assertThat(passedOver.exitCode()).isEqualTo(2);
        assertThat(passedOver.err())
                .isEqualToIgnoringNewLines(
                        "cannot be told: --metrics is nightly.txt; the node exporter reads files whose names end in"
                                + " .prom");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("--metrics is /no/such/nightly.prom, which cannot be written (");
    }

    @Test
    void refusesWhatDoesNotGoTogether(@TempDir Path folder) throws IOException {
        assertThat(CommandRun.of("verify", "export.zip", "--days", "8").err())
                .contains("--days is for the archive; export.zip is verified as it is: leave one of them out");
        assertThat(withoutServers(folder, "--days", "8", "--from", "2026-11-01").err())
                .contains("give --days, or --from and --to");
        assertThat(CommandRun.of("verify", "--keys", "db1.json", "db2.json").err())
                .contains("db2.json is no exported file; write --keys before each file of keys");
        assertThat(withoutServers(folder, "--keys", "/no/such.json").err())
                .contains("/no/such.json cannot be read (", "name an existing file");
        assertThat(withoutServers(folder, "--days", "0").err()).contains("--days is 0; it can be 1 to 36500");
    }

    @Test
    void isTheJobThatSystemdRuns() throws IOException {
        String service = Files.readString(Path.of("..", "standalone", "packaging", "metsuke-verify.service"));
        String command = service.replace("\\\n", "").replaceAll("(?s).*\\.Metsuke (verify [^\n]*)\n.*", "$1");

        assertThatCode(() -> Metsuke.commandLine().parseArgs(command.split(" +")))
                .as(command)
                .doesNotThrowAnyException();
    }

    private static CommandRun withoutServers(Path folder, String... options) throws IOException {
        Path settings =
                Files.writeString(folder.resolve("metsuke.yml"), "elasticsearch: {url: \"http://127.0.0.1:1\"}\n");
        return CommandRun.with(
                settings, Stream.concat(Stream.of("verify"), Stream.of(options)).toArray(String[]::new));
    }
}
