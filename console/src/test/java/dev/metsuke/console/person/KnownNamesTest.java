package dev.metsuke.console.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.person.KnownNames.Stranger;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownNamesTest {

    @Test
    void resemblesWhatDiffersByWidthCaseOrDomain() {
        KnownNames known = new KnownNames(List.of("Sato", "mori", "EXAMPLE\\ito", "@night", "ueda@example.jp"));

        assertThat(known.strangers(List.of(
                        "sato", "ｍｏｒｉ", "mori@example.jp", "ITO", "ito@example.jp", "ueda", "@day", "mori", "kato")))
                .containsExactly(
                        new Stranger("sato", "Sato"),
                        new Stranger("ｍｏｒｉ", "mori"),
                        new Stranger("mori@example.jp", "mori"),
                        new Stranger("ITO", "EXAMPLE\\ito"),
                        new Stranger("ito@example.jp", "EXAMPLE\\ito"),
                        new Stranger("ueda", "ueda@example.jp"),
                        new Stranger("@day", null),
                        new Stranger("kato", null));
    }

    @Test
    void resemblesFirstWhatDiffersByLess() {
        assertThat(new KnownNames(List.of("EXAMPLE\\sato", "Sato")).strangers(List.of("sato")))
                .containsExactly(new Stranger("sato", "Sato"));
    }
}
