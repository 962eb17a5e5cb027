package dev.metsuke.detect.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.language.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WordingTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MIDNIGHT = Instant.parse("2026-10-25T00:30:00Z");

    private static final AccountId YAMADA = new AccountId("yamada");
    private static final Wording ENGLISH = Wording.in(Language.ENGLISH);
    private static final Wording JAPANESE = Wording.in(Language.JAPANESE);

    @Test
    void timesSayHowFarTheyAreFromUtc() {
        assertThat(ENGLISH.time(MIDNIGHT, TOKYO)).isEqualTo("2026-10-25 09:30 +09:00");
        assertThat(JAPANESE.time(MIDNIGHT, TOKYO)).isEqualTo("2026-10-25 09:30 +09:00");
        assertThat(ENGLISH.time(MIDNIGHT, ZoneId.of("UTC"))).isEqualTo("2026-10-25 00:30 +00:00");
        assertThat(ENGLISH.timeWithWeekday(MIDNIGHT, TOKYO)).isEqualTo("Sun 2026-10-25 09:30 +09:00");
        assertThat(JAPANESE.timeWithWeekday(MIDNIGHT, TOKYO)).isEqualTo("2026-10-25（日）09:30 +09:00");
    }

    /** Else the second would seem to be no later. */
    @Test
    void bothTimesDoWhereTheClocksChangeInBetween() {
        Instant later = MIDNIGHT.plusSeconds(3_600);

        assertThat(ENGLISH.fromTo(MIDNIGHT, later, TOKYO))
                .isEqualTo("from 2026-10-25 09:30 to 2026-10-25 10:30 +09:00");
        assertThat(JAPANESE.fromTo(MIDNIGHT, later, TOKYO)).isEqualTo("2026-10-25 09:30から2026-10-25 10:30 +09:00まで");
        assertThat(ENGLISH.fromTo(MIDNIGHT, later, BERLIN))
                .isEqualTo("from 2026-10-25 02:30 +02:00 to 2026-10-25 02:30 +01:00");
        assertThat(JAPANESE.fromTo(MIDNIGHT, later, BERLIN))
                .isEqualTo("2026-10-25 02:30 +02:00から2026-10-25 02:30 +01:00まで");
    }

    @Test
    void saysNoMoreThanIsKnown() {
        assertThat(ENGLISH.peoplesRecords(17_500, 0)).isEqualTo("17,500 people's records");
        assertThat(ENGLISH.peoplesRecords(1, 0)).isEqualTo("1 person's record");
        assertThat(ENGLISH.peoplesRecords(0, 0)).isEqualTo("0 people's records");
        assertThat(ENGLISH.peoplesRecords(17_500, 1)).isEqualTo("at least 17,500 people's records");
        assertThat(ENGLISH.peoplesRecords(1, 1)).isEqualTo("at least 1 person's record");
        assertThat(ENGLISH.peoplesRecords(0, 1)).isEqualTo("an unknown number of people's records");
        assertThat(ENGLISH.peoplesRecords(Long.MAX_VALUE, 0)).isEqualTo("9,223,372,036,854,775,807 people's records");

        assertThat(JAPANESE.peoplesRecords(17_500, 0)).isEqualTo("17,500人分の記録");
        assertThat(JAPANESE.peoplesRecords(17_500, 1)).isEqualTo("少なくとも17,500人分の記録");
        assertThat(JAPANESE.peoplesRecords(0, 1)).isEqualTo("人数不明の記録");
    }

    @Test
    void countsAccesses() {
        assertThat(ENGLISH.accesses(0)).isEqualTo("0 accesses");
        assertThat(ENGLISH.accesses(1)).isEqualTo("1 access");
        assertThat(ENGLISH.accesses(2_035)).isEqualTo("2,035 accesses");
        assertThat(JAPANESE.accesses(2_035)).isEqualTo("2,035件のアクセス");
    }

    @Test
    void saysSpansInTheUnitsThatFit() {
        assertThat(ENGLISH.span(Duration.ofSeconds(59))).isEqualTo("under 1 min");
        assertThat(ENGLISH.span(Duration.ofMinutes(10))).isEqualTo("10 min");
        assertThat(ENGLISH.span(Duration.ofMinutes(80))).isEqualTo("1 h 20 min");
        assertThat(ENGLISH.span(Duration.ofHours(47))).isEqualTo("47 h");
        assertThat(ENGLISH.span(Duration.ofHours(50))).isEqualTo("2 d 2 h");
        assertThat(ENGLISH.span(Duration.ofDays(35))).isEqualTo("35 d");
        assertThat(ENGLISH.span(Duration.ofDays(3_660))).isEqualTo("3660 d");

        assertThat(JAPANESE.span(Duration.ofSeconds(59))).isEqualTo("1分未満");
        assertThat(JAPANESE.span(Duration.ofMinutes(10))).isEqualTo("10分");
        assertThat(JAPANESE.span(Duration.ofMinutes(80))).isEqualTo("1時間20分");
        assertThat(JAPANESE.span(Duration.ofHours(50))).isEqualTo("2日2時間");
        assertThat(JAPANESE.span(Duration.ofDays(30))).isEqualTo("30日");
    }

    @Test
    void saysWhoItIsAsFarAsTheDirectoryKnows() {
        DirectoryEntry entry = new DirectoryEntry(YAMADA, "1007", "山田花子", null, "営業部", "regular", null, null);

        assertThat(ENGLISH.who(YAMADA, entry)).isEqualTo("yamada (山田花子, 営業部)");
        assertThat(ENGLISH.who(YAMADA, null)).isEqualTo("yamada");
        assertThat(JAPANESE.who(YAMADA, entry)).isEqualTo("yamada（山田花子、営業部）");
        assertThat(JAPANESE.who(YAMADA, null, "営業部")).isEqualTo("yamada（営業部）");
        assertThat(JAPANESE.who(YAMADA, null)).isEqualTo("yamada");
    }
}
