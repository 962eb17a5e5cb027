package dev.metsuke.benchmarks;

import java.util.Map;

/** A benchmark in a process of its own. */
final class BenchmarkProcess {

    private BenchmarkProcess() {}

    /** Arguments: the benchmark's name, one of its sizes, that size's value. */
    public static void main(String[] args) throws Exception {
        Benchmarks.run(Benchmarks.named(args[0]).orElseThrow(), Map.of(args[1], Long.parseLong(args[2])), System.out);
    }
}
