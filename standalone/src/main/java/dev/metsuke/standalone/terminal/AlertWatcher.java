package dev.metsuke.standalone.terminal;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import dev.metsuke.standalone.terminal.WatchedAlerts.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the alerts from the topic's beginning and tells each one when it is new, and again when it has changed
 * noticeably and then come to rest; so a growing episode is a few lines, not hundreds.
 */
public final class AlertWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWatcher.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int KEPT = 10_000;

    private final Consumer<String, byte[]> consumer;
    private final BiConsumer<Alert, Boolean> teller;
    private final WatchedAlerts alerts = new WatchedAlerts(KEPT);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Instant knownUntil = Instant.MIN;
    private boolean isBlind;

    /**
     * Begins to follow.
     *
     * @param teller takes an alert, and whether it was told before
     */
    public AlertWatcher(KafkaSettings kafka, BiConsumer<Alert, Boolean> teller) {
        this(consumer(kafka), teller);
    }

    AlertWatcher(Consumer<String, byte[]> consumer, BiConsumer<Alert, Boolean> teller) {
        this.consumer = consumer;
        this.teller = teller;
        thread = Thread.ofPlatform().name("alert-watcher").start(this::follow);
    }

    private static Consumer<String, byte[]> consumer(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties("metsuke-alert-watcher");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The latest state of every alert so far; of a great many, of those that changed last. */
    public List<Alert> alerts() {
        return alerts.latest();
    }

    /** Whether all that the topic held at a moment is known here. */
    public boolean knowsAllUntil(Instant moment) {
        return knownUntil.isAfter(moment);
    }

    /** How long no alert has come or changed; the longest time there is where none ever came. */
    public Duration quiet() {
        return alerts.quiet(System.nanoTime());
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            while (closing.getCount() > 0) {
                try {
                    look();
                    note(null);
                } catch (WakeupException e) {
                    LOG.debug("Told to stop.", e);
                } catch (InterruptException e) {
                    break;
                } catch (KafkaException e) {
                    note(e);
                    closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What changed last is still worth a line.
        alerts.unsaid(System.nanoTime()).forEach(this::tell);
    }

    private void look() {
        if (consumer.assignment().isEmpty()) {
            consumer.assign(partitions());
        }
        Instant asked = Instant.now();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            remember(record);
        }
        if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            knownUntil = asked;
        }
        alerts.unsaid(System.nanoTime() - REST.toNanos()).forEach(this::tell);
        alerts.forget();
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = TopicOffsets.partitions(consumer, Topic.ALERTS, PATIENCE);
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(Topic.ALERTS + " is not there; metsuke setup creates it");
        }
        return partitions;
    }

    /** Tells of what keeps alerts away, or that nothing does, once. */
    private void note(@Nullable KafkaException failure) {
        if (failure != null && !isBlind) {
            LOG.warn("Alerts are not shown while Kafka fails, and will be later.", failure);
        } else if (failure == null && isBlind) {
            LOG.info("Alerts are shown again: Kafka answers.");
        }
        isBlind = failure != null;
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            alerts.take(Alert.fromJson(value), System.nanoTime());
        } catch (MalformedDocumentException e) {
            LOG.warn(
                    "{}-{}@{} is not an alert: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void tell(Seen one) {
        teller.accept(one.latest(), one.told() != null);
        alerts.told(one);
    }
}
