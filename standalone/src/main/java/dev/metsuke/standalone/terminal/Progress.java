package dev.metsuke.standalone.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Tells a person what is under way, a line a step. */
public final class Progress {

    private final PrintStream out;
    private final Instant start = Instant.now();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Runs a step and prints what came of it, with the time since the beginning. */
    public void step(String name, Supplier<String> work) {
        String outcome = work.get();
        say("%-20s %s".formatted(name, outcome));
    }

    /** Prints a line with the time since the beginning. */
    public void say(String line) {
        out.printf("%6.1f s  %s%n", Duration.between(start, Instant.now()).toMillis() / 1_000.0, line);
    }

    /** Prints a line as it is. */
    public void plain(String line) {
        out.println(line);
    }
}
