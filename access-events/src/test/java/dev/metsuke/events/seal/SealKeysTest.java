package dev.metsuke.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.KeyRing.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealKeysTest {

    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void makesTheFirstKeyForItsOwnerOnly() throws Exception {
        SealKeys.Current key = keys().current(MAY);

        String id = key.pair().publicKey().id();
        assertThat(Files.getPosixFilePermissions(own(id + ".private.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("db1")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(PublicSealKey.ofPem(Files.readString(own(id + ".public.pem"))))
                .isEqualTo(key.pair().publicKey());
        assertThat(key.since()).isEqualTo(MAY);
    }

    @Test
    void findsItAgain() throws Exception {
        SealKeys.Current made = keys().current(MAY);
        SealKeys.Current found = keys().current(JUNE);

        assertThat(found.pair().publicKey()).isEqualTo(made.pair().publicKey());
        assertThat(new KeyRing(List.of(ListedKey.bare(made.pair().publicKey())))
                        .judge(Seal.sign("db1/a", 1, ChainHead.GENESIS, JUNE, found.pair())))
                .isInstanceOf(Judgement.Believed.class);
    }

    @Test
    void aRotatedKeyNamesItsFollowerAndLosesItsPrivateHalf() throws Exception {
        SealKeys shipper = keys();
        PublicSealKey old = shipper.current(MAY).pair().publicKey();

        KeyAnnouncement announcement = keys().rotate(JUNE);

        assertThat(shipper.current(JUNE).pair().publicKey()).isEqualTo(announcement.announced());
        assertThat(old.hasSigned(announcement)).isTrue();
        assertThat(own(old.id() + ".private.pem")).doesNotExist();
        assertThat(own(old.id() + ".public.pem")).exists();
        assertThat(shipper.list().keys().getLast().announcement()).isEqualTo(announcement);
    }

    @Test
    void aRevokedKeyIsFollowedByOneThatNobodyNames() throws Exception {
        PublicSealKey old = keys().current(MAY).pair().publicKey();
        SealKeys keys = keys();

        KeyRevocation revocation = keys.revoke(old.id(), JUNE, "the host was broken into", JUNE);

        assertThat(old.hasSigned(revocation)).isTrue();
        assertThat(keys().find(old.id()).orElseThrow().revocation()).isEqualTo(revocation);
        keys.load();
        assertThat(keys.list().keys().getFirst().revokedAt()).isEqualTo(JUNE);
        assertThat(keys.current(JUNE).pair().publicKey()).isNotEqualTo(old);
        assertThat(keys.list().keys().getLast().announcement()).isNull();
        assertThat(own(old.id() + ".private.pem")).doesNotExist();
    }

    @Test
    void theCurrentKeyRevokesAFormerOneAndStays() throws Exception {
        PublicSealKey old = keys().current(MAY).pair().publicKey();
        PublicSealKey current = keys().rotate(JUNE).announced();

        KeyRevocation revocation = keys().revoke(old.id(), MAY, "stolen", JUNE.plusSeconds(60));

        assertThat(current.hasSigned(revocation)).isTrue();
        assertThat(keys().current(JUNE).pair().publicKey()).isEqualTo(current);
    }

    @Test
    void aKeyWhosePrivateHalfIsLostIsRevokedByItsFollower() throws Exception {
        PublicSealKey lost = keys().current(MAY).pair().publicKey();
        Files.delete(own(lost.id() + ".private.pem"));

        KeyRevocation revocation = keys().revoke(lost.id(), JUNE, "lost", JUNE);

        PublicSealKey next = keys().current(JUNE).pair().publicKey();
        assertThat(next.hasSigned(revocation)).isTrue();
        assertThat(next).isNotEqualTo(lost);
    }

    @Test
    void aKeyWhosePrivateHalfIsDamagedIsRevokedByItsFollower() throws Exception {
        PublicSealKey damaged = keys().current(MAY).pair().publicKey();
        Files.writeString(own(damaged.id() + ".private.pem"), "nothing of a key");

        KeyRevocation revocation = keys().revoke(damaged.id(), JUNE, "the disk failed", JUNE);

        PublicSealKey next = keys().current(JUNE).pair().publicKey();
        assertThat(next.hasSigned(revocation)).isTrue();
        assertThat(own(damaged.id() + ".private.pem")).doesNotExist();
    }

    @Test
    void aRevocationWithoutReasonChangesNothing() throws Exception {
        PublicSealKey key = keys().current(MAY).pair().publicKey();
        byte[] list = Files.readAllBytes(own("keys.json"));

        assertThatThrownBy(() -> keys().revoke(key.id(), JUNE, " ", JUNE)).hasMessage("a revocation needs a reason");

        assertThat(Files.readAllBytes(own("keys.json"))).isEqualTo(list);
        assertThat(keys().current(JUNE).pair().publicKey()).isEqualTo(key);
    }

    @Test
    void changesAtOnceLoseNothingOfOneAnother() throws Exception {
        PublicSealKey broken = keys().current(MAY).pair().publicKey();
        List<Callable<KeyStatement>> changes = new ArrayList<>();
        changes.add(() -> keys().revoke(broken.id(), JUNE, "broken", JUNE));
        for (int i = 0; i < 5; i++) {
            changes.add(() -> keys().rotate(JUNE));
        }

        try (ExecutorService several = Executors.newFixedThreadPool(changes.size())) {
            for (Future<KeyStatement> made : several.invokeAll(changes)) {
                made.get();
            }
        }

        SealKeys after = keys();
        after.load();
        assertThat(after.list().byId(broken.id()).orElseThrow().revokedAt()).isEqualTo(JUNE);
        // The first one, and one for each rotation; where the revocation came first, one that took its place.
        assertThat(after.list().keys()).hasSizeBetween(6, 7);
        try (Stream<Path> files = Files.list(folder.resolve("db1"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".private.pem")))
                    .containsExactly(own(after.current(JUNE).pair().publicKey().id() + ".private.pem"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"keys\":[]}"})
    void beginsNothingAnewWhereTheListIsEmptied(String emptied) throws Exception {
        keys().current(MAY);
        Files.writeString(own("keys.json"), emptied);

        assertThatThrownBy(() -> keys().rotate(JUNE)).hasMessageContaining("keys.json lists none");
        assertThatThrownBy(() -> keys().load()).hasMessageContaining("put it back");
    }

    @Test
    void whatTheOldKeySealsWhileItIsRotatedIsBelieved() throws Exception {
        SealKeys.Current old = keys().current(MAY);
        KeyRing given = new KeyRing(List.of(ListedKey.bare(old.pair().publicKey())));

        KeyAnnouncement announcement = keys().rotate(JUNE);

        Seal meanwhile = Seal.sign("db1/a", 1, ChainHead.GENESIS, JUNE.plusMillis(500), old.pair());
        assertThat(given.with(List.of(announcement)).judge(meanwhile)).isInstanceOf(Judgement.Believed.class);
    }

    @Test
    void aClockThatWasSetBackEndsNoKeyBeforeItsLastSeal() throws Exception {
        SealKeys.Current old = keys().current(MAY);
        Seal sealed = Seal.sign("db1/a", 1, ChainHead.GENESIS, JUNE, old.pair());
        keys().noteSigned(JUNE.minusSeconds(60));
        keys().noteSigned(JUNE);
        keys().noteSigned(JUNE.minusSeconds(30));
        Instant setBack = JUNE.minusSeconds(3_600);

        KeyAnnouncement announcement = keys().rotate(setBack);
        PublicSealKey current = announcement.announced();
        Instant behind = keys().behindAllSigned(setBack);
        KeyRevocation revocation = keys().revoke(old.pair().publicKey().id(), behind, "retired", setBack);

        KeyRing ring = new KeyRing(List.of(ListedKey.bare(old.pair().publicKey())));
        assertThat(ring.with(List.of(announcement, revocation)).judge(sealed)).isInstanceOf(Judgement.Believed.class);
        assertThat(revocation.signedAt()).isEqualTo(announcement.signedAt());
        assertThat(current.hasSigned(revocation)).isTrue();
        assertThat(keys().behindAllSigned(JUNE.plusSeconds(1))).isEqualTo(JUNE.plusSeconds(1));
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws Exception {
        String id = keys().current(MAY).pair().publicKey().id();
        Files.setPosixFilePermissions(own(id + ".private.pem"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> keys().current(MAY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void makesTheFirstKeyOnceAFullDiskHasRoom() throws Exception {
        writeNoListToAFullDisk();

        assertThatThrownBy(() -> keys().current(MAY))
                .hasMessage(own("keys.json.new") + " cannot be written: No space left on device");

        assertThat(keys().current(MAY).since()).isEqualTo(MAY);
    }

    @Test
    void aRotationThatFindsTheDiskFullLeavesTheKeysAsTheyWere() throws Exception {
        PublicSealKey old = keys().current(MAY).pair().publicKey();
        writeNoListToAFullDisk();

        assertThatThrownBy(() -> keys().rotate(JUNE)).hasMessageContaining("No space left on device");

        assertThat(keys().current(JUNE).pair().publicKey()).isEqualTo(old);
        try (Stream<Path> files = Files.list(folder.resolve("db1"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "keys.json", "lock", old.id() + ".private.pem", old.id() + ".public.pem");
        }
    }

    private void writeNoListToAFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Files.createDirectories(folder.resolve("db1"));
        Files.createSymbolicLink(own("keys.json.new"), full);
    }

    @Test
    void beginsNothingAnewWhereOnlyTheListIsLost() throws Exception {
        keys().current(MAY);
        Files.delete(own("keys.json"));

        assertThatThrownBy(() -> keys().current(MAY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys.json lists none or is not there");
    }

    private SealKeys keys() {
        return new SealKeys(folder, "db1");
    }

    private Path own(String name) {
        return folder.resolve("db1").resolve(name);
    }
}
