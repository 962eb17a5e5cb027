package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Wording;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts exports outside working time into words. */
final class OffHoursExportAlerts implements AlertWriter {

    private final Policy policy;
    private final WorkingTimes workingTimes;
    private final String policyVersion;
    private final Function<AccountId, @Nullable DirectoryEntry> directory;

    OffHoursExportAlerts(
            Policy policy, WorkingTimes workingTimes, Function<AccountId, @Nullable DirectoryEntry> directory) {
        this.policy = policy;
        this.workingTimes = workingTimes;
        this.policyVersion = policy.versionName();
        this.directory = directory;
    }

    @Override
    public Alert write(AccountId account, String scope, Episode episode, AlertState state) {
        @Nullable DirectoryEntry entry = directory.apply(account);
        WorkingCalendar calendar = workingTimes.calendar(entry);
        String day = calendar.describe(episode.start().atZone(calendar.zone()).toLocalDate());
        String amount = Wording.peoplesRecords(episode.records(), episode.unknownRecords());
        Map<String, String> settings = new TreeMap<>();
        settings.put("off-hours.calendar", calendar.name());
        settings.put("off-hours.zone", calendar.zone().getId());
        settings.put("quiet", Wording.span(policy.quiet()));
        return new Alert(
                Alert.idOf(Rule.OFF_HOURS_EXPORT, account, scope, episode.start()),
                Rule.OFF_HOURS_EXPORT,
                account,
                scope,
                state,
                severity(episode, policy.bulkRead().ceiling(account.value(), scope)),
                episode.start(),
                episode.end(),
                Wording.who(account, entry) + " took out " + amount
                        + (scope.equals(WorkingTimes.EXPORTS) ? "" : " of " + scope) + " on "
                        + Wording.timeWithWeekday(episode.start(), calendar.zone()) + ", " + day + " in calendar "
                        + calendar.name(),
                Wording.accesses(episode.events()) + " (" + actions(episode) + ") from "
                        + Wording.time(episode.start(), calendar.zone()) + " to "
                        + Wording.time(episode.end(), calendar.zone()) + ", " + amount,
                "exports within working time only, by " + chosenCalendar(entry, calendar) + ": " + day,
                episode.events(),
                episode.records(),
                episode.unknownRecords(),
                episode.evidence(),
                settings,
                policyVersion,
                entry == null ? null : entry.name(),
                entry == null ? null : entry.department(),
                null);
    }

    @Override
    public String whyWithdrawn(Alert alert) {
        return "by the calendar that the directory gives the account now, it was within working time";
    }

    /**
     * Critical where data went out by e-mail or on external media and how much is unknown or above the bulk-read
     * ceiling; high where one of the two holds; else medium.
     */
    static Severity severity(Episode episode, long ceiling) {
        boolean isMuch = episode.unknownRecords() > 0 || episode.records() > ceiling;
        boolean leavesTheHouse =
                episode.actions().contains(Action.EMAIL) || episode.actions().contains(Action.COPY_TO_MEDIA);
        if (isMuch && leavesTheHouse) {
            return Severity.CRITICAL;
        }
        return isMuch || leavesTheHouse ? Severity.HIGH : Severity.MEDIUM;
    }

    private static String actions(Episode episode) {
        return new TreeSet<>(episode.actions()).stream().map(Action::label).collect(Collectors.joining(", "));
    }

    private static String chosenCalendar(@Nullable DirectoryEntry entry, WorkingCalendar calendar) {
        String chosen = "calendar " + calendar.name();
        if (entry == null || entry.calendar() == null || entry.calendar().equals(calendar.name())) {
            return chosen;
        }
        return chosen + " (the directory names " + entry.calendar() + ", which the policy does not have)";
    }
}
