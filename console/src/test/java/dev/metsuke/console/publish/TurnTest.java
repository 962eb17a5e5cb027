package dev.metsuke.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come one upon the other while there is no Kafka. */
class TurnTest {

    private static final KafkaSettings AWAY = KafkaSettings.of("127.0.0.1:1");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MANY = 40;

    @TempDir
    Path folder;

    @Test
    void writesDoNotQueueUp() throws Exception {
        SerialWriter writer = new SerialWriter(AWAY, "test", PATIENCE);

        List<Throwable> failures = atOnce(() -> writer.write(_ -> new SerialWriter.Decided<>(List.of(), "written")));

        assertThat(failures)
                .hasSize(MANY)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(WriteFailedException.class));
        assertThat(failures).anySatisfy(failure -> assertThat(failure).hasMessageContaining("try it again later"));
    }

    @Test
    void readingsDoNotQueueUp() throws Exception {
        try (ReadingChain chain = new ReadingChain(AWAY, "test", folder, PATIENCE)) {
            List<Throwable> failures = atOnce(() -> {
                chain.write(ReadingTrace.event("mori", null, Action.SEARCH, "all", List.of(), Instant.now()));
                return "written";
            });

            assertThat(failures)
                    .hasSize(MANY)
                    .allSatisfy(failure ->
                            assertThat(failure).isInstanceOfAny(WriteFailedException.class, KafkaException.class));
            assertThat(failures).anySatisfy(failure -> assertThat(failure).hasMessageContaining("try it again later"));
        }
    }

    /** Within half the time that they need one after another. */
    private static List<Throwable> atOnce(Callable<String> request) throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        Instant start = Instant.now();
        try (ExecutorService requests = Executors.newFixedThreadPool(MANY)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                answers.add(requests.submit(request));
            }
            for (Future<String> answer : answers) {
                try {
                    answer.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE.multipliedBy(MANY / 2));
        return failures;
    }
}
