package dev.metsuke.shipper.position;

import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a shipper has told of its keys.
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
