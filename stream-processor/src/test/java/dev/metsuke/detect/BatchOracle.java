package dev.metsuke.detect;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The alerts of one account, computed from everything at once and in the plainest way. */
final class BatchOracle {

    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2026, 11, 3), LocalDate.of(2026, 11, 23));

    private final String account;
    private final Policy policy;
    private final List<AccessEvent> events;
    private final List<StatusReport> reports;
    private final Set<String> alerts = new TreeSet<>();

    private BatchOracle(String account, Policy policy, List<AccessEvent> events, List<StatusReport> messages) {
        this.account = account;
        this.policy = policy;
        this.events = events.stream()
                .sorted(Comparator.comparing(AccessEvent::timestamp).thenComparing(AccessEvent::id))
                .toList();
        Map<String, StatusReport> latest = new HashMap<>();
        for (StatusReport message : messages) {
            StatusReport known = latest.get(message.reportId());
            if (known == null || message.reportedAt().isAfter(known.reportedAt())) {
                latest.put(message.reportId(), message);
            }
        }
        this.reports = latest.values().stream()
                .sorted(Comparator.comparing(StatusReport::effectiveAt).thenComparing(StatusReport::reportedAt))
                .toList();
    }

    static Set<String> alerts(String account, Policy policy, List<AccessEvent> events, List<StatusReport> messages) {
        BatchOracle oracle = new BatchOracle(account, policy, events, messages);
        oracle.bulkReads();
        oracle.revokedAccount();
        oracle.offHoursExports();
        return oracle.alerts;
    }

    /** What an alert says, as far as the oracle computes it. */
    static String line(
            Rule rule,
            String account,
            String scope,
            Instant start,
            Instant end,
            long events,
            long records,
            long unknown,
            List<String> evidence) {
        return String.join(
                " | ",
                rule.id(),
                account,
                scope,
                start + ".." + end,
                "events " + events,
                "records " + records,
                "unknown " + unknown,
                evidence.toString());
    }

    static String line(Alert alert) {
        return line(
                alert.rule(),
                alert.account().value(),
                alert.scope(),
                alert.start(),
                alert.end(),
                alert.events(),
                alert.records(),
                alert.unknownRecords(),
                alert.evidence().stream().map(evidence -> evidence.eventId()).toList());
    }

    private void revokedAccount() {
        Map<String, List<AccessEvent>> byScope = new TreeMap<>();
        for (AccessEvent event : events) {
            boolean isStopped = false;
            StatusReport move = null;
            for (StatusReport report : reports) {
                if (report.effectiveAt().isAfter(event.timestamp())) {
                    continue;
                }
                switch (report.status()) {
                    case REINSTATED -> isStopped = false;
                    case TRANSFERRED -> move = report;
                    case RETIRED, SUSPENDED, CONTRACT_ENDED -> isStopped = true;
                }
            }
            if (isStopped) {
                byScope.computeIfAbsent("account", scope -> new ArrayList<>()).add(event);
            } else if (move != null
                    && event.dataset() != null
                    && event.outcome() != Outcome.FAILURE
                    && event.action() != Action.LOGIN
                    && event.action() != Action.LOGOUT
                    && !Duration.between(move.effectiveAt(), event.timestamp())
                            .minus(policy.revoked().handOver())
                            .isNegative()
                    && !policy.revoked()
                            .scope()
                            .getOrDefault(event.dataset(), List.of())
                            .contains(move.department())) {
                byScope.computeIfAbsent("outside " + move.department(), scope -> new ArrayList<>())
                        .add(event);
            }
        }
        byScope.forEach((scope, findings) -> episodes(Rule.REVOKED_ACCOUNT, scope, findings));
    }

    private void offHoursExports() {
        Map<String, List<AccessEvent>> byScope = new TreeMap<>();
        for (AccessEvent event : events) {
            ZonedDateTime local = event.timestamp().atZone(policy.zone());
            boolean isFree = local.getDayOfWeek() == DayOfWeek.SATURDAY
                    || local.getDayOfWeek() == DayOfWeek.SUNDAY
                    || HOLIDAYS.contains(local.toLocalDate())
                    || local.getHour() < 7
                    || local.getHour() >= 22;
            if (isFree && event.action().takesDataOut() && event.outcome() != Outcome.FAILURE) {
                String scope = event.dataset() == null ? "exports" : event.dataset();
                byScope.computeIfAbsent(scope, named -> new ArrayList<>()).add(event);
            }
        }
        byScope.forEach((scope, findings) -> episodes(Rule.OFF_HOURS_EXPORT, scope, findings));
    }

    private void bulkReads() {
        List<AccessEvent> reads = events.stream()
                .filter(event ->
                        event.outcome() != Outcome.FAILURE && event.action().readsData())
                .toList();
        Map<String, Set<AccessEvent>> flagged = new TreeMap<>();
        for (long end : reads.stream().map(BatchOracle::minute).distinct().toList()) {
            List<AccessEvent> window = reads.stream()
                    .filter(event -> minute(event) <= end
                            && minute(event) > end - policy.bulkRead().window().toMinutes())
                    .toList();
            boolean isExplained = false;
            long highest = policy.bulkRead().ceiling(account);
            for (String dataset : datasets(window)) {
                highest = Math.max(highest, policy.bulkRead().ceiling(account, dataset));
                Predicate<AccessEvent> ofDataset = event -> dataset.equals(event.dataset());
                if (sum(window, ofDataset) > policy.bulkRead().ceiling(account, dataset)) {
                    isExplained = true;
                    window.stream()
                            .filter(ofDataset)
                            .forEach(event -> flagged.computeIfAbsent(dataset, named -> new HashSet<>())
                                    .add(event));
                }
            }
            if (!isExplained && sum(window, event -> true) > highest) {
                flagged.computeIfAbsent("all datasets", named -> new HashSet<>())
                        .addAll(window);
            }
        }
        flagged.forEach((scope, findings) -> {
            List<AccessEvent> ordered =
                    events.stream().filter(findings::contains).toList();
            episodes(Rule.BULK_READ, scope, ordered);
        });
    }

    private void episodes(Rule rule, String scope, List<AccessEvent> findings) {
        int from = 0;
        for (int i = 0; i < findings.size(); i++) {
            boolean isLast = i == findings.size() - 1
                    || Duration.between(
                                            findings.get(i).timestamp(),
                                            findings.get(i + 1).timestamp())
                                    .compareTo(policy.quiet())
                            > 0;
            if (isLast) {
                List<AccessEvent> episode = findings.subList(from, i + 1);
                alerts.add(line(
                        rule,
                        account,
                        scope,
                        episode.getFirst().timestamp(),
                        episode.getLast().timestamp(),
                        episode.size(),
                        rule == Rule.BULK_READ ? sum(episode, event -> true) : known(episode),
                        episode.stream()
                                .filter(event -> event.records() == null
                                        && event.action().readsData()
                                        && event.outcome() != Outcome.FAILURE)
                                .count(),
                        episode.stream().limit(20).map(AccessEvent::id).toList()));
                from = i + 1;
            }
        }
    }

    private long sum(List<AccessEvent> reads, Predicate<AccessEvent> counted) {
        long sum = 0;
        for (AccessEvent read : reads) {
            if (counted.test(read)) {
                Long size = policy.bulkRead().size(read.dataset());
                sum += read.records() != null ? read.records() : (size == null ? 0 : size);
            }
        }
        return sum;
    }

    private static long known(List<AccessEvent> episode) {
        return episode.stream()
                .filter(event -> event.outcome() != Outcome.FAILURE && event.records() != null)
                .mapToLong(AccessEvent::records)
                .sum();
    }

    private static Set<String> datasets(List<AccessEvent> reads) {
        Set<String> datasets = new TreeSet<>();
        for (AccessEvent read : reads) {
            if (read.dataset() != null) {
                datasets.add(read.dataset());
            }
        }
        return datasets;
    }

    private static long minute(AccessEvent event) {
        return Math.floorDiv(event.timestamp().getEpochSecond(), 60);
    }
}
