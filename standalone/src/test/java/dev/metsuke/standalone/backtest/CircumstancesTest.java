package dev.metsuke.standalone.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircumstancesTest {

    private static final Instant ENDED = Instant.parse("2026-05-31T15:00:00Z");

    private final Policy policy =
            SettingsFile.of("policy: {}", "test", Path.of("/")).section("policy", Policy.class);

    @Test
    void whatTheDirectorySaidThenHoldsForWhatHappenedThen() throws IOException {
        // Given
        DatedEntry former = entry("p-7", "Mori Aoi", ENDED, "2026-04-01T00:00:00Z");
        DatedEntry holder = entry("p-8", "Ueda Ken", null, "2026-06-03T00:00:00Z");
        List<AccessEvent> reads = List.of(read("2026-06-02T01:00:00Z"), read("2026-06-04T01:00:00Z"));

        // When
        BacktestRun run = BacktestRun.of(
                policy,
                (event, rejected) -> reads.forEach(event),
                new Circumstances(List.of(former, holder), List.of(), List.of(), true),
                _ -> {},
                reason -> {
                    throw new AssertionError(reason);
                });

        // Then
        assertThat(run.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.rule()).isEqualTo(Rule.REVOKED_ACCOUNT);
            assertThat(alert.start()).isEqualTo("2026-06-02T01:00:00Z");
            assertThat(alert.events()).isEqualTo(1);
            assertThat(alert).extracting(Alert::personName).isEqualTo("Mori Aoi");
        });
    }

    private static DatedEntry entry(String person, String name, @Nullable Instant contractEnd, String since) {
        return new DatedEntry(
                new DirectoryEntry(new AccountId("desk"), person, name, null, null, null, null, contractEnd),
                Instant.parse(since));
    }

    private static AccessEvent read(String time) {
        return AccessEvent.builder()
                .id(time)
                .timestamp(Instant.parse(time))
                .userId("desk")
                .action(Action.READ)
                .dataset("crm.customers")
                .records(1L)
                .build();
    }
}
