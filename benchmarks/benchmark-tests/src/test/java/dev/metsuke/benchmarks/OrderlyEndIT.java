package dev.metsuke.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderlyEndIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void whoIsToldToEndLeavesNeitherProcessesNorFiles() throws Exception {
        // Given a contestant at work beside a broker
        Process benchmark = start("ship", "lines", "1000000");
        List<ProcessHandle> started = new ArrayList<>();
        await().atMost(LIMIT).until(() -> {
            benchmark
                    .descendants()
                    .filter(process -> !started.contains(process))
                    .forEach(started::add);
            return started.size() >= 2;
        });

        // When
        benchmark.destroy();

        // Then
        assertThat(benchmark.onExit()).succeedsWithin(LIMIT);
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(folder).isEmptyDirectory();
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-Dmetsuke.servers.home=" + System.getProperty("metsuke.servers.home"),
                "-cp",
                System.getProperty("java.class.path"),
                BenchmarkProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
