package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What served and stopped in order leaves its class archive. This module is built early, so that later tests start their servers in half the
 * time, and a little of each kind of work is done, for what a server loads is what is archived.
 */
class ClassArchiveIT {

    @TempDir
    Path folder;

    @Test
    void aBrokerLeavesOne() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder)) {
            Map<String, Object> config =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "visitor");
            try (Admin admin = Admin.create(config);
                    Producer<String, String> producer =
                            new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic("visits", 1, (short) 1)))
                        .all()
                        .get();
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("visits", "key", "sato")).get();
                producer.commitTransaction();
            }
        }

        assertThat(nextStartOf("kafka", "kafka-broker.jar")).startsWith("-XX:SharedArchiveFile=");
    }

    @Test
    void aNodeLeavesOne() throws Exception {
        try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(folder);
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(send(client, node, "PUT", "/visits", "{\"settings\":{\"number_of_replicas\":0}}"))
                    .isEqualTo(200);
            String bulk = "{\"index\":{\"_id\":\"1\"}}\n{\"who\":\"sato\",\"at\":\"2026-11-20T10:00:00Z\"}\n";
            assertThat(send(client, node, "POST", "/visits/_bulk?refresh=true", bulk))
                    .isEqualTo(200);
            assertThat(send(client, node, "GET", "/visits/_search?q=who:sato&sort=at", ""))
                    .isEqualTo(200);
        }

        assertThat(nextStartOf("elasticsearch", "elasticsearch-node.jar")).startsWith("-XX:SharedArchiveFile=");
    }

    private String nextStartOf(String server, String jar) {
        Path home = ServerOptions.in(folder).serversHome();
        return ClassArchive.of(ServersHome.jar(home, server, jar), folder).jvmFlag();
    }

    private static int send(HttpClient client, EmbeddedElasticsearch node, String method, String path, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(node.url().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
