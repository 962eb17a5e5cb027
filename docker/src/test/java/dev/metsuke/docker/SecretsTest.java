package dev.metsuke.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker/setup/secrets} makes, run as it is but for the owners of its files. */
class SecretsTest {

    private static final Path SCRIPT = Path.of("setup", "secrets").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl"))),
                "needs openssl");
        Path chown = Files.createDirectory(folder.resolve("bin")).resolve("chown");
        Files.writeString(chown, "#!/bin/sh\n");
        Files.setPosixFilePermissions(chown, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Their hashes would take the images' Java.
        Path console = Files.createDirectories(folder.resolve("secrets/console"));
        for (String person : List.of("officer", "hr", "auditor", "operator")) {
            Files.writeString(console.resolve(person + ".hash"), "hash");
        }
    }

    @Test
    void aBrokersCertificateHasTheNamesThatAreGivenLater() throws Exception {
        run(Map.of());
        run(Map.of("KAFKA_NAMES", "kafka kafka-2", "ELASTICSEARCH_NAMES", "elasticsearch elasticsearch-2"));

        assertThat(namesOf("kafka/kafka.pem")).contains("kafka", "kafka-2", "localhost", "127.0.0.1");
        assertThat(namesOf("elasticsearch/http.crt")).contains("elasticsearch", "elasticsearch-2");
    }

    @Test
    void aBrokersCertificateStaysWhereFewerNamesAreGiven() throws Exception {
        run(Map.of("KAFKA_NAMES", "kafka kafka-2"));
        String made = Files.readString(folder.resolve("secrets/kafka/kafka.pem"));
        String shippers = Files.readString(folder.resolve("secrets/shipper/kafka.pem"));

        run(Map.of("SHIPPER_HOSTS", "db1"));

        assertThat(folder.resolve("secrets/kafka/kafka.pem")).hasContent(made);
        assertThat(folder.resolve("secrets/shipper/kafka.pem")).hasContent(shippers);
        assertThat(folder.resolve("secrets/authority/hosts/db1/kafka.pem")).isNotEmptyFile();
    }

    private void run(Map<String, String> settings) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("bash", SCRIPT.toString()).redirectErrorStream(true);
        script.environment().putAll(settings);
        script.environment().put("SECRETS", folder.resolve("secrets").toString());
        script.environment().merge("PATH", folder.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        Process process = script.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private List<String> namesOf(String file) throws IOException, CertificateException {
        String pem = Files.readString(folder.resolve("secrets").resolve(file));
        byte[] first = pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----")).getBytes(StandardCharsets.US_ASCII);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(first));
        return Objects.requireNonNull(certificate.getSubjectAlternativeNames()).stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }
}
