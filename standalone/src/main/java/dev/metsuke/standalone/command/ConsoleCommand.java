package dev.metsuke.standalone.command;

import dev.metsuke.operations.http.OperationsEndpoints;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Part;
import dev.metsuke.standalone.local.Assembly;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;

@Command(
        name = "console",
        description = "Serves the pages of officer, HR and auditor.",
        mixinStandardHelpOptions = true)
final class ConsoleCommand extends PartCommand {

    @Override
    Part part(Assembly assembly, Metrics metrics) throws IOException {
        AtomicReference<OperationsEndpoints> endpoints =
                new AtomicReference<>(new OperationsEndpoints(List.of(), metrics));
        Part console = assembly.console(assembly.consoleSettings(), endpoints::get);
        endpoints.set(new OperationsEndpoints(List.of(console), metrics));
        return console;
    }

    @Override
    boolean answersForItself() {
        return true;
    }
}
