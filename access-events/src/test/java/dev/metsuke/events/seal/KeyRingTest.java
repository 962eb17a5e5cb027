package dev.metsuke.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.KeyRing.Judgement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant AUGUST = Instant.parse("2026-08-01T00:00:00Z");

    private final SealKeyPair first = SealKeyPair.generate();
    private final SealKeyPair second = SealKeyPair.generate();
    private final SealKeyPair third = SealKeyPair.generate();
    private final KeyRing given = new KeyRing(List.of(ListedKey.first(first.publicKey(), "db1", MAY)));
    private final KeyAnnouncement ofSecond = KeyAnnouncement.sign("db1", second.publicKey(), JUNE, first);
    private final KeyAnnouncement ofThird = KeyAnnouncement.sign("db1", third.publicKey(), JULY, second);

    @Test
    void believesAGivenKey() {
        assertThat(given.judge(seal(first, MAY))).isInstanceOf(Judgement.Believed.class);
        assertThat(new KeyRing(List.of(ListedKey.bare(first.publicKey()))).judge(seal(first, MAY)))
                .isInstanceOf(Judgement.Believed.class);
    }

    @Test
    void believesKeysThatBelievedOnesAnnounceInAnyOrder() {
        assertThat(given.judge(seal(third, AUGUST))).isInstanceOf(Judgement.Unknown.class);
        assertThat(given.with(List.of(ofThird, ofSecond)).judge(seal(third, AUGUST)))
                .isInstanceOf(Judgement.Believed.class);
        assertThat(given.with(List.of(ofThird)).judge(seal(third, AUGUST))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void believesAnOldKeyOnlyUntilItsFollowerTookOver() {
        KeyRing ring = given.with(List.of(ofSecond));

        assertThat(ring.judge(seal(first, JUNE))).isInstanceOf(Judgement.Believed.class);
        assertThat(ring.judge(seal(first, JUNE.plusMillis(1)))).isInstanceOf(Judgement.Refused.class);
        assertThat(ring.judge(seal(second, JUNE.minusMillis(1)))).isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void believesNothingFromARevocationOn() {
        KeyList list = new KeyList(List.of())
                .begunWith(first.publicKey(), "db1", MAY)
                .revoked(first.publicKey().id(), JUNE, "stolen");
        KeyRing ring = new KeyRing(list.keys()).with(List.of(ofSecond));

        assertThat(ring.judge(seal(first, JUNE.minusMillis(1)))).isInstanceOf(Judgement.Believed.class);
        assertThat(ring.judge(seal(first, JUNE)))
                .asString()
                .contains("revoked from " + JUNE)
                .contains("stolen");
        assertThat(ring.judge(seal(second, JULY))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void aRevocationGoesBeforeAnyOtherEntryOfTheKey() {
        ListedKey revoked = new KeyList(List.of(ListedKey.first(first.publicKey(), "db1", MAY)))
                .revoked(first.publicKey().id(), JUNE, "stolen")
                .keys()
                .getFirst();
        ListedKey bare = ListedKey.bare(first.publicKey());

        for (List<ListedKey> both : List.of(List.of(revoked, bare), List.of(bare, revoked))) {
            assertThat(new KeyRing(both).judge(seal(first, JULY))).isInstanceOf(Judgement.Refused.class);
        }
    }

    @Test
    void refusesAnotherShippersStream() {
        Seal foreign = Seal.sign("db10/crm", 1, ChainHead.GENESIS, MAY, first);

        assertThat(given.judge(foreign)).asString().contains("db10/crm");
    }

    @Test
    void passesOverForgedAnnouncements() {
        KeyAnnouncement forged = new KeyAnnouncement(
                "db1", third.publicKey(), JUNE, first.publicKey().id(), ofSecond.signature());

        assertThat(given.with(List.of(forged)).judge(seal(third, JULY))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void refusesASealThatSaysSomethingElseThanWasSigned() {
        Seal honest = seal(first, MAY);
        Seal altered = new Seal("db1/crm", 2, honest.head(), MAY, honest.keyId(), honest.signature());

        assertThat(given.judge(altered)).isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void aListIsReadAsItWasWritten() throws Exception {
        KeyList list = new KeyList(List.of())
                .begunWith(first.publicKey(), "db1", MAY)
                .rotated(ofSecond)
                .revoked(second.publicKey().id(), JULY, "lost")
                .begunWith(third.publicKey(), "db1", AUGUST);

        assertThat(KeyList.fromJson(list.toJson())).isEqualTo(list);
        assertThat(list.current().orElseThrow().key()).isEqualTo(third.publicKey());
        String swapped = new String(list.toJson(), StandardCharsets.UTF_8)
                .replace(first.publicKey().id(), third.publicKey().id());
        assertThatThrownBy(() -> KeyList.fromJson(swapped.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("has the id " + first.publicKey().id());
    }

    private static Seal seal(SealKeyPair key, Instant at) {
        return Seal.sign("db1/crm", 1, ChainHead.GENESIS, at, key);
    }
}
