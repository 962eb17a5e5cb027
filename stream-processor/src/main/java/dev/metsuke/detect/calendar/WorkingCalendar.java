package dev.metsuke.detect.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells working time from the rest, by local time: a change of the clocks moves nothing. */
public final class WorkingCalendar {

    /** Until 2149. */
    private static final int REMEMBERED_DAYS = 1 << 16;

    private final String name;
    private final ZoneId zone;
    private final Map<DayOfWeek, List<Shift>> hours;
    private final NationalHolidays holidays;
    private final List<Days> daysOff;
    private final List<Days> workingDays;

    /** By days since 1970; several threads may find out the same. */
    private final AtomicReferenceArray<@Nullable List<Shift>> shiftsByDay = new AtomicReferenceArray<>(REMEMBERED_DAYS);

    public WorkingCalendar(
            String name,
            ZoneId zone,
            Map<DayOfWeek, List<Shift>> hours,
            NationalHolidays holidays,
            List<Days> daysOff,
            List<Days> workingDays) {
        this.name = name;
        this.zone = zone;
        this.hours = new EnumMap<>(DayOfWeek.class);
        this.hours.putAll(hours);
        this.holidays = holidays;
        this.daysOff = List.copyOf(daysOff);
        this.workingDays = List.copyOf(workingDays);
    }

    public String name() {
        return name;
    }

    public ZoneId zone() {
        return zone;
    }

    public boolean isWorkingTime(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        LocalDate date = local.toLocalDate();
        LocalTime time = local.toLocalTime();
        return shifts(date).stream().anyMatch(shift -> shift.holdsOnItsDay(time))
                || shifts(date.minusDays(1)).stream().anyMatch(shift -> shift.holdsOnNextDay(time));
    }

    /** Whether somebody works on that day. */
    public boolean isWorkingDay(LocalDate date) {
        return isWorkingDay(date.toEpochDay());
    }

    /** The same by days since 1970; asked of every day from which is learnt what is usual. */
    public boolean isWorkingDay(long epochDay) {
        return !shifts(epochDay).isEmpty();
    }

    /** What the calendar says about a time's day. */
    public CalendarDay day(Instant instant) {
        return day(instant.atZone(zone).toLocalDate());
    }

    /** The same about the day before, where the shifts of the time's own day, or those usual on that weekday, would have reached so far. */
    public Optional<CalendarDay> dayBefore(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        LocalDate date = local.toLocalDate();
        LocalDate before = date.minusDays(1);
        boolean isOfTheNight = Stream.of(shifts(date), hours.getOrDefault(before.getDayOfWeek(), List.of()))
                .flatMap(List::stream)
                .anyMatch(shift -> shift.holdsOnNextDay(local.toLocalTime()));
        return isOfTheNight ? Optional.of(day(before)) : Optional.empty();
    }

    private CalendarDay day(LocalDate date) {
        List<Shift> shifts = shifts(date);
        if (!shifts.isEmpty()) {
            return new CalendarDay.Working(shifts);
        }
        if (isListed(daysOff, date)) {
            return CalendarDay.Off.COMPANY_DAY_OFF;
        }
        return holidays.contains(date) ? CalendarDay.Off.NATIONAL_HOLIDAY : CalendarDay.Off.NOT_WORKING;
    }

    private List<Shift> shifts(LocalDate date) {
        return shifts(date.toEpochDay());
    }

    private List<Shift> shifts(long epochDay) {
        if (epochDay < 0 || epochDay >= REMEMBERED_DAYS) {
            return find(LocalDate.ofEpochDay(epochDay));
        }
        int place = (int) epochDay;
        List<Shift> known = shiftsByDay.get(place);
        if (known == null) {
            known = find(LocalDate.ofEpochDay(epochDay));
            shiftsByDay.set(place, known);
        }
        return known;
    }

    /** An extra working day has the hours of its weekday, or of the week's first working day where that has none. */
    private List<Shift> find(LocalDate date) {
        List<Shift> usual = hours.getOrDefault(date.getDayOfWeek(), List.of());
        if (isListed(workingDays, date)) {
            return usual.isEmpty()
                    ? hours.values().stream()
                            .filter(shifts -> !shifts.isEmpty())
                            .findFirst()
                            .orElse(List.of())
                    : usual;
        }
        return isListed(daysOff, date) || holidays.contains(date) ? List.of() : usual;
    }

    private static boolean isListed(List<Days> days, LocalDate date) {
        return days.stream().anyMatch(listed -> listed.contains(date));
    }
}
