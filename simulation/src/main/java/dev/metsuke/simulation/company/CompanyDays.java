package dev.metsuke.simulation.company;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which days are free: Japan's national holidays as the Cabinet Office publishes them, Obon, the turn of the year. */
public final class CompanyDays {

    /** Written out rather than computed, so that the labels do not rest on what they are to test. */
    private static final Map<Integer, Set<MonthDay>> NATIONAL_HOLIDAYS = Map.of(
            2024,
            days("01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23"
                    + " 10-14 11-03 11-04 11-23"),
            2025,
            days("01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03"
                    + " 11-23 11-24"),
            2026,
            days("01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03"
                    + " 11-23"),
            2027,
            days("01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03"
                    + " 11-23"));

    /** The first day whose holidays are known. */
    public static final LocalDate FIRST = LocalDate.of(2024, Month.JANUARY, 1);

    /** The last day whose holidays are known. */
    public static final LocalDate LAST = LocalDate.of(2027, Month.DECEMBER, 31);

    private final LocalDate extraWorkingDay;

    /** Of a company that works one Saturday, for the inventory: the third one at the earliest. */
    CompanyDays(LocalDate start) {
        LocalDate saturday = start.plusDays(16);
        while (saturday.getDayOfWeek() != DayOfWeek.SATURDAY
                || isNationalHoliday(saturday)
                || isCompanyDayOff(saturday)) {
            saturday = saturday.plusDays(1);
        }
        extraWorkingDay = saturday;
    }

    /** A Saturday on which the offices work. */
    public LocalDate extraWorkingDay() {
        return extraWorkingDay;
    }

    public boolean isWorkingDay(Calendar calendar, LocalDate date) {
        if (!calendar.hasHolidays()) {
            return calendar.holds(date.getDayOfWeek());
        }
        boolean usual = calendar.holds(date.getDayOfWeek()) && !isNationalHoliday(date) && !isCompanyDayOff(date);
        return usual || date.equals(extraWorkingDay);
    }

    public static boolean isNationalHoliday(LocalDate date) {
        return NATIONAL_HOLIDAYS.getOrDefault(date.getYear(), Set.of()).contains(MonthDay.from(date));
    }

    /** Obon, 13 to 15 August, and the turn of the year, 29 December to 3 January. */
    public static boolean isCompanyDayOff(LocalDate date) {
        int day = date.getDayOfMonth();
        return switch (date.getMonth()) {
            case AUGUST -> day >= 13 && day <= 15;
            case DECEMBER -> day >= 29;
            case JANUARY -> day <= 3;
            default -> false;
        };
    }

    /** Whether it is one of the last two working days of its month. */
    public boolean isMonthEnd(Calendar calendar, LocalDate date) {
        if (!isWorkingDay(calendar, date)) {
            return false;
        }
        LocalDate last = YearMonth.from(date).atEndOfMonth();
        long left = date.datesUntil(last.plusDays(1))
                .filter(day -> isWorkingDay(calendar, day))
                .count();
        return left <= 2;
    }

    private static Set<MonthDay> days(String days) {
        return Stream.of(days.split(" ", -1))
                .map(day -> MonthDay.parse("--" + day))
                .collect(Collectors.toUnmodifiableSet());
    }
}
