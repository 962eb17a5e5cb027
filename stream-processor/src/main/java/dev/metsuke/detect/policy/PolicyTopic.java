package dev.metsuke.detect.policy;

import dev.metsuke.events.policy.PublishedPolicies;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.SmallTopic;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes policies to {@code metsuke.policy} and reads what stands there. */
public final class PolicyTopic {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyTopic.class);

    private final SmallTopic topic;

    public PolicyTopic(KafkaSettings kafka) {
        topic = new SmallTopic(kafka, Topic.POLICY);
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws IOException where Kafka does not take it
     */
    public void publish(PublishedPolicy policy) throws IOException {
        topic.write(policy.version(), policy.eventId(), policy.toJson());
    }

    /**
     * Every version, from the one published first to the one in force.
     *
     * @throws IOException where Kafka cannot be read
     */
    public List<PublishedPolicy> published() throws IOException {
        PublishedPolicies policies = new PublishedPolicies();
        topic.contents().forEach(record -> policies.put(record.key(), record.value(), LOG::warn));
        return policies.inOrder();
    }
}
