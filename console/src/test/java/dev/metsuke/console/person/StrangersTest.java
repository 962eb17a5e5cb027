package dev.metsuke.console.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final KnownNames.Stranger STRANGER = new KnownNames.Stranger("Night", "night");

    @Test
    void callsEachByWhatItIsANameOf() {
        assertThat(Strangers.members("calendar", List.of(STRANGER)))
                .singleElement()
                .satisfies(members -> assertThat(members)
                        .containsEntry("calendar", "Night")
                        .containsEntry("resembles", "night")
                        .hasSize(2));
    }

    @Test
    void tellsNothingWhereSomethingFails() {
        assertThat(Strangers.ask("Something", () -> {
                    throw new IllegalStateException("surprise");
                }))
                .isEmpty();
    }

    @Test
    void namesAThousandAtMost() {
        assertThat(Strangers.members("account", Collections.nCopies(1_001, STRANGER)))
                .hasSize(1_000);
    }
}
