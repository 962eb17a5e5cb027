package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapBudgetTest {

    private final HeapBudget budget = new HeapBudget(64_000);
    private final HeapBudget.Share one = budget.join();
    private final HeapBudget.Share other = budget.join();

    @Test
    void letsOneTakeWhatTheOthersLeave() {
        one.add(64_000);

        assertThat(one.rest()).isEqualTo(64_000);
    }

    @Test
    void letsThoseGiveWayThatHaveMoreThanAnEqualShare() {
        one.add(60_000);
        other.add(10_000);

        // 6,000 too many, and a 64th of the budget more.
        assertThat(one.rest()).isEqualTo(60_000 - 6_000 - 1_000);
        assertThat(other.rest()).isEqualTo(10_000);
    }

    @Test
    void pressesNobodyBelowAnEqualShare() {
        one.add(33_000);
        other.add(100_000);

        assertThat(one.rest()).isEqualTo(32_000);
    }

    @Test
    void givesWhatOneHadToTheOthersOnceItLeaves() {
        one.add(60_000);
        other.add(40_000);

        one.leave();
        one.leave();
        assertThat(other.rest()).isEqualTo(40_000);

        other.add(30_000);
        assertThat(other.rest()).as("alone, it has all").isEqualTo(64_000);
    }

    @Test
    void countsWhatIsClearedNoMore() {
        one.add(60_000);
        one.clear();
        other.add(64_000);

        assertThat(one.bytes()).isZero();
        assertThat(other.rest()).isEqualTo(64_000);
    }
}
