package dev.metsuke.servers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.utility.DockerImageName;

/**
 * The images that the compose files run, and by the same rule: a variable of the environment, else of the file
 * {@code .env} beside them.
 *
 * @param environment by name
 * @param lines of the file, {@code NAME=value} or anything else
 */
record ServerImages(Map<String, String> environment, List<String> lines) {

    private static final String FILE = "metsuke.docker.env";

    static ServerImages configured() {
        Path file = Path.of(System.getProperty(FILE, "docker/.env"));
        try {
            return new ServerImages(System.getenv(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The images to run are not known: set the system property " + FILE + " to docker/.env.", e);
        }
    }

    DockerImageName kafka() {
        return image("KAFKA_IMAGE").asCompatibleSubstituteFor("apache/kafka");
    }

    DockerImageName elasticsearch() {
        return image("ELASTICSEARCH_IMAGE").asCompatibleSubstituteFor("docker.elastic.co/elasticsearch/elasticsearch");
    }

    private DockerImageName image(String variable) {
        @Nullable String set = environment.get(variable);
        return DockerImageName.parse(set != null && !set.isBlank() ? set : fromFile(variable));
    }

    private String fromFile(String variable) {
        String start = variable + "=";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Neither the environment nor .env has " + variable + "."));
    }
}
