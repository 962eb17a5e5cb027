package dev.metsuke.benchmarks.detect;

import dev.metsuke.benchmarks.contest.GroupProgress;
import dev.metsuke.benchmarks.contest.LoadProducer;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker of its own with a company's data, on which contestants run one after the other. */
final class Stage implements AutoCloseable {

    private static final int BROKER_HEAP_MEGABYTES = 512;
    private static final Set<Topic> STAFF = Set.of(Topic.DIRECTORY, Topic.ACCOUNT_STATUS);

    private final Company company;
    private final Path folder;
    private final KafkaSettings kafka;
    private final EmbeddedKafka broker;
    private final Admin admin;

    private Stage(Company company, Path folder, KafkaSettings kafka, EmbeddedKafka broker, Admin admin) {
        this.company = company;
        this.folder = folder;
        this.kafka = kafka;
        this.broker = broker;
        this.admin = admin;
    }

    /** Starts the broker, and creates the topics as {@code metsuke setup} does. */
    static Stage open(Path folder, Company company, int partitions) throws IOException {
        EmbeddedKafka broker =
                EmbeddedKafka.start(ServerOptions.in(folder.resolve("kafka")).withHeapMegabytes(BROKER_HEAP_MEGABYTES));
        try {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), partitions, (short) 1, Map.of());
            TopicSetup.apply(kafka);
            return new Stage(company, folder, kafka, broker, Admin.create(kafka.clientProperties("bench")));
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    Company company() {
        return company;
    }

    String brokers() {
        return kafka.bootstrapServers();
    }

    /** The folder in which a contestant keeps its settings, state and output. */
    Path folder(Contestant contestant) throws IOException {
        return Files.createDirectories(folder.resolve(contestant.label()));
    }

    int partitions() {
        return kafka.partitions();
    }

    /** What HR has told: the directory, and who left. */
    void loadStaff() {
        try (KafkaProducer<byte[], byte[]> producer = LoadProducer.open(kafka)) {
            company.directory().forEach(entry -> send(producer, Topic.DIRECTORY, entry.account(), entry.toJson()));
            company.reports()
                    .forEach(report -> send(producer, Topic.ACCOUNT_STATUS, report.account(), report.toJson()));
        }
    }

    void loadAccesses() {
        try (KafkaProducer<byte[], byte[]> producer = LoadProducer.open(kafka)) {
            new Accesses(company)
                    .forEachRemaining(event ->
                            send(producer, Topic.ACCESS_EVENTS, event.account(), AccessEventJson.encode(event)));
        }
    }

    void load(AccessEvent event) {
        try (KafkaProducer<byte[], byte[]> producer = LoadProducer.open(kafka)) {
            send(producer, Topic.ACCESS_EVENTS, event.account(), AccessEventJson.encode(event));
        }
    }

    void createOutput(Contestant contestant) throws ExecutionException, InterruptedException {
        CreatedTopics.create(admin, List.of(new NewTopic(contestant.label(), kafka.partitions(), (short) 1)));
    }

    void deleteOutput(Contestant contestant) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(contestant.label())).all().get();
    }

    /** How many accesses an application has committed to have judged. */
    long accessesConsumed(String application) throws ExecutionException, InterruptedException {
        return GroupProgress.consumed(admin, application, Set.of(Topic.ACCESS_EVENTS));
    }

    /** Whether an application has committed to know all of the staff. */
    boolean knowsStaff(String application) throws ExecutionException, InterruptedException {
        return GroupProgress.consumed(admin, application, STAFF) >= company.accounts() + company.reportCount();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topic topic, AccountId account, byte[] value) {
        var _ = producer.send(
                new ProducerRecord<>(topic.title(), account.value().getBytes(StandardCharsets.UTF_8), value));
    }
}
