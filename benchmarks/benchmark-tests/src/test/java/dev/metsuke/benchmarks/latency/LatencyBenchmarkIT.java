package dev.metsuke.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.benchmarks.Benchmarks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyBenchmarkIT {

    @Test
    void measuresFromLineToAlert() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        // It fails unless every leaver's alert is read from Kafka and found by a search.
        Benchmarks.run(
                new LatencyBenchmark(),
                Map.of("seconds", 2L, "warm-up-seconds", 1L, "rate", 50L, "alert-every", 5L),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("setting: refresh-ms = 500", "setting: detect-alert-ms = 100")
                .containsPattern("RESULT latency alerts=20.000 .*kafka_p50_ms=[\\d.]+ kafka_p99_ms=.* "
                        + "searchable_p50_ms=[\\d.]+ searchable_p99_ms=[\\d.]+ searchable_max_ms=");
    }

    @Test
    void wantsAnAlertToMeasure() {
        assertThatThrownBy(() -> Benchmarks.run(new LatencyBenchmark(), Map.of("seconds", 1L, "rate", 10L), System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no alert");
    }
}
