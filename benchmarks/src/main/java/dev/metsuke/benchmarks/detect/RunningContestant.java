package dev.metsuke.benchmarks.detect;

import dev.metsuke.benchmarks.contest.JavaProcess;
import dev.metsuke.benchmarks.contest.MeteredProcess;
import dev.metsuke.benchmarks.contest.ProcessCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contestant's process; closed, it stops in an orderly way and keeps its state. */
final class RunningContestant implements AutoCloseable {

    /** As the metsuke command starts detection. */
    private static final List<String> FLAGS = List.of("-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int POLL_MILLIS = 10;

    private final Contestant contestant;
    private final Process process;
    private final Path output;
    private final long startedAt;
    private ProcessCost cost = ProcessCost.NONE;

    private RunningContestant(Contestant contestant, Process process, Path output, long startedAt) {
        this.contestant = contestant;
        this.process = process;
        this.output = output;
        this.startedAt = startedAt;
    }

    /** Starts it in its folder of the stage, with the state that it left there. */
    static RunningContestant start(Contestant contestant, Stage stage, Resources resources) throws IOException {
        Path folder = stage.folder(contestant);
        Path settings = Files.writeString(folder.resolve("metsuke.yml"), """
            kafka: {bootstrap-servers: "%s", partitions: %d}
            detect: {application-id: %s, state-dir: state, threads: %d}
            """.formatted(
                        stage.brokers(), stage.partitions(), contestant.label(), resources.threads()));
        Path output = folder.resolve("output");
        List<String> flags = new ArrayList<>(FLAGS);
        if (resources.heapMebibytes() > 0) {
            flags.add("-Xmx" + resources.heapMebibytes() + "m");
        }
        List<String> command = JavaProcess.command(ContestantMain.class, flags, contestant.name(), settings.toString());
        long startedAt = System.nanoTime();
        Process process = MeteredProcess.start(command, output);
        return new RunningContestant(contestant, process, output, startedAt);
    }

    /** {@link System#nanoTime} at which its process was started. */
    long startedAt() {
        return startedAt;
    }

    /** Returns once its partitions are assigned and their state is there. */
    void awaitWork() throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains(ContestantMain.AT_WORK)) {
            if (System.nanoTime() - giveUp > 0) {
                throw failed("was not at work within " + PATIENCE);
            }
            pause(POLL_MILLIS);
        }
    }

    /** Waits a moment; fails where the process has ended. */
    void pause(int millis) throws IOException, InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw failed("ended");
        }
    }

    ProcessCost cost() {
        cost = ProcessCost.of(process.pid(), cost);
        return cost;
    }

    IllegalStateException failed(String what) throws IOException {
        return new IllegalStateException(contestant.label() + " " + what + "; it said: " + Files.readString(output));
    }

    @Override
    public void close() {
        MeteredProcess.end(process);
    }

    /**
     * What each contestant may use.
     *
     * @param threads of Kafka Streams
     * @param heapMebibytes the most heap; 0 is what Java takes by itself
     */
    record Resources(int threads, long heapMebibytes) {}
}
