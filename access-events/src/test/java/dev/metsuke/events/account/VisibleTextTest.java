package dev.metsuke.events.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"sato", " sato\t", "\u00a0sato\u3000", "\u200bsato\ufeff", "\u202fsato\u2028", "\u00adsato "})
    void trimsWhatLooksLikeNothing(String written) {
        assertThat(VisibleText.trimmed(written)).isEqualTo("sato");
        assertThat(VisibleText.of(written)).isEqualTo("sato");
    }

    @Test
    void keepsBlanksWithin() {
        assertThat(VisibleText.trimmed(" 佐藤\u3000太郎\u00a0様 ")).isEqualTo("佐藤\u3000太郎\u00a0様");
        assertThat(VisibleText.of(" 佐藤\u3000太郎\u00a0様 ")).isEqualTo("佐藤\u3000太郎\u00a0様");
    }

    /** Beyond the 16 bits of a char, too: a language tag. */
    @ParameterizedTest
    @ValueSource(strings = {"sa\u00adto", "sa\u200dto", "sa\u202eto", "sa\udb40\udc01to"})
    void leavesOffWhatCannotBeSeenWithin(String written) {
        assertThat(VisibleText.of(written)).isEqualTo("sato");
        assertThat(VisibleText.trimmed(written)).isEqualTo(written);
    }

    @Test
    void isEmptyWhereNothingIsSeen() {
        assertThat(VisibleText.trimmed("\u00a0\u200b")).isEmpty();
        assertThat(VisibleText.of(" \u200b\u00ad\udb40\udc01")).isEmpty();
    }
}
