package dev.metsuke.events.proof;

import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.Seal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream's seals, judged: signed by whom they must be, numbered without a gap, each of a later line than the one before.
 *
 * @param believed in their order
 * @param findings what is wrong with the others
 */
public record SealTrail(List<Seal> believed, List<Finding> findings) {

    public SealTrail {
        believed = List.copyOf(believed);
        findings = List.copyOf(findings);
    }

    /**
     * Judges seals.
     *
     * @param found in any order; the same seal twice counts once, unless it lies under another name
     */
    public static SealTrail of(Collection<FoundSeal> found, KeyRing ring) {
        List<Finding> findings = new ArrayList<>();
        List<Seal> signed = new ArrayList<>();
        Map<String, FoundSeal> bySignedContent = new HashMap<>();
        Set<String> unknownKeys = new HashSet<>();
        for (FoundSeal one : found) {
            FoundSeal same = bySignedContent.putIfAbsent(one.seal().id(), one);
            if (same == null) {
                judge(one.seal(), ring, signed, findings, unknownKeys);
            } else if (same.isOtherDocument(one)) {
                findings.add(new Finding.BadSeal(
                        one.seal(), "it is there again, as " + one.document() + " beside " + same.document(), true));
            }
        }
        signed.sort(Comparator.comparingLong(Seal::number));
        return new SealTrail(inOrder(signed, findings), findings);
    }

    private static void judge(
            Seal seal, KeyRing ring, List<Seal> signed, List<Finding> findings, Set<String> unknownKeys) {
        switch (ring.judge(seal)) {
            case Judgement.Believed() -> signed.add(seal);
            case Judgement.Refused(String because) -> findings.add(new Finding.BadSeal(seal, because, true));
            case Judgement.Unknown(String because) -> {
                // Once a key: there may be a seal a minute.
                if (unknownKeys.add(seal.keyId())) {
                    findings.add(new Finding.BadSeal(seal, because, false));
                }
            }
        }
    }

    private static List<Seal> inOrder(List<Seal> byNumber, List<Finding> findings) {
        List<Seal> ordered = new ArrayList<>();
        Seal before = null;
        for (Seal seal : byNumber) {
            if (before != null && seal.number() == before.number()) {
                findings.add(new Finding.BadSeal(seal, "another one has its number: " + before, true));
                continue;
            }
            if (before != null
                    && (seal.head().sequence() <= before.head().sequence()
                            || seal.signedAt().isBefore(before.signedAt()))) {
                findings.add(new Finding.BadSeal(seal, "it does not come behind " + before, true));
                continue;
            }
            if (before != null && seal.number() > before.number() + 1) {
                findings.add(new Finding.MissingSeals(before.number() + 1, seal.number() - 1));
            }
            ordered.add(seal);
            before = seal;
        }
        return ordered;
    }

    /**
     * A seal as it was found.
     *
     * @param seal the seal
     * @param document under which name it lies in the archive; null where names mean nothing, such as in a file
     */
    public record FoundSeal(Seal seal, @Nullable String document) {

        private boolean isOtherDocument(FoundSeal other) {
            return document != null && other.document != null && !document.equals(other.document);
        }
    }
}
