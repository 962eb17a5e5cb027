package dev.metsuke.shipper.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.SealKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSealsTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final SealKeys.Current KEY = new SealKeys.Current(SealKeyPair.generate(), NOON.minusSeconds(60));

    private final StreamSeals seals =
            new StreamSeals("db1/crm", new SealSettings(Path.of("keys"), Duration.ofMinutes(1), 1_000, null));

    @Test
    void sealsTheFirstLinesAtOnce() {
        assertThat(seals.isDue(0, NOON, 0)).isFalse();
        assertThat(seals.isDue(1, NOON, 0)).isTrue();
    }

    @Test
    void sealsAMinuteAfterTheLastOneOrAfterSoManyLines() {
        sealed(10, NOON);

        assertThat(seals.isDue(10, NOON.plusSeconds(3_600), 0)).isFalse();
        assertThat(seals.isDue(11, NOON.plusSeconds(59), 0)).isFalse();
        assertThat(seals.isOpen(11)).isTrue();
        assertThat(seals.isDue(11, NOON.plusSeconds(60), 0)).isTrue();
        assertThat(seals.isDue(1_009, NOON, 0)).isFalse();
        assertThat(seals.isDue(1_010, NOON, 0)).isTrue();
    }

    @Test
    void numbersItsSeals() {
        assertThat(sealed(10, NOON).number()).isEqualTo(1);
        assertThat(sealed(20, NOON).number()).isEqualTo(2);
    }

    @Test
    void isNotDatedBeforeTheSealOrTheKeyBefore() {
        assertThat(sealed(10, NOON.minusSeconds(3_600)).signedAt()).isEqualTo(KEY.since());
        sealed(20, NOON);
        assertThat(sealed(30, NOON.minusSeconds(1)).signedAt()).isEqualTo(NOON);
    }

    @Test
    void sealsGoOnWhereTheClockIsSetBack() {
        sealed(10, NOON.plusSeconds(36_000));

        assertThat(seals.isDue(11, NOON, Duration.ofSeconds(59).toNanos())).isFalse();
        assertThat(seals.isDue(11, NOON, Duration.ofSeconds(60).toNanos())).isTrue();
    }

    @Test
    void aSealBeforeTheStartThatIsDatedAheadIsLongAgo() {
        Seal ahead = Seal.sign("db1/crm", 1, head(10), NOON.plusSeconds(36_000), KEY.pair());

        seals.rewind(ahead);

        assertThat(seals.isDue(10, NOON, 0)).isFalse();
        assertThat(seals.isDue(11, NOON, 0)).isTrue();
    }

    @Test
    void goesBackToWhatIsCommitted() {
        Seal committed = sealed(10, NOON);
        assertThat(seals.next(KEY, NOON, List.of(), () -> head(20)).get().number())
                .isEqualTo(2);

        seals.rewind(committed);

        assertThat(seals.committed(0)).isNull();
        assertThat(sealed(20, NOON).number()).isEqualTo(2);
    }

    private Seal sealed(long sequence, Instant now) {
        Seal made = seals.next(KEY, now, List.of(), () -> head(sequence)).get();
        assertThat(seals.committed(0)).isEqualTo(made);
        return made;
    }

    private static ChainHead head(long sequence) {
        return new ChainHead(sequence, "ab".repeat(32));
    }
}
