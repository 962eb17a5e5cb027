package dev.metsuke.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Finds the folder in which the build laid out the servers' jars. */
final class ServersHome {

    private static final String PROPERTY = "metsuke.servers.home";
    private static final String NODE_HOME = "Elasticsearch-Home";

    private static final String WHAT_TO_DO =
            "Build them with \"mvn -Dquick -pl embedded-servers -am process-classes\", or set the system property "
                    + PROPERTY
                    + " to the folder that holds them.";

    private ServersHome() {}

    static Path configured() {
        @Nullable String home = System.getProperty(PROPERTY);
        return home == null ? Path.of("embedded-servers", "target", "servers") : Path.of(home);
    }

    /** Fails with what to do about it rather than with a child that finds no class. */
    static Path jar(Path serversHome, String server, String name) {
        Path jar = serversHome.resolve(server).resolve("lib").resolve(name);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "The embedded servers are not laid out: " + jar + " is missing. " + WHAT_TO_DO);
        }
        return jar;
    }

    /** The home that was laid out with a node's jar, which names it in its manifest. */
    static Path ofNode(Path jar) {
        @Nullable String home;
        try (JarFile opened = new JarFile(jar.toFile())) {
            @Nullable Manifest manifest = opened.getManifest();
            home = manifest == null ? null : manifest.getMainAttributes().getValue(NODE_HOME);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + jar + ": " + e.getMessage(), e);
        }
        if (home == null) {
            throw new IllegalStateException(
                    jar + " does not name the " + NODE_HOME + ": it is of another version. " + WHAT_TO_DO);
        }
        return jar.resolveSibling("..").resolve(home).normalize();
    }
}
