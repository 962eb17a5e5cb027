package dev.metsuke.operations.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void tellsWhenTheProcessStarted() {
        try (Metrics metrics = new Metrics()) {
            assertThat(metrics.scrape()).containsPattern("(?m)^process_start_time_seconds [1-9]");
        }
    }
}
