package dev.metsuke.events.policy;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The policies that their topic tells of, by their versions. */
public final class PublishedPolicies {

    private final Map<String, PublishedPolicy> byVersion = new HashMap<>();

    /**
     * Takes a record over; one without a value removes its version, one without a version tells of none.
     *
     * @param complaints hears of one that holds no policy: what stood under its version is removed all the same
     */
    public void put(@Nullable String version, byte @Nullable [] value, Consumer<String> complaints) {
        if (version == null) {
            return;
        }
        byVersion.remove(version);
        if (value != null) {
            try {
                byVersion.put(version, PublishedPolicy.fromJson(value));
            } catch (MalformedDocumentException e) {
                complaints.accept(Topic.POLICY + " holds no policy under " + version + ": " + e.getMessage());
            }
        }
    }

    /** From the one published first to the one in force. */
    public List<PublishedPolicy> inOrder() {
        return byVersion.values().stream().sorted().toList();
    }

    /** The one of a version. */
    public Optional<PublishedPolicy> called(String version) {
        return Optional.ofNullable(byVersion.get(version));
    }

    /** The one published last. */
    public Optional<PublishedPolicy> inForce() {
        return byVersion.values().stream().max(PublishedPolicy::compareTo);
    }
}
