package dev.metsuke.console.directory;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.policy.PublishedPolicies;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of the working calendars of the policy that was published last. */
final class PolicyCalendars {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyCalendars.class);

    /** It is there without being named. */
    private static final String OFFICE = "office";

    private final PublishedPolicies policies = new PublishedPolicies();

    static PolicyCalendars in(TopicContents contents) throws WriteFailedException {
        PolicyCalendars calendars = new PolicyCalendars();
        contents.read(Topic.POLICY, calendars::remember);
        return calendars;
    }

    void remember(ConsumerRecord<String, byte[]> record) {
        try {
            policies.put(record.key(), record.value());
        } catch (MalformedDocumentException e) {
            LOG.warn("{} holds no policy under {}: {}", Topic.POLICY, record.key(), e.getMessage());
        }
    }

    /**
     * Calendars of the directory that the policy does not have; none where nobody published one.
     *
     * @throws InvalidSettingsException where the policy is not YAML
     */
    List<KnownNames.Stranger> unknownAmong(Collection<DirectoryEntry> entries) {
        return policies.inForce()
                .map(policy -> new KnownNames(names(policy)).strangers(named(entries)))
                .orElse(List.of());
    }

    /** The calendars that the entries name. */
    static List<String> named(Collection<DirectoryEntry> entries) {
        return entries.stream()
                .map(DirectoryEntry::calendar)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> names(PublishedPolicy policy) {
        List<String> names = new ArrayList<>(SettingsFile.namesIn(
                policy.yaml(), "policy " + policy.version(), List.of("policy", "off-hours", "calendars")));
        names.add(OFFICE);
        return names;
    }
}
