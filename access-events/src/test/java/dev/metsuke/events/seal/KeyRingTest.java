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
    void ofTwoFollowersOfAKeyOneIsBelieved() {
        KeyAnnouncement atOnce = KeyAnnouncement.sign("db1", third.publicKey(), JUNE, first);
        KeyAnnouncement later = KeyAnnouncement.sign("db1", third.publicKey(), JULY, first);

        KeyRing ring = given.with(List.of(ofSecond, atOnce));
        assertThat(ring.judge(seal(second, JULY))).isInstanceOf(Judgement.Believed.class);
        assertThat(ring.judge(seal(third, JULY))).isInstanceOf(Judgement.Unknown.class);
        assertThat(ring.judge(atOnce)).isInstanceOf(Judgement.Refused.class);
        for (List<KeyAnnouncement> both : List.of(List.of(ofSecond, later), List.of(later, ofSecond))) {
            assertThat(given.with(both).judge(seal(third, AUGUST))).isInstanceOf(Judgement.Unknown.class);
            assertThat(given.with(both).judge(later)).isInstanceOf(Judgement.Refused.class);
        }
    }

    @Test
    void whoFollowsAKeyByTheGivenListNoAnnouncementChanges() {
        KeyList list =
                new KeyList(List.of()).begunWith(first.publicKey(), "db1", MAY).rotated(ofSecond);
        KeyAnnouncement datedBack = KeyAnnouncement.sign("db1", third.publicKey(), MAY.plusSeconds(1), first);

        KeyRing ring = new KeyRing(list.keys()).with(List.of(datedBack));

        assertThat(ring.judge(datedBack)).asString().contains("named another one that follows it");
        assertThat(ring.judge(seal(third, JUNE))).isInstanceOf(Judgement.Unknown.class);
        assertThat(ring.judge(seal(first, JUNE))).isInstanceOf(Judgement.Believed.class);
    }

    @Test
    void believesNothingFromARevocationOn() {
        KeyList list = new KeyList(List.of())
                .begunWith(first.publicKey(), "db1", MAY)
                .revoked(revocation(first, JUNE, "stolen", first));
        KeyRing ring = new KeyRing(list.keys()).with(List.of(ofSecond));

        assertThat(ring.judge(seal(first, JUNE.minusMillis(1)))).isInstanceOf(Judgement.Believed.class);
        assertThat(ring.judge(seal(first, JUNE)))
                .asString()
                .contains("revoked from " + JUNE)
                .contains("stolen");
        assertThat(ring.judge(seal(second, JULY))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void ofTwoEntriesOfAKeyAllCountsThatEitherSays() {
        ListedKey listed = ListedKey.first(first.publicKey(), "db2", JUNE);
        ListedKey bare = ListedKey.bare(first.publicKey());

        for (List<ListedKey> both : List.of(List.of(listed, bare), List.of(bare, listed))) {
            assertThat(new KeyRing(both).judge(seal(first, JULY))).isInstanceOf(Judgement.Refused.class);
        }
        ListedKey ofThisHost = ListedKey.first(first.publicKey(), "db1", JUNE);
        for (List<ListedKey> both : List.of(List.of(ofThisHost, bare), List.of(bare, ofThisHost))) {
            assertThat(new KeyRing(both).judge(seal(first, JULY))).isInstanceOf(Judgement.Believed.class);
            assertThat(new KeyRing(both).judge(seal(first, MAY))).isInstanceOf(Judgement.Refused.class);
        }
    }

    @Test
    void aRevocationGoesBeforeAnyOtherEntryOfTheKey() {
        ListedKey revoked = new KeyList(List.of(ListedKey.first(first.publicKey(), "db1", MAY)))
                .revoked(revocation(first, JUNE, "stolen", first))
                .keys()
                .getFirst();
        ListedKey bare = ListedKey.bare(first.publicKey());

        for (List<ListedKey> both : List.of(List.of(revoked, bare), List.of(bare, revoked))) {
            assertThat(new KeyRing(both).judge(seal(first, JULY))).isInstanceOf(Judgement.Revoked.class);
        }
    }

    @Test
    void ofTwoEntriesOfARevokedKeyTheOtherFieldsCountAsWell() {
        ListedKey revoked = ListedKey.bare(first.publicKey()).revoked(revocation(first, AUGUST, "retired", first));
        ListedKey ended = ListedKey.first(first.publicKey(), "db1", JUNE).until(JULY);

        for (List<ListedKey> both : List.of(List.of(revoked, ended), List.of(ended, revoked))) {
            KeyRing ring = new KeyRing(both);
            assertThat(ring.judge(seal(first, JULY))).isInstanceOf(Judgement.Believed.class);
            assertThat(ring.judge(seal(first, MAY))).isInstanceOf(Judgement.Refused.class);
            assertThat(ring.judge(seal(first, JULY.plusMillis(1)))).isInstanceOf(Judgement.Refused.class);
            assertThat(ring.judge(Seal.sign("db2/crm", 1, ChainHead.GENESIS, JULY, first)))
                    .isInstanceOf(Judgement.Refused.class);
            assertThat(ring.keys()).extracting(ListedKey::revokedAt).containsExactly(AUGUST);
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
        Seal altered = new Seal("db1/crm", 2, honest.head(), MAY, List.of(), honest.keyId(), honest.signature());

        assertThat(given.judge(altered)).isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void aListIsReadAsItWasWritten() throws Exception {
        KeyList list = new KeyList(List.of())
                .begunWith(first.publicKey(), "db1", MAY)
                .rotated(ofSecond)
                .revoked(revocation(second, JULY, "lost", third))
                .begunWith(third.publicKey(), "db1", AUGUST);

        assertThat(KeyList.fromJson(list.toJson())).isEqualTo(list);
        assertThat(list.current().orElseThrow().key()).isEqualTo(third.publicKey());
        String swapped = new String(list.toJson(), StandardCharsets.UTF_8)
                .replace(first.publicKey().id(), third.publicKey().id());
        assertThatThrownBy(() -> KeyList.fromJson(swapped.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("has the id " + first.publicKey().id());
    }

    @Test
    void believesNothingOfWhatAKeySignedOnceItRevokedItself() {
        KeyRing ring = given.with(List.of(revocation(first, JUNE, "stolen", first)));

        assertThat(ring.judge(seal(first, JUNE.minusMillis(1)))).isInstanceOf(Judgement.Believed.class);
        assertThat(ring.judge(seal(first, JUNE)))
                .isInstanceOf(Judgement.Revoked.class)
                .asString()
                .contains("stolen");
    }

    @Test
    void aFollowerRevokesTheKeyBeforeItAndWhatThatAnnouncedFalls() {
        KeyRevocation sinceMay = revocation(first, MAY.plusSeconds(1), "stolen", second);
        KeyRevocation sinceJuly = revocation(first, JULY, "retired", second);

        for (List<KeyStatement> all : List.of(
                List.<KeyStatement>of(sinceJuly, ofSecond, sinceMay), List.<KeyStatement>of(ofSecond, sinceMay))) {
            KeyRing ring = given.with(all);
            assertThat(ring.judge(seal(first, MAY))).isInstanceOf(Judgement.Believed.class);
            assertThat(ring.judge(seal(first, MAY.plusSeconds(1)))).isInstanceOf(Judgement.Revoked.class);
            assertThat(ring.judge(seal(second, JULY))).isInstanceOf(Judgement.Unknown.class);
        }
        assertThat(given.with(List.of(sinceJuly, ofSecond)).judge(seal(second, JULY)))
                .isInstanceOf(Judgement.Believed.class);
    }

    @Test
    void aThirdKeyRevokesNothing() {
        KeyRevocation unknown = revocation(first, MAY, "forged", third);
        KeyRevocation inTheNameOfTheKey = new KeyRevocation(
                "db1",
                first.publicKey().id(),
                MAY,
                "forged",
                JUNE,
                first.publicKey().id(),
                unknown.signature());
        ListedKey other = ListedKey.first(third.publicKey(), "db2", MAY);
        KeyRing ofTwoShippers = new KeyRing(List.of(given.keys().iterator().next(), other));

        assertThat(given.judge(unknown)).isInstanceOf(Judgement.Unknown.class);
        assertThat(given.judge(inTheNameOfTheKey)).isInstanceOf(Judgement.Refused.class);
        assertThat(ofTwoShippers.judge(unknown)).asString().contains("is that of the shipper db2");
        assertThat(ofTwoShippers.judge(
                        KeyRevocation.sign("db2", first.publicKey().id(), MAY, "forged", JUNE, third)))
                .asString()
                .contains("is that of the shipper db1, not of db2");
        assertThat(ofTwoShippers.with(List.of(unknown, inTheNameOfTheKey)).judge(seal(first, JUNE)))
                .isInstanceOf(Judgement.Believed.class);
    }

    @Test
    void theEarliestOfSeveralRevocationsCounts() {
        KeyRevocation earlier = revocation(first, JUNE, "stolen", first);
        KeyRevocation later = revocation(first, JULY, "retired", first);

        for (List<KeyRevocation> both : List.of(List.of(earlier, later), List.of(later, earlier))) {
            assertThat(given.with(both).judge(seal(first, JUNE))).isInstanceOf(Judgement.Revoked.class);
        }
    }

    private static KeyRevocation revocation(SealKeyPair key, Instant from, String reason, SealKeyPair signer) {
        return KeyRevocation.sign("db1", key.publicKey().id(), from, reason, JULY, signer);
    }

    private static Seal seal(SealKeyPair key, Instant at) {
        return Seal.sign("db1/crm", 1, ChainHead.GENESIS, at, key);
    }
}
