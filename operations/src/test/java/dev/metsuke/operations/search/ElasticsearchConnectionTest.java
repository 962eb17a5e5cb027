package dev.metsuke.operations.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchConnectionTest {

    @Test
    void namesTheSettingWhoseFileCannotBeUsed(@TempDir Path folder) throws IOException {
        assertSaysOf(folder.resolve("ca.crt"), "cannot be read (java.nio.file.NoSuchFileException: ");
        assertSaysOf(folder, "cannot be read (");
        assertSaysOf(Files.createFile(folder.resolve("empty.crt")), "holds no certificate");
        assertSaysOf(
                Files.writeString(
                        folder.resolve("broken.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                "is not a PEM certificate");
    }

    private static void assertSaysOf(Path authority, String what) {
        ElasticsearchSettings settings = new ElasticsearchSettings(URI.create("https://127.0.0.1:1"), null, authority);

        assertThatThrownBy(() -> ElasticsearchConnection.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("elasticsearch.certificate-authority " + authority + " " + what);
    }
}
