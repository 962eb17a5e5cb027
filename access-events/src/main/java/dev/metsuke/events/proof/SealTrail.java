package dev.metsuke.events.proof;

import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.Seal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream's seals, judged: signed by whom they must be, numbered without a gap, each of a later line than the one before.
 * Those that a revoked key signed keep their numbers and prove nothing.
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
        Map<Seal, String> revoked = new LinkedHashMap<>();
        Map<String, FoundSeal> bySignedContent = new HashMap<>();
        Set<String> unknownKeys = new HashSet<>();
        for (FoundSeal one : found) {
            FoundSeal same = bySignedContent.putIfAbsent(one.seal().id(), one);
            if (same != null) {
                if (same.isOtherDocument(one)) {
                    findings.add(new Finding.BadSeal(
                            one.seal(),
                            "it is there again, as " + one.document() + " beside " + same.document(),
                            true));
                }
                continue;
            }
            switch (ring.judge(one.seal())) {
                case Judgement.Believed() -> signed.add(one.seal());
                case Judgement.Revoked(String because) -> revoked.put(one.seal(), because);
                case Judgement.Refused(String because) -> findings.add(new Finding.BadSeal(one.seal(), because, true));
                case Judgement.Unknown(String because) -> {
                    // Once a key: there may be a seal a minute.
                    if (unknownKeys.add(one.seal().keyId())) {
                        findings.add(new Finding.BadSeal(one.seal(), because, false));
                    }
                }
            }
        }
        signed.sort(Comparator.comparingLong(Seal::number));
        List<Seal> believed = inOrder(signed, numbers(revoked.keySet()), findings);
        revoked.forEach(
                (seal, because) -> findings.add(new Finding.RevokedSeal(seal, because, covering(seal, believed))));
        return new SealTrail(believed, findings);
    }

    private static Set<Long> numbers(Collection<Seal> seals) {
        return seals.stream().map(Seal::number).collect(Collectors.toSet());
    }

    private static @Nullable Seal covering(Seal revoked, List<Seal> believed) {
        return believed.stream()
                .filter(seal -> seal.number() > revoked.number()
                        && seal.head().sequence() >= revoked.head().sequence())
                .findFirst()
                .orElse(null);
    }

    private static List<Seal> inOrder(List<Seal> byNumber, Set<Long> otherNumbers, List<Finding> findings) {
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
            if (before != null) {
                missing(before.number() + 1, seal.number() - 1, otherNumbers, findings);
            }
            ordered.add(seal);
            before = seal;
        }
        return ordered;
    }

    private static void missing(long first, long last, Set<Long> otherNumbers, List<Finding> findings) {
        long from = first;
        for (long number : otherNumbers.stream()
                .filter(one -> one >= first && one <= last)
                .sorted()
                .toList()) {
            if (number > from) {
                findings.add(new Finding.MissingSeals(from, number - 1));
            }
            from = number + 1;
        }
        if (from <= last) {
            findings.add(new Finding.MissingSeals(from, last));
        }
    }

    /**
     * The revocations that believed seals tell of and that nobody found.
     *
     * @param found the ids of those that were found
     * @param settled what a seal tells of that was signed later may still be on its way
     */
    public List<Finding> missingRevocations(Set<String> found, Instant settled) {
        Map<String, Finding> missing = new LinkedHashMap<>();
        for (Seal seal : believed) {
            for (String id : seal.revocations()) {
                if (!found.contains(id)) {
                    missing.putIfAbsent(
                            id,
                            new Finding.MissingRevocation(
                                    id, seal, !seal.signedAt().isAfter(settled)));
                }
            }
        }
        return List.copyOf(missing.values());
    }

    /** The same with these findings as well. */
    public SealTrail with(List<Finding> others) {
        return new SealTrail(
                believed, Stream.concat(findings.stream(), others.stream()).toList());
    }

    /**
     * A seal as it was found.
     *
     * @param seal the seal
     * @param document under which name it lies in the archive; null where names mean nothing, such as in a file
     * @param index in which of the archive's; null where it lies in none
     */
    public record FoundSeal(
            Seal seal, @Nullable String document, @Nullable String index) {

        /** One that lies in no index. */
        public FoundSeal(Seal seal, @Nullable String document) {
            this(seal, document, null);
        }

        private boolean isOtherDocument(FoundSeal other) {
            return document != null && other.document != null && !document.equals(other.document);
        }
    }
}
