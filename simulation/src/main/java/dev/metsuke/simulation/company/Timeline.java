package dev.metsuke.simulation.company;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/** The simulated days, counted from 0, and their times in Japan, which has no summer time. */
public final class Timeline {

    public static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(9);
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    private final LocalDate from;
    private final int days;
    private final long start;
    private final CompanyDays companyDays;

    Timeline(LocalDate from, int days) {
        this.from = from;
        this.days = days;
        this.start = from.atStartOfDay().toInstant(OFFSET).toEpochMilli();
        this.companyDays = new CompanyDays(from);
    }

    public int days() {
        return days;
    }

    public LocalDate date(int day) {
        return from.plusDays(day);
    }

    /** Which day it is; below 0 or from {@link #days} on it is none of the simulated. */
    public int day(LocalDate date) {
        return (int) (date.toEpochDay() - from.toEpochDay());
    }

    public int day(long time) {
        return Math.toIntExact(Math.floorDiv(time - start, DAY));
    }

    /** A time in milliseconds since 1970, by the minutes since the day's midnight. */
    public long time(int day, double minute) {
        return start + day * DAY + (long) (minute * MINUTE);
    }

    public Instant instant(int day, double minute) {
        return Instant.ofEpochMilli(time(day, minute));
    }

    public CompanyDays companyDays() {
        return companyDays;
    }

    public boolean isWorkingDay(Calendar calendar, int day) {
        return companyDays.isWorkingDay(calendar, date(day));
    }

    /** The working days within, in order. */
    public List<Integer> workingDays(Calendar calendar, int first, int afterLast) {
        return IntStream.range(Math.max(0, first), Math.min(days, afterLast))
                .filter(day -> isWorkingDay(calendar, day))
                .boxed()
                .toList();
    }
}
