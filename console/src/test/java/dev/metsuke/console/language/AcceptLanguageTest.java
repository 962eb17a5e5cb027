package dev.metsuke.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.language.Language;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptLanguageTest {

    private static final Set<Language> BOTH = EnumSet.allOf(Language.class);

    @ParameterizedTest
    @ValueSource(strings = {"ja", "ja-JP", "ja-Hira-JP, en;q=0.9", "en;q=0.3, ja;q=0.7", "de, ja;q=0.2", "JA"})
    void isJapaneseForWhoWantsItMost(String header) {
        assertThat(AcceptLanguage.wanted(header, BOTH)).isEqualTo(Language.JAPANESE);
        assertThat(AcceptLanguage.wanted(header, EnumSet.of(Language.ENGLISH))).isEqualTo(Language.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB, ja;q=0.9", "de", "*", "", "ja;q=0", "ja;q=much", ";;,", "japanese-please"})
    void isEnglishForEverybodyElse(String header) {
        assertThat(AcceptLanguage.wanted(header, BOTH)).isEqualTo(Language.ENGLISH);
        assertThat(AcceptLanguage.wanted(null, BOTH)).isEqualTo(Language.ENGLISH);
    }

    @Test
    void isTheSetOneWhereAPageIsWrittenInIt() {
        assertThat(PageLanguage.JA.of("en", BOTH)).isEqualTo(Language.JAPANESE);
        assertThat(PageLanguage.EN.of("ja", BOTH)).isEqualTo(Language.ENGLISH);
        assertThat(PageLanguage.AUTO.of("ja", BOTH)).isEqualTo(Language.JAPANESE);
        assertThat(PageLanguage.JA.of("ja", EnumSet.of(Language.ENGLISH))).isEqualTo(Language.ENGLISH);
    }
}
