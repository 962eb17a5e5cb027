package dev.metsuke.detect;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.wording.Wording;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.ReadOnDay;
import dev.metsuke.events.language.Language;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two months of work, with days that stand out: what is usual is learnt alike, whatever the order of arrival. */
class BaselineOrderTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 9, 24);
    private static final int DAYS = 58;
    private static final int SEEDS_PER_RUN = 3;
    private static final Policy POLICY = DetectDriver.policy("""
        policy:
          version: v1
          quiet: 1h
          horizon: 90d
          bulk-read:
            ceiling: 300
            month-times: 12
            unusual: {at-least: 30, times: 4, spread: 6}
            unsized-exports: 1
            datasets:
              b: {size: 70}
            departments: {Support: 200, Sales: 90}
        """);

    private static final Set<String> EXPECTED = new TreeSet<>();

    /** Every window and yardstick has had something to find. */
    @AfterAll
    static void nothingWasLeftOut() {
        for (String scope : List.of("", " over 24 h", " over 30 d", " in exports of unknown size")) {
            assertThat(EXPECTED).anyMatch(line -> line.contains("| all datasets" + scope + " |"));
        }
    }

    /** In the order of arrival, which is at most a day behind for all but a few; or in any order at all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anyOrderGivesTheBatchComputationsAlerts(int run) {
        // Given
        List<AccessEvent> events = new ArrayList<>();
        List<BatchOracle.Listed> entries = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < SEEDS_PER_RUN; i++) {
            long seed = (long) run * SEEDS_PER_RUN + i;
            String account = "seed-" + seed;
            List<AccessEvent> own = events(account, new Random(seed));
            List<BatchOracle.Listed> listed = listed(account, new Random(seed + 1_000_000));
            expected.addAll(
                    BatchOracle.alerts(account, POLICY, new BatchOracle.Known(own, List.of(), List.of(), listed)));
            events.addAll(own);
            entries.addAll(listed);
        }
        Random shuffling = new Random(run);
        Collections.shuffle(events, shuffling);
        if (run % 2 == 0) {
            events.sort(Comparator.comparing(AccessEvent::created));
        }

        // When
        List<Alert> holding = judge(events, entries, shuffling, run);

        // Then
        assertThat(expected).as("run %d", run).hasSizeGreaterThan(SEEDS_PER_RUN);
        EXPECTED.addAll(expected);
        assertThat(holding.stream().map(BatchOracle::line))
                .as("run %d", run)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Of slow drips, whatever order their reads came in. */
    @Test
    void anyOrderTellsTheDaysThatMakeUpTheSum() {
        List<AccessEvent> events = new ArrayList<>();
        for (int seed = 0; seed < SEEDS_PER_RUN; seed++) {
            events.addAll(events("seed-" + seed, new Random(seed)));
        }
        Random shuffling = new Random(7);
        events.sort(Comparator.comparing(AccessEvent::created));
        List<AccessEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, shuffling);

        Map<String, List<ReadOnDay>> days = daysOfDrips(judge(events, List.of(), shuffling, 0));

        assertThat(days).isNotEmpty().isEqualTo(daysOfDrips(judge(shuffled, List.of(), shuffling, 1)));
    }

    private static Map<String, List<ReadOnDay>> daysOfDrips(List<Alert> alerts) {
        Map<String, List<ReadOnDay>> days = new TreeMap<>();
        for (Alert alert : alerts) {
            if (!alert.scope().endsWith(" over 30 d")) {
                assertThat(alert.days()).as(alert.headline()).isEmpty();
                continue;
            }
            LocalDate last = alert.days().getLast().date();
            assertThat(alert.days()).as(alert.headline()).hasSizeBetween(1, 30);
            assertThat(last)
                    .as(alert.headline())
                    .isBetween(LocalDate.ofInstant(alert.start(), UTC), LocalDate.ofInstant(alert.end(), UTC));
            assertThat(alert.days().getFirst().date()).isAfter(last.minusDays(30));
            if ("own history".equals(alert.settings().get("bulk-read.yardstick"))) {
                long sum = alert.days().stream().mapToLong(ReadOnDay::records).sum();
                assertThat(alert.headline())
                        .contains(" " + Wording.in(Language.ENGLISH).number(sum) + " people's records ");
            }
            days.put(alert.id(), alert.days());
        }
        return days;
    }

    private static List<Alert> judge(
            List<AccessEvent> events, List<BatchOracle.Listed> entries, Random shuffling, int run) {
        TrialDriver driver = new TrialDriver(POLICY);
        int sent = 0;
        for (AccessEvent event : events) {
            driver.send(event);
            sent++;
            if (sent == events.size() / 2) {
                entries.forEach(driver::send);
            }
            if (shuffling.nextInt(run % 2 == 0 ? 30 : 1_000) == 0) {
                driver.pass(Duration.ofMillis(60));
            }
        }
        driver.pass(Duration.ofSeconds(5));
        driver.pass(Duration.ofMillis(60));
        return driver.holding();
    }

    /** Of every three accounts one is of no department, one moves once and one twice. */
    private static List<BatchOracle.Listed> listed(String account, Random random) {
        List<BatchOracle.Listed> listed = new ArrayList<>();
        int moves = Math.floorMod(account.hashCode(), 3);
        Instant from = FIRST_DAY.atStartOfDay(TOKYO).toInstant();
        for (int i = 0; i <= moves && moves > 0; i++) {
            String department = i % 2 == moves % 2 ? "Support" : "Sales";
            listed.add(new BatchOracle.Listed(
                    new DirectoryEntry(new AccountId(account), null, null, null, department, null, null, null), from));
            from = from.plusSeconds(random.nextInt(40 * 24 * 3600));
        }
        return listed;
    }

    private static List<AccessEvent> events(String account, Random random) {
        List<AccessEvent> events = new ArrayList<>();
        int usual = 3 + random.nextInt(14);
        int drip = random.nextInt(2) == 0 ? 30 + random.nextInt(6) : DAYS;
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = FIRST_DAY.plusDays(day);
            boolean isFree = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (isFree && random.nextInt(6) != 0) {
                continue;
            }
            int reads = Math.max(1, usual + random.nextInt(5) - 2) * (day >= drip ? 3 : 1);
            boolean isLongDay = random.nextInt(20) == 0;
            boolean isBusyHour = random.nextInt(15) == 0;
            Instant start = date.atTime(9, 0).atZone(TOKYO).toInstant();
            int count = isLongDay ? 7 * reads : (isBusyHour ? 6 * reads : reads);
            for (int i = 0; i < count; i++) {
                int seconds =
                        isBusyHour && i > reads ? 3_600 * (day % 9) + random.nextInt(3_600) : random.nextInt(9 * 3_600);
                events.add(event(account, "e" + events.size(), start.plusSeconds(seconds), random));
            }
        }
        return events;
    }

    private static AccessEvent event(String account, String id, Instant time, Random random) {
        String[] datasets = {"a", "a", "a", "b", "c", null};
        boolean isNamed = random.nextInt(3) == 0;
        boolean isExport = random.nextInt(40) == 0;
        int lateness = random.nextInt(40) == 0 ? 50 * 3_600 : random.nextInt(24 * 3_600);
        Instant arrived = time.plusSeconds(lateness);
        return AccessEvent.builder()
                .userId(account)
                .id(id)
                .timestamp(time)
                .created(arrived.isAfter(DetectDriver.NOW) ? DetectDriver.NOW : arrived)
                .action(isExport ? Action.EXPORT : Action.READ)
                .dataset(datasets[random.nextInt(datasets.length)])
                .records(isNamed || isExport || random.nextInt(30) == 0 ? null : (Long) (1L + random.nextInt(6)))
                .subjects(
                        isNamed
                                ? random.ints(1 + random.nextInt(4), 0, 200)
                                        .distinct()
                                        .mapToObj(person -> "person-" + person)
                                        .toList()
                                : List.of())
                .build();
    }
}
