package dev.metsuke.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.language.Language;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptLanguageTest {

    @ParameterizedTest
    @ValueSource(strings = {"ja", "ja-JP", "ja-Hira-JP, en;q=0.9", "en;q=0.3, ja;q=0.7", "de, ja;q=0.2", "JA"})
    void isJapaneseForWhoWantsItMost(String header) {
        assertThat(AcceptLanguage.wanted(header)).isEqualTo(Language.JAPANESE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB, ja;q=0.9", "de", "*", "", "ja;q=0", "ja;q=much", ";;,", "japanese-please"})
    void isEnglishForEverybodyElse(String header) {
        assertThat(AcceptLanguage.wanted(header)).isEqualTo(Language.ENGLISH);
        assertThat(AcceptLanguage.wanted(null)).isEqualTo(Language.ENGLISH);
    }

    @Test
    void isEnglishForWhoSaysTooMuch() {
        String languages = IntStream.range(0, 500)
                .mapToObj(number -> "zh-cmn-" + number)
                .collect(Collectors.joining(", ", "ja, ", ""));

        assertThat(AcceptLanguage.wanted(languages)).isEqualTo(Language.ENGLISH);
        assertThat(AcceptLanguage.wanted("ja, " + languages.substring(4, 900))).isEqualTo(Language.JAPANESE);
    }

    @Test
    void isTheSetOneOrWhatTheReaderAsksFor() {
        assertThat(PageLanguage.JA.of("en")).isEqualTo(Language.JAPANESE);
        assertThat(PageLanguage.EN.of("ja")).isEqualTo(Language.ENGLISH);
        assertThat(PageLanguage.AUTO.of("ja")).isEqualTo(Language.JAPANESE);
    }
}
