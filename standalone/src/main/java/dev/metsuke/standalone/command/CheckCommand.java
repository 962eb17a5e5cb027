package dev.metsuke.standalone.command;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.standalone.local.Sections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Reads the settings and tells all that is wrong with them, with its line; starts nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Files and variables that the settings name are read, too, so check where they will be used; of those"
                    + " of kafka.properties, whether key store and trust store are there.",
            "Nothing wrong: exit code 0; else 1.",
            "",
            "Example, before the shipper of a host is started anew:",
            "  metsuke check -c /etc/metsuke/metsuke.yml kafka shipper"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "SECTION",
            description = "Which are of interest, such as kafka shipper; without it, all that the file has.")
    private List<String> named = List.of();

    @Override
    public Integer call() {
        for (String name : named) {
            if (!Sections.ALL.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no section " + name + "; it can be " + String.join(", ", Sections.ALL.keySet()));
            }
        }
        SettingsFile settings = configuration.load();
        Collection<String> given = settings.sections();
        Collection<String> wanted = named.isEmpty() ? given : named;
        List<String> problems = new ArrayList<>();
        try {
            Sections.check(settings, wanted);
        } catch (InvalidSettingsException e) {
            problems.addAll(e.problems());
        }
        problems.addAll(NamedFiles.problems(settings, wanted));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        if (wanted.isEmpty()) {
            spec.commandLine().getOut().println(settings.name() + " has no section: every default holds");
        }
        for (String name : wanted) {
            spec.commandLine()
                    .getOut()
                    .println(settings.name() + ": " + name
                            + (given.contains(name) ? ": nothing wrong" : " is not there: its defaults hold")
                            + (name.equals("shipper") ? whatIsShipped(settings) : ""));
        }
        return 0;
    }

    private static String whatIsShipped(SettingsFile settings) {
        boolean isNothing =
                settings.section("shipper", ShipperSettings.class).sources().isEmpty();
        return isNothing ? "; it has no sources, so that nothing would be shipped" : "";
    }
}
