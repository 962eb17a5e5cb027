package dev.metsuke.console;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.mapping.Property;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.TestBroker;
import dev.metsuke.servers.testing.TestNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker with the topics, and a real search node with the fields that the console asks for. */
final class RealServers implements AutoCloseable {

    private final TestBroker kafka;
    private final TestNode node;
    private final ElasticsearchClient client;
    private final KafkaProducer<String, byte[]> producer;

    RealServers(Path folder) throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(folder);
        var starting = TestNode.startAsync(folder.resolve("elasticsearch"));
        kafka = TestBroker.start(folder.resolve("kafka"));
        node = starting.get();
        client = ElasticsearchConnection.open(elasticsearch());
        createTopics();
        createTemplate();
        producer = new KafkaProducer<>(
                kafka().clientProperties("test"), new StringSerializer(), new ByteArraySerializer());
    }

    KafkaSettings kafka() {
        return KafkaSettings.of(kafka.bootstrapServers());
    }

    ElasticsearchSettings elasticsearch() {
        return ElasticsearchSettings.of(node.url());
    }

    void raise(Alert alert) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topic.ALERTS.title(), alert.account().value(), alert.toJson()))
                .get();
    }

    void publish(PublishedPolicy policy) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topic.POLICY.title(), policy.version(), policy.toJson()))
                .get();
    }

    /** As if it had never been published: others find what they enter held against the one in force. */
    void withdraw(PublishedPolicy policy) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topic.POLICY.title(), policy.version(), null))
                .get();
    }

    /** All that a topic holds of these accounts. */
    List<ConsumerRecord<String, byte[]>> records(Topic topic, Predicate<String> accounts) {
        Map<String, Object> properties = kafka().clientProperties("test-reader");
        // What a writer sent before another took over is taken back, and lies there all the same.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    List.of(new TopicPartition(topic.title(), 0), new TopicPartition(topic.title(), 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = ends(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records.stream()
                    .filter(record -> accounts.test(record.key()))
                    .toList();
        }
    }

    /** A reader of what is committed would stop before a transaction that its writer has committed a moment ago. */
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<String, Object> properties = kafka().clientProperties("test-ends");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    void archive(Alert alert) throws IOException {
        index(ArchiveIndex.ALERTS.at(alert.start()), alert.id(), alert.toJson());
    }

    void archive(List<AccessEvent> events) throws IOException {
        client.bulk(bulk -> {
            for (AccessEvent event : events) {
                bulk.operations(operation -> operation.index(
                        document -> document.index(ArchiveIndex.ACCESS_EVENTS.at(Instant.parse("2026-04-01T00:00:00Z")))
                                .id(event.id())
                                .document(co.elastic.clients.util.BinaryData.of(
                                        AccessEventJson.encode(event), "application/json"))));
            }
            return bulk.refresh(Refresh.True);
        });
    }

    /** What was reported of these accounts, as the archive would. */
    void archiveReports(Predicate<String> accounts) throws IOException {
        for (ConsumerRecord<String, byte[]> report : records(Topic.ACCOUNT_STATUS, accounts)) {
            index(
                    ArchiveIndex.ACCOUNT_STATUS.at(Instant.ofEpochMilli(report.timestamp())),
                    report.partition() + "-" + report.offset(),
                    report.value());
        }
    }

    /** As somebody does who wants its memory back. */
    void closeIndex(String index) throws IOException {
        client.indices().close(close -> close.index(index));
    }

    void openIndex(String index) throws IOException {
        client.indices().open(open -> open.index(index));
    }

    private void index(String index, String id, byte[] json) throws IOException {
        client.index(request -> request.index(index)
                .id(id)
                .withJson(new ByteArrayInputStream(json))
                .refresh(Refresh.True));
    }

    private void createTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka().clientProperties("test-admin"))) {
            CreatedTopics.create(
                    admin,
                    List.of(Topic.values()).stream()
                            .map(topic -> new NewTopic(topic.title(), Optional.of(2), Optional.empty())
                                    .configs(topic.settings()))
                            .toList());
        }
    }

    private void createTemplate() throws IOException {
        Property keyword = Property.of(property -> property.keyword(field -> field));
        Property date = Property.of(property -> property.date(field -> field));
        Property number = Property.of(property -> property.long_(field -> field));
        Property text = Property.of(property -> property.text(field -> field));
        Property alert = Property.of(property -> property.object(
                object -> object.properties(Map.of("id", keyword, "state", keyword, "severity", keyword))));
        Property metsuke = Property.of(property -> property.object(
                object -> object.properties(Map.of("dataset", keyword, "records", number, "alert", alert))));
        client.indices()
                .putIndexTemplate(template -> template.name("metsuke")
                        .indexPatterns("metsuke-*")
                        .template(of -> of.settings(settings -> settings.numberOfReplicas("0"))
                                .mappings(mappings -> mappings.properties(Map.of(
                                        "@timestamp", date,
                                        "user", object(Map.of("id", keyword)),
                                        "rule", object(Map.of("id", keyword)),
                                        "event",
                                                object(Map.of(
                                                        "id",
                                                        keyword,
                                                        "action",
                                                        keyword,
                                                        "original",
                                                        text,
                                                        "start",
                                                        date,
                                                        "end",
                                                        date)),
                                        "metsuke", metsuke)))));
    }

    private static Property object(Map<String, Property> properties) {
        return Property.of(property -> property.object(object -> object.properties(properties)));
    }

    @Override
    public void close() throws IOException {
        producer.close();
        client.close();
        node.close();
        kafka.close();
    }
}
