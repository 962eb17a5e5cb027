package dev.metsuke.standalone.command;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Part;
import dev.metsuke.standalone.local.Assembly;
import picocli.CommandLine.Command;

@Command(
        name = "ship",
        description = {
            "Runs the log shipper: files to Kafka, exactly once.",
            "Exit code: 0 or 143 stopped, 1 failed, 4 another shipper with its id took over."
        },
        mixinStandardHelpOptions = true)
final class ShipCommand extends PartCommand {

    @Override
    Part part(Assembly assembly, Metrics metrics) {
        return assembly.shipper();
    }
}
