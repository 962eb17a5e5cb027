package dev.metsuke.benchmarks.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.benchmarks.Benchmarks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectBenchmarkIT {

    /** It fails unless every contestant saw every access, and each planted leaver has an alert. */
    @Test
    void measuresDetectionBesideItsPeersAndRestarted() throws Exception {
        String out = run(Map.of(
                "events", 300L,
                "accounts", 20L,
                "restart", 1L));

        assertThat(out)
                .containsPattern("RESULT detect pass-through_events_s=[\\d.]+ .*dsl-count_events_s=[\\d.]+ "
                        + ".*detect_events_s=[\\d.]+ .*detect_to_pass-through=[\\d.]+ detect_to_dsl-count=")
                .containsPattern("restart_to_work_s=[\\d.]+ restart_to_alert_s=")
                .containsPattern("setting: alerts, detect = [1-9]\\d* in [1-9]");
    }

    @Test
    void wantsAnAccessForEachAccount() {
        assertThatThrownBy(() -> run(Map.of("events", 10L, "accounts", 50L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least as many");
    }

    private static String run(Map<String, Long> sizes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Benchmarks.run(new DetectBenchmark(), sizes, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
