package dev.metsuke.benchmarks;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Something measured beside its peer, in one run on one machine. */
public interface Benchmark {

    /** As in {@code metsuke bench NAME}. */
    String name();

    /** One line: what is measured, beside what. */
    String description();

    /** How large it is by default, by name; {@code --set} changes it. */
    default SequencedMap<String, Long> sizes() {
        return new LinkedHashMap<>();
    }

    /**
     * Runs it.
     *
     * @param sizes how large it is, by the names of {@link #sizes}
     * @param progress where to say what is under way
     */
    Measurement run(SequencedMap<String, Long> sizes, PrintStream progress) throws Exception;
}
