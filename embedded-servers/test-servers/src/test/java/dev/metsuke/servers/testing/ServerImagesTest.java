package dev.metsuke.servers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

class ServerImagesTest {

    private static final List<String> FILE = List.of(
            "# KAFKA_IMAGE=not/this:1",
            "KAFKA_IMAGE=apache/kafka:4.3.1",
            "ELASTICSEARCH_IMAGE=elasticsearch:9.5.3",
            "",
            "KIBANA_IMAGE=kibana:9.5.3");

    @Test
    void areThoseOfTheComposeFiles() {
        ServerImages images = new ServerImages(Map.of("KAFKA_IMAGE", ""), FILE);

        assertThat(images.kafka().asCanonicalNameString()).isEqualTo("apache/kafka:4.3.1");
        assertThat(images.elasticsearch().asCanonicalNameString()).isEqualTo("elasticsearch:9.5.3");
    }

    @Test
    void yieldToTheEnvironmentAsInCompose() {
        ServerImages images = new ServerImages(Map.of("KAFKA_IMAGE", "other/kafka:latest"), FILE);

        assertThat(images.kafka().asCanonicalNameString()).isEqualTo("other/kafka:latest");
        assertThat(images.elasticsearch().asCanonicalNameString()).isEqualTo("elasticsearch:9.5.3");
    }

    @Test
    void standInForWhatTestcontainersKnows() {
        ServerImages images = new ServerImages(Map.of("KAFKA_IMAGE", "other/kafka:latest"), FILE);

        images.kafka().assertCompatibleWith(DockerImageName.parse("apache/kafka"));
        images.elasticsearch()
                .assertCompatibleWith(DockerImageName.parse("docker.elastic.co/elasticsearch/elasticsearch"));
    }

    @Test
    void sayWhichNameIsMissing() {
        ServerImages images = new ServerImages(Map.of(), List.of("KAFKA_IMAGE=apache/kafka:4.3.1"));

        assertThatThrownBy(images::elasticsearch).hasMessageContaining("has ELASTICSEARCH_IMAGE");
    }
}
