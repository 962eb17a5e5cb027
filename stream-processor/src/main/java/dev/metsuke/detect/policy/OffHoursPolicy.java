package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When exports are expected.
 *
 * @param defaultCalendar whose calendar holds where neither the directory nor the department says
 * @param calendars working calendars by name; {@code office} is there without being named
 * @param departments which calendar holds for a department
 */
public record OffHoursPolicy(
        @Default("office") String defaultCalendar,
        Map<String, CalendarPolicy> calendars,
        Map<String, String> departments) {

    private static final String OFFICE = "office";

    public OffHoursPolicy {
        Map<String, CalendarPolicy> known = new TreeMap<>(calendars);
        known.putIfAbsent(OFFICE, CalendarPolicy.office());
        calendars = Collections.unmodifiableMap(known);
        departments = Collections.unmodifiableMap(new TreeMap<>(departments));
        List<String> unknown = departments.values().stream()
                .filter(calendar -> !known.containsKey(calendar))
                .toList();
        Check.that()
                .holds(
                        known.containsKey(defaultCalendar),
                        "default-calendar " + defaultCalendar + " is not among the calendars " + known.keySet())
                .holds(unknown.isEmpty(), "departments name calendars that do not exist: " + unknown)
                .orThrow();
    }

    /** The name of the calendar that holds: the account's own, else its department's, else the default. */
    public String calendarFor(@Nullable String ofAccount, @Nullable String department) {
        if (ofAccount != null && calendars.containsKey(ofAccount)) {
            return ofAccount;
        }
        return department == null ? defaultCalendar : departments.getOrDefault(department, defaultCalendar);
    }
}
