package dev.metsuke.detect.policy;

import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that can be published: it is read elsewhere, whole and word for word.
 *
 * @param name of the file, for messages
 * @param policy what it says
 * @param yaml its text
 */
public record PolicyFile(String name, Policy policy, String yaml) {

    /** The settings' section that holds a policy. */
    public static final String SECTION = "policy";

    /**
     * Reads a file.
     *
     * @throws InvalidSettingsException where its policy is wrong, or would not say the same elsewhere
     */
    public static PolicyFile read(Path file) throws IOException {
        SettingsFile settings = SettingsFile.load(file);
        PolicyFile read =
                new PolicyFile(file.toString(), settings.givenSection(SECTION, Policy.class), Files.readString(file));
        if (read.yaml.contains("${")) {
            throw read.refused("a published policy must say everything itself, without ${…}");
        }
        if (settings.sections().size() > 1) {
            throw read.refused("would be published whole, with " + String.join(", ", settings.sections())
                    + "; put section " + SECTION + " into a file of its own");
        }
        return read;
    }

    /**
     * What is to be published behind these.
     *
     * @param known all that were published before
     * @param by whom
     * @param note why, in free words
     * @throws InvalidSettingsException where alerts know another text by its version
     */
    public PublishedPolicy after(List<PublishedPolicy> known, Instant now, String by, @Nullable String note) {
        for (PublishedPolicy other : known) {
            if (other.version().equals(policy.versionName()) && !other.yaml().equals(yaml)) {
                throw refused("another text was published as version " + other.version() + " at " + other.publishedAt()
                        + ", and alerts name it so; give this one a version of its own");
            }
        }
        return new PublishedPolicy(
                UUID.randomUUID().toString(),
                policy.versionName(),
                yaml,
                PublishedPolicy.timeAfter(known, now),
                by,
                note);
    }

    private InvalidSettingsException refused(String why) {
        return new InvalidSettingsException(List.of(name + ": " + why));
    }
}
