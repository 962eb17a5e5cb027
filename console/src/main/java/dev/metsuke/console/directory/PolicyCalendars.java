package dev.metsuke.console.directory;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of the working calendars of the policy that was published last. */
final class PolicyCalendars {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyCalendars.class);

    /** It is there without being named. */
    private static final String OFFICE = "office";

    private final Map<String, PublishedPolicy> policies = new HashMap<>();

    static PolicyCalendars in(TopicContents contents) throws WriteFailedException {
        PolicyCalendars calendars = new PolicyCalendars();
        contents.read(Topic.POLICY, calendars::remember);
        return calendars;
    }

    void remember(ConsumerRecord<String, byte[]> record) {
        @Nullable String version = record.key();
        byte @Nullable [] value = record.value();
        if (version == null) {
            return;
        }
        policies.remove(version);
        try {
            if (value != null) {
                policies.put(version, PublishedPolicy.fromJson(value));
            }
        } catch (MalformedDocumentException e) {
            LOG.warn("{} holds no policy under {}: {}", Topic.POLICY, version, e.getMessage());
        }
    }

    /**
     * Calendars of the directory that the policy does not have; none where nobody published one.
     *
     * @throws InvalidSettingsException where the policy is not YAML
     */
    List<KnownNames.Stranger> unknownAmong(Collection<DirectoryEntry> entries) {
        return policies.values().stream()
                .max(Comparator.naturalOrder())
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
