package dev.metsuke.benchmarks.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.benchmarks.Benchmarks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShipBenchmarkIT {

    @Test
    void measuresTheShipperBesideABareProducer() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        // It fails unless every line is found committed.
        Benchmarks.run(
                new ShipBenchmark(),
                Map.of("lines", 5_000L, "idle-files", 0L),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "RESULT ship bare-loop_lines_s=[\\d.]+ .*metsuke_lines_s=[\\d.]+ .*metsuke_to_bare-loop=");
    }

    @Test
    void namesTheSizesThatThereAre() {
        assertThatThrownBy(() -> Benchmarks.run(new ShipBenchmark(), Map.of("files", 1L), System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lines, partitions, idle-files, idle-seconds");
    }
}
