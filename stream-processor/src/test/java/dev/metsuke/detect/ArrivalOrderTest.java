package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories in random orders: the alerts are those of a batch computation, whatever the order. */
class ArrivalOrderTest {

    private static final int SEEDS_PER_RUN = 30;
    private static final int ORDERS_PER_SEED = 2;
    private static final List<Status> STATUSES = List.of(Status.values());
    private static final Instant FIRST_DAY = Instant.parse("2026-11-19T20:00:00Z");
    static final String POLICY_YAML = """
        policy:
          version: v1
          bulk-read:
            datasets:
              a: {ceiling: 1500}
              b: {size: 700}
            departments: {Support: 300, Sales: 4000}
          revoked:
            hand-over: 12h
            scope:
              a: [Support]
              c: [Sales]
            scope-for-everyone: true
          off-hours:
            calendars:
              always:
                holidays: none
                hours: {monday: ["00:00-24:00"], tuesday: ["00:00-24:00"], wednesday: ["00:00-24:00"],
                  thursday: ["00:00-24:00"], friday: ["00:00-24:00"], saturday: ["00:00-24:00"], sunday: ["00:00-24:00"]}
            departments: {Night: always}
            own-domains: [example.jp]
          exceptions:
            - {rule: off-hours-export, dataset: c, until: 2026-11-20T12:00:00Z, why: migration, by: mori}
            - {rule: revoked-account, dataset: b, until: 2026-11-21T00:00:00Z, why: migration, by: mori}
            - {rule: bulk-read, dataset: c, until: 2026-11-21T00:00:00Z, why: migration, by: mori}
        """;
    static final Policy POLICY = DetectDriver.policy(POLICY_YAML);

    /** Accounts do not see each other, so one run of the topology serves many seeds, each with accounts of its own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void anyOrderGivesTheBatchComputationsAlerts(int run) {
        // Given
        List<Object> records = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < SEEDS_PER_RUN; i++) {
            long seed = (long) run * SEEDS_PER_RUN + i;
            for (int order = 0; order < ORDERS_PER_SEED; order++) {
                String account = "seed-" + seed + "-order-" + order;
                List<AccessEvent> events = events(account, new Random(seed));
                BatchOracle.Known known = new BatchOracle.Known(
                        events,
                        reports(account, new Random(seed + 1_000_000)),
                        approvals(account, new Random(seed + 2_000_000)),
                        listed(account, new Random(seed + 3_000_000)));
                expected.addAll(BatchOracle.alerts(account, POLICY, known));
                records.addAll(events);
                records.addAll(known.reports());
                records.addAll(known.approvals());
                records.addAll(known.entries());
                // Delivered twice: an event that comes again is the same event.
                records.addAll(events.subList(0, events.size() / 10));
            }
        }
        Random shuffling = new Random(run);
        Collections.shuffle(records, shuffling);
        keepOrderOfDirectory(records);

        // When
        TrialDriver driver = new TrialDriver(POLICY);
        for (Object record : records) {
            switch (record) {
                case AccessEvent event -> driver.send(event);
                case StatusReport report -> driver.send(report);
                case ExportApproval approval -> driver.send(approval);
                case BatchOracle.Listed listed -> driver.send(listed);
                default -> throw new AssertionError(record);
            }
            if (shuffling.nextInt(40) == 0) {
                driver.pass(Duration.ofMillis(60));
            }
        }
        driver.pass(Duration.ofMillis(60));

        // Then
        assertThat(expected).as("run %d", run).hasSizeGreaterThan(SEEDS_PER_RUN);
        assertThat(driver.holding().stream().map(BatchOracle::line))
                .as("run %d", run)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    static List<AccessEvent> events(String account, Random random) {
        List<AccessEvent> events = new ArrayList<>();
        int bursts = 1 + random.nextInt(6);
        for (int burst = 0; burst < bursts; burst++) {
            Instant start = FIRST_DAY.plusSeconds(random.nextInt(4 * 24 * 3600));
            int spread = 60 * (1 + random.nextInt(180));
            int count = 1 + random.nextInt(25);
            for (int i = 0; i < count; i++) {
                events.add(
                        event(account, "e" + events.size(), start.plusMillis(random.nextInt(spread * 1000)), random));
            }
        }
        return events;
    }

    private static AccessEvent event(String account, String id, Instant time, Random random) {
        Action[] actions = {
            Action.READ,
            Action.READ,
            Action.SEARCH,
            Action.EXPORT,
            Action.DOWNLOAD,
            Action.EMAIL,
            Action.COPY_TO_MEDIA,
            Action.LOGIN,
            Action.UPDATE
        };
        String[] destinations = {null, null, "file", "external-media", "a@example.jp", "a@example.com"};
        String[] datasets = {"a", "b", "c", null};
        Outcome[] outcomes = {Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE, null};
        return AccessEvent.builder()
                .userId(account)
                .id(id)
                .timestamp(time)
                .created(time.plusSeconds(random.nextInt(28 * 3600)))
                .subjects(random.nextInt(4) == 0 ? people(random) : List.of())
                .action(actions[random.nextInt(actions.length)])
                .dataset(datasets[random.nextInt(datasets.length)])
                .destination(destinations[random.nextInt(destinations.length)])
                .outcome(outcomes[random.nextInt(outcomes.length)])
                .records(random.nextInt(6) == 0 ? null : (Long) (long) random.nextInt(400))
                .build();
    }

    private static List<String> people(Random random) {
        return random.ints(random.nextInt(9), 0, 400)
                .distinct()
                .mapToObj(person -> "person-" + person)
                .toList();
    }

    /** The directory is a table: an account's later entry replaces its earlier one, so their order means something. */
    static void keepOrderOfDirectory(List<Object> records) {
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof BatchOracle.Listed listed) {
                places.computeIfAbsent(listed.entry().account().value(), account -> new ArrayList<>())
                        .add(i);
            }
        }
        for (List<Integer> ofAccount : places.values()) {
            List<Object> inOrder = ofAccount.stream()
                    .map(records::get)
                    .sorted(Comparator.comparing(
                            listed -> ((BatchOracle.Listed) listed).entry().name()))
                    .toList();
            for (int i = 0; i < inOrder.size(); i++) {
                records.set(ofAccount.get(i), inOrder.get(i));
            }
        }
    }

    /** Entries that come while the account is at work. */
    static List<BatchOracle.Listed> listed(String account, Random random) {
        List<BatchOracle.Listed> listed = new ArrayList<>();
        Instant from = FIRST_DAY;
        for (DirectoryEntry entry : entries(account, random)) {
            from = from.plusSeconds(random.nextInt(2 * 24 * 3600));
            listed.add(new BatchOracle.Listed(entry, from));
        }
        return listed;
    }

    /** Up to three entries, whose names tell their order, of up to two people; about every second knows when the contract ends. */
    static List<DirectoryEntry> entries(String account, Random random) {
        String[] departments = {"Sales", "Support", "Night", null};
        String[] calendars = {"always", "unheard-of", null, null};
        String[] persons = {"p-1", "p-2", null};
        List<DirectoryEntry> entries = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            entries.add(new DirectoryEntry(
                    new AccountId(account),
                    persons[random.nextInt(persons.length)],
                    "Name " + i,
                    null,
                    departments[random.nextInt(departments.length)],
                    null,
                    calendars[random.nextInt(calendars.length)],
                    random.nextBoolean() ? null : FIRST_DAY.plusSeconds(random.nextInt(4 * 24 * 3600))));
        }
        return entries;
    }

    /** Some approvals, each with up to one later message that replaces it. */
    static List<ExportApproval> approvals(String account, Random random) {
        List<ExportApproval> messages = new ArrayList<>();
        int approvals = random.nextInt(4);
        for (int approval = 0; approval < approvals; approval++) {
            int versions = 1 + random.nextInt(2);
            for (int version = 0; version < versions; version++) {
                Instant from = FIRST_DAY.plusSeconds(random.nextInt(4 * 24 * 3600));
                messages.add(new ExportApproval(
                        "m" + messages.size(),
                        "approval-" + approval,
                        new AccountId(account),
                        random.nextBoolean() ? "a" : "b",
                        from,
                        from.plusSeconds(random.nextInt(2 * 24 * 3600) - 600),
                        random.nextInt(2_500),
                        "CHG-1",
                        FIRST_DAY.plusSeconds(messages.size()),
                        null,
                        null));
            }
        }
        return messages;
    }

    /** Some reports, each with up to two corrections; all messages at different times. */
    static List<StatusReport> reports(String account, Random random) {
        List<StatusReport> messages = new ArrayList<>();
        int reports = random.nextInt(5);
        for (int report = 0; report < reports; report++) {
            int versions = 1 + random.nextInt(3);
            for (int version = 0; version < versions; version++) {
                Status status = STATUSES.get(random.nextInt(STATUSES.size()));
                messages.add(new StatusReport(
                        "m" + messages.size(),
                        "r" + report,
                        new AccountId(account),
                        status,
                        FIRST_DAY.plusSeconds(random.nextInt(4 * 24 * 3600)),
                        FIRST_DAY.plusSeconds(random.nextInt(5 * 24 * 3600)).plusMillis(messages.size()),
                        status == Status.TRANSFERRED ? (random.nextBoolean() ? "Support" : "Sales") : null,
                        null,
                        null,
                        random.nextBoolean() ? null : "p-" + (1 + random.nextInt(2))));
            }
        }
        return messages;
    }
}
