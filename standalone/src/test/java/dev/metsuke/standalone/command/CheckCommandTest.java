package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
                                .startsWith(file + ":1: elasticsearch.certificate-authority " + folder.resolve("ca.crt")
                                        + " cannot be read"),
                        second -> assertThat(second)
                                .startsWith(file + ":7: shipper.sources[0].pseudonyms.key-file: ")
                                .contains(folder.resolve("pseudonym.key") + " cannot be read"));
        assertThat(CommandRun.of("check", "-c", file.toString(), "kafka").exitCode())
                .isZero();
    }

    @Test
    void looksForTheFilesOfKafkasClients() throws IOException {
        Path store = Files.createFile(folder.resolve("kafka.pem"));
        String settings = """
            kafka:
              properties:
                security.protocol: %s
                ssl.keystore.location: %s
                ssl.truststore.location: no-such-ca.crt
            """;
        Path file = write(settings.formatted("SASL_SSL", store));

        CommandRun run = CommandRun.of("check", "-c", file.toString());

        String missing = file + ":5: kafka.properties.ssl.truststore.location: "
                + Path.of("no-such-ca.crt").toAbsolutePath()
                + " does not exist; Kafka takes it from where the command was started: write the whole path";
        assertThat(run.err().lines()).containsExactly(missing);
        assertThat(CommandRun.of("detect", "-c", file.toString()).err().lines()).containsExactly(missing);
        write(settings.formatted("PLAINTEXT", store));
        assertThat(CommandRun.of("check", "-c", file.toString()).exitCode()).isZero();
    }

    @Test
    void tellsOfFilesBesideWhatElseIsWrongInTheirSection() throws IOException {
        Files.createFile(folder.resolve("state"));
        Path file = write("""
            elasticsearch: {url: "localhost:9200", certificate-authority: ca.crt}
            shipper: {max-line-bytes: 99999999999}
            detect: {state-dir: state/detect, streams: {num.stream.threads: many}}
            servers: {kafka-port: 9200}
            """);

        CommandRun run = CommandRun.of("check", "-c", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        url -> assertThat(url).startsWith(file + ":1: ").endsWith("; write http://localhost:9200"),
                        length -> assertThat(length)
                                .startsWith(file + ":2: ")
                                .endsWith("is 99999999999; it must be at most 2147483647"),
                        threads -> assertThat(threads).startsWith(file + ":3: ").contains("num.stream.threads"),
                        port -> assertThat(port).startsWith(file + ":4: ").contains("another than kafka-port"),
                        authority -> assertThat(authority)
                                .startsWith(file + ":1: ")
                                .contains(folder.resolve("ca.crt") + " cannot be read"),
                        state -> assertThat(state)
                                .isEqualTo(file + ":3: detect.state-dir: " + folder.resolve("state/detect")
                                        + " cannot be written: " + folder.resolve("state") + " is no folder"));
    }

    @Test
    void namesTheSettingThatHoldsWhatNoneCan() throws IOException {
        Files.write(folder.resolve("utf-16"), "s3cret".getBytes(StandardCharsets.UTF_16LE));
        Path file = write("""
            kafka: {properties: {security.protocol: SSL, ssl.keystore.location: "/a\\0b", ssl.keystore.password: "${file:utf-16}"}}
            detect: {state-dir: "a\\0b"}
            """);

        CommandRun run = CommandRun.of("check", "-c", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        store -> assertThat(store)
                                .startsWith(
                                        file + ":1: kafka.properties.ssl.keystore.location: it has a NUL character"),
                        password -> assertThat(password)
                                .startsWith(file
                                        + ":1: kafka.properties.ssl.keystore.password: ${file:utf-16} has no value; the"
                                        + " file " + folder.resolve("utf-16") + " has NUL characters"),
                        state -> assertThat(state).startsWith(file + ":2: detect.state-dir: it has a NUL character"));
    }

    @Test
    void saysThatNothingWouldBeShipped() throws IOException {
        Path file = write("shipper: {sources: []}\n");

        assertThat(CommandRun.of("check", "-c", file.toString()).out().lines())
                .containsExactly(
                        file + ": shipper: nothing wrong; it has no sources, so that nothing would be shipped");
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
