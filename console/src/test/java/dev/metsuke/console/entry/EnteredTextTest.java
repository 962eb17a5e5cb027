package dev.metsuke.console.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnteredTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"sa\u200bto", "sa\u00adto", "sa\u00a0to", "sa\u202eto"})
    void findsWhatIsHiddenInAName(String name) {
        assertThat(EnteredText.faultOfName(name))
                .get()
                .asString()
                .matches("has the character U\\+[0-9A-F]{4}, which .*");
        assertThat(EnteredText.fault(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXAMPLE\\sato", "佐藤\u3000太郎", "sato taro", "Łukasz", "サト\u3099"})
    void takesNamesInAnyScript(String name) {
        assertThat(EnteredText.faultOfName(name)).isEmpty();
    }
}
