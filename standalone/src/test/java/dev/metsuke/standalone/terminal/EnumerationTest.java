package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnumerationTest {

    @Test
    void saysHowManyItLeavesOut() {
        List<String> names = List.of("sato", "ito", "kato");

        assertThat(Enumeration.of(names, 3, name -> name)).isEqualTo("sato, ito, kato");
        assertThat(Enumeration.of(names, 2, name -> name + "!")).isEqualTo("sato!, ito! and 1 more");
        assertThat(Enumeration.of(List.<String>of(), 2, name -> name)).isEmpty();
    }
}
