package dev.metsuke.standalone.command;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Part;
import dev.metsuke.standalone.local.Assembly;
import picocli.CommandLine.Command;

@Command(
        name = "detect",
        description = "Runs detection: events and reports to alerts.",
        mixinStandardHelpOptions = true)
final class DetectCommand extends PartCommand {

    @Override
    Part part(Assembly assembly, Metrics metrics) {
        return assembly.detection();
    }
}
