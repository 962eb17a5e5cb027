package dev.metsuke.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the folder in which the build laid out the servers' jars. */
final class ServersHome {

    private static final String PROPERTY = "metsuke.servers.home";

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
                    "The embedded servers are not laid out: " + jar + " is missing. Build them with"
                            + " \"mvn -Dquick -pl embedded-servers -am process-classes\", or set the system property "
                            + PROPERTY
                            + " to the folder that holds them.");
        }
        return jar;
    }
}
