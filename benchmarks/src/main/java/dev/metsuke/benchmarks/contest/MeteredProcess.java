package dev.metsuke.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a process took from its start to its end.
 *
 * @param seconds of the clock
 * @param cost of the process
 */
public record MeteredProcess(double seconds, ProcessCost cost) {

    private static final int SAMPLE_MILLIS = 50;

    /** Whether a process has done what it was started for. */
    public interface Done {

        boolean isDone() throws Exception;
    }

    /** Starts a process, which is done when it ends. */
    public static MeteredProcess run(List<String> command, Path output) throws Exception {
        return run(command, output, () -> false);
    }

    /** Starts a process, and stops it once it is done where it does not end by itself. What it says goes to a file. */
    public static MeteredProcess run(List<String> command, Path output, Done done) throws Exception {
        long start = System.nanoTime();
        Process process = start(command, output);
        ProcessCost cost = ProcessCost.NONE;
        try {
            while (process.isAlive() && !done.isDone()) {
                var _ = process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
                cost = ProcessCost.of(process.pid(), cost);
            }
        } finally {
            end(process);
        }
        return new MeteredProcess((System.nanoTime() - start) / 1e9, cost);
    }

    /** Starts a process, all of whose output goes to a file. */
    public static Process start(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Asks a process to end and returns once it has, in a thread that was interrupted too. */
    public static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }
}
