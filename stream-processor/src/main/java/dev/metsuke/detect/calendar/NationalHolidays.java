package dev.metsuke.detect.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A country's holidays, by jollyday; for Japan mended by the Act on National Holidays, which jollyday is behind of. */
public final class NationalHolidays {

    private static final String NONE = "none";
    /** Of these the approximation of the equinoxes is known to be exact; others are left as jollyday has them. */
    private static final int FIRST_MENDED = 1980;

    private static final int LAST_MENDED = 2099;
    private static final Map<String, NationalHolidays> BY_NAME = new ConcurrentHashMap<>();
    private static final Map<String, HolidayCalendar> COUNTRIES = countries();

    private final String name;
    private final Map<Integer, Set<LocalDate>> byYear = new ConcurrentHashMap<>();

    private NationalHolidays(String name) {
        this.name = name;
    }

    /** By {@code japan}, {@code none}, or any other country's English name, such as {@code germany}, as Java or jollyday has it. */
    public static NationalHolidays of(String name) {
        if (!name.equals(NONE)) {
            country(name);
        }
        return BY_NAME.computeIfAbsent(name, NationalHolidays::new);
    }

    public boolean contains(LocalDate date) {
        return !name.equals(NONE)
                && byYear.computeIfAbsent(date.getYear(), this::holidays).contains(date);
    }

    private Set<LocalDate> holidays(int year) {
        HolidayCalendar country = country(name);
        Set<LocalDate> dates = known(country, year);
        boolean isMended = country == HolidayCalendar.JAPAN && year >= FIRST_MENDED && year <= LAST_MENDED;
        return isMended ? mendedForJapan(year, dates) : dates;
    }

    /** None in a year that cannot be told: Java knows the calendar of Islam for 1883 to 2173 alone. */
    private static Set<LocalDate> known(HolidayCalendar country, int year) {
        HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(country));
        try {
            return manager.getHolidays(Year.of(year)).stream()
                    .map(Holiday::getDate)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (DateTimeException e) {
            return Set.of();
        }
    }

    private static HolidayCalendar country(String name) {
        HolidayCalendar country = COUNTRIES.get(plain(name));
        if (country == null) {
            throw new IllegalArgumentException(
                    "holidays of " + name + " are not known; it can be japan, none, or another"
                            + " country's English name" + nameOfCode(name));
        }
        return country;
    }

    /** Also by the names that Java has, since jollyday misspells some. */
    private static Map<String, HolidayCalendar> countries() {
        Map<String, HolidayCalendar> countries = new HashMap<>();
        for (HolidayCalendar country : HolidayCalendar.values()) {
            countries.put(plain(englishName(country.getId())), country);
        }
        for (HolidayCalendar country : HolidayCalendar.values()) {
            countries.put(plain(country.name()), country);
        }
        return Map.copyOf(countries);
    }

    /** Codes are told, not taken: {@code no} is Norway's, and whoever writes it may well mean none. */
    private static String nameOfCode(String name) {
        return Arrays.stream(Locale.getISOCountries())
                .filter(code -> code.equalsIgnoreCase(name)
                        || Locale.of("", code).getISO3Country().equalsIgnoreCase(name))
                .map(code -> plain(englishName(code)))
                .filter(COUNTRIES::containsKey)
                .findFirst()
                .map(country -> ", which is " + country + " for this code")
                .orElse("; for a country that is not known, write none, and its holidays as days-off");
    }

    private static String englishName(String code) {
        return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    private static Set<LocalDate> mendedForJapan(int year, Set<LocalDate> known) {
        Set<LocalDate> holidays = new TreeSet<>(known);
        if (year >= 2019) {
            holidays.remove(LocalDate.of(year, Month.DECEMBER, 23));
        }
        if (year >= 2020) {
            holidays.add(LocalDate.of(year, Month.FEBRUARY, 23));
        }
        // Where Culture Day is a Sunday, jollyday gives the Monday in its place; the substitutes below add that day.
        holidays.remove(LocalDate.of(year, Month.NOVEMBER, 4));
        holidays.add(LocalDate.of(year, Month.NOVEMBER, 3));
        holidays.add(LocalDate.of(year, Month.MARCH, equinox(year, 20.8431)));
        holidays.add(LocalDate.of(year, Month.SEPTEMBER, equinox(year, 23.2488)));
        addSubstitutes(holidays);
        addDaysBetween(holidays);
        return holidays;
    }

    /** The usual approximation of the astronomical almanac. */
    private static int equinox(int year, double in1980) {
        int since = year - 1980;
        return (int) (in1980 + 0.242194 * since) - since / 4;
    }

    /** Article 3 (2): a holiday on a Sunday gives the next day that is none. */
    private static void addSubstitutes(Set<LocalDate> holidays) {
        for (LocalDate holiday : Set.copyOf(holidays)) {
            if (holiday.getDayOfWeek() == DayOfWeek.SUNDAY) {
                LocalDate substitute = holiday;
                while (holidays.contains(substitute)) {
                    substitute = substitute.plusDays(1);
                }
                holidays.add(substitute);
            }
        }
    }

    /** Article 3 (3): a day between two holidays is one. */
    private static void addDaysBetween(Set<LocalDate> holidays) {
        for (LocalDate holiday : Set.copyOf(holidays)) {
            if (holidays.contains(holiday.plusDays(2))) {
                holidays.add(holiday.plusDays(1));
            }
        }
    }
}
