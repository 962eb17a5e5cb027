package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.OffHoursPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.DirectoryEntry;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides whether an access took data out at a time at which the account does not work. */
final class WorkingTimes {

    /** The scope of an episode whose accesses do not say what they took. */
    static final String EXPORTS = "exports";

    private final OffHoursPolicy policy;
    private final Map<String, WorkingCalendar> calendars = new TreeMap<>();

    WorkingTimes(Policy policy) {
        this.policy = policy.offHours();
        this.policy
                .calendars()
                .forEach((name, calendar) -> calendars.put(name, calendar.calendar(name, policy.zone())));
    }

    WorkingCalendar calendar(@Nullable DirectoryEntry entry) {
        String name =
                policy.calendarFor(entry == null ? null : entry.calendar(), entry == null ? null : entry.department());
        return Objects.requireNonNull(calendars.get(name), "the policy checked that every calendar exists");
    }

    /** The scope of the finding, where the access is one. */
    static Optional<String> finding(Access access, WorkingCalendar calendar) {
        if (!access.action().takesDataOut() || access.hasFailed() || calendar.isWorkingTime(access.time())) {
            return Optional.empty();
        }
        return Optional.of(access.dataset() == null ? EXPORTS : access.dataset());
    }
}
