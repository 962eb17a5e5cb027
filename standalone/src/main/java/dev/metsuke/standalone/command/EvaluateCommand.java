package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.simulation.SimulatedFile;
import dev.metsuke.simulation.SimulationFacts;
import dev.metsuke.simulation.evaluate.Evaluation;
import dev.metsuke.simulation.evaluate.EvaluationJson;
import dev.metsuke.simulation.evaluate.EvaluationText;
import dev.metsuke.simulation.evaluate.SeenAlert;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        description = "Tells how well alerts fit a simulation's labels: precision, recall, false alerts, delay.",
        footer = {
            "",
            "An alert fits a label when account and rule are the same and their times overlap. Exit code 1 where the"
                + " input cannot be used, or with --check where a bar is missed; docs/simulation.md tells how all is"
                + " counted.",
            "",
            "Examples:",
            "  metsuke evaluate company",
            "  metsuke evaluate company --alerts other.ndjson --mistakes",
            "  metsuke evaluate company --format json"
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder that metsuke simulate wrote.")
    private Path folder = Path.of("");

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description = "The alerts, one JSON document a line (default: alerts.ndjson in the folder).")
    private @Nullable Path alerts;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to tell it: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Option(names = "--mistakes", description = "Also list every missed incident and every false alert.")
    private boolean mistakes;

    @Option(names = "--check", description = "Exit with 1 where a bar is missed.")
    private boolean check;

    /** As they are written on the command line. */
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws IOException {
        Path labelled = folder.resolve(SimulatedFile.INCIDENTS.title());
        LabelledIncidents labels = LabelledIncidents.read(InputFile.read(labelled));
        PrintWriter err = spec.commandLine().getErr();
        if (!labels.problems().isEmpty()) {
            labels.problems().stream().map(Problem::describe).forEach(line -> err.println(labelled + ": " + line));
            return 1;
        }
        SimulationFacts facts = facts();
        Evaluation evaluation = Evaluation.of(labels.incidents(), seen(), facts.accounts(), facts.days());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case table -> {
                out.print(EvaluationText.summary(evaluation));
                if (mistakes) {
                    out.println();
                    out.print(EvaluationText.mistakes(evaluation));
                }
            }
            case json -> out.println(EvaluationJson.of(evaluation));
        }
        out.flush();
        return check && evaluation.bars().stream().anyMatch(bar -> !bar.isMet()) ? 1 : 0;
    }

    private SimulationFacts facts() throws IOException {
        Path file = folder.resolve(SimulatedFile.FACTS.title());
        try {
            return SimulationFacts.fromJson(InputFile.read(file));
        } catch (MalformedDocumentException e) {
            throw new IOException(file + ": " + e.getMessage() + "; simulate again, or mend it", e);
        }
    }

    private List<SeenAlert> seen() throws IOException {
        return SeenAlert.read(alerts == null ? folder.resolve(SimulatedFile.ALERTS.title()) : alerts);
    }
}
