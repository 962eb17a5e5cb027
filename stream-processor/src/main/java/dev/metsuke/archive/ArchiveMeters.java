package dev.metsuke.archive;

import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.events.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What the archive counts. */
final class ArchiveMeters {

    private static final String TOPIC = "topic";

    private final Map<Topic, PerTopic> topics = new EnumMap<>(Topic.class);
    private final Counter lost;
    private final AtomicLong lag = new AtomicLong();

    ArchiveMeters(MeterRegistry meters) {
        for (Topic topic : TopicIndexing.topics()) {
            topics.put(
                    topic,
                    new PerTopic(
                            counter(meters, topic, "metsuke.archive.records", "Records taken from Kafka"),
                            counter(meters, topic, "metsuke.archive.indexed", "Records written to Elasticsearch"),
                            counter(meters, topic, "metsuke.archive.repeated", "Records that were there already"),
                            counter(meters, topic, "metsuke.archive.rejected", "Records that can never be written"),
                            counter(
                                    meters,
                                    topic,
                                    "metsuke.archive.undeliverable",
                                    "Records of metsuke.rejected that stay there, as they cannot be written either")));
        }
        lost = Counter.builder("metsuke.archive.lost")
                .description("Records that Kafka deleted before they were archived")
                .register(meters);
        Gauge.builder("metsuke.archive.lag", lag, AtomicLong::get)
                .description("Records in Kafka that are not archived yet")
                .register(meters);
    }

    void taken(String topic) {
        of(topic).taken.increment();
    }

    void indexed(String topic, boolean fresh) {
        (fresh ? of(topic).indexed : of(topic).repeated).increment();
    }

    void rejected(String topic) {
        of(topic).rejected.increment();
    }

    void undeliverable(String topic) {
        of(topic).undeliverable.increment();
    }

    void lost(long records) {
        lost.increment((double) records);
    }

    void lag(long records) {
        lag.set(records);
    }

    ArchiveSnapshot snapshot() {
        Map<Topic, Long> indexed = new EnumMap<>(Topic.class);
        Map<Topic, Long> repeated = new EnumMap<>(Topic.class);
        Map<Topic, Long> rejected = new EnumMap<>(Topic.class);
        long undeliverable = 0;
        for (Map.Entry<Topic, PerTopic> entry : topics.entrySet()) {
            PerTopic counters = entry.getValue();
            indexed.put(entry.getKey(), (long) counters.indexed.count());
            repeated.put(entry.getKey(), (long) counters.repeated.count());
            rejected.put(entry.getKey(), (long) counters.rejected.count());
            undeliverable += (long) counters.undeliverable.count();
        }
        return new ArchiveSnapshot(indexed, repeated, rejected, undeliverable, (long) lost.count());
    }

    private PerTopic of(String title) {
        PerTopic counters = Topic.ofTitle(title).map(topics::get).orElse(null);
        if (counters == null) {
            throw new IllegalArgumentException(title + " is not archived");
        }
        return counters;
    }

    private static Counter counter(MeterRegistry meters, Topic topic, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag(TOPIC, topic.title())
                .register(meters);
    }

    private record PerTopic(
            Counter taken, Counter indexed, Counter repeated, Counter rejected, Counter undeliverable) {}
}
