package dev.metsuke.detect.policy;

import dev.metsuke.detect.calendar.Days;
import dev.metsuke.detect.calendar.NationalHolidays;
import dev.metsuke.detect.calendar.Shift;
import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.operations.settings.Default;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A working calendar.
 *
 * @param zone in which its times are meant; the policy's where absent
 * @param hours working hours by weekday, such as {@code monday: ["09:00-18:00"]}; over midnight: {@code "22:00-06:00"}
 * @param holidays whose national holidays are free: japan, none, or another country's English name
 * @param daysOff company days off, such as {@code 2026-08-13..2026-08-15}, or {@code 12-29..01-03} for every year
 * @param workingDays extra working days, written the same way; they go before holidays and days off
 */
public record CalendarPolicy(
        @Nullable ZoneId zone,
        Map<DayOfWeek, List<Shift>> hours,
        @Default("japan") String holidays,
        List<Days> daysOff,
        List<Days> workingDays) {

    private static final Shift OFFICE_HOURS = Shift.parse("07:00-22:00");

    public CalendarPolicy {
        hours = Collections.unmodifiableMap(new TreeMap<>(hours.isEmpty() ? officeWeek() : hours));
        daysOff = List.copyOf(daysOff);
        workingDays = List.copyOf(workingDays);
        NationalHolidays.of(holidays);
    }

    /** Monday to Friday, 07:00 to 22:00, without Japan's holidays; what a calendar without hours is, too. */
    static CalendarPolicy office() {
        return new CalendarPolicy(null, Map.of(), "japan", List.of(), List.of());
    }

    public WorkingCalendar calendar(String name, ZoneId policyZone) {
        return new WorkingCalendar(
                name, zone == null ? policyZone : zone, hours, NationalHolidays.of(holidays), daysOff, workingDays);
    }

    private static Map<DayOfWeek, List<Shift>> officeWeek() {
        Map<DayOfWeek, List<Shift>> week = new TreeMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() <= DayOfWeek.FRIDAY.getValue()) {
                week.put(day, List.of(OFFICE_HOURS));
            }
        }
        return week;
    }
}
