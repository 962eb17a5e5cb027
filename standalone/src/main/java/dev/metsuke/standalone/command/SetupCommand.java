package dev.metsuke.standalone.command;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.standalone.local.Assembly;
import dev.metsuke.standalone.local.Engines;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "setup",
        description = "Creates topics, templates and policies; run twice, it changes nothing.",
        mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() throws IOException {
        SettingsFile settings = configuration.load();
        try (Metrics metrics = new Metrics()) {
            SetupReport report = new Assembly(settings, Engines.of(settings), metrics).setup();
            spec.commandLine().getOut().println(report.describe());
            return report.hasProblems() ? 1 : 0;
        }
    }
}
