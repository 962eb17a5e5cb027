package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CausesTest {

    private static final RuntimeException FIRST = new IllegalStateException("no address is known");

    @Test
    void describesWhatHappenedFirstToo() {
        assertThat(Causes.describe(FIRST)).isEqualTo("no address is known");
        assertThat(Causes.describe(new IllegalArgumentException("no client can be made", FIRST)))
                .isEqualTo("no client can be made (java.lang.IllegalStateException: no address is known)");
        assertThat(Causes.describe(new IllegalArgumentException("no client can be made", new TimeoutException())))
                .isEqualTo("no client can be made (java.util.concurrent.TimeoutException)");
    }

    @Test
    void saysNothingTwice() {
        assertThat(Causes.describe(new ExecutionException(FIRST)))
                .isEqualTo("java.lang.IllegalStateException: no address is known");
        assertThat(Causes.describe(new ExecutionException(new TimeoutException())))
                .isEqualTo("java.util.concurrent.TimeoutException");
        assertThat(Causes.describe(new TimeoutException())).isEqualTo("java.util.concurrent.TimeoutException");
    }

    @Test
    void keepsACauseWhoseWordsStandInTheMessageByChance() {
        assertThat(Causes.describe(new IllegalStateException("failed for host a.b", new IllegalStateException("a"))))
                .isEqualTo("failed for host a.b (java.lang.IllegalStateException: a)");
        assertThat(Causes.describe(new IllegalStateException("not made: a.b", new IllegalStateException("a"))))
                .isEqualTo("not made: a.b (java.lang.IllegalStateException: a)");
        assertThat(Causes.describe(new IllegalStateException("no client", new IllegalStateException(""))))
                .isEqualTo("no client (java.lang.IllegalStateException: )");
        assertThat(Causes.describe(new IllegalStateException("no TimeoutException", new TimeoutException())))
                .isEqualTo("no TimeoutException (java.util.concurrent.TimeoutException)");
    }

    @Test
    void leavesACauseWhereTheMessageQuotesIt() {
        assertThat(Causes.describe(new IllegalStateException("no client: no address is known", FIRST)))
                .isEqualTo("no client: no address is known");
        assertThat(Causes.describe(new IllegalStateException("no client (no address is known); look at it", FIRST)))
                .isEqualTo("no client (no address is known); look at it");
        assertThat(Causes.describe(new IllegalStateException("no client (" + FIRST + ")", FIRST)))
                .isEqualTo("no client (java.lang.IllegalStateException: no address is known)");
    }
}
