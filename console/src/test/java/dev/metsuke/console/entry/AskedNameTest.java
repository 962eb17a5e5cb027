package dev.metsuke.console.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedNameTest {

    @Test
    void meansWhatLogsHoldAsGivenAndWithoutWhatCannotBeSeenAroundIt() {
        AskedName linked = AskedName.of("\u202eabc evil").orElseThrow();
        AskedName pasted = AskedName.of("sato\u00a0").orElseThrow();

        assertThat(linked.spellings()).containsExactly("\u202eabc evil", "abc evil");
        assertThat(linked).hasToString("\u202eabc evil");
        assertThat(pasted.means("sato")).isTrue();
        assertThat(pasted.means("sato\u00a0")).isTrue();
        assertThat(pasted.means("sato\u200b")).isFalse();
        assertThat(AskedName.of("sato").orElseThrow().spellings()).containsExactly("sato");
    }

    @Test
    void meansANameThatCannotBeSeenAtAllAndNothingByBlanks() {
        assertThat(AskedName.of("\u200b").orElseThrow().spellings()).containsExactly("\u200b");
        assertThat(AskedName.of(" \t")).isEmpty();
        assertThat(AskedName.of(null)).isEmpty();
    }
}
