package dev.metsuke.benchmarks;

import dev.metsuke.benchmarks.archive.ArchiveBenchmark;
import dev.metsuke.benchmarks.detect.DetectBenchmark;
import dev.metsuke.benchmarks.encode.EncodeBenchmark;
import dev.metsuke.benchmarks.latency.LatencyBenchmark;
import dev.metsuke.benchmarks.ship.ShipBenchmark;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** All benchmarks, and how one is run and reported. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new EncodeBenchmark(),
            new ShipBenchmark(),
            new DetectBenchmark(),
            new LatencyBenchmark(),
            new ArchiveBenchmark());

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return ALL;
    }

    public static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }

    /**
     * Runs a benchmark and prints its machine, its settings, its figures and last its result line. If the process is told to
     * end meanwhile, the servers and contestants end first, and the work folder goes.
     *
     * @param changed the sizes that differ from the benchmark's own
     * @return whether every bar was met
     * @throws IllegalArgumentException where the benchmark has no such size
     */
    public static boolean run(Benchmark benchmark, Map<String, Long> changed, PrintStream out) throws Exception {
        SequencedMap<String, Long> sizes = new LinkedHashMap<>(benchmark.sizes());
        changed.forEach((size, value) -> {
            if (sizes.replace(size, value) == null) {
                throw new IllegalArgumentException("benchmark " + benchmark.name() + " has no size " + size
                        + "; it has " + (sizes.isEmpty() ? "none" : String.join(", ", sizes.keySet())));
            }
        });
        out.println(benchmark.name() + ": " + benchmark.description());
        out.println("machine: " + Machine.describe());
        Measurement measurement;
        try (OrderlyEnd _ = OrderlyEnd.ofThisThread()) {
            measurement = benchmark.run(sizes, out);
        }
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
