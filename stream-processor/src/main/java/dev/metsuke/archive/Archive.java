package dev.metsuke.archive;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.PartitionProgress.Tracked;
import dev.metsuke.archive.index.BulkWriter;
import dev.metsuke.archive.index.ElasticsearchBulk;
import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.archive.retention.Reopening;
import dev.metsuke.archive.retention.RetentionKeeper;
import dev.metsuke.archive.setup.ArchiveSetup;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.BrokerNames;
import dev.metsuke.operations.kafka.BrokerWatch;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.OpenTransactions;
import dev.metsuke.operations.kafka.TopicWatch;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part that brings every archived topic from Kafka into Elasticsearch, each record exactly once. */
public final class Archive implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    private static final Duration PREFLIGHT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RESTART_INTERVAL = Duration.ofSeconds(3);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration INTERRUPTED_TIMEOUT = Duration.ofSeconds(5);
    /** For the group to hear of it; else it hears by its session's end. */
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(3);

    private static final int BULKS_REMEMBERED = 16;

    private final KafkaSettings kafka;
    private final ElasticsearchSettings elasticsearch;
    private final ArchiveSettings settings;
    private final MeterRegistry registry;
    private final ArchiveMeters meters;
    private final CatchUp catchUp;
    private final BrokerWatch broker;
    private final TopicWatch transactions;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private volatile Condition condition = new Condition.Starting();
    private volatile @Nullable BulkWriter<Tracked> writer;
    /** Guarded by this. */
    private boolean isWriting;

    public Archive(
            KafkaSettings kafka,
            ElasticsearchSettings elasticsearch,
            ArchiveSettings settings,
            MeterRegistry registry) {
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
        this.settings = settings;
        this.registry = registry;
        this.meters = new ArchiveMeters(registry);
        this.catchUp = new CatchUp(kafka, settings.groupId());
        this.broker = new BrokerWatch(kafka, settings.groupId());
        List<String> topics = TopicIndexing.topics().stream().map(Topic::title).toList();
        this.transactions = TopicWatch.of(
                new OpenTransactions(topics, "metsuke.archive.open.transaction", registry), kafka, settings.groupId());
        this.thread = Thread.ofPlatform().name("metsuke-archive").unstarted(this::run);
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public void start() {
        broker.start();
        transactions.start();
        thread.start();
    }

    @Override
    public Condition condition() {
        BulkWriter<Tracked> current = writer;
        Optional<String> indexing = current == null ? Optional.empty() : current.trouble();
        return condition.hinderedBy(broker.trouble().or(() -> indexing));
    }

    /** What was done since the start. */
    public ArchiveSnapshot snapshot() {
        return meters.snapshot();
    }

    /** Whether all that the archived topics hold at this moment is archived; asks the brokers. */
    public boolean caughtUp() {
        return catchUp.isThrough();
    }

    @Override
    public void close() {
        stop.countDown();
        broker.close();
        transactions.close();
        if (thread.isAlive()) {
            interruptUnlessWriting();
            try {
                if (!thread.join(CLOSE_TIMEOUT)) {
                    LOG.warn(
                            "The archive did not come to an end within {} s, and is interrupted; what it had not"
                                    + " committed is done again at the next start.",
                            CLOSE_TIMEOUT.toSeconds());
                    thread.interrupt();
                    if (!thread.join(INTERRUPTED_TIMEOUT)) {
                        LOG.warn("The archive is stopped while it waits for what cannot be interrupted, such as a name"
                                + " that is looked up; what it had not committed is done again at the next start.");
                    }
                }
            } catch (InterruptedException e) {
                thread.interrupt();
                Thread.currentThread().interrupt();
            }
        }
        catchUp.close();
        if (!(condition instanceof Condition.Failed)) {
            condition = new Condition.Stopped();
        }
    }

    /** What is being written comes to its end first; what is only asked, as whether templates are there, needs no answer. */
    private synchronized void interruptUnlessWriting() {
        if (!isWriting) {
            thread.interrupt();
        }
    }

    /** False when told to stop. */
    private synchronized boolean startsWriting() {
        isWriting = stop.getCount() > 0;
        return isWriting;
    }

    private synchronized void endsWriting() {
        isWriting = false;
    }

    private void run() {
        Duration patience = settings.bulk().requestTimeout();
        // Retention may ask for what takes long; what is written must not wait so long for a node that hangs.
        try (ElasticsearchClient writing = ElasticsearchConnection.open(elasticsearch, patience);
                ElasticsearchClient keeping = ElasticsearchConnection.open(elasticsearch);
                RetentionKeeper retention = retention(keeping)) {
            boolean again = true;
            while (again) {
                again = runOnce(writing, retention);
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("The archive was interrupted.", e);
        } catch (IOException | RuntimeException | Error e) {
            // Elasticsearch's client wraps it.
            if (Causes.of(e).stream().anyMatch(InterruptedException.class::isInstance)) {
                LOG.debug("The archive was interrupted.", e);
                return;
            }
            // An Error as well: a thread that ends in silence would look as if it ran.
            LOG.error("The archive cannot go on.", e);
            condition = new Condition.Failed(Causes.describe(e));
        }
    }

    /** False when told to stop; true where Kafka failed in a way that may heal, and a new consumer should try. */
    private boolean runOnce(ElasticsearchClient client, RetentionKeeper retention) throws InterruptedException {
        if (!BrokerNames.await(kafka, stop, this::waits)) {
            return false;
        }
        try (Member member = new Member(consumer())) {
            if (waitUntilReady(client, member.consumer()) && startsWriting()) {
                try {
                    archive(client, retention, member.consumer());
                } finally {
                    endsWriting();
                }
            }
            return false;
        } catch (InterruptException
                | AuthenticationException
                | AuthorizationException
                | UnsupportedVersionException e) {
            throw e;
        } catch (KafkaException e) {
            if (isWrongSetting(e)) {
                throw e;
            }
            Condition now = new Condition.Waiting("Kafka failed (" + Causes.describe(e) + "); the archive starts over");
            if (!now.equals(condition)) {
                LOG.warn("The archive starts over, from what it had committed.", e);
                condition = now;
            }
            return !stop.await(RESTART_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isWrongSetting(KafkaException failure) {
        return Causes.of(failure).stream().anyMatch(ConfigException.class::isInstance)
                && !BrokerNames.wereUnknown(failure);
    }

    private RetentionKeeper retention(ElasticsearchClient client) {
        return new RetentionKeeper(
                settings.retention(),
                kafka,
                client,
                () -> ArchiveSetup.hasLifecycle(client),
                TopicIndexing.topics(),
                settings.groupId(),
                InstantSource.system(),
                registry);
    }

    private void archive(ElasticsearchClient client, RetentionKeeper retention, Consumer<byte[], byte[]> consumer)
            throws InterruptedException {
        InstantSource clock = InstantSource.system();
        ElasticsearchBulk sender = new ElasticsearchBulk(
                client,
                settings.bulk().requestTimeout(),
                elasticsearch.nodes().size(),
                () -> ArchiveSetup.obstacle(client),
                new Reopening(client, clock)::open);
        try (BulkWriter<Tracked> bulks = new BulkWriter<>(sender, settings.bulk(), clock, new Random(), registry);
                RejectingCommitter rejecting = new RejectingCommitter(kafka, settings.groupId())) {
            writer = bulks;
            retention.start();
            condition = new Condition.Running();
            ArchiveLoop.Room room = new ArchiveLoop.Room(
                    BULKS_REMEMBERED
                            * settings.bulk().documents()
                            * settings.bulk().inFlight(),
                    (long) settings.bulk().bytes() * settings.bulk().inFlight());
            new ArchiveLoop(consumer, bulks, rejecting, meters, clock, room).run(() -> stop.getCount() == 0);
        }
    }

    /** False when told to stop meanwhile. */
    private boolean waitUntilReady(ElasticsearchClient client, Consumer<?, ?> consumer) throws InterruptedException {
        while (stop.getCount() > 0) {
            Optional<String> obstacle = missingTopics(consumer).or(() -> ArchiveSetup.obstacle(client));
            if (obstacle.isEmpty()) {
                return true;
            }
            waits(obstacle.get());
            if (stop.await(PREFLIGHT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private void waits(String obstacle) {
        Condition now = new Condition.Waiting(obstacle);
        if (!now.equals(condition)) {
            LOG.warn("The archive waits: {}", obstacle);
            condition = now;
        }
    }

    private static Optional<String> missingTopics(Consumer<?, ?> consumer) {
        try {
            Set<String> present = consumer.listTopics(TOPICS_TIMEOUT).keySet();
            List<String> missing = TopicIndexing.topics().stream()
                    .map(Topic::title)
                    .filter(title -> !present.contains(title))
                    .filter(title ->
                            consumer.partitionsFor(title, TOPICS_TIMEOUT).isEmpty())
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("Kafka has no topic " + String.join(", ", missing) + "; run metsuke setup");
        } catch (AuthorizationException e) {
            return Optional.of("Kafka does not let the archive read (" + e.getMessage()
                    + "); section access and metsuke setup give it the right to");
        } catch (RetriableException e) {
            return Optional.of("Kafka cannot be reached (" + e.getMessage() + "); check kafka.bootstrap-servers");
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> client = kafka.clientProperties("metsuke-archive");
        client.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where the next record is gone is to be noticed, not passed over.
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        client.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        // How long a member that was killed keeps its partitions from the others.
        client.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.bulk().documents());
        client.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * settings.bulk().bytes());
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Of the group, which it leaves in little time, or without a word. */
    private record Member(Consumer<byte[], byte[]> consumer) implements AutoCloseable {

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(LEAVE_TIMEOUT));
        }
    }
}
