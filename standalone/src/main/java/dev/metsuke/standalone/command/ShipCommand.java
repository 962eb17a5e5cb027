package dev.metsuke.standalone.command;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Part;
import dev.metsuke.standalone.local.Assembly;
import picocli.CommandLine.Command;

@Command(
        name = "ship",
        description = "Runs the log shipper: files to Kafka, exactly once.",
        mixinStandardHelpOptions = true)
final class ShipCommand extends PartCommand {

    @Override
    Part part(Assembly assembly, Metrics metrics) {
        return assembly.shipper();
    }
}
