package dev.metsuke.standalone.demo;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What happened at the sample company up to now: ordinary work, and the incidents that the rules must find. The same
 * seed and time give the same company.
 */
final class SampleCompany {

    private static final List<String> STAFF =
            List.of("yamada", "tanaka", "sato", "suzuki", "ito", "watanabe", "kobayashi", "kato", "yoshida", "mori");
    private static final List<String> GONE = List.of("sato", "suzuki");

    /** Customers whom one account after another has to do with. */
    private static final int FIRST_REGULAR = 400;

    private static final int REGULARS = 12;

    static final Duration LIVE_PAUSE = Duration.ofMillis(150);
    static final int LIVE_SELECTS = 35;

    private final Random random;
    private final Instant now;

    SampleCompany(long seed, Instant now) {
        this.random = new Random(seed);
        this.now = now;
    }

    /** Everything that the logs hold when the demo starts, by log, in order of time. */
    Map<SampleLog, List<String>> history() {
        List<SampleLine> lines = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(now, SampleLog.ZONE);
        for (int day = 3; day >= 0; day--) {
            ordinaryWork(today.minusDays(day), lines);
        }
        nightExports(lines);
        accessesAfterRetirement(lines);
        accessesAfterTransfer(lines);
        lines.removeIf(line -> line.time().isAfter(now));
        lines.sort(Comparator.comparing(SampleLine::time));
        Map<SampleLog, List<String>> history = new EnumMap<>(SampleLog.class);
        for (SampleLog log : SampleLog.values()) {
            List<String> texts = lines.stream()
                    .filter(line -> line.log() == log)
                    .map(SampleLine::text)
                    .collect(Collectors.toCollection(ArrayList::new));
            if (log == SampleLog.CRM) {
                breakSomeLines(texts);
            }
            history.put(log, texts);
        }
        return history;
    }

    /** What HR reports while the demo runs: too late, as so often. */
    List<StatusReport> reports() {
        return List.of(
                new StatusReport(
                        "demo-retirement",
                        "demo-retirement",
                        new AccountId("sato"),
                        Status.RETIRED,
                        startOfDay(2),
                        now,
                        null,
                        "Left at the end of the month; the form came late.",
                        "hr"),
                new StatusReport(
                        "demo-transfer",
                        "demo-transfer",
                        new AccountId("suzuki"),
                        Status.TRANSFERRED,
                        startOfDay(1),
                        now,
                        "Logistics",
                        "Moved to the warehouse team.",
                        "hr"));
    }

    /** One of the selects that yamada sends while the demo runs, each of 500 customers. */
    SampleLine liveSelect(int index, Instant time) {
        int from = 1 + index * 500;
        return SampleLog.statement(
                time,
                "yamada",
                "SELECT",
                "select id, name, email, phone from customers where id between " + from + " and " + (from + 499),
                500);
    }

    /** What any of those who still work there does any moment. */
    SampleLine ordinaryAccess(Instant time) {
        List<String> present =
                STAFF.stream().filter(user -> !GONE.contains(user)).toList();
        return ordinaryAccess(present.get(random.nextInt(present.size())), time);
    }

    /** Lines that no parser can read; each must come out as a rejection. */
    static int brokenLines() {
        return 2;
    }

    /** A customer whom several accounts read, one of them after its holder retired. */
    static String regularCustomer() {
        return SampleLog.customer(FIRST_REGULAR + REGULARS / 2);
    }

    /** How many alerts of each rule the company's incidents amount to. */
    static Map<Rule, Integer> expectedAlerts() {
        Map<Rule, Integer> expected = new EnumMap<>(Rule.class);
        // yamada's selects are one episode however many they are.
        expected.put(Rule.BULK_READ, 1);
        // sato's accesses since the retirement, suzuki's since the transfer.
        expected.put(Rule.REVOKED_ACCOUNT, 2);
        // tanaka's COPY and kato's download, each in its own night.
        expected.put(Rule.OFF_HOURS_EXPORT, 2);
        return expected;
    }

    private void ordinaryWork(LocalDate day, List<SampleLine> lines) {
        for (String user : STAFF) {
            if (GONE.contains(user) && !day.isBefore(LocalDate.ofInstant(startOfDay(2), SampleLog.ZONE))) {
                continue;
            }
            int accesses = 60 + random.nextInt(60);
            for (int i = 0; i < accesses; i++) {
                Instant time = at(day, LocalTime.of(9, 0)).plusSeconds(random.nextInt(9 * 3_600));
                lines.add(ordinaryAccess(user, time));
            }
        }
    }

    private SampleLine ordinaryAccess(String user, Instant time) {
        int customer = random.nextInt(20) == 0 ? FIRST_REGULAR + random.nextInt(REGULARS) : 1 + random.nextInt(20_000);
        return switch (random.nextInt(5)) {
            case 0 ->
                SampleLog.statement(
                        time, user, "SELECT", "select name, phone from customers where id = " + customer, 1);
            case 1, 2 ->
                SampleLog.request(
                        time, user, "/customers/" + SampleLog.customer(customer), 200, 800 + random.nextInt(900));
            case 3 -> SampleLog.search(time, user, random.nextInt(12));
            default -> SampleLog.view(time, user, customer);
        };
    }

    private void nightExports(List<SampleLine> lines) {
        Instant copied = lastNight(LocalTime.of(2, 13));
        // PostgreSQL's audit reports 0 rows for COPY … TO: nobody knows how many customers left.
        lines.add(SampleLog.statement(copied, "tanaka", "COPY", "COPY customers TO STDOUT csv header", 0));
        Instant downloaded = lastNight(LocalTime.of(3, 41));
        lines.add(SampleLog.request(downloaded, "kato", "/customers-export/all.csv", 200, 1_260_000));
    }

    private void accessesAfterRetirement(List<SampleLine> lines) {
        Instant first = startOfDay(2).plus(Duration.ofHours(9).plusMinutes(4));
        for (int i = 0; i < REGULARS; i++) {
            String path = "/customers/" + SampleLog.customer(FIRST_REGULAR + i);
            lines.add(SampleLog.request(first.plusSeconds(i * 90L), "sato", path, 200, 1_020));
        }
    }

    private void accessesAfterTransfer(List<SampleLine> lines) {
        Instant first = startOfDay(1).plus(Duration.ofHours(14).plusMinutes(20));
        for (int i = 0; i < 5; i++) {
            lines.add(SampleLog.view(first.plusSeconds(i * 200L), "suzuki", FIRST_REGULAR + i));
        }
    }

    private static void breakSomeLines(List<String> crm) {
        crm.add(
                crm.size() / 3,
                "{\"ts\":\"2026-13-45T99:00:00\",\"user\":\"EXAMPLE\\\\ito\",\"op\":\"view\",\"count\":1}");
        crm.add(2 * crm.size() / 3, "java.lang.OutOfMemoryError: Java heap space");
    }

    private Instant startOfDay(int daysAgo) {
        return at(LocalDate.ofInstant(now, SampleLog.ZONE).minusDays(daysAgo), LocalTime.MIDNIGHT);
    }

    private Instant lastNight(LocalTime time) {
        LocalDate today = LocalDate.ofInstant(now, SampleLog.ZONE);
        Instant tonight = at(today, time);
        return tonight.isBefore(now) ? tonight : at(today.minusDays(1), time);
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(SampleLog.ZONE).toInstant();
    }
}
