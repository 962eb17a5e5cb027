package dev.metsuke.detect.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NationalHolidaysTest {

    /** As the Cabinet Office publishes them. */
    @ParameterizedTest
    @CsvSource({
        "2024, 01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23"
                + " 10-14 11-03 11-04 11-23",
        "2025, 01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03"
                + " 11-23 11-24",
        "2026, 01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03"
                + " 11-23",
        "2027, 01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23"
    })
    void knowsJapansHolidays(int year, String days) {
        // Given
        NationalHolidays japan = NationalHolidays.of("japan");
        List<LocalDate> expected = Arrays.stream(days.split(" "))
                .map(day -> LocalDate.parse(year + "-" + day))
                .toList();

        // When
        Stream<LocalDate> holidays = LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(japan::contains);

        // Then
        assertThat(holidays).containsExactlyElementsOf(expected);
    }

    /** A log may claim any: year 1 is what many programs write for no time at all. */
    @ParameterizedTest
    @ValueSource(strings = {"japan", "germany", "united-states", "singapore"})
    void answersForEveryYear(String country) {
        NationalHolidays holidays = NationalHolidays.of(country);

        assertThatCode(() -> {
                    for (int year = 0; year < 10_000; year++) {
                        holidays.contains(LocalDate.of(year, 3, 20));
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void knowsOtherCountriesAndNone() {
        LocalDate unityDay = LocalDate.of(2026, 10, 3);
        assertThat(NationalHolidays.of("germany").contains(unityDay)).isTrue();
        assertThat(NationalHolidays.of("none").contains(unityDay)).isFalse();
    }

    /** As people write them, and jollyday does not: its names of some countries are misspelt. */
    @ParameterizedTest
    @ValueSource(strings = {"united-kingdom", "united_kingdom", "United Kingdom", "hong kong", "Slovakia", "slowakia"})
    void knowsACountryHoweverItsNameIsWritten(String country) {
        assertThat(NationalHolidays.of(country).contains(LocalDate.of(2026, 12, 25)))
                .isTrue();
    }

    /** A code is no name: {@code no} is meant for none, and Norway's. */
    @ParameterizedTest
    @CsvSource({"GB, united-kingdom", "us, united-states", "USA, united-states", "no, norway", "SK, slovakia"})
    void namesTheCountryThatACodeIsOf(String code, String country) {
        assertThatThrownBy(() -> NationalHolidays.of(code))
                .hasMessage(
                        "holidays of %s are not known; it can be japan, none, or another country's English name,"
                                + " which is %s for this code",
                        code, country);
    }

    @ParameterizedTest
    @ValueSource(strings = {"atlantis", "china", "thailand"})
    void saysWhatToDoAboutACountryThatItDoesNotKnow(String country) {
        assertThatThrownBy(() -> NationalHolidays.of(country))
                .hasMessage(
                        "holidays of %s are not known; it can be japan, none, or another country's English name;"
                                + " for a country that is not known, write none, and its holidays as days-off",
                        country);
    }
}
