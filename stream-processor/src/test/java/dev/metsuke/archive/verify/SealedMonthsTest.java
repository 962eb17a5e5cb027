package dev.metsuke.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedMonthsTest {

    private static final Seal FIRST = seal(1, "2026-01-31T23:59:00Z");
    private static final Seal SECOND = seal(2, "2026-02-28T23:59:00Z");
    private static final Seal OTHER_SECOND = seal(2, "2026-03-01T00:01:00Z");
    private static final Seal THIRD = seal(3, "2026-03-31T23:59:00Z");

    @Test
    void knowsInWhichIndexEachSealLies() {
        List<FoundSeal> found = List.of(
                found(THIRD, "metsuke-seals-2026.04"),
                found(FIRST, "metsuke-seals-2026.02"),
                found(OTHER_SECOND, "metsuke-seals-2026.05"),
                found(SECOND, "metsuke-seals-2026.03"),
                found(SECOND, "metsuke-seals-2026.06"),
                new FoundSeal(FIRST, null));

        List<SealedMonth> months = SealedMonths.of(SealList.copyOf(List.of(FIRST, SECOND, THIRD)), found);

        assertThat(months)
                .containsExactly(
                        new SealedMonth(FIRST, YearMonth.of(2026, 2)),
                        new SealedMonth(SECOND, YearMonth.of(2026, 3)),
                        new SealedMonth(THIRD, YearMonth.of(2026, 4)));
    }

    @Test
    void takesOneThatLiesInNoIndexForOneOfTheMonthInWhichItWasSigned() {
        assertThat(SealedMonths.of(
                        SealList.copyOf(List.of(FIRST, THIRD)),
                        List.of(new FoundSeal(THIRD, null), new FoundSeal(FIRST, null))))
                .containsExactly(
                        new SealedMonth(FIRST, YearMonth.of(2026, 1)), new SealedMonth(THIRD, YearMonth.of(2026, 3)));
    }

    private static FoundSeal found(Seal seal, String index) {
        return new FoundSeal(seal, seal.id(), index);
    }

    private static Seal seal(long number, String at) {
        return new Seal(
                "edge/crm",
                number,
                new ChainHead(10 * number, "0".repeat(64)),
                Instant.parse(at),
                List.of(),
                "key",
                "");
    }
}
