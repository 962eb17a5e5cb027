package dev.metsuke.detect.bulkread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.calendar.NationalHolidays;
import dev.metsuke.detect.calendar.Shift;
import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.policy.UnusualPolicy;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTest {

    private static final int LATENESS_MINUTES = 24 * 60;
    private static final int DAYS = 60;
    private static final int SEEDS = 30;

    /** Before the clocks change in New York, and on Lord Howe Island, where they change by half an hour. */
    private static final long FIRST = LocalDate.of(2026, 9, 20).toEpochDay();

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "America/New_York", "Australia/Lord_Howe"})
    void learnsTheSameOfDaysThatComeOneByOne(String zone) {
        Usual nothing = new Usual(
                calendar(ZoneId.of(zone)),
                new UnusualPolicy(80, 5, 8),
                LATENESS_MINUTES,
                bound -> DepartmentUsual.UNKNOWN);
        for (int seed = 0; seed < SEEDS; seed++) {
            List<ReadDay> days = days(new Random(seed));
            Usual atOnce = nothing.and(days);

            Usual oneByOne = nothing;
            for (ReadDay day : days) {
                Usual before = oneByOne;
                List<Object> told = tell(before);
                oneByOne = before.and(List.of(day));
                assertThat(tell(before))
                        .as("what was learnt before is left alone")
                        .isEqualTo(told);
            }

            assertThat(tell(oneByOne)).as("seed " + seed).isEqualTo(tell(atOnce));
        }
    }

    private static List<Object> tell(Usual usual) {
        List<Object> told = new ArrayList<>();
        long last = FIRST + DAYS + 4;
        for (int hour = 0; hour < 48; hour += 5) {
            told.add(String.valueOf(usual.hour((last * 24 + hour) * 60)));
            told.add(String.valueOf(usual.day(last * 24 + hour)));
        }
        for (long day = FIRST + DAYS - 3; day < last; day++) {
            told.add(String.valueOf(usual.month(day, 12)));
            told.add(usual.leastOfWindowsWith(day));
        }
        told.add(usual.historyFrom(last));
        told.add(usual.personDays(FIRST, last));
        told.add(Arrays.toString(usual.restOfMonth(FIRST + DAYS, FIRST + DAYS - 2)));
        return told;
    }

    private static List<ReadDay> days(Random random) {
        List<ReadDay> days = new ArrayList<>();
        for (long day = FIRST; day < FIRST + DAYS; day++) {
            if (random.nextInt(4) > 0) {
                days.add(day(day, random));
            }
        }
        return days;
    }

    /** Hours at both ends of the day as well, so that local dates have some of two days. */
    private static ReadDay day(long day, Random random) {
        int[] hours = random.ints(0, 24).limit(4).distinct().sorted().toArray();
        CompactWriter out = new CompactWriter().number(hours.length);
        long flagged = 0;
        for (int hour : hours) {
            out.number(hour).number(random.nextInt(200));
            flagged |= random.nextInt(40) == 0 ? 1L << hour : 0;
        }
        byte[] bytes = out.number(flagged).bytes(new byte[0]).bytes();
        return ReadDay.read(day, new CompactReader(bytes));
    }

    private static WorkingCalendar calendar(ZoneId zone) {
        Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, day.getValue() <= 5 ? List.of(Shift.parse("09:00-18:00")) : List.of());
        }
        return new WorkingCalendar("any", zone, week, NationalHolidays.of("japan"), List.of(), List.of());
    }
}
