package dev.metsuke.standalone.retrohunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.standalone.backtest.DatedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownTodayTest {

    private static final Instant MONDAY = Instant.parse("2026-06-01T00:00:00Z");

    /** Whatever order the archive has them in. */
    @Test
    void reportsOfOneMomentStandInTheOrderOfTheirTopic() {
        KnownToday known = new KnownToday(List.of(), List.of(), Map.of("suspended", 0, "later", 1, "reinstated", 2));
        StatusReport later = report("later", MONDAY.plusSeconds(60));
        StatusReport reinstated = report("reinstated", MONDAY);
        StatusReport suspended = report("suspended", MONDAY);
        StatusReport lost = report("lost", MONDAY);

        assertThat(known.inOrder(List.of(later, reinstated, suspended, lost)))
                .containsExactly(lost, suspended, reinstated, later);
    }

    /** A later holder's entry took the place of the former one's in Kafka, which the archive has. */
    @Test
    void directoryIsWhatItSaidOneAfterAnother() {
        DatedEntry former = entry("p-7", MONDAY);
        DatedEntry holder = entry("p-8", MONDAY.plusSeconds(60));
        KnownToday known = new KnownToday(List.of(holder), List.of(), Map.of());

        assertThat(known.directoryWith(List.of(former))).containsExactly(former, holder);
        assertThat(known.directoryWith(List.of(former, holder))).containsExactly(former, holder, holder);
    }

    private static DatedEntry entry(String person, Instant since) {
        return new DatedEntry(
                new DirectoryEntry(new AccountId("sato"), person, null, null, null, null, null, null), since);
    }

    private static StatusReport report(String id, Instant reportedAt) {
        return new StatusReport(id, id, new AccountId("sato"), Status.SUSPENDED, MONDAY, reportedAt, null, null, null);
    }
}
