package dev.metsuke.events.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
                List.of(new FoundSeal(seals.getFirst(), "seal-1"), new FoundSeal(seals.getFirst(), null)), RING);

        assertThat(trail.findings()).isEmpty();
        assertThat(trail.believed()).hasSize(1);
    }

    @Test
    void noticesAnOldSealThatIsThereAgain() {
        SealTrail trail = SealTrail.of(
                List.of(new FoundSeal(seals.getFirst(), "seal-1"), new FoundSeal(seals.getFirst(), "seal-9")), RING);

        assertThat(trail.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.describe()).contains("seal-9 beside seal-1"));
    }

    @Test
    void noticesAnOldSealWithANewDate() {
        Seal old = seals.getFirst();
        seals.add(new Seal(old.stream(), 6, old.head(), Instant.ofEpochSecond(99), old.keyId(), old.signature()));

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

        assertThat(trail(seals).findings()).containsExactly(new Finding.MissingSeals(3, 3));
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
                        one -> assertThat(one).contains("another one has its number"),
                        other -> assertThat(other).contains("does not come behind"));
    }

    @Test
    void cannotJudgeAnUnknownKey() {
        SealTrail trail = SealTrail.of(
                List.of(new FoundSeal(
                        Seal.sign(SampleChain.STREAM, 1, ChainHead.GENESIS, Instant.EPOCH, SealKeyPair.generate()),
                        null)),
                RING);

        assertThat(trail.believed()).isEmpty();
        assertThat(trail.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isProof()).isFalse());
    }

    private static SealTrail trail(List<Seal> seals) {
        return SealTrail.of(
                seals.stream().map(seal -> new FoundSeal(seal, seal.id())).toList(), RING);
    }
}
