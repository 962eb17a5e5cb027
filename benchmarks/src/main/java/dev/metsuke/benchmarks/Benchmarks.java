package dev.metsuke.benchmarks;

import dev.metsuke.benchmarks.encode.EncodeBenchmark;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** All benchmarks, and how one is run and reported. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(new EncodeBenchmark());

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return ALL;
    }

    public static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }

    /**
     * Runs a benchmark and prints its machine, its settings, its figures and last its result line.
     *
     * @return whether every bar was met
     */
    public static boolean run(Benchmark benchmark, PrintStream out) throws Exception {
        out.println(benchmark.name() + ": " + benchmark.description());
        out.println("machine: " + Machine.describe());
        Measurement measurement = benchmark.run(out);
        measurement.settings().forEach((name, value) -> out.println("setting: " + name + " = " + value));
        List<String> missed = measurement.missed();
        missed.forEach(out::println);
        measurement.bars().stream()
                .filter(bar -> missed.stream().noneMatch(line -> line.startsWith("MISSED " + bar.figure() + " ")))
                .forEach(bar -> out.println("met: " + bar.figure() + " " + bar.describe()));
        out.println(measurement.resultLine(benchmark.name()));
        return missed.isEmpty();
    }
}
