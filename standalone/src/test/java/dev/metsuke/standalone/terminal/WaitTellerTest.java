package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.core.PingRequest;
import co.elastic.clients.transport.instrumentation.Instrumentation.Context;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitTellerTest {

    private Instant now = Instant.parse("2026-11-28T00:00:00Z");
    private final WaitTeller teller = new WaitTeller("http://one:9200", () -> now);

    @Test
    void tellsSoonAndThenOnceAMinute() {
        try (Context _ = asked()) {
            pass(4);
            assertThat(teller.describe()).isEmpty();
            pass(1);
            assertThat(teller.describe()).contains("still waiting for Elasticsearch at http://one:9200, for 5 s now");
            pass(59);
            assertThat(teller.describe()).isEmpty();
            pass(1);
            assertThat(teller.describe()).contains("still waiting for Elasticsearch at http://one:9200, for 1 min now");
        }
    }

    @Test
    void saysNothingBetweenAnswers() {
        asked().close();
        pass(600);
        assertThat(teller.describe()).isEmpty();

        try (Context _ = asked()) {
            pass(4);
            assertThat(teller.describe()).isEmpty();
        }
    }

    @Test
    void tellsOfOneQuestionAmongSeveralOnceTheOthersAreAnswered() {
        Context answered = asked();
        try (Context _ = asked()) {
            pass(4);
            answered.close();
            pass(4);
            assertThat(teller.describe()).isEmpty();
            pass(1);
            assertThat(teller.describe()).contains("still waiting for Elasticsearch at http://one:9200, for 5 s now");
        }
    }

    private Context asked() {
        return teller.newContext(PingRequest._INSTANCE, PingRequest._ENDPOINT);
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }
}
