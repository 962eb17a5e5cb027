package dev.metsuke.benchmarks.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.benchmarks.Benchmarks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchiveBenchmarkIT {

    /** It fails unless the node holds every event, of each contestant, and all of them are proven whole. */
    @Test
    void measuresTheArchiveBesideABareLoaderAndTheRoomThatEventsTake() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Benchmarks.run(
                new ArchiveBenchmark(),
                Map.of(
                        "events",
                        3_000L,
                        "warm-up-events",
                        100L,
                        "sized-events",
                        1_000L,
                        "lines-a-seal",
                        10L,
                        "searches",
                        10L),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("RESULT archive bare-loader_docs_s=[\\d.]+ .*archive_docs_s=[\\d.]+ "
                        + ".*archive_to_bare-loader=[\\d.]+ verify_first_events_s=[\\d.]+ "
                        + "verify_events_s=[\\d.]+ .*search_p99_ms=[\\d.]+ .*"
                        + "bytes_an_event=[\\d.]+ bytes_an_event_without_original=");
    }
}
