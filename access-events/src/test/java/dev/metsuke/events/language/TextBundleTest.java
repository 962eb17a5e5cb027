package dev.metsuke.events.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class TextBundleTest {

    private static final String GREETINGS = "dev.metsuke.events.language.greetings";

    @Test
    void saysItInItsLanguage() {
        assertThat(TextBundle.load(GREETINGS, Language.ENGLISH).of("greeting", 17_500))
                .isEqualTo("17,500 people, good morning");
        assertThat(TextBundle.load(GREETINGS, Language.JAPANESE).of("greeting", 17_500))
                .isEqualTo("17,500人の皆さん、おはようございます");
    }

    @Test
    void doesNotSpeakTheMachinesOwnLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.JAPAN);
        try {
            ResourceBundle.clearCache();
            assertThat(TextBundle.load(GREETINGS, Language.ENGLISH).of("farewell"))
                    .isEqualTo("good night");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void givesPatternsByTheRestOfTheirKeys() {
        assertThat(TextBundle.load(GREETINGS, Language.JAPANESE).patterns("fare"))
                .isEqualTo(Map.of("well", "おやすみなさい"));
    }
}
