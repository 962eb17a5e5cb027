package dev.metsuke.events.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectedValueTest {

    @Test
    void keepsAllThatFits() {
        RejectedValue kept = RejectedValue.fitting(new byte[1_000_000], "not JSON");

        assertThat(kept.bytes()).hasSize(1_000_000);
        assertThat(kept.reason()).isEqualTo("not JSON");
        assertThat(RejectedValue.whole(null, "the record has no value")
                        .beginning()
                        .bytes())
                .isNull();
    }

    @Test
    void keepsTheBeginningOfWhatDoesNot() {
        RejectedValue kept = RejectedValue.fitting(new byte[1_000_001], "not JSON");

        assertThat(kept.bytes()).hasSize(256 * 1024);
        assertThat(kept.reason())
                .isEqualTo("not JSON (only the first 262144 of its 1000001 bytes fit here; the whole stands at its"
                        + " origin)");
        assertThat(kept.beginning()).isSameAs(kept);
    }

    @Test
    void cutsAReasonButNoCharacterInHalf() {
        assertThat(RejectedValue.shortened("x".repeat(500))).hasSize(500);
        assertThat(RejectedValue.shortened("x".repeat(501))).isEqualTo("x".repeat(500) + "…");
        assertThat(RejectedValue.shortened("x".repeat(499) + "\ud842\udfb7")).isEqualTo("x".repeat(499) + "…");
    }
}
