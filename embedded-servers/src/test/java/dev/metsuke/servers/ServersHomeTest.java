package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersHomeTest {

    @TempDir
    private Path folder;

    private final Manifest manifest = new Manifest();

    @BeforeEach
    void isAManifest() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    @Test
    void findsTheHomeOfTheVersionThatANodesJarIsOf() throws IOException {
        manifest.getMainAttributes().putValue("Elasticsearch-Home", "home-9.5.3");

        assertThat(ServersHome.ofNode(jar())).isEqualTo(folder.resolve("home-9.5.3"));
    }

    @Test
    void saysWhatToDoWithAJarOfAnotherVersion() throws IOException {
        Path jar = jar();

        assertThatThrownBy(() -> ServersHome.ofNode(jar))
                .hasMessageContaining(jar + " does not name the Elasticsearch-Home")
                .hasMessageContaining("process-classes");
    }

    private Path jar() throws IOException {
        Path jar = Files.createDirectory(folder.resolve("lib")).resolve("elasticsearch-node.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
