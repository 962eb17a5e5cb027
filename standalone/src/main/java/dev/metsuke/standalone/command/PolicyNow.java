package dev.metsuke.standalone.command;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import dev.metsuke.detect.policy.PolicyTopic;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy by which detection judges now: the one published last, else the settings file's. */
final class PolicyNow {

    private PolicyNow() {}

    /**
     * With its defaults where nobody gave one.
     *
     * @throws IOException where Kafka cannot be read
     */
    static Policy of(SettingsFile settings, KafkaSettings kafka) throws IOException {
        @Nullable Policy given = given(settings, kafka);
        return given == null ? settings.section("policy", Policy.class) : given;
    }

    /**
     * Null where nobody gave one, or only detection's own settings file does.
     *
     * @throws IOException where Kafka cannot be read
     */
    static @Nullable Policy given(SettingsFile settings, KafkaSettings kafka) throws IOException {
        List<PublishedPolicy> published = new PolicyTopic(kafka).published();
        if (!published.isEmpty()) {
            PublishedPolicy last = published.getLast();
            return PolicyFeed.parse(last.yaml(), "policy " + last.version());
        }
        return settings.sections().contains("policy") ? settings.section("policy", Policy.class) : null;
    }
}
