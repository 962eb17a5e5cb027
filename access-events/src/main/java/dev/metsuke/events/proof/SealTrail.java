package dev.metsuke.events.proof;

import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream's seals, judged: signed by whom they must be, numbered without a gap, each of a later line than the one before.
 * Those that a revoked or an unknown key signed keep their numbers and prove nothing.
 *
 * @param believed in their order
 * @param findings what is wrong with the others
 */
public record SealTrail(SealList believed, List<Finding> findings) {

    public SealTrail {
        findings = List.copyOf(findings);
    }

    /**
     * Judges seals.
     *
     * @param found in any order; the same seal twice counts once, unless it lies under another name
     * @param settled seals ahead of one that was signed later may still be on their way
     */
    public static SealTrail of(Collection<FoundSeal> found, KeyRing ring, Instant settled) {
        List<Finding> findings = new ArrayList<>();
        List<Seal> signed = new ArrayList<>();
        Map<Seal, String> revoked = new LinkedHashMap<>();
        Set<String> unknownKeys = new HashSet<>();
        // They are there, whatever they are worth.
        NavigableSet<Long> otherNumbers = new TreeSet<>();
        List<Seal> seals = distinct(found, findings);
        // There may be millions, and nothing that is done with them costs as much.
        List<Judgement> judgements = seals.parallelStream().map(ring::judge).toList();
        for (int i = 0; i < seals.size(); i++) {
            Seal seal = seals.get(i);
            switch (judgements.get(i)) {
                case Judgement.Believed() -> signed.add(seal);
                case Judgement.Revoked(String because) -> {
                    otherNumbers.add(seal.number());
                    revoked.put(seal, because);
                }
                case Judgement.Refused(String because) -> findings.add(new Finding.BadSeal(seal, because, true));
                case Judgement.Unknown(String because) -> {
                    otherNumbers.add(seal.number());
                    // Once a key: there may be a seal a minute.
                    if (unknownKeys.add(seal.keyId())) {
                        findings.add(new Finding.BadSeal(seal, because, false));
                    }
                }
            }
        }
        SealList believed = SealList.copyOf(inOrder(signed, otherNumbers, settled, findings));
        revoked.forEach(
                (seal, because) -> findings.add(new Finding.RevokedSeal(seal, because, covering(seal, believed))));
        return new SealTrail(believed, findings);
    }

    /** By number, each once. */
    private static List<Seal> distinct(Collection<FoundSeal> found, List<Finding> findings) {
        List<FoundSeal> byNumber = new ArrayList<>(found);
        byNumber.sort(Comparator.comparingLong(FoundSeal::number));
        List<Seal> distinct = new ArrayList<>(byNumber.size());
        int behind = 0;
        for (int first = 0; first < byNumber.size(); first = behind) {
            behind = first + 1;
            while (behind < byNumber.size()
                    && byNumber.get(behind).number() == byNumber.get(first).number()) {
                behind++;
            }
            if (behind == first + 1) {
                distinct.add(byNumber.get(first).seal());
            } else {
                distinct.addAll(distinctOfANumber(byNumber.subList(first, behind), findings));
            }
        }
        return distinct;
    }

    private static List<Seal> distinctOfANumber(List<FoundSeal> found, List<Finding> findings) {
        Map<String, FoundSeal> bySignedContent = new LinkedHashMap<>();
        for (FoundSeal one : found) {
            FoundSeal same = bySignedContent.putIfAbsent(one.seal().id(), one);
            if (same != null && same.isOtherDocument(one)) {
                findings.add(new Finding.BadSeal(
                        one.seal(), "it is there again, as " + one.document() + " beside " + same.document(), true));
            }
        }
        return bySignedContent.values().stream().map(FoundSeal::seal).toList();
    }

    /** The first that proves its lines as well; numbers and lines both ascend. */
    private static @Nullable Seal covering(Seal revoked, SealList believed) {
        int place = believed.first(seal -> seal.number() > revoked.number()
                && seal.head().sequence() >= revoked.head().sequence());
        return place == believed.size() ? null : believed.get(place);
    }

    private static List<Seal> inOrder(
            List<Seal> byNumber, NavigableSet<Long> otherNumbers, Instant settled, List<Finding> findings) {
        List<Seal> ordered = new ArrayList<>(byNumber.size());
        Seal before = null;
        for (Seal seal : byNumber) {
            if (before != null && seal.number() == before.number()) {
                findings.add(new Finding.Forked(seal, before));
                continue;
            }
            if (before != null && !seal.isBehind(before)) {
                findings.add(new Finding.BadSeal(seal, "it does not come behind " + before, true));
                continue;
            }
            if (before != null && before.number() + 1 < seal.number()) {
                missing(before.number() + 1, seal, otherNumbers, settled, findings);
            }
            ordered.add(seal);
            before = seal;
        }
        return ordered;
    }

    private static void missing(
            long first, Seal behind, NavigableSet<Long> otherNumbers, Instant settled, List<Finding> findings) {
        boolean isProof = !behind.signedAt().isAfter(settled);
        long from = first;
        for (long number : otherNumbers.subSet(first, true, behind.number(), false)) {
            if (number > from) {
                findings.add(new Finding.MissingSeals(from, number - 1, isProof));
            }
            from = number + 1;
        }
        if (from < behind.number()) {
            findings.add(new Finding.MissingSeals(from, behind.number() - 1, isProof));
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

        private long number() {
            return seal.number();
        }

        private boolean isOtherDocument(FoundSeal other) {
            return document != null && other.document != null && !document.equals(other.document);
        }
    }
}
