package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Departments whose accounts come at different times: judged by their peers alike, whatever the order of arrival. */
class PeersOrderTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 10, 29);
    private static final int DAYS = 22;
    private static final int SEEDS_PER_RUN = 3;
    private static final int ACCOUNTS = 8;
    private static final Policy POLICY = DetectDriver.policy("""
        policy:
          version: v1
          quiet: 1h
          horizon: 90d
          bulk-read:
            ceiling: 400
            unsized-exports: 1
            unusual: {at-least: 30, times: 4, spread: 6}
            datasets:
              b: {size: 40}
          off-hours:
            calendars:
              always:
                holidays: none
                hours: {monday: ["00:00-24:00"], tuesday: ["00:00-24:00"], wednesday: ["00:00-24:00"],
                  thursday: ["00:00-24:00"], friday: ["00:00-24:00"], saturday: ["00:00-24:00"], sunday: ["00:00-24:00"]}
        """);

    private static final Set<String> SCOPES = new TreeSet<>();

    /** Every window has been found too much by a department's days. */
    @AfterAll
    static void nothingWasLeftOut() {
        assertThat(SCOPES).contains("all datasets", "all datasets over 24 h");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anyOrderGivesTheBatchComputationsAlerts(int run) {
        // Given
        List<AccessEvent> events = new ArrayList<>();
        List<DirectoryEntry> entries = new ArrayList<>();
        Map<String, BatchOracle.Known> accounts = new TreeMap<>();
        for (int i = 0; i < SEEDS_PER_RUN; i++) {
            int seed = run * SEEDS_PER_RUN + i;
            Random random = new Random(seed);
            for (int account = 0; account < ACCOUNTS; account++) {
                String name = "seed-" + seed + "-account-" + account;
                List<AccessEvent> own = events(name, random);
                List<DirectoryEntry> ownEntries = entries(name, seed, account);
                accounts.put(name, new BatchOracle.Known(own, List.of(), List.of(), BatchOracle.listed(ownEntries)));
                events.addAll(own);
                entries.addAll(ownEntries);
            }
        }
        Set<String> expected = BatchOracle.alerts(POLICY, accounts);
        Random shuffling = new Random(run);
        events.sort(Comparator.comparing(AccessEvent::created));
        List<AccessEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, shuffling);

        // When
        Collection<Alert> inOrder = alerts(events, entries, shuffling, 30);
        Collection<Alert> inAnyOrder = alerts(shuffled, entries, shuffling, 400);

        // Then
        inOrder.stream()
                .filter(alert -> "department".equals(alert.settings().get("bulk-read.yardstick")))
                .forEach(alert -> SCOPES.add(alert.scope()));
        assertThat(inOrder.stream().map(BatchOracle::line))
                .as("run %d, in order", run)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(inAnyOrder.stream().map(BatchOracle::line))
                .as("run %d, in any order", run)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(inAnyOrder.stream().map(PeersOrderTest::words))
                .as("run %d, words", run)
                .containsExactlyInAnyOrderElementsOf(
                        inOrder.stream().map(PeersOrderTest::words).toList());
    }

    private static Collection<Alert> alerts(
            List<AccessEvent> events, List<DirectoryEntry> entries, Random random, int eventsPerTick) {
        TrialDriver driver = new TrialDriver(POLICY);
        int sent = 0;
        for (AccessEvent event : events) {
            int before = sent * entries.size() / events.size();
            sent++;
            entries.subList(before, sent * entries.size() / events.size()).forEach(driver::send);
            driver.send(event);
            if (random.nextInt(eventsPerTick) == 0) {
                driver.pass(Duration.ofMillis(random.nextInt(3_000)));
            }
        }
        int messages = -1;
        for (int quiet = 0; quiet < 6; quiet++) {
            driver.pass(Duration.ofSeconds(11));
            quiet = driver.messages() == messages ? quiet : 0;
            messages = driver.messages();
        }
        return driver.holding();
    }

    private static String words(Alert alert) {
        return String.join(
                " | ",
                alert.headline(),
                alert.observed(),
                alert.expected(),
                alert.settings().toString());
    }

    /** One account has no department, and one changes it. */
    private static List<DirectoryEntry> entries(String account, int seed, int number) {
        return switch (number) {
            case 0 -> List.of();
            case 1 -> List.of(entry(account, "Sales-" + seed, null), entry(account, "Support-" + seed, null));
            case 2 -> List.of(entry(account, "Support-" + seed, "always"));
            default -> List.of(entry(account, "Support-" + seed, null));
        };
    }

    private static DirectoryEntry entry(String account, String department, @Nullable String calendar) {
        return new DirectoryEntry(new AccountId(account), null, null, null, department, null, calendar, null);
    }

    private static List<AccessEvent> events(String account, Random random) {
        List<AccessEvent> events = new ArrayList<>();
        int usual = 2 + random.nextInt(5);
        int firstDay = random.nextInt(2) == 0 ? random.nextInt(DAYS - 2) : 0;
        boolean isSeldom = random.nextInt(4) == 0;
        for (int day = firstDay; day < DAYS; day++) {
            LocalDate date = FIRST_DAY.plusDays(day);
            boolean isFree = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
            if ((isFree && random.nextInt(3) != 0) || (isSeldom && random.nextInt(5) != 0)) {
                continue;
            }
            int reads = Math.max(1, usual + random.nextInt(3) - 1);
            int oddity = day - firstDay < 6 ? 4 : 14;
            boolean isLongDay = random.nextInt(oddity) == 0;
            boolean isBusyHour = random.nextInt(oddity) == 0;
            Instant start = date.atTime(7, 0).atZone(TOKYO).toInstant();
            int count = isLongDay ? 12 * reads : (isBusyHour ? 10 * reads : reads);
            for (int i = 0; i < count; i++) {
                int seconds = isBusyHour && i > reads
                        ? 3_600 * (day % 9) + random.nextInt(3_600)
                        : random.nextInt(11 * 3_600);
                events.add(event(account, "e" + events.size(), start.plusSeconds(seconds), random));
            }
        }
        return events;
    }

    private static AccessEvent event(String account, String id, Instant time, Random random) {
        String[] datasets = {"a", "a", "a", "a", "a", "b", "c", null};
        boolean isNamed = random.nextInt(4) == 0;
        int lateness = random.nextInt(40) == 0 ? 50 * 3_600 : random.nextInt(24 * 3_600);
        return AccessEvent.builder()
                .userId(account)
                .id(id)
                .timestamp(time)
                .created(time.plusSeconds(lateness))
                .action(random.nextInt(60) == 0 ? Action.EXPORT : Action.READ)
                .dataset(datasets[random.nextInt(datasets.length)])
                .records(isNamed || random.nextInt(50) == 0 ? null : (Long) (1L + random.nextInt(6)))
                .subjects(
                        isNamed
                                ? random.ints(1 + random.nextInt(4), 0, 300)
                                        .distinct()
                                        .mapToObj(person -> "person-" + person)
                                        .toList()
                                : List.of())
                .build();
    }
}
