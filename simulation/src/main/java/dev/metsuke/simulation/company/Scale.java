package dev.metsuke.simulation.company;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How large a simulation is; the same scale gives the same bytes.
 *
 * @param accounts how many accounts the directory has
 * @param days how many days are simulated
 * @param seed what is drawn
 * @param from the first day
 */
public record Scale(int accounts, int days, long seed, LocalDate from) {

    public static final int LEAST_ACCOUNTS = 100;
    public static final int MOST_ACCOUNTS = 100_000;
    public static final int LEAST_DAYS = 28;

    /** Sixty days from here have two month-ends, two national holidays and Obon. */
    public static final LocalDate USUAL_FROM = LocalDate.of(2026, 7, 1);

    public Scale {
        List<String> problems = new ArrayList<>();
        if (accounts < LEAST_ACCOUNTS || accounts > MOST_ACCOUNTS) {
            problems.add("--accounts is " + accounts + "; it can be " + LEAST_ACCOUNTS + " (below, not every kind of"
                    + " incident finds somebody) to " + MOST_ACCOUNTS);
        }
        if (days < LEAST_DAYS) {
            problems.add("--days is " + days + "; it must be " + LEAST_DAYS
                    + " or more, so that incidents have ordinary days before them");
        }
        if (from.isBefore(CompanyDays.FIRST) || ChronoUnit.DAYS.between(from, CompanyDays.LAST) < Math.max(days, 0)) {
            problems.add("--from is " + from + "; all days must lie from " + CompanyDays.FIRST + " to "
                    + CompanyDays.LAST + ", whose national holidays are known");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
    }
}
