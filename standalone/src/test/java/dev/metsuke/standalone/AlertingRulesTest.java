package dev.metsuke.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AlertingRulesTest {

    /** A part that is started with work before it, or whose figures were not asked for, is not behind for a quarter of an hour. */
    @Test
    void whatMustHaveLastedIsNotToldOfASeriesThatHasJustBegun() throws IOException {
        assertThat(OperatorsGuide.rules())
                .filteredOn(rule -> rule.contains("_over_time("))
                .hasSize(4)
                .allSatisfy(rule -> assertThat(rule).containsPattern("\n +for: \\d+m\n"));
    }
}
