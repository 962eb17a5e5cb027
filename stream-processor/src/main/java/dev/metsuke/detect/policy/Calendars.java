package dev.metsuke.detect.policy;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.events.account.DirectoryEntry;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Knows by which calendar an account works. */
public final class Calendars {

    private final OffHoursPolicy policy;
    private final Map<String, WorkingCalendar> calendars = new TreeMap<>();

    public Calendars(Policy policy) {
        this.policy = policy.offHours();
        this.policy
                .calendars()
                .forEach((name, calendar) -> calendars.put(name, calendar.calendar(name, policy.zone())));
    }

    public WorkingCalendar of(@Nullable DirectoryEntry entry) {
        String name =
                policy.calendarFor(entry == null ? null : entry.calendar(), entry == null ? null : entry.department());
        return Objects.requireNonNull(calendars.get(name), "the policy checked that every calendar exists");
    }
}
