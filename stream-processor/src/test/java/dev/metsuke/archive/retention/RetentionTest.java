package dev.metsuke.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.retention.Fate.Close;
import dev.metsuke.archive.retention.Fate.Delete;
import dev.metsuke.archive.retention.Fate.Hold;
import dev.metsuke.archive.retention.Fate.Keep;
import dev.metsuke.archive.retention.Retention.Clock;
import dev.metsuke.events.archive.ArchiveIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final Retention RETENTION =
            new Retention(new RetentionSettings(10, Map.of(ArchiveIndex.REJECTED, 1), Duration.ofHours(1), null));

    @ParameterizedTest
    @CsvSource({
        "ACCESS_EVENTS, 2016-01, 2026-01-31T23:59:59Z, Keep",
        "ACCESS_EVENTS, 2016-01, 2026-02-01T00:00:00Z, Delete",
        "ACCESS_EVENTS, 2016-02, 2026-02-28T23:59:59Z, Keep",
        "ACCESS_EVENTS, 2016-02, 2026-03-01T00:00:00Z, Delete",
        "REJECTED, 2024-12, 2025-12-31T23:59:59Z, Keep",
        "REJECTED, 2024-12, 2026-01-01T00:00:00Z, Delete",
        "ACCESS_EVENTS, 2026-11, 2016-11-01T00:00:00Z, Keep"
    })
    void deletesNothingBeforeItsTime(ArchiveIndex kind, YearMonth month, Instant now, String fate) {
        assertThat(fate(index(kind, month, true), new Clock(now, now))).isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({
        // A day more than the month, for clocks that disagree.
        "ACCESS_EVENTS, 2026-10, 2026-11-01T23:59:59Z, 2026-11-01T23:59:59Z, Keep",
        "ACCESS_EVENTS, 2026-10, 2026-11-02T00:00:00Z, 2026-11-02T00:00:00Z, Close",
        // The archive was away, and may still write into it.
        "ACCESS_EVENTS, 2026-10, 2026-11-24T00:00:00Z, 2026-11-01T23:59:59Z, Keep",
        "ACCESS_EVENTS, 2026-10, 2026-11-24T00:00:00Z, -1000000000-01-01T00:00:00Z, Keep",
        // An alert may change for two months.
        "ALERTS, 2026-08, 2026-11-01T23:59:59Z, 2026-11-01T23:59:59Z, Keep",
        "ALERTS, 2026-08, 2026-11-02T00:00:00Z, 2026-11-02T00:00:00Z, Close"
    })
    void closesAMonthOnceNothingMoreCanCome(
            ArchiveIndex kind, YearMonth month, Instant now, Instant archivedUntil, String fate) {
        assertThat(fate(index(kind, month, false), new Clock(now, archivedUntil)))
                .isEqualTo(fate);
        assertThat(fate(index(kind, month, true), new Clock(now, archivedUntil)))
                .isEqualTo("Keep");
    }

    @Test
    void sealsStayFromTheMonthBeforeTheFirstEventsOn() {
        List<StoredIndex> indices = new ArrayList<>();
        for (int month = 1; month <= 7; month++) {
            indices.add(index(ArchiveIndex.SEALS, YearMonth.of(2010, month), true));
        }
        StoredIndex events = index(ArchiveIndex.ACCESS_EVENTS, YearMonth.of(2010, 4), true);
        indices.add(events);
        Instant now = Instant.parse("2026-11-24T00:00:00Z");

        Map<String, Fate> fates =
                RETENTION.fates(indices, Map.of(events.name(), List.of("legal hold H")), new Clock(now, now));

        assertThat(fates.get(events.name())).isEqualTo(new Hold(List.of("legal hold H")));
        assertThat(fates.entrySet().stream()
                        .filter(fate -> fate.getKey().contains("seals") && fate.getValue() instanceof Hold)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "metsuke-seals-2010.03",
                        "metsuke-seals-2010.04",
                        "metsuke-seals-2010.05",
                        "metsuke-seals-2010.06",
                        "metsuke-seals-2010.07");
    }

    @Test
    void whatIsLeftOfTheSealsHasNoGap() {
        List<StoredIndex> indices = new ArrayList<>();
        for (int month = 1; month <= 7; month++) {
            indices.add(index(ArchiveIndex.SEALS, YearMonth.of(2010, month), true));
        }
        Instant now = Instant.parse("2026-11-24T00:00:00Z");

        Map<String, Fate> fates = RETENTION.fates(
                indices, Map.of("metsuke-seals-2010.05", List.of("the last seal before it")), new Clock(now, now));

        assertThat(indices.stream().map(index -> kind(fates.get(index.name()))))
                .containsExactly("Delete", "Delete", "Delete", "Delete", "Hold", "Hold", "Hold");
    }

    /** Against a second computation, by days rather than months. */
    @Test
    void holdsForAnyArchive() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            Instant now = Instant.parse("2026-11-24T00:00:00Z").plus(Duration.ofHours(random.nextInt(20_000)));
            Clock clock = new Clock(now, now.minus(Duration.ofDays(random.nextInt(100))));
            Map<String, StoredIndex> indices = new HashMap<>();
            Map<String, List<String>> holds = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                ArchiveIndex[] kinds = ArchiveIndex.values();
                StoredIndex index = index(
                        kinds[random.nextInt(kinds.length)],
                        YearMonth.of(2016, 1).plusMonths(random.nextInt(150)),
                        random.nextBoolean());
                indices.put(index.name(), index);
                if (random.nextInt(3) == 0) {
                    holds.put(index.name(), List.of("legal hold H"));
                }
            }

            Map<String, Fate> fates = RETENTION.fates(indices.values(), holds, clock);

            assertThat(fates.keySet()).isEqualTo(indices.keySet());
            indices.values().forEach(index -> {
                LocalDateTime afterMonth =
                        index.month().atEndOfMonth().plusDays(1).atStartOfDay();
                int years = index.kind() == ArchiveIndex.REJECTED ? 1 : 10;
                boolean expired = !LocalDateTime.ofInstant(now, ZoneOffset.UTC).isBefore(afterMonth.plusYears(years));
                int late = index.kind() == ArchiveIndex.ALERTS ? 62 : 1;
                boolean through = !LocalDateTime.ofInstant(clock.archivedUntil(), ZoneOffset.UTC)
                        .isBefore(afterMonth.plusDays(late));
                boolean proof = index.kind() == ArchiveIndex.SEALS
                        && indices.values().stream().anyMatch(other -> switch (other.kind()) {
                            case ACCESS_EVENTS ->
                                !(fates.get(other.name()) instanceof Delete)
                                        && !other.month().isAfter(index.month().plusMonths(1));
                            case SEALS ->
                                !(fates.get(other.name()) instanceof Delete)
                                        && other.month().isBefore(index.month());
                            default -> false;
                        });
                boolean held = holds.containsKey(index.name()) || proof;
                String expected = expired ? held ? "Hold" : "Delete" : through && !index.isClosed() ? "Close" : "Keep";
                assertThat(kind(fates.get(index.name())))
                        .as(index + " at " + clock)
                        .isEqualTo(expected);
            });
        }
    }

    private static String fate(StoredIndex index, Clock clock) {
        return kind(RETENTION.fates(List.of(index), Map.of(), clock).get(index.name()));
    }

    private static String kind(@Nullable Fate fate) {
        return switch (fate) {
            case Keep() -> "Keep";
            case Close() -> "Close";
            case Hold(var _) -> "Hold";
            case Delete(var _) -> "Delete";
            case null -> "none";
        };
    }

    private static StoredIndex index(ArchiveIndex kind, YearMonth month, boolean closed) {
        return new StoredIndex(name(kind, month), kind, month, "uuid", closed, false);
    }

    private static String name(ArchiveIndex kind, YearMonth month) {
        return kind.at(month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
