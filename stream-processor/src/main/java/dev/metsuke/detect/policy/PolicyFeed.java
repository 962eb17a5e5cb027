package dev.metsuke.detect.policy;

import dev.metsuke.detect.graph.Graph;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the policy that was published last into force, on every instance. Kafka Streams reads the whole topic before it
 * judges anything, and again after every restart.
 */
public final class PolicyFeed implements Processor<Bytes, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFeed.class);
    private static final String STORE = "policies";

    private final PolicyInForce inForce;
    private final Counter refused;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private @Nullable PublishedPolicy latest;

    private PolicyFeed(PolicyInForce inForce, Counter refused) {
        this.inForce = inForce;
        this.refused = refused;
    }

    public static void addTo(Graph graph, PolicyInForce inForce, MeterRegistry meters) {
        Counter refused = meters.counter("metsuke.detect.policies.refused");
        graph.follow(Topic.POLICY, StateStores.IN_MEMORY.plain(STORE), () -> new PolicyFeed(inForce, refused));
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        byte @Nullable [] json = record.value();
        if (record.key() == null || json == null) {
            LOG.warn("{} has a record without key or value; the policy stays as it is", Topic.POLICY);
            return;
        }
        Objects.requireNonNull(store).put(record.key(), json);
        try {
            PublishedPolicy published = PublishedPolicy.fromJson(json);
            PublishedPolicy known = latest;
            if (known == null || known.compareTo(published) < 0) {
                inForce.take(parse(published.yaml(), "policy " + published.version()));
                latest = published;
                LOG.info(
                        "Detection judges by policy {}, published by {} at {}",
                        published.version(),
                        published.publishedBy(),
                        published.publishedAt());
            }
        } catch (MalformedDocumentException | InvalidSettingsException e) {
            // Only what metsuke policy publish has checked should ever stand there; a worse one must not stop
            // detection.
            refused.increment();
            LOG.error("{} holds a policy that cannot be used; the policy stays as it is", Topic.POLICY, e);
        }
    }

    /**
     * A policy file's text.
     *
     * @throws InvalidSettingsException with every problem
     */
    public static Policy parse(String yaml, String name) {
        return SettingsFile.sectionOf(yaml, name, Path.of("/"), "policy", Policy.class);
    }
}
