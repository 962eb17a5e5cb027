package dev.metsuke.standalone.command;

import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Benchmarks;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description = "Measures what a piece of the work costs, beside its peer in the same run.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which benchmark; without it, lists them.")
    private @Nullable String name;

    @Option(names = "--check", description = "Exit with 1 where a bar is missed.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        if (name == null) {
            Benchmarks.all()
                    .forEach(benchmark -> System.out.printf("%-12s %s%n", benchmark.name(), benchmark.description()));
            return 0;
        }
        Optional<Benchmark> benchmark = Benchmarks.named(name);
        if (benchmark.isEmpty()) {
            System.err.println("no benchmark is called " + name + "; metsuke bench lists them");
            return 2;
        }
        boolean met = Benchmarks.run(benchmark.get(), System.out);
        return check && !met ? 1 : 0;
    }
}
