package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Wording;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.severity.Urgency;
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
    private final Function<AccountId, List<ExportApproval>> approvals;

    OffHoursExportAlerts(
            Policy policy,
            Calendars calendars,
            BiFunction<AccountId, Instant, @Nullable DirectoryEntry> directory,
            Function<AccountId, List<ExportApproval>> approvals) {
        this.policy = policy;
        this.calendars = calendars;
        this.directory = directory;
        this.approvals = approvals;
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
                + (beyond.isEmpty() ? approvedInstead(account, scope, episode, calendar) : beyond);
        Severity severity = Urgency.of(finding(scope, episode, ceiling(account, entry, Exports.dataset(scope))));
        String when = Wording.timeWithWeekday(episode.start(), calendar.zone());
        if (Exports.isForbidden(scope)) {
            String way = way(episode);
            return Words.alerting(
                    " took out " + amount(scope, episode) + " " + way + " on " + when
                            + ", which is forbidden at any hour",
                    observed,
                    "nothing " + way + ", unless it is approved beforehand",
                    severity,
                    settings);
        }
        String day = calendar.describe(episode.start());
        return Words.alerting(
                " took out " + amount(scope, episode) + " on " + when + ", " + day + " in calendar " + calendar.name(),
                observed,
                "exports within working time only, by " + chosenCalendar(entry, calendar) + ": " + day,
                severity,
                settings);
    }

    private Words approved(
            AccountId account, String scope, Episode episode, WorkingCalendar calendar, Map<String, String> settings) {
        Optional<ExportApproval> used = approvals.apply(account).stream()
                .filter(approval -> approval.approvalId().equals(Exports.approvalId(scope)))
                .findFirst();
        settings.put("off-hours.approval", Exports.approvalId(scope));
        used.ifPresent(approval -> settings.put("off-hours.ticket", approval.ticket()));
        String amount = Wording.peoplesRecords(episode.records(), episode.unknownRecords());
        return Words.approved(
                " took out " + amount
                        + used.map(approval -> " of " + approval.dataset()).orElse("") + " on "
                        + Wording.timeWithWeekday(episode.start(), calendar.zone())
                        + (used.filter(approval -> approval.approvedAt().isAfter(episode.start()))
                                        .isPresent()
                                ? " as approved afterwards"
                                : " as approved")
                        + used.map(approval -> " in " + approval.ticket()).orElse(""),
                observed(episode, calendar),
                used.map(approval -> describe(approval, calendar)).orElse("the approval was since forgotten"),
                settings);
    }

    private static String describe(ExportApproval approval, WorkingCalendar calendar) {
        return "approval " + approval.approvalId() + " (" + approval.ticket() + "): at most "
                + Wording.peoplesRecords(approval.maxRecords(), 0) + " of " + approval.dataset() + " from "
                + Wording.time(approval.from(), calendar.zone()) + " until "
                + Wording.time(approval.until(), calendar.zone()) + ", approved on "
                + Wording.time(approval.approvedAt(), calendar.zone())
                + (approval.approvedBy() == null ? "" : " by " + approval.approvedBy());
    }

    /** What was approved for the time of one of these, and was not enough. */
    private String beyond(AccountId account, String scope, Episode episode, WorkingCalendar calendar) {
        return approvals.apply(account).stream()
                .filter(approval -> approval.dataset().equals(Exports.dataset(scope))
                        && !approval.isTakenBack()
                        && (episode.grounds().exceeded().contains(approval.approvalId())
                                || times(episode).anyMatch(approval::covers)))
                .map(approval -> "; beyond " + describe(approval, calendar))
                .collect(Collectors.joining());
    }

    /** What was approved for the time of one of these, but of another dataset: it may be a slip. */
    private String approvedInstead(AccountId account, String scope, Episode episode, WorkingCalendar calendar) {
        List<ExportApproval> others = approvals.apply(account).stream()
                .filter(approval -> !approval.dataset().equals(Exports.dataset(scope))
                        && !approval.isTakenBack()
                        && times(episode).anyMatch(approval::covers))
                .toList();
        if (others.isEmpty()) {
            return "";
        }
        String named = others.stream()
                .limit(MOST_NAMED)
                .map(approval -> describe(approval, calendar))
                .collect(Collectors.joining(", and "));
        return "; not covered by " + named
                + (others.size() > MOST_NAMED ? ", nor by " + (others.size() - MOST_NAMED) + " more" : "");
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
            return "by the approvals as they are now, it was not used for this";
        }
        @Nullable String dataset = Exports.dataset(alert.scope());
        if (policy.excepts(Rule.OFF_HOURS_EXPORT, alert.account(), dataset, alert.start())) {
            return "the policy has an exception for it now";
        }
        boolean isApproved = approvals.apply(alert.account()).stream()
                .anyMatch(approval -> approval.dataset().equals(dataset)
                        && !approval.isTakenBack()
                        && approval.covers(alert.start()));
        if (isApproved) {
            return "as far as it was approved, the approval's use is recorded instead";
        }
        if (Exports.isForbidden(alert.scope())) {
            return "by the policy as it is now, it is not forbidden";
        }
        WorkingCalendar calendar = calendars.of(directory.apply(alert.account(), alert.start()));
        if (!calendar.isWorkingTime(alert.start())) {
            return "by the policy as it is now, it is forbidden at any hour, which another alert tells";
        }
        return "by calendar " + calendar.name()
                + (alert.policyVersion().equals(policy.versionName())
                        ? ", which is known now to have held for the account,"
                        : " as the policy has it now,")
                + " it was within working time";
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

    private static String amount(String scope, Episode episode) {
        @Nullable String dataset = Exports.dataset(scope);
        return Wording.peoplesRecords(episode.records(), episode.unknownRecords())
                + (dataset == null ? "" : " of " + dataset);
    }

    private static String observed(Episode episode, WorkingCalendar calendar) {
        return Wording.accesses(episode.events()) + " (" + actions(episode) + ") "
                + Wording.fromTo(episode.start(), episode.end(), calendar.zone()) + ", "
                + Wording.peoplesRecords(episode.records(), episode.unknownRecords());
    }

    /** By what was done, where that says it. */
    private static String way(Episode episode) {
        if (episode.actions().equals(Set.of(Action.COPY_TO_MEDIA))) {
            return "on external media";
        }
        return episode.actions().equals(Set.of(Action.EMAIL))
                ? "by e-mail to an outside domain"
                : "on external media or to an outside address";
    }

    private static String actions(Episode episode) {
        return new TreeSet<>(episode.actions()).stream().map(Action::label).collect(Collectors.joining(", "));
    }

    private static String chosenCalendar(@Nullable DirectoryEntry entry, WorkingCalendar calendar) {
        @Nullable String named = entry == null ? null : entry.calendar();
        String missing = named == null || named.equals(calendar.name())
                ? ""
                : "; the directory names " + named + ", which the policy does not have";
        return "calendar " + calendar.name() + " (" + calendar.zone().getId() + missing + ")";
    }
}
