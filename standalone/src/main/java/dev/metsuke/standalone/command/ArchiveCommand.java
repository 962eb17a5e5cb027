package dev.metsuke.standalone.command;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Part;
import dev.metsuke.standalone.local.Assembly;
import picocli.CommandLine.Command;

@Command(
        name = "archive",
        description = "Runs the archive: every topic to Elasticsearch.",
        mixinStandardHelpOptions = true)
final class ArchiveCommand extends PartCommand {

    @Override
    Part part(Assembly assembly, Metrics metrics) {
        return assembly.archive();
    }
}
