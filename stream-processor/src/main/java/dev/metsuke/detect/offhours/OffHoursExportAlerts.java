package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.CalendarDay;
import dev.metsuke.detect.calendar.Shift;
import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.detect.wording.Wording;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts into words: exports outside working time, exports in a forbidden way, and the use of an approval. */
final class OffHoursExportAlerts implements AlertWriter {

    /** Whoever has more approvals at a time finds them by these. */
    private static final int MOST_NAMED = 3;

    private final Policy policy;
    private final Calendars calendars;
    private final BiFunction<AccountId, Instant, @Nullable DirectoryEntry> directory;
    private final Function<AccountId, List<ApprovalHistory>> given;
    private final Function<AccountId, List<ExportApproval>> approvals;
    private final Wording wording;

    /**
     * By what is known of accounts.
     *
     * @param given all that was said of each approval
     * @param approvals each as far as it is good
     */
    OffHoursExportAlerts(
            Policy policy,
            Calendars calendars,
            BiFunction<AccountId, Instant, @Nullable DirectoryEntry> directory,
            Function<AccountId, List<ApprovalHistory>> given,
            Function<AccountId, List<ExportApproval>> approvals) {
        this.policy = policy;
        this.calendars = calendars;
        this.directory = directory;
        this.given = given;
        this.approvals = approvals;
        this.wording = Wording.in(policy.language());
    }

    @Override
    public Words words(AccountId account, String scope, Episode episode) {
        @Nullable DirectoryEntry entry = directory.apply(account, episode.start());
        WorkingCalendar calendar = calendars.of(entry);
        Map<String, String> settings = new TreeMap<>();
        settings.put("off-hours.calendar", calendar.name());
        settings.put("off-hours.zone", calendar.zone().getId());
        if (Exports.isApproved(scope)) {
            return approved(account, scope, episode, calendar, settings);
        }
        String beyond = beyond(account, scope, episode, calendar);
        String observed = observed(episode, calendar)
                + (beyond.isEmpty()
                        ? approvedInstead(account, scope, episode, calendar)
                        : sized(Exports.dataset(scope), episode) + beyond)
                + formers(account, scope, episode, calendar)
                + takenBack(account, scope, episode, calendar);
        Severity severity = Urgency.of(finding(scope, episode, ceiling(account, entry, Exports.dataset(scope))));
        String amount = amount(Exports.dataset(scope), episode.records(), episode.unknownRecords());
        String when = wording.timeWithWeekday(episode.start(), calendar.zone());
        if (Exports.isForbidden(scope)) {
            String way = way(episode);
            return Words.alerting(
                    wording.say("export.forbidden.headline", amount, way, when),
                    observed,
                    wording.say("export.forbidden.expected", way),
                    severity,
                    settings);
        }
        String day = day(calendar, episode.start());
        return Words.alerting(
                wording.say("export.headline", amount, when, day, calendar.name()),
                observed,
                wording.say("export.expected", calendar.name(), chosenBy(entry, calendar), day),
                severity,
                settings);
    }

    private Words approved(
            AccountId account, String scope, Episode episode, WorkingCalendar calendar, Map<String, String> settings) {
        Optional<ApprovalHistory> history = given.apply(account).stream()
                .filter(each -> each.approvalId().equals(Exports.approvalId(scope)))
                .findFirst();
        Optional<ExportApproval> used = history.map(ApprovalHistory::latest);
        settings.put("off-hours.approval", Exports.approvalId(scope));
        used.ifPresent(approval -> settings.put("off-hours.ticket", approval.ticket()));
        return Words.approved(
                wording.say(
                        "export.approved.headline",
                        amount(
                                used.map(ExportApproval::dataset).orElse(null),
                                episode.records(),
                                episode.unknownRecords()),
                        wording.timeWithWeekday(episode.start(), calendar.zone()),
                        history.map(known -> asApproved(known, episode, calendar))
                                .orElseGet(() -> wording.say("export.approved.before"))),
                observed(episode, calendar)
                        + sized(used.map(ExportApproval::dataset).orElse(null), episode),
                used.map(approval -> describe(approval, calendar))
                        .orElseGet(() -> wording.say("export.approved.expected-forgotten")),
                settings);
    }

    private String asApproved(ApprovalHistory history, Episode episode, WorkingCalendar calendar) {
        String ticket = history.latest().ticket();
        return switch (history.timing(episode.start())) {
            case BEFORE -> wording.say("export.approved.before-in", ticket);
            case BEFORE_AND_CHANGED -> wording.say("export.approved.changed-in", ticket);
            case RECORDED_AFTERWARDS ->
                wording.say("export.approved.recorded-in", ticket, wording.time(history.recordedAt(), calendar.zone()));
            case AFTERWARDS -> wording.say("export.approved.afterwards-in", ticket);
        };
    }

    private String describe(ExportApproval approval, WorkingCalendar calendar) {
        String amount = amount(approval.dataset(), approval.maxRecords(), 0);
        String from = wording.time(approval.from(), calendar.zone());
        String until = wording.time(approval.until(), calendar.zone());
        String at = wording.time(approval.approvedAt(), calendar.zone());
        return approval.approvedBy() == null
                ? wording.say("export.approval", approval.approvalId(), approval.ticket(), amount, from, until, at)
                : wording.say(
                        "export.approval.by",
                        approval.approvalId(),
                        approval.ticket(),
                        amount,
                        from,
                        until,
                        at,
                        approval.approvedBy());
    }

    /** What was approved for the time of one of these, and was not enough. */
    private String beyond(AccountId account, String scope, Episode episode, WorkingCalendar calendar) {
        return approvals.apply(account).stream()
                .filter(approval -> approval.dataset().equals(Exports.dataset(scope))
                        && !approval.isTakenBack()
                        && (episode.grounds().exceeded().contains(approval.approvalId())
                                || times(episode).anyMatch(approval::covers)))
                .map(approval -> wording.say("export.observed.beyond", describe(approval, calendar)))
                .collect(Collectors.joining());
    }

    /** What was approved for the time of one of these, but for whose the account was before. */
    private String formers(AccountId account, String scope, Episode episode, WorkingCalendar calendar) {
        Map<String, ExportApproval> asGiven = given.apply(account).stream()
                .collect(Collectors.toMap(ApprovalHistory::approvalId, ApprovalHistory::latest));
        return approvals.apply(account).stream()
                .filter(approval -> approval.dataset().equals(Exports.dataset(scope))
                        && times(episode)
                                .anyMatch(time -> !approval.covers(time)
                                        && Objects.requireNonNull(asGiven.get(approval.approvalId()))
                                                .covers(time)))
                .map(approval -> wording.say(
                        "export.observed.formers",
                        approval.approvalId(),
                        approval.ticket(),
                        wording.time(approval.until(), calendar.zone())))
                .collect(Collectors.joining());
    }

    /** What was approved for one of these until somebody took it back, maybe only afterwards. */
    private String takenBack(AccountId account, String scope, Episode episode, WorkingCalendar calendar) {
        return approvals.apply(account).stream()
                .filter(approval -> approval.isTakenBack()
                        && approval.dataset().equals(Exports.dataset(scope))
                        && times(episode).anyMatch(approval::covers))
                .map(approval -> takenBack(approval, wording.time(approval.approvedAt(), calendar.zone())))
                .collect(Collectors.joining());
    }

    private String takenBack(ExportApproval approval, String at) {
        return approval.approvedBy() == null
                ? wording.say("export.observed.taken-back", approval.approvalId(), approval.ticket(), at)
                : wording.say(
                        "export.observed.taken-back.by",
                        approval.approvalId(),
                        approval.ticket(),
                        at,
                        approval.approvedBy());
    }

    /** What was approved for the time of one of these, but of another dataset: it may be a slip. */
    private String approvedInstead(AccountId account, String scope, Episode episode, WorkingCalendar calendar) {
        List<ExportApproval> others = approvals.apply(account).stream()
                .filter(approval -> !approval.dataset().equals(Exports.dataset(scope))
                        && !approval.isTakenBack()
                        && times(episode).anyMatch(approval::covers))
                .toList();
        return others.stream()
                .limit(MOST_NAMED)
                .map(approval -> describe(approval, calendar))
                .reduce((one, other) -> wording.say("export.observed.approval", one, other))
                .map(named -> others.size() > MOST_NAMED
                        ? wording.say("export.observed.not-covered-by-more", named, others.size() - MOST_NAMED)
                        : wording.say("export.observed.not-covered", named))
                .orElse("");
    }

    /** Of the exports in it, as far as they are known one by one; episodes of earlier versions name no approvals. */
    private static Stream<Instant> times(Episode episode) {
        return Stream.concat(
                Stream.of(episode.start(), episode.end()),
                episode.evidence().stream().map(Evidence::timestamp));
    }

    @Override
    public String whyWithdrawn(Alert alert) {
        if (Exports.isApproved(alert.scope())) {
            return wording.say("export.withdrawn.not-used");
        }
        @Nullable String dataset = Exports.dataset(alert.scope());
        if (policy.excepts(Rule.OFF_HOURS_EXPORT, alert.account(), dataset, alert.start())) {
            return wording.say("export.withdrawn.exception");
        }
        boolean isForbidden = Exports.isForbidden(alert.scope());
        WorkingCalendar calendar = calendars.of(directory.apply(alert.account(), alert.start()));
        // Within working time nothing of an approval is used, unless the way is forbidden.
        if (isForbidden || !calendar.isWorkingTime(alert.start())) {
            boolean isApproved = approvals.apply(alert.account()).stream()
                    .anyMatch(approval -> approval.dataset().equals(dataset)
                            && !approval.isTakenBack()
                            && approval.covers(alert.start()));
            if (isApproved) {
                return wording.say("export.withdrawn.approved");
            }
            return isForbidden
                    ? wording.say("export.withdrawn.not-forbidden")
                    : wording.say("export.withdrawn.forbidden");
        }
        return alert.policyVersion().equals(policy.versionName())
                ? wording.say("export.withdrawn.calendar-known", calendar.name())
                : wording.say("export.withdrawn.calendar-changed", calendar.name());
    }

    @Override
    public ZoneId zone(AccountId account, Instant start) {
        return calendars.of(directory.apply(account, start)).zone();
    }

    @Override
    public Duration quiet(String scope) {
        return policy.quiet();
    }

    /** Whatever is forbidden at any hour leaves the house. */
    private static Urgency.Finding finding(String scope, Episode episode, long ceiling) {
        return new Urgency.Finding.Export(
                Exports.isForbidden(scope)
                        || episode.actions().contains(Action.EMAIL)
                        || episode.actions().contains(Action.COPY_TO_MEDIA),
                episode.unknownRecords() > 0 || episode.records() > ceiling);
    }

    private long ceiling(AccountId account, @Nullable DirectoryEntry entry, @Nullable String dataset) {
        BulkReadPolicy.Ceilings ceilings =
                policy.bulkRead().ceilings(account.value(), entry == null ? null : entry.department());
        return dataset == null ? ceilings.ofAll() : ceilings.of(dataset);
    }

    private String amount(@Nullable String dataset, long records, long unknownRecords) {
        String amount = wording.peoplesRecords(records, unknownRecords);
        return dataset == null ? amount : wording.say("records.of-dataset", dataset, amount);
    }

    private String observed(Episode episode, WorkingCalendar calendar) {
        return wording.say(
                "export.observed",
                wording.accesses(episode.events()),
                actions(episode),
                wording.fromTo(episode.start(), episode.end(), calendar.zone()),
                wording.peoplesRecords(episode.records(), episode.unknownRecords()));
    }

    /** What approvals are used up by, where exports do not say how many people it was. */
    private String sized(@Nullable String dataset, Episode episode) {
        @Nullable Long size = policy.bulkRead().size(dataset);
        return size == null || episode.unknownRecords() == 0
                ? ""
                : wording.say("records.sized", episode.unknownRecords(), size);
    }

    /** By what was done, where that says it. */
    private String way(Episode episode) {
        if (episode.actions().equals(Set.of(Action.COPY_TO_MEDIA))) {
            return wording.say("export.way.media");
        }
        return episode.actions().equals(Set.of(Action.EMAIL))
                ? wording.say("export.way.email")
                : wording.say("export.way.several");
    }

    private String actions(Episode episode) {
        return new TreeSet<>(episode.actions())
                .stream()
                        .map(action -> wording.say("action." + action.label()))
                        .reduce((one, other) -> wording.say("export.observed.action", one, other))
                        .orElse("");
    }

    private String chosenBy(@Nullable DirectoryEntry entry, WorkingCalendar calendar) {
        @Nullable String named = entry == null ? null : entry.calendar();
        String zone = calendar.zone().getId();
        return named == null || named.equals(calendar.name())
                ? zone
                : wording.say("export.expected.calendar-missing", zone, named);
    }

    private String day(WorkingCalendar calendar, Instant time) {
        String day = day(calendar.day(time));
        return calendar.dayBefore(time)
                .map(before -> wording.say("day.and-before", day, day(before)))
                .orElse(day);
    }

    private String day(CalendarDay day) {
        return switch (day) {
            case CalendarDay.Working(List<Shift> shifts) ->
                wording.say(
                        "day.working",
                        shifts.stream()
                                .map(Shift::toString)
                                .reduce((one, other) -> wording.say("day.working.shift", one, other))
                                .orElse(""));
            case CalendarDay.Off.COMPANY_DAY_OFF -> wording.say("day.company-day-off");
            case CalendarDay.Off.NATIONAL_HOLIDAY -> wording.say("day.national-holiday");
            case CalendarDay.Off.NOT_WORKING -> wording.say("day.not-working");
        };
    }
}
