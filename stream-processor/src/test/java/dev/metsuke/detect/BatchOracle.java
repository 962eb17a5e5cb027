package dev.metsuke.detect;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.approval.ExportApproval;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The alerts of one account, computed from everything at once and in the plainest way. */
final class BatchOracle {

    private static final Set<LocalDate> HOLIDAYS =
            Set.of(LocalDate.of(2026, 10, 12), LocalDate.of(2026, 11, 3), LocalDate.of(2026, 11, 23));

    private final String account;
    private final Policy policy;
    private final List<AccessEvent> events;
    private final List<StatusReport> reports;

    /** Each report's first message. */
    private final Map<String, StatusReport> first = new HashMap<>();

    private final List<ExportApproval> approvals;
    private final @Nullable DirectoryEntry entry;

    /** The last entry is the one above. */
    private final List<Listed> entries;

    private final BulkOracle bulk;
    private final Set<String> alerts = new TreeSet<>();

    /** Everything that is known of one account, in no order but that of the directory, of which the last entry holds. */
    record Known(
            List<AccessEvent> events,
            List<StatusReport> reports,
            List<ExportApproval> approvals,
            List<Listed> entries) {}

    /** An entry of the directory, and from when on it holds. */
    record Listed(DirectoryEntry entry, Instant from) {}

    /** Entries that came after every event. */
    static List<Listed> listed(List<DirectoryEntry> entries) {
        return entries.stream()
                .map(entry -> new Listed(entry, DetectDriver.NOW))
                .toList();
    }

    private BatchOracle(String account, Policy policy, Known known, PeersOracle peers) {
        this.account = account;
        this.policy = policy;
        this.entries = known.entries();
        this.entry = entries.isEmpty() ? null : entries.getLast().entry();
        this.events = known.events().stream()
                .sorted(Comparator.comparing(AccessEvent::timestamp).thenComparing(AccessEvent::id))
                .toList();
        Map<String, StatusReport> latest = new HashMap<>();
        for (StatusReport message : known.reports()) {
            first.merge(
                    message.reportId(),
                    message,
                    (one, other) -> one.reportedAt().isBefore(other.reportedAt()) ? one : other);
            StatusReport before = latest.get(message.reportId());
            if (before == null || message.reportedAt().isAfter(before.reportedAt())) {
                latest.put(message.reportId(), message);
            }
        }
        this.reports = latest.values().stream()
                .filter(report -> report.status() != Status.TAKEN_BACK)
                .sorted(Comparator.comparing(this::holdsFrom)
                        .thenComparing(StatusReport::effectiveAt)
                        .thenComparing(StatusReport::reportedAt))
                .toList();
        Map<String, ExportApproval> latestApprovals = new HashMap<>();
        for (ExportApproval message : known.approvals()) {
            ExportApproval before = latestApprovals.get(message.approvalId());
            if (before == null || message.approvedAt().isAfter(before.approvedAt())) {
                latestApprovals.put(message.approvalId(), message);
            }
        }
        this.approvals = List.copyOf(latestApprovals.values());
        this.bulk = new BulkOracle(
                account,
                entries,
                policy,
                this::isWorkingDay,
                events.stream()
                        .filter(event -> event.outcome() != Outcome.FAILURE
                                && event.action().readsData()
                                && !isExcepted(Rule.BULK_READ, event))
                        .toList(),
                peers);
    }

    /** Of an account that is alone in its department. */
    static Set<String> alerts(String account, Policy policy, Known known) {
        return alerts(policy, Map.of(account, known));
    }

    static Set<String> alerts(Policy policy, Map<String, Known> accounts) {
        PeersOracle peers = new PeersOracle(policy);
        List<BatchOracle> oracles = new ArrayList<>();
        accounts.forEach((account, known) -> oracles.add(new BatchOracle(account, policy, known, peers)));
        peers.close();
        Set<String> alerts = new TreeSet<>();
        for (BatchOracle oracle : oracles) {
            oracle.bulkReads();
            oracle.revokedAccount();
            oracle.offHoursExports();
            alerts.addAll(oracle.alerts);
        }
        return alerts;
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
            if (isExcepted(Rule.REVOKED_ACCOUNT, event)) {
                continue;
            }
            boolean touches = event.dataset() != null
                    && event.outcome() != Outcome.FAILURE
                    && event.action() != Action.LOGIN
                    && event.action() != Action.LOGOUT;
            StatusReport move = moves(event.timestamp()).stream()
                    .filter(report -> !holdsFrom(report).isAfter(event.timestamp()))
                    .reduce((one, later) -> Objects.equals(one.department(), later.department()) ? one : later)
                    .orElse(null);
            if (isStopped(event.timestamp())) {
                byScope.computeIfAbsent("account", scope -> new ArrayList<>()).add(event);
            } else if (touches && move == null) {
                int listed = listedUntilMoved(event.timestamp());
                String department =
                        listed < 0 ? null : entries.get(listed).entry().department();
                List<String> working = policy.revoked().scope().get(event.dataset());
                if (policy.revoked().scopeForEveryone()
                        && department != null
                        && working != null
                        && !working.contains(department)
                        && !isHandingOver(event.timestamp(), working, listed)) {
                    byScope.computeIfAbsent("outside " + department, scope -> new ArrayList<>())
                            .add(event);
                }
            } else if (touches
                    && move != null
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

    /** The first entry holds for all time before it as well. */
    private @Nullable DirectoryEntry listedAt(Instant time) {
        return entries.stream()
                .filter(listed -> !listed.from().isAfter(time))
                .reduce((one, later) -> later)
                .or(() -> entries.stream().findFirst())
                .map(Listed::entry)
                .orElse(null);
    }

    /** Which entry held, or the one before it where it names the department of the first transfer, which is yet to come; -1 for none. */
    private int listedUntilMoved(Instant time) {
        int held = entries.isEmpty() ? -1 : 0;
        while (held >= 0
                && held + 1 < entries.size()
                && !entries.get(held + 1).from().isAfter(time)) {
            held++;
        }
        while (held >= 0 && isMovingTo(entries.get(held).entry().department(), time)) {
            held = changesHands(held) ? -1 : held - 1;
        }
        return held;
    }

    /** The number of the person who has the account by an entry: the last one that was said; null where none was. */
    private @Nullable String person(int listed) {
        return entries.subList(0, listed + 1).stream()
                .map(each -> each.entry().person())
                .filter(Objects::nonNull)
                .reduce((one, later) -> later)
                .orElse(null);
    }

    /** Whether an entry gives the account to another person than who had it before. */
    private boolean changesHands(int listed) {
        String before = listed == 0 ? null : person(listed - 1);
        String now = entries.get(listed).entry().person();
        return before != null && now != null && !before.equals(now);
    }

    private boolean isLastOfPerson(int listed) {
        return listed + 1 == entries.size() || changesHands(listed + 1);
    }

    /** From when on an entry's person has the account. */
    private Instant hasItFrom(int listed) {
        int first = listed;
        while (first > 0 && !changesHands(first)) {
            first--;
        }
        return first == 0 ? Instant.MIN : entries.get(first).from();
    }

    /** Until when that person has it, of whom the entry is the last. */
    private Instant hasItUntil(int listed) {
        return listed + 1 == entries.size()
                ? Instant.MAX
                : entries.get(listed + 1).from();
    }

    /** A report about a person, from when that person has the account; never where one moves who has it no more. */
    private Instant holdsFrom(StatusReport report) {
        if (report.person() == null || entries.isEmpty()) {
            return report.effectiveAt();
        }
        boolean isMove = report.status() == Status.TRANSFERRED;
        for (int i = 0; i < entries.size(); i++) {
            String person = person(i);
            if (isLastOfPerson(i)
                    && (report.person().equals(person) || (isMove && person == null))
                    && report.effectiveAt().isBefore(hasItUntil(i))) {
                return hasItFrom(i).isAfter(report.effectiveAt()) ? hasItFrom(i) : report.effectiveAt();
            }
        }
        return isMove ? Instant.MAX : report.effectiveAt();
    }

    /** The moves, of any time, of the person who has the account at that time. */
    private List<StatusReport> moves(Instant time) {
        return reports.stream()
                .filter(report -> report.status() == Status.TRANSFERRED && haveItBoth(time, holdsFrom(report)))
                .toList();
    }

    /** Whether one person has the account at both times. */
    private boolean haveItBoth(Instant one, Instant other) {
        for (int i = 0; i < entries.size(); i++) {
            Instant until = hasItUntil(i);
            if (isLastOfPerson(i) && one.isBefore(until) != other.isBefore(until)) {
                return false;
            }
        }
        return !other.equals(Instant.MAX);
    }

    private boolean isMovingTo(@Nullable String department, Instant time) {
        List<StatusReport> moves = moves(time);
        return moves.stream()
                .filter(report -> holdsFrom(report).equals(holdsFrom(moves.getFirst())))
                .reduce((one, later) -> later)
                .filter(report -> Objects.equals(report.department(), department))
                .isPresent();
    }

    /** Whether the person worked in one of the departments so lately before that entry that its datasets are still open. */
    private boolean isHandingOver(Instant time, List<String> departments, int listed) {
        for (int i = 1; i <= listed; i++) {
            Instant left = entries.get(i).from();
            String department = entries.get(i - 1).entry().department();
            if (department != null
                    && departments.contains(department)
                    && left.isAfter(hasItFrom(listed))
                    && !time.isBefore(left)
                    && time.isBefore(left.plus(policy.revoked().handOver()))) {
                return true;
            }
        }
        return false;
    }

    /** By HR's reports, and by the directory's word on the contract, as they took effect one after another. */
    private boolean isStopped(Instant time) {
        // By when they began, when it was told of the leaves that have not ended.
        Map<Instant, Instant> leaves = new TreeMap<>();
        // When it was told of that the person is on leave, or gone; null while nobody says so.
        Instant leave = null;
        Instant gone = null;
        // By the directory's word, which is the former holder's alone where the account changes hands.
        Instant contractEnd = null;
        Instant last = Instant.MIN;
        for (StatusReport report : reports) {
            Instant from = holdsFrom(report);
            if (from.isAfter(time)) {
                break;
            }
            contractEnd = contractEnd(contractEnd, last, from);
            last = from;
            switch (report.status()) {
                case SUSPENDED -> {
                    Instant told = wasFirst(report, Status.SUSPENDED) ? firstTold(report) : report.reportedAt();
                    leaves.merge(report.effectiveAt(), told, BatchOracle::earlier);
                    leave = earlier(leave, told);
                }
                case RETIRED, CONTRACT_ENDED -> {
                    contractEnd = null;
                    gone = wasFirst(report, Status.RETIRED) || wasFirst(report, Status.CONTRACT_ENDED)
                            ? firstTold(report)
                            : report.reportedAt();
                    leave = wasFirst(report, Status.SUSPENDED) ? earlier(leave, firstTold(report)) : leave;
                }
                case REINSTATED -> {
                    Instant said = report.reportedAt();
                    Instant day = report.effectiveAt();
                    Instant end = contractEnd == null ? gone : contractEnd;
                    boolean isForTheLeaveAlone = leave != null
                            && end != null
                            && end.isAfter(said)
                            && (!leave.isAfter(said) || !leave.isAfter(day) || !end.isAfter(day));
                    Instant known = leave == null ? said : end == null ? leave : earlier(leave, end);
                    boolean isForNothingKnown = known.isAfter(said) && known.isAfter(day);
                    leaves.values().removeIf(told -> isForNothingKnown || !told.isAfter(said) || !told.isAfter(known));
                    gone = isForTheLeaveAlone ? gone : null;
                    contractEnd = isForTheLeaveAlone ? contractEnd : null;
                    leave = isForTheLeaveAlone || !leaves.isEmpty() ? leave : null;
                }
                case TRANSFERRED, TAKEN_BACK -> {
                    // The one stops nobody, the other is none.
                }
            }
        }
        return !leaves.isEmpty() || gone != null || contractEnd(contractEnd, last, time) != null;
    }

    /** The contract end by which the account is stopped at the later time, where it was by that one at the earlier. */
    private @Nullable Instant contractEnd(@Nullable Instant known, Instant earlier, Instant later) {
        Instant end = known;
        for (int i = 0; i < entries.size(); i++) {
            if (isLastOfPerson(i)) {
                Instant contractEnd = entries.get(i).entry().contractEnd();
                if (contractEnd != null && contractEnd.isBefore(hasItUntil(i))) {
                    Instant from = contractEnd.isBefore(hasItFrom(i)) ? hasItFrom(i) : contractEnd;
                    end = from.isAfter(earlier) && !from.isAfter(later) ? contractEnd : end;
                }
                end = hasItUntil(i).isAfter(earlier) && !hasItUntil(i).isAfter(later) ? null : end;
            }
        }
        return end;
    }

    private boolean wasFirst(StatusReport report, Status status) {
        return Objects.requireNonNull(first.get(report.reportId())).status() == status;
    }

    private Instant firstTold(StatusReport report) {
        return Objects.requireNonNull(first.get(report.reportId())).reportedAt();
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private boolean isExcepted(Rule rule, AccessEvent event) {
        return policy.exceptions().stream()
                .anyMatch(exception -> exception.rule() == rule
                        && (exception.account() == null || exception.account().equals(account))
                        && (exception.dataset() == null || exception.dataset().equals(event.dataset()))
                        && event.timestamp().isBefore(exception.until()));
    }

    private void offHoursExports() {
        Map<String, Long> used = new HashMap<>();
        Map<String, List<AccessEvent>> byScope = new TreeMap<>();
        for (AccessEvent event : events) {
            ZonedDateTime local = event.timestamp().atZone(policy.zone());
            boolean isFree = local.getDayOfWeek() == DayOfWeek.SATURDAY
                    || local.getDayOfWeek() == DayOfWeek.SUNDAY
                    || HOLIDAYS.contains(local.toLocalDate())
                    || local.getHour() < 7
                    || local.getHour() >= 22;
            boolean isForbidden = event.action() == Action.COPY_TO_MEDIA
                    || "external-media".equals(event.destination())
                    || "a@example.com".equals(event.destination());
            if (((isFree && !worksAlways(listedAt(event.timestamp()))) || isForbidden)
                    && event.action().takesDataOut()
                    && event.outcome() != Outcome.FAILURE
                    && !isExcepted(Rule.OFF_HOURS_EXPORT, event)) {
                String scope =
                        (isForbidden ? "forbidden: " : "") + (event.dataset() == null ? "exports" : event.dataset());
                Long people = number(event) == null ? policy.bulkRead().size(event.dataset()) : number(event);
                ExportApproval best = null;
                for (ExportApproval approval : approvals) {
                    boolean fits = people != null
                            && approval.dataset().equals(event.dataset())
                            && !event.timestamp().isBefore(approval.from())
                            && event.timestamp().isBefore(goodUntil(approval))
                            && left(approval, used) >= people;
                    if (fits && (best == null || isUsedBefore(approval, best, used))) {
                        best = approval;
                    }
                }
                if (best != null) {
                    used.merge(best.approvalId(), Objects.requireNonNull(people), Long::sum);
                    scope = "approved: " + best.approvalId();
                }
                byScope.computeIfAbsent(scope, named -> new ArrayList<>()).add(event);
            }
        }
        byScope.forEach((scope, findings) -> episodes(Rule.OFF_HOURS_EXPORT, scope, findings));
    }

    private static long left(ExportApproval approval, Map<String, Long> used) {
        return approval.maxRecords() - used.getOrDefault(approval.approvalId(), 0L);
    }

    /** Which ends first; then of which less is left. */
    private boolean isUsedBefore(ExportApproval one, ExportApproval other, Map<String, Long> used) {
        int byEnd = goodUntil(one).compareTo(goodUntil(other));
        int byRoom = Long.compare(left(one, used), left(other, used));
        return byEnd < 0
                || (byEnd == 0
                        && (byRoom < 0 || (byRoom == 0 && one.approvalId().compareTo(other.approvalId()) < 0)));
    }

    /** Not beyond the time in which the account is whose it is a day after the beginning, or at the end. */
    private Instant goodUntil(ExportApproval approval) {
        Instant day = approval.from().plusSeconds(86_400);
        Instant meant = day.isAfter(approval.until()) ? approval.until() : day;
        for (int i = 0; i < entries.size(); i++) {
            if (isLastOfPerson(i) && meant.isBefore(hasItUntil(i))) {
                return hasItUntil(i).isBefore(approval.until()) ? hasItUntil(i) : approval.until();
            }
        }
        return approval.until();
    }

    private void bulkReads() {
        Map<String, Set<AccessEvent>> flagged = bulk.flagged();
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
                                    .compareTo(quiet(rule, scope))
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
                        rule == Rule.BULK_READ ? bulk.people(episode) : known(episode),
                        episode.stream()
                                .filter(event -> event.records() == null
                                        && event.subjects().isEmpty()
                                        && event.action().readsData()
                                        && event.outcome() != Outcome.FAILURE)
                                .count(),
                        episode.stream()
                                .filter(event -> !scope.endsWith("unknown size") || isUnsized(event))
                                .limit(20)
                                .map(AccessEvent::id)
                                .toList()));
                from = i + 1;
            }
        }
    }

    private boolean isUnsized(AccessEvent event) {
        return BulkOracle.isUnknown(event)
                && event.action().takesDataOut()
                && policy.bulkRead().size(event.dataset()) == null;
    }

    private static long known(List<AccessEvent> episode) {
        return episode.stream()
                .filter(event -> event.outcome() != Outcome.FAILURE)
                .mapToLong(event -> Objects.requireNonNullElse(number(event), 0L))
                .sum();
    }

    private static @Nullable Long number(AccessEvent event) {
        Set<String> named = new TreeSet<>(event.subjects());
        return named.isEmpty()
                ? event.records()
                : (Long) Math.max(Objects.requireNonNullElse(event.records(), 0L), named.size());
    }

    private static boolean worksAlways(@Nullable DirectoryEntry listed) {
        return listed != null && ("always".equals(listed.calendar()) || "Night".equals(listed.department()));
    }

    private boolean isWorkingDay(LocalDate date) {
        return worksAlways(entry)
                || (date.getDayOfWeek() != DayOfWeek.SATURDAY
                        && date.getDayOfWeek() != DayOfWeek.SUNDAY
                        && !HOLIDAYS.contains(date));
    }

    /** Months and days of reads are one thing for longer than an hour's. */
    private Duration quiet(Rule rule, String scope) {
        if (rule == Rule.BULK_READ && scope.endsWith(" over 30 d")) {
            return Duration.ofDays(7);
        }
        return rule == Rule.BULK_READ && (scope.endsWith(" over 24 h") || scope.endsWith(" in exports of unknown size"))
                ? Duration.ofDays(1)
                : policy.quiet();
    }
}
