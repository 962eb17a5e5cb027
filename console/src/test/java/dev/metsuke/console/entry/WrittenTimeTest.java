package dev.metsuke.console.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.language.Text;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @ParameterizedTest
    @CsvSource({
        "2026-03-31, 2026-03-30T15:00:00Z",
        "2026/3/1, 2026-02-28T15:00:00Z",
        "2026-03-31 18:00, 2026-03-31T09:00:00Z",
        "2026-03-31T18:00:30, 2026-03-31T09:00:30Z",
        "2026/03/31 8:05, 2026-03-30T23:05:00Z",
        "2026年3月31日, 2026-03-30T15:00:00Z",
        "2026年3月31日 18:00, 2026-03-31T09:00:00Z",
        "２０２６／３／３１　１８：００, 2026-03-31T09:00:00Z",
        "2026-03-31T18:00:00+00:00, 2026-03-31T18:00:00Z",
        "2026-03-31T18:00:00.250Z, 2026-03-31T18:00:00.250Z"
    })
    void readsWhatPeopleWrite(String written, Instant meant) {
        assertThat(WrittenTime.parse(written, TOKYO)).contains(meant);
    }

    @Test
    void endsADateAfterItsLastMoment() {
        assertThat(WrittenTime.parseEnd("2026-03-31", TOKYO)).contains(Instant.parse("2026-03-31T15:00:00Z"));
        assertThat(WrittenTime.parseEnd("2026-03-31 12:00", TOKYO)).contains(Instant.parse("2026-03-31T03:00:00Z"));
    }

    /** Who means no end by it does not ask for the year 10000, which the archive does not know. */
    @Test
    void endsWithTheLastYearOfFourDigits() {
        assertThat(WrittenTime.parseEnd("9999-12-31", ZoneId.of("UTC")))
                .contains(Instant.parse("9999-12-31T23:59:59.999Z"));
        assertThat(WrittenTime.parse("+12026-03-31T00:00:00Z", TOKYO)).isEmpty();
        assertThat(WrittenTime.parse("+999999999-12-31T00:00:00+09:00", TOKYO)).isEmpty();
    }

    @Test
    void takesWhatLiesBefore1990ForASlipOfThePen() {
        assertThat(WrittenTime.problem("0026-03-31", Instant.parse("0026-03-31T00:00:00Z")))
                .contains(Text.of("entry.time.before-1990", "0026-03-31"));
        assertThat(WrittenTime.problem("1990-01-01", Instant.parse("1990-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026/2/30", "2026-02-30 18:00", "2026-13-01", "2026年4月31日"})
    void saysWhereThereIsNoSuchDay(String written) {
        assertThat(WrittenTime.parse(written, TOKYO)).isEmpty();
        assertThat(WrittenTime.unreadable(written)).hasToString("is “" + written + "”; there is no such day");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2026-03-31 25:00", "2026-03-31 ff", "31.03.2026"})
    void saysHowElseATimeIsWritten(String written) {
        assertThat(WrittenTime.unreadable(written)).asString().startsWith("is “" + written + "”; write 2026-03-31, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31/3/26",
                "-5-3-31",
                "026-03-31",
                "",
                "2026-02-30",
                "2026-13-01",
                "31.03.2026",
                "tomorrow",
                "2026-03-31 25:00",
                "2026-03"
            })
    void refusesWhatIsNoTime(String written) {
        assertThat(WrittenTime.parse(written, TOKYO)).isEmpty();
    }
}
