package dev.metsuke.shipper.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.events.seal.ToldKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aKeyRotatedByAClockThatWasSetBackHoldsUntilItsLastSeal() throws Exception {
        Sealing sealing = new Sealing(SealSettings.in(folder), "db1");
        SealKeys keys = new SealKeys(folder, "db1");
        SealKeys.Current key = keys.current(NOON);
        Seal first = Seal.sign("db1/crm", 1, ChainHead.GENESIS, NOON.plusSeconds(60), key.pair());
        Seal second = Seal.sign("db1/crm", 2, ChainHead.GENESIS, NOON.plusSeconds(120), key.pair());

        sealing.takeOver(NOON, ToldKeys.NOTHING, List.of(first));
        assertThat(keys.behindAllSigned(NOON)).isAfter(first.signedAt());
        sealing.committed(List.of(first, second));
        assertThat(keys.rotate(NOON).signedAt()).isAfter(second.signedAt());
    }

    @Test
    void sealsWithNoKeyThatEndedWhereItsFollowerCannotBeRead() throws Exception {
        Sealing sealing = new Sealing(SealSettings.in(folder), "db1");
        sealing.takeOver(NOON, ToldKeys.NOTHING, List.of());
        SealKeys keys = new SealKeys(folder, "db1");
        KeyAnnouncement rotation = keys.rotate(NOON);
        Path follower = keys.folder().resolve(rotation.announced().id() + ".private.pem");
        Path away = folder.resolve("away");
        Files.move(follower, away);

        assertThat(sealing.key(rotation.signedAt())
                        .orElseThrow()
                        .pair()
                        .publicKey()
                        .id())
                .isEqualTo(rotation.keyId());
        assertThat(sealing.key(rotation.signedAt().plusMillis(1))).isEmpty();
        assertThat(sealing.news()).containsExactly(rotation);
        Files.move(away, follower);
        assertThat(sealing.key(rotation.signedAt().plusMillis(2))
                        .orElseThrow()
                        .pair()
                        .publicKey())
                .isEqualTo(rotation.announced());
    }
}
