package dev.metsuke.console.policy;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.policy.PublishedPolicies;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.settings.SettingsFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the policy that was published last names, against which what others write can be held. Each answer is empty where nobody
 * published one, and throws {@link dev.metsuke.operations.settings.InvalidSettingsException} where it is not YAML.
 */
public final class PolicyNames {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyNames.class);

    private final PublishedPolicies policies;

    private PolicyNames(PublishedPolicies policies) {
        this.policies = policies;
    }

    public static PolicyNames in(TopicContents contents) throws WriteFailedException {
        return of(published(contents));
    }

    /** Every version that is published. */
    static PublishedPolicies published(TopicContents contents) throws WriteFailedException {
        PublishedPolicies policies = new PublishedPolicies();
        contents.read(Topic.POLICY, record -> policies.put(record.key(), record.value(), LOG::warn));
        return policies;
    }

    /** Of what is published there, at any time. */
    public static PolicyNames of(PublishedPolicies policies) {
        return new PolicyNames(policies);
    }

    /** The working calendars that it has. */
    public Optional<Set<String>> calendars() {
        return named(List.of(List.of("off-hours", "calendars"))).map(names -> {
            names.add(PublishedPolicy.OFFICE_CALENDAR);
            return names;
        });
    }

    /** The departments of which it says something. */
    public Optional<Set<String>> departments() {
        return named(List.of(
                List.of("bulk-read", "departments"),
                List.of("revoked", "scope", SettingsFile.EACH_MEMBER),
                List.of("off-hours", "departments"),
                List.of("concurrent-posts"),
                List.of("concurrent-posts", SettingsFile.EACH_MEMBER)));
    }

    /** The datasets of which it says something. */
    public Optional<Set<String>> datasets() {
        return named(List.of(
                List.of("bulk-read", "datasets"),
                List.of("revoked", "scope"),
                List.of("exceptions", SettingsFile.EACH_ITEM, "dataset")));
    }

    private Optional<Set<String>> named(List<List<String>> paths) {
        return policies.inForce().map(policy -> named(policy, paths));
    }

    private static Set<String> named(PublishedPolicy policy, List<List<String>> paths) {
        Set<String> names = new TreeSet<>();
        for (List<String> path : paths) {
            names.addAll(SettingsFile.namesIn(policy.yaml(), "policy " + policy.version(), "policy", path));
        }
        return names;
    }
}
