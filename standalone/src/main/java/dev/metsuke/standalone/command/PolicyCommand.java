package dev.metsuke.standalone.command;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFile;
import dev.metsuke.detect.policy.PolicyTopic;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "policy",
        description = "Checks a policy, brings it into force in the running cluster, or shows what is published.",
        footer = {
            "",
            "Examples:",
            "  metsuke policy check policy.yml",
            "  metsuke policy publish policy.yml --dry-run",
            "  metsuke policy publish policy.yml --note \"CHG-17: Support works with tickets only\"",
            "  metsuke policy show"
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Command(description = "Says everything that is wrong with a file.", mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FILE", description = "A YAML file with the section policy.") Path file) {
        out().println(file + " is right: policy "
                + SettingsFile.load(file)
                        .givenSection(PolicyFile.SECTION, Policy.class)
                        .versionName());
        return 0;
    }

    @Command(description = "Brings a file's policy into force.", mixinStandardHelpOptions = true)
    int publish(
            @Parameters(paramLabel = "FILE", description = "A YAML file with the section policy.") Path file,
            @Option(names = "--note", paramLabel = "TEXT", description = "Why, in free words.") @Nullable String note,
            @Option(names = "--dry-run", description = "Check it against what is known, publish nothing.")
                    boolean dryRun)
            throws IOException {
        PolicyFile read = PolicyFile.read(file);
        KafkaSettings kafka = kafka();
        PolicyTopic topic = new PolicyTopic(kafka);
        PublishedPolicy published = read.after(topic.published(), Instant.now(), CommandUser.name(), note);
        if (dryRun) {
            out().println("dry run: policy " + published.version() + " can be published");
        } else {
            topic.publish(published);
            out().println("published: policy " + published.version() + " at " + published.publishedAt());
        }
        PolicyNotice.print(read.policy(), kafka, spec.commandLine().getErr());
        return 0;
    }

    @Command(description = "Lists what is published; the last is in force.", mixinStandardHelpOptions = true)
    int show(@Option(names = "--text", description = "Print the text of the one in force.") boolean text)
            throws IOException {
        List<PublishedPolicy> policies = new PolicyTopic(kafka()).published();
        if (policies.isEmpty()) {
            out().println("nothing is published; the settings file's policy holds");
        } else if (text) {
            out().print(policies.getLast().yaml());
        } else {
            policies.forEach(policy -> out().println(policy.publishedAt() + "  " + policy.version() + "  by "
                    + policy.publishedBy() + (policy.note() == null ? "" : "  " + policy.note())));
        }
        return 0;
    }

    private KafkaSettings kafka() {
        return configuration.load().section("kafka", KafkaSettings.class);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
