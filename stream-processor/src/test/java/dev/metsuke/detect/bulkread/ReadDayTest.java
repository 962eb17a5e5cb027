package dev.metsuke.detect.bulkread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadDayTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final BulkReadPolicy POLICY = SettingsFile.of("", "test", Path.of("/"))
            .section("policy", Policy.class)
            .bulkRead();

    @Test
    void ofTooManyDatasetsTheLargestKeepTheirNames() {
        List<MinuteSlot> slots = IntStream.rangeClosed(1, 4_000)
                .mapToObj(people -> MinuteSlot.of(read("dataset-" + people, people), Duration.ofDays(1)))
                .toList();

        ReadDay day = ReadDay.of(slots.getFirst().day(), slots, new BitSet(), POLICY);

        Map<String, People> datasets = day.datasets();
        assertThat(datasets)
                .hasSize(3_000)
                .containsKeys("dataset-4000", "dataset-1002")
                .doesNotContainKey("dataset-1001");
        assertThat(Objects.requireNonNull(datasets.get(MinuteSlot.UNNAMED)).count())
                .isEqualTo(1_001 * 1_002 / 2);
        assertThat(day.people()).isEqualTo(4_000 * 4_001 / 2);
    }

    private static Access read(String dataset, long people) {
        return new Access(
                new AccountId("batch"),
                START,
                dataset,
                Action.READ,
                Outcome.SUCCESS,
                dataset,
                people,
                null,
                List.of(),
                START);
    }
}
