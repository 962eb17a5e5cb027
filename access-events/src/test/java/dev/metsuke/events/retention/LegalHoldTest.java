package dev.metsuke.events.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.retention.LegalHold.Release;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegalHoldTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void readsWhatItWrites() throws MalformedDocumentException {
        LegalHold whole = new LegalHold(
                "e", "H-1", new AccountId("sato"), NOW.minusSeconds(9), NOW, "dispute 4711", NOW, "mori", null);
        LegalHold accountOnly =
                new LegalHold("e", "H-2", new AccountId("ip:203.0.113.9"), null, null, "why", NOW, "mori", null);
        LegalHold released = whole.released("f", new Release(NOW.plusSeconds(1), "abe", "settled"));

        for (LegalHold hold : new LegalHold[] {whole, accountOnly, hold(null, "2016-01-01T00:00:00Z"), released}) {
            JsonDocument written = JsonDocument.parse(hold.toJson());
            assertThat(LegalHold.isOne(written)).isTrue();
            assertThat(LegalHold.fromJson(written)).isEqualTo(hold);
        }
        assertThat(whole.isInForce()).isTrue();
        assertThat(released.isInForce()).isFalse();
    }

    @Test
    void needsSomethingToHoldAndReasons() {
        assertThatThrownBy(() -> hold(null, null)).hasMessageContaining("an account, a period, or both");
        assertThatThrownBy(() -> hold("2016-01-01T00:00:00Z", "2016-01-01T00:00:00Z"))
                .hasMessageContaining("cannot end");
        assertThatThrownBy(() -> new LegalHold("e", "H", new AccountId("a"), null, null, " ", NOW, "mori", null))
                .hasMessageContaining("needs a reason");
        assertThatThrownBy(() -> new Release(NOW, "mori", "")).hasMessageContaining("needs a reason");
    }

    @ParameterizedTest
    @CsvSource({
        "2016-01-31T23:59:59Z, , true",
        "2016-02-01T00:00:00Z, , false",
        ", 2016-01-01T00:00:01Z, true",
        ", 2016-01-01T00:00:00Z, false",
        "2015-01-01T00:00:00Z, 2017-01-01T00:00:00Z, true",
        "2016-01-10T00:00:00Z, 2016-01-11T00:00:00Z, true",
        "2015-12-01T00:00:00Z, 2016-01-01T00:00:00Z, false"
    })
    void meetsMonthsThatItsPeriodHasAMomentOf(@Nullable String from, @Nullable String until, boolean meets) {
        Instant start = Instant.parse("2016-01-01T00:00:00Z");
        Instant end = Instant.parse("2016-02-01T00:00:00Z");
        assertThat(hold(from, until).meets(start, end)).isEqualTo(meets);
    }

    private static LegalHold hold(@Nullable String from, @Nullable String until) {
        return new LegalHold(
                "e",
                "H",
                null,
                from == null ? null : Instant.parse(from),
                until == null ? null : Instant.parse(until),
                "why",
                NOW,
                "mori",
                null);
    }
}
