package dev.metsuke.events.seal;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the owner of keys has told of them.
 *
 * @param statements the ids of all announcements and revocations
 * @param revocations the ids of the revocations among them, in the order in which they were told
 */
public record ToldKeys(Set<String> statements, List<String> revocations) {

    public static final ToldKeys NOTHING = new ToldKeys(Set.of(), List.of());

    public ToldKeys {
        statements = Set.copyOf(statements);
        revocations = List.copyOf(revocations);
    }

    /** As {@link #of} reads it. */
    public Map<String, Object> members() {
        return Map.of("statements", statements.stream().sorted().toList(), "revocations", revocations);
    }

    /** Reads {@link #members} out of a document. */
    public static ToldKeys of(JsonDocument json) throws MalformedDocumentException {
        return new ToldKeys(new LinkedHashSet<>(json.texts("statements")), json.texts("revocations"));
    }

    /** Those among these that were not told yet. */
    public List<KeyStatement> open(List<KeyStatement> all) {
        return all.stream()
                .filter(statement -> !statements.contains(statement.id()))
                .toList();
    }

    /** Once these are told as well. */
    public ToldKeys with(List<KeyStatement> told) {
        Set<String> ids = new LinkedHashSet<>(statements);
        Set<String> revoked = new LinkedHashSet<>(revocations);
        for (KeyStatement statement : told) {
            ids.add(statement.id());
            if (statement instanceof KeyRevocation) {
                revoked.add(statement.id());
            }
        }
        return new ToldKeys(ids, new ArrayList<>(revoked));
    }
}
