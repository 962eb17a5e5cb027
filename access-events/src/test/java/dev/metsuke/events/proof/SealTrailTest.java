package dev.metsuke.events.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SealTrailTest {

    private static final KeyRing RING = new KeyRing(List.of(ListedKey.bare(SampleChain.KEY.publicKey())));

    private final List<Seal> seals = new ArrayList<>(SampleChain.of(50).seals);

    @Test
    void believesSealsInAnyOrder() {
        SealTrail trail = trail(seals.reversed());

        assertThat(trail.findings()).isEmpty();
        assertThat(trail.believed()).isEqualTo(seals);
    }

    @Test
    void aSealFromTheFileAndFromTheArchiveIsOne() {
        SealTrail trail = SealTrail.of(
                List.of(new FoundSeal(seals.getFirst(), "seal-1"), new FoundSeal(seals.getFirst(), null)),
                RING,
                Instant.MAX);

        assertThat(trail.findings()).isEmpty();
        assertThat(trail.believed()).hasSize(1);
    }

    @Test
    void noticesAnOldSealThatIsThereAgain() {
        SealTrail trail = SealTrail.of(
                List.of(new FoundSeal(seals.getFirst(), "seal-1"), new FoundSeal(seals.getFirst(), "seal-9")),
                RING,
                Instant.MAX);

        assertThat(trail.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.describe()).contains("seal-9 beside seal-1"));
    }

    @Test
    void noticesAnOldSealWithANewDate() {
        Seal old = seals.getFirst();
        seals.add(new Seal(
                old.stream(), 6, old.head(), Instant.ofEpochSecond(99), List.of(), old.keyId(), old.signature()));

        SealTrail trail = trail(seals);

        assertThat(trail.believed()).hasSize(5);
        assertThat(trail.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.isProof()).isTrue();
            assertThat(finding.describe())
                    .startsWith("seal 6 of db1/crm (line 10")
                    .contains("its signature is not");
        });
    }

    @Test
    void noticesAMissingSeal() {
        seals.remove(2);

        assertThat(trail(seals).findings()).containsExactly(new Finding.MissingSeals(3, 3, true));
    }

    @Test
    void aSealAheadOfAYoungOneMayStillBeOnItsWay() {
        Seal behind = seals.get(3);
        seals.remove(2);

        assertThat(SealTrail.of(found(seals), RING, behind.signedAt().minusMillis(1))
                        .findings())
                .containsExactly(new Finding.MissingSeals(3, 3, false));
        assertThat(SealTrail.of(found(seals), RING, behind.signedAt()).findings())
                .containsExactly(new Finding.MissingSeals(3, 3, true));
    }

    @Test
    void sealsOfAnUnknownKeyAreNoGap() {
        SealKeyPair unknown = SealKeyPair.generate();
        for (int i = 1; i < 3; i++) {
            Seal one = seals.get(i);
            seals.set(i, Seal.sign(one.stream(), one.number(), one.head(), one.signedAt(), unknown));
        }

        assertThat(trail(seals).believed()).containsExactly(seals.get(0), seals.get(3), seals.get(4));
        assertThat(trail(seals).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isProof()).isFalse());
    }

    @Test
    void noticesContradictions() {
        ChainHead head = seals.getLast().head();
        seals.add(Seal.sign(
                SampleChain.STREAM, 5, new ChainHead(60, head.hash()), Instant.ofEpochSecond(60), SampleChain.KEY));
        seals.add(Seal.sign(
                SampleChain.STREAM, 6, new ChainHead(49, head.hash()), Instant.ofEpochSecond(60), SampleChain.KEY));

        assertThat(trail(seals).findings())
                .extracting(Finding::describe)
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one)
                                .contains(
                                        "seal 5 of " + SampleChain.STREAM + " (line 60, ",
                                        "have the same number, and the stream's key signed both"),
                        other -> assertThat(other).contains("does not come behind"));
    }

    @Test
    void cannotJudgeAnUnknownKey() {
        SealTrail trail = SealTrail.of(
                List.of(new FoundSeal(
                        Seal.sign(SampleChain.STREAM, 1, ChainHead.GENESIS, Instant.EPOCH, SealKeyPair.generate()),
                        null)),
                RING,
                Instant.MAX);

        assertThat(trail.believed()).isEmpty();
        assertThat(trail.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isProof()).isFalse());
    }

    @Test
    void sealsOfARevokedKeyProveNothingAndAreNoGap() {
        SealKeyPair next = SealKeyPair.generate();
        Seal fifth = seals.removeLast();
        Seal again = Seal.sign(fifth.stream(), 5, fifth.head(), Instant.ofEpochSecond(60), List.of("seal-r"), next);
        seals.add(again);
        KeyRevocation revocation = KeyRevocation.sign(
                "db1",
                SampleChain.KEY.publicKey().id(),
                seals.get(2).signedAt(),
                "stolen",
                Instant.ofEpochSecond(55),
                SampleChain.KEY);
        KeyRing ring = new KeyRing(
                        List.of(ListedKey.bare(SampleChain.KEY.publicKey()), ListedKey.bare(next.publicKey())))
                .with(List.of(revocation));

        SealTrail covered = SealTrail.of(found(seals), ring, Instant.MAX);
        SealTrail open = SealTrail.of(found(seals.subList(0, 4)), ring, Instant.MAX);

        assertThat(covered.believed()).containsExactly(seals.get(0), seals.get(1), again);
        assertThat(covered.findings())
                .hasSize(2)
                .allMatch(Finding::isHarmless)
                .allSatisfy(finding -> assertThat(finding.describe()).contains("not trustworthy", "proven by seal 5"));
        assertThat(open.believed()).hasSize(2);
        assertThat(open.findings()).hasSize(2).noneMatch(Finding::isHarmless).noneMatch(Finding::isProof);
        seals.remove(2);
        assertThat(SealTrail.of(found(seals), ring, Instant.MAX).findings())
                .contains(new Finding.MissingSeals(3, 3, true));
    }

    @Test
    void aSealOfAThiefIsCoveredByTheFirstThatReachesAsFar() {
        SealKeyPair next = SealKeyPair.generate();
        // With the stolen key, of a line that the stream came to only two seals later.
        Seal second = seals.get(1);
        seals.set(
                1,
                Seal.sign(
                        second.stream(),
                        2,
                        new ChainHead(
                                seals.get(3).head().sequence(), second.head().hash()),
                        second.signedAt(),
                        SampleChain.KEY));
        for (int i = 2; i < 5; i++) {
            Seal one = seals.get(i);
            seals.set(i, Seal.sign(one.stream(), one.number(), one.head(), one.signedAt(), next));
        }
        KeyRing ring = new KeyRing(
                        List.of(ListedKey.bare(SampleChain.KEY.publicKey()), ListedKey.bare(next.publicKey())))
                .with(List.of(KeyRevocation.sign(
                        "db1",
                        SampleChain.KEY.publicKey().id(),
                        second.signedAt(),
                        "stolen",
                        Instant.ofEpochSecond(55),
                        SampleChain.KEY)));
        List<FoundSeal> found = found(seals);
        found = Stream.concat(found.stream(), Stream.of(new FoundSeal(seals.get(3), "seal-again")))
                .toList();

        SealTrail trail = SealTrail.of(found, ring, Instant.MAX);

        assertThat(ring.isRevoked(seals.get(0))).isFalse();
        assertThat(ring.isRevoked(seals.get(1))).isTrue();
        assertThat(trail.believed()).containsExactly(seals.get(0), seals.get(2), seals.get(3), seals.get(4));
        assertThat(trail.findings())
                .extracting(Finding::describe)
                .satisfiesExactlyInAnyOrder(
                        thief -> assertThat(thief).contains("not trustworthy", "proven by seal 4"),
                        twice -> assertThat(twice).contains("seal-again beside"));
    }

    @Test
    void namesTheRevocationOfWhichASealTellsAndThatIsNotThere() {
        Seal last = seals.getLast();
        Seal telling =
                Seal.sign(last.stream(), 5, last.head(), last.signedAt(), List.of("seal-r", "seal-s"), SampleChain.KEY);
        seals.set(4, telling);
        SealTrail trail = trail(seals);

        assertThat(trail.missingRevocations(Set.of("seal-r", "seal-s"), Instant.MAX))
                .isEmpty();
        assertThat(trail.missingRevocations(Set.of("seal-s"), Instant.MAX))
                .containsExactly(new Finding.MissingRevocation("seal-r", telling, true));
        assertThat(trail.missingRevocations(Set.of("seal-s"), Instant.EPOCH))
                .containsExactly(new Finding.MissingRevocation("seal-r", telling, false));
    }

    private static List<FoundSeal> found(List<Seal> seals) {
        return seals.stream().map(seal -> new FoundSeal(seal, seal.id())).toList();
    }

    private static SealTrail trail(List<Seal> seals) {
        return SealTrail.of(found(seals), RING, Instant.MAX);
    }
}
