package dev.metsuke.standalone.command;

import dev.metsuke.simulation.SimulatedFile;
import dev.metsuke.simulation.Simulation;
import dev.metsuke.simulation.company.Scale;
import dev.metsuke.simulation.incident.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "simulate",
        description = "Writes a simulated company's logs and reports, with labelled incidents of every kind.",
        footer = {
            "",
            "Writes events.ndjson, status.csv, approvals.csv, directory.csv, policy.yml, and the labels:"
                    + " incidents.csv.",
            "The same seed gives the same bytes. docs/simulation.md tells what is in them and how it is drawn.",
            "",
            "Example:",
            "  metsuke simulate --accounts 1000 --days 60 --seed 1 --out company"
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many accounts the company has, 100 at least (default ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(
            names = "--days",
            paramLabel = "D",
            defaultValue = "60",
            description = "For how many days, 28 at least (default ${DEFAULT-VALUE}); a slow drip needs 45.")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What is drawn (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--from",
            converter = Day.class,
            paramLabel = "DATE",
            description = "The first day (default 2026-07-01: two month-ends, a holiday and Obon within 60 days).")
    private LocalDate from = Scale.USUAL_FROM;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder; made where it is not there. An earlier simulation is replaced, and its alerts"
                    + " deleted.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Simulation simulation = Simulation.of(scale());
        refuseToOverwrite();
        long events = write(simulation);
        long incidents = simulation.incidents().stream()
                .filter(label -> !label.isInnocent())
                .count();
        spec.commandLine()
                .getOut()
                .println(folder + ": " + events + " events of " + accounts + " accounts in " + days + " days, "
                        + incidents + " incidents, " + (simulation.incidents().size() - incidents)
                        + " innocents that look like one");
        if (!simulation.leftOut().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("left out, since these days have no room for it: "
                            + simulation.leftOut().stream().map(Kind::title).collect(Collectors.joining(", ")));
        }
        return 0;
    }

    /** Files of these names that are no simulation's may be somebody's own policy. */
    private void refuseToOverwrite() {
        List<String> there = Arrays.stream(SimulatedFile.values())
                .map(SimulatedFile::title)
                .filter(title -> Files.exists(folder.resolve(title)))
                .toList();
        if (!there.isEmpty() && !there.contains(SimulatedFile.FACTS.title())) {
            throw new ParameterException(
                    spec.commandLine(),
                    folder + " has " + String.join(", ", there) + " of another making, or of a simulation"
                            + " that was interrupted (it has no " + SimulatedFile.FACTS.title()
                            + "); name another folder, or delete them");
        }
    }

    private Scale scale() {
        try {
            return new Scale(accounts, days, seed, from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private long write(Simulation simulation) throws IOException {
        try {
            return simulation.write(folder);
        } catch (IOException e) {
            throw new IOException(folder + " cannot be written (" + e + "); name a folder with room in it", e);
        }
    }

    private static final class Day implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String written) {
            try {
                return LocalDate.parse(written);
            } catch (DateTimeException e) {
                throw new TypeConversionException("it is " + written + "; write a day such as 2026-07-01");
            }
        }
    }
}
