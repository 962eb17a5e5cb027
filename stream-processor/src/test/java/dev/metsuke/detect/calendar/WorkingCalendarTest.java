package dev.metsuke.detect.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingCalendarTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:00, true",
        "2026-11-24T17:59:59.999, true",
        "2026-11-24T18:00, false",
        "2026-11-24T08:59:59, false",
        "2026-11-21T10:00, false",
        "2026-11-23T10:00, false",
        "2026-11-28T10:00, true",
        "2026-12-30T10:00, false",
        "2027-01-02T10:00, false",
        "2026-08-14T10:00, false"
    })
    void tellsWorkingTime(String local, boolean expected) {
        // Given
        WorkingCalendar calendar = new WorkingCalendar(
                "office",
                TOKYO,
                Map.of(
                        DayOfWeek.MONDAY, List.of(Shift.parse("09:00-18:00")),
                        DayOfWeek.TUESDAY, List.of(Shift.parse("09:00-18:00")),
                        DayOfWeek.WEDNESDAY, List.of(Shift.parse("09:00-18:00")),
                        DayOfWeek.FRIDAY, List.of(Shift.parse("09:00-18:00"))),
                NationalHolidays.of("japan"),
                List.of(Days.parse("12-29..01-03"), Days.parse("2026-08-13..2026-08-15")),
                List.of(Days.parse("2026-11-28")));

        // When
        boolean isWorking = calendar.isWorkingTime(at(local, TOKYO));

        // Then
        assertThat(isWorking).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T21:59, false",
        "2026-11-24T22:00, true",
        "2026-11-25T05:59, true",
        "2026-11-25T06:00, false",
        "2026-11-26T01:00, false"
    })
    void shiftOverMidnightBelongsToTheDayOnWhichItStarts(String local, boolean expected) {
        // Given
        WorkingCalendar night = nights(TOKYO);

        // When
        boolean isWorking = night.isWorkingTime(at(local, TOKYO));

        // Then
        assertThat(isWorking).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // The clocks in Berlin go back at 03:00 summer time on 2026-10-25: 02:30 comes twice, and both are work.
        "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:30:00Z, true",
        "2026-10-25T04:59:00Z, true",
        "2026-10-25T05:00:00Z, false"
    })
    void changeOfTheClocksMovesNothing(String instant, boolean expected) {
        // Given
        WorkingCalendar saturdayNight = new WorkingCalendar(
                "night",
                ZoneId.of("Europe/Berlin"),
                Map.of(DayOfWeek.SATURDAY, List.of(Shift.parse("22:00-06:00"))),
                NationalHolidays.of("none"),
                List.of(),
                List.of());

        // When
        boolean isWorking = saturdayNight.isWorkingTime(Instant.parse(instant));

        // Then
        assertThat(isWorking).isEqualTo(expected);
    }

    @Test
    void wholeDayIsWork() {
        Shift wholeDay = Shift.parse("00:00-24:00");
        assertThat(wholeDay.holdsOnItsDay(LocalTime.MAX)).isTrue();
        assertThat(wholeDay.holdsOnNextDay(LocalTime.MIDNIGHT)).isFalse();
        assertThat(wholeDay).hasToString("00:00-24:00");
    }

    @Test
    void saysWhatADayIs() {
        WorkingCalendar night = nights(TOKYO);
        assertThat(night.day(Instant.parse("2026-11-24T20:00:00+09:00")))
                .isEqualTo(new CalendarDay.Working(List.of(Shift.parse("22:00-06:00"))));
        assertThat(night.dayBefore(Instant.parse("2026-11-24T20:00:00+09:00"))).isEmpty();
        assertThat(night.day(Instant.parse("2026-11-26T20:00:00+09:00"))).isEqualTo(CalendarDay.Off.NOT_WORKING);
    }

    @Test
    void saysWhyNoShiftReachedIntoTheMorning() {
        assertThat(nights(TOKYO).dayBefore(Instant.parse("2026-11-24T03:00:00+09:00")))
                .contains(CalendarDay.Off.NATIONAL_HOLIDAY);
    }

    /** The 23rd is a holiday, and nobody works on the 24th otherwise: that the 23rd was free is why the night is none of work. */
    @Test
    void saysWhyNoShiftReachedIntoAMorningOnWhichNoneBegins() {
        WorkingCalendar mondayNights = new WorkingCalendar(
                "night",
                TOKYO,
                Map.of(DayOfWeek.MONDAY, List.of(Shift.parse("22:00-06:00"))),
                NationalHolidays.of("japan"),
                List.of(),
                List.of());

        assertThat(mondayNights.dayBefore(Instant.parse("2026-11-24T03:00:00+09:00")))
                .contains(CalendarDay.Off.NATIONAL_HOLIDAY);
        assertThat(mondayNights.dayBefore(Instant.parse("2026-11-24T06:00:00+09:00")))
                .isEmpty();
        assertThat(mondayNights.dayBefore(Instant.parse("2026-11-25T03:00:00+09:00")))
                .isEmpty();
    }

    @Test
    void saysHowTimesAndDaysAreWritten() {
        assertThatThrownBy(() -> Shift.parse("nine to five")).hasMessageContaining("such as 09:00-18:00");
        assertThatThrownBy(() -> Days.parse("obon")).hasMessageContaining("such as 2026-08-13");
        assertThatThrownBy(() -> Days.parse("2026-08-15..2026-08-13"))
                .hasMessage("the last day must not be before the first");
    }

    @Test
    void knowsWorkingDaysByTheirNumberAlsoLongAgoAndInFarFuture() {
        WorkingCalendar calendar = nights(TOKYO);
        for (String around : List.of("1970-01-01", "2026-11-24", "2149-06-06")) {
            for (int i = -10; i < 10; i++) {
                LocalDate date = LocalDate.parse(around).plusDays(i);
                for (int asked = 0; asked < 2; asked++) {
                    assertThat(calendar.isWorkingDay(date.toEpochDay()))
                            .as("%s, asked before: %s", date, asked > 0)
                            .isEqualTo(calendar.isWorkingDay(date));
                }
            }
        }
    }

    private static WorkingCalendar nights(ZoneId zone) {
        return new WorkingCalendar(
                "night",
                zone,
                Map.of(DayOfWeek.TUESDAY, List.of(Shift.parse("22:00-06:00"))),
                NationalHolidays.of("japan"),
                List.of(),
                List.of());
    }

    private static Instant at(String local, ZoneId zone) {
        return ZonedDateTime.of(LocalDateTime.parse(local), zone).toInstant();
    }
}
