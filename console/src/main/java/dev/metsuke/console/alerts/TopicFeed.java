package dev.metsuke.console.alerts;

import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a whole topic, and then what comes, without a group: every console sees all of it. */
final class TopicFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Topic topic;
    private final Map<String, Object> properties;
    private final String brokers;
    private final Reader reader;
    private final Counter unreadable;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private volatile FeedState state = FeedState.STARTING;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Reads nothing yet.
     *
     * @param name names its client, its thread and its counter
     */
    TopicFeed(KafkaSettings kafka, Topic topic, String name, Reader reader, MeterRegistry meters) {
        this.topic = topic;
        this.reader = reader;
        brokers = kafka.bootstrapServers();
        properties = kafka.clientProperties("metsuke-console-" + name);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
        unreadable = Counter.builder("metsuke.console." + name + ".unreadable")
                .description("Messages on the topic that the console cannot read")
                .register(meters);
        thread = Thread.ofPlatform().name("metsuke-console-" + name).unstarted(this::run);
    }

    /** What becomes of what is read; asked by one thread. */
    interface Reader {

        /**
         * A record with a value.
         *
         * @param isNews whether all that the topic held at the start has been read before
         */
        void take(ConsumerRecord<byte[], byte[]> record, boolean isNews) throws MalformedDocumentException;

        /** All that the topic held at the start has been read. */
        void caughtUp();

        /** How the way from Kafka stands now. */
        void changed(FeedState state);
    }

    void start() {
        thread.start();
    }

    FeedState state() {
        return state;
    }

    /** Returns once all up to there is read. */
    void awaitReading(Map<TopicPartition, Long> ends, Duration patience) throws WriteFailedException {
        Instant giveUp = Instant.now().plus(patience);
        try {
            while (ends.isEmpty()
                    || ends.entrySet().stream()
                            .anyMatch(end -> positions.getOrDefault(end.getKey(), 0L) < end.getValue())) {
                if (ends.isEmpty() || Instant.now().isAfter(giveUp)) {
                    throw new WriteFailedException(
                            ends.isEmpty()
                                    ? Text.of("feed.no-topic", topic.toString())
                                    : Text.of("feed.not-read-to-its-end", topic.toString(), brokers, state.text()),
                            null);
                }
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WriteFailedException(Text.of("kafka.stopping"), e);
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(10))) {
                LOG.warn("Reading {} has not stopped within 10 s", topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            read();
            state = FeedState.STOPPED;
        } catch (RuntimeException | Error e) {
            // An Error as well: a thread that ends in silence would look as if it ran.
            LOG.error("Reading {} cannot go on", topic, e);
            state = FeedState.failed(Text.of("feed.broken", topic.toString(), e.toString()));
        }
    }

    private void read() {
        while (stopping.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> open =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = open;
                new Reading(open).follow();
            } catch (WakeupException | InterruptException e) {
                // Thrown to end the loop: the condition of the loop says whether to stop.
            } catch (KafkaException e) {
                if (waiting(Text.of("feed.trouble", brokers, Causes.describe(e)))) {
                    LOG.warn("Reading {} failed; trying again", topic, e);
                }
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    /** Whether that is news. */
    private boolean waiting(Text reason) {
        FeedState now = FeedState.waiting(reason);
        if (state.equals(now)) {
            return false;
        }
        state = now;
        reader.changed(now);
        return true;
    }

    private void pause() {
        try {
            if (stopping.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopping");
            }
        } catch (InterruptedException e) {
            stopping.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** One consumer's life: from the beginning of the topic to its end, and on. */
    private final class Reading {

        private final KafkaConsumer<byte[], byte[]> open;
        private final Set<TopicPartition> partitions = new HashSet<>();
        private final Map<TopicPartition, Long> history = new HashMap<>();
        private boolean caughtUp;
        private Instant nextLook = Instant.MIN;

        Reading(KafkaConsumer<byte[], byte[]> open) {
            this.open = open;
        }

        void follow() {
            while (stopping.getCount() > 0) {
                if (!Instant.now().isBefore(nextLook)) {
                    look();
                }
                if (partitions.isEmpty()) {
                    pause();
                    continue;
                }
                for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
                    take(record);
                }
                partitions.forEach(partition -> positions.put(partition, open.position(partition, ASK)));
                if (!caughtUp && isCaughtUp()) {
                    caughtUp = true;
                    LOG.info("Read {} to its end", topic);
                    reader.caughtUp();
                    running();
                }
            }
        }

        /** Finds partitions that are new, and notices when the brokers no longer answer. */
        private void look() {
            nextLook = Instant.now().plus(LOOK_FOR_PARTITIONS);
            try {
                List<TopicPartition> fresh = new ArrayList<>();
                Map<String, List<PartitionInfo>> topics = open.listTopics(ASK);
                for (PartitionInfo info : topics.getOrDefault(topic.title(), List.of())) {
                    TopicPartition partition = new TopicPartition(info.topic(), info.partition());
                    if (!partitions.contains(partition)) {
                        fresh.add(partition);
                    }
                }
                if (!fresh.isEmpty()) {
                    history.putAll(open.endOffsets(fresh, ASK));
                    partitions.addAll(fresh);
                    open.assign(partitions);
                    open.seekToBeginning(fresh);
                }
                if (partitions.isEmpty()) {
                    nextLook = Instant.now().plus(AGAIN);
                    requireNotForbidden();
                    waiting(Text.of("feed.no-topic", topic.toString()));
                } else if (caughtUp) {
                    running();
                }
            } catch (AuthorizationException e) {
                waiting(Text.of("feed.forbidden", brokers, String.valueOf(e.getMessage())));
            } catch (TimeoutException e) {
                waiting(Text.of("feed.no-answer", brokers));
            }
        }

        /** A list of topics leaves out what one may not read. */
        private void requireNotForbidden() {
            var _ = TopicOffsets.partitions(open, topic, ASK);
        }

        private void running() {
            if (!state.isRunning()) {
                state = FeedState.RUNNING;
                reader.changed(state);
            }
        }

        private boolean isCaughtUp() {
            return history.entrySet().stream().allMatch(end -> open.position(end.getKey(), ASK) >= end.getValue());
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            byte @Nullable [] value = record.value();
            if (value == null) {
                return;
            }
            try {
                reader.take(record, caughtUp);
            } catch (MalformedDocumentException e) {
                unreadable.increment();
                LOG.warn(
                        "{}-{}@{} cannot be read: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
    }
}
