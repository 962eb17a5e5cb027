package dev.metsuke.events.proof;

import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.KeyStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of keys, judged.
 *
 * @param revocations the ids of those that were found, whoever signed them
 * @param findings which statements nobody may have signed so, and which revocations of known keys cannot be judged
 */
public record KeyTrail(Set<String> revocations, List<Finding> findings) {

    public KeyTrail {
        revocations = Set.copyOf(revocations);
        findings = List.copyOf(findings);
    }

    /**
     * Judges statements.
     *
     * @param found in any order; the same one twice counts once
     * @param ring the keys that follow from them
     */
    public static KeyTrail of(Collection<FoundStatement> found, KeyRing ring) {
        Set<String> revocations = new HashSet<>();
        Set<Finding> findings = new LinkedHashSet<>();
        for (FoundStatement one : found) {
            KeyStatement statement = one.statement();
            if (statement instanceof KeyRevocation) {
                revocations.add(statement.id());
            }
            if (one.document() != null && !one.document().equals(statement.id())) {
                findings.add(new Finding.BadKeyStatement(
                        statement, "it is there as " + one.document() + ", not as " + statement.id(), true));
            }
            findings.addAll(judged(statement, ring));
        }
        return new KeyTrail(revocations, new ArrayList<>(findings));
    }

    private static List<Finding> judged(KeyStatement statement, KeyRing ring) {
        return switch (ring.judge(statement)) {
            case Judgement.Believed() -> List.of();
            case Judgement.Refused(String because) -> List.of(new Finding.BadKeyStatement(statement, because, true));
            case Judgement.Revoked(String because) -> ofKnownKey(statement, ring, because);
            case Judgement.Unknown(String because) -> ofKnownKey(statement, ring, because);
        };
    }

    /** An announcement that nobody believes only leaves the new key unknown; a revocation could matter. */
    private static List<Finding> ofKnownKey(KeyStatement statement, KeyRing ring, String because) {
        return statement instanceof KeyRevocation revocation && ring.knows(revocation.revoked())
                ? List.of(new Finding.BadKeyStatement(statement, because, false))
                : List.of();
    }

    /**
     * A statement as it was found.
     *
     * @param statement the statement
     * @param document under which name it lies in the archive; null where names mean nothing, such as in a file
     */
    public record FoundStatement(
            KeyStatement statement, @Nullable String document) {}
}
