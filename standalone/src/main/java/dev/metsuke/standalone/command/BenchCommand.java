package dev.metsuke.standalone.command;

import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Benchmarks;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    @Option(
            names = "--set",
            paramLabel = "SIZE=NUMBER",
            description = "Changes how large it is, such as lines=1000000; without a name, the list shows the sizes.")
    private Map<String, Long> sizes = Map.of();

    @Override
    public Integer call() throws Exception {
        if (name == null) {
            Benchmarks.all()
                    .forEach(benchmark -> System.out.printf(
                            "%-12s %s%n%s",
                            benchmark.name(),
                            benchmark.description(),
                            benchmark.sizes().entrySet().stream()
                                    .map(size -> "%14s--set %s=%d%n".formatted("", size.getKey(), size.getValue()))
                                    .collect(Collectors.joining())));
            return 0;
        }
        Optional<Benchmark> benchmark = Benchmarks.named(name);
        if (benchmark.isEmpty()) {
            System.err.println("no benchmark is called " + name + "; metsuke bench lists them");
            return 2;
        }
        try {
            boolean met = Benchmarks.run(benchmark.get(), sizes, System.out);
            return check && !met ? 1 : 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (InterruptedException e) {
            System.err.println("the benchmark was ended before it was through");
            return 1;
        }
    }
}
