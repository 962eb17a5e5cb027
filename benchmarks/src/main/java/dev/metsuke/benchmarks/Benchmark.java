package dev.metsuke.benchmarks;

import java.io.PrintStream;

/** Something measured beside its peer, in one run on one machine. */
public interface Benchmark {

    /** As in {@code metsuke bench NAME}. */
    String name();

    /** One line: what is measured, beside what. */
    String description();

    /**
     * Runs it.
     *
     * @param progress where to say what is under way
     */
    Measurement run(PrintStream progress) throws Exception;
}
