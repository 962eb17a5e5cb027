package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsWhatIsWrongInAllSectionsAtOnce() throws IOException {
        Path file = write("""
            kafka: {partitions: 0}
            console:
              prot: 8080
            archive: {}
            """);

        CommandRun run = CommandRun.of("check", "-c", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(file + ":1: ").contains("partitions must be 1 or more"),
                        second -> assertThat(second).startsWith(file + ":3: ").contains("did you mean port?"));
    }

    @Test
    void asksOfTheSectionsThatAreOfInterestAlone() throws IOException {
        Path file = write("kafka: {partitions: 2}\nconsole: {prot: 8080}\n");

        CommandRun run = CommandRun.of("check", "-c", file.toString(), "kafka", "detect");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .containsExactly(file + ": kafka: nothing wrong", file + ": detect is not there: its defaults hold");
    }

    @Test
    void readsWhatThePlaceholdersStandFor() throws IOException {
        Path file = write("kafka: {bootstrap-servers: \"${file:servers}\"}\n");

        assertThat(CommandRun.of("check", "-c", file.toString()).err()).contains(file + ":1: ", "servers");

        Files.writeString(folder.resolve("servers"), "kafka-1:9092\n");
        assertThat(CommandRun.of("check", "-c", file.toString()).exitCode()).isZero();
    }

    @Test
    void readsTheFilesThatAPartReadsAtItsStart() throws IOException {
        Path file = write("""
            elasticsearch: {url: "https://search:9200", certificate-authority: ca.crt}
            shipper:
              sources:
                - name: portal
                  paths: [access.log]
                  format: combined
                  pseudonyms: {key-file: pseudonym.key, url-parameters: [customer]}
            """);

        CommandRun run = CommandRun.of("check", "-c", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("elasticsearch.certificate-authority " + folder.resolve("ca.crt")
                                        + " cannot be read"),
                        second -> assertThat(second)
                                .startsWith("shipper.sources[0].pseudonyms.key-file: ")
                                .contains(folder.resolve("pseudonym.key") + " cannot be read"));
        assertThat(CommandRun.of("check", "-c", file.toString(), "kafka").exitCode())
                .isZero();
    }

    @Test
    void refusesAPolicyThatLostItsLinesAsPublishingDoes() throws IOException {
        Path file = write("policy:\nkafka:\n");

        CommandRun run = CommandRun.of("check", "-c", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .satisfiesExactly(line -> assertThat(line).startsWith(file + ":1: section policy is empty"));
    }

    @Test
    void saysThatThereIsNothingToCheck() throws IOException {
        Path file = write("# nothing yet\n");

        assertThat(CommandRun.of("check", "-c", file.toString()).out())
                .startsWith(file + " has no section: every default holds");
    }

    @Test
    void knowsTheSections() throws IOException {
        CommandRun run = CommandRun.of("check", "-c", write("").toString(), "kafak");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no section kafak; it can be kafka, access, ");
    }

    private Path write(String settings) throws IOException {
        return Files.writeString(folder.resolve("metsuke.yml"), settings);
    }
}
