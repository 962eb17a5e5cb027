package dev.metsuke.standalone.terminal;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
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
    private static final int FEW = 40;
    private static final Duration REST = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final BiConsumer<Alert, Boolean> teller;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private final Thread thread;
    private volatile Instant knownUntil = Instant.MIN;

    /**
     * Begins to follow.
     *
     * @param teller takes an alert, and whether it was told before
     */
    public AlertWatcher(KafkaSettings kafka, BiConsumer<Alert, Boolean> teller) {
        Map<String, Object> properties = kafka.clientProperties("metsuke-alert-watcher");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.teller = teller;
        thread = Thread.ofPlatform().name("alert-watcher").start(this::follow);
    }

    /** The latest state of every alert so far. */
    public List<Alert> alerts() {
        synchronized (seen) {
            return seen.values().stream().map(Seen::latest).toList();
        }
    }

    /** Whether all that the topic held at a moment is known here. */
    public boolean knowsAllUntil(Instant moment) {
        return knownUntil.isAfter(moment);
    }

    /** How long no alert has come or changed; the longest time there is where none ever came. */
    public Duration quiet() {
        synchronized (seen) {
            return seen.values().stream()
                    .map(one -> Duration.ofNanos(System.nanoTime() - one.changedAt))
                    .min(Comparator.naturalOrder())
                    .orElse(Duration.ofSeconds(Long.MAX_VALUE));
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            consumer.assign(consumer.partitionsFor(Topic.ALERTS.title()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            while (true) {
                Instant asked = Instant.now();
                Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    remember(record);
                }
                if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    knownUntil = asked;
                }
                tellWhatRests();
            }
        } catch (WakeupException e) {
            // Asked to stop: what changed last is still worth a line.
            unsaid(System.nanoTime()).forEach(this::tell);
        }
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        try {
            Alert alert = Alert.fromJson(record.value());
            synchronized (seen) {
                Seen before = seen.get(alert.id());
                if (before == null || !before.latest.equals(alert)) {
                    seen.put(alert.id(), new Seen(alert, before == null ? null : before.told, System.nanoTime()));
                }
            }
        } catch (MalformedDocumentException e) {
            LOG.warn(
                    "{}-{}@{} is not an alert: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void tellWhatRests() {
        unsaid(System.nanoTime() - REST.toNanos()).forEach(this::tell);
    }

    /** What nobody was told: alerts never told, and those that have not changed since a moment. */
    private List<Seen> unsaid(long restingSince) {
        synchronized (seen) {
            List<Seen> unsaid = new ArrayList<>();
            for (Seen one : seen.values()) {
                if (one.told == null || (one.changedAt - restingSince <= 0 && one.isNews())) {
                    unsaid.add(one);
                }
            }
            return unsaid;
        }
    }

    private void tell(Seen one) {
        teller.accept(one.latest, one.told != null);
        synchronized (seen) {
            Seen current = Objects.requireNonNull(seen.get(one.latest.id()));
            seen.put(one.latest.id(), new Seen(current.latest, one.latest, current.changedAt));
        }
    }

    /**
     * An alert as it is known.
     *
     * @param latest its latest state
     * @param told the state that was told last
     * @param changedAt when the latest state came, by {@link System#nanoTime}
     */
    private record Seen(Alert latest, @Nullable Alert told, long changedAt) {

        /** One more access in a great many is none; any of the first few is, a fifth more, another state or severity. */
        boolean isNews() {
            return told == null
                    || told.state() != latest.state()
                    || told.severity() != latest.severity()
                    || (latest.events() != told.events() && latest.events() < FEW)
                    || latest.events() * 5 >= told.events() * 6;
        }
    }
}
