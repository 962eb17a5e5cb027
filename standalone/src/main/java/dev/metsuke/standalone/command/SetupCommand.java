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
            Assembly assembly = new Assembly(settings, Engines.of(settings), metrics);
            // What was done is told, whatever becomes of the rest.
            SetupReport kafka = assembly.setupKafka();
            spec.commandLine().getOut().println(kafka.describe());
            SetupReport elasticsearch = assembly.setupElasticsearch();
            spec.commandLine().getOut().println(elasticsearch.describe());
            return kafka.hasProblems() || elasticsearch.hasProblems() ? 1 : 0;
        }
    }
}
