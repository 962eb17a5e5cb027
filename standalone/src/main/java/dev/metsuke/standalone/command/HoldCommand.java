package dev.metsuke.standalone.command;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import dev.metsuke.archive.retention.HeldDocuments;
import dev.metsuke.archive.retention.RetentionTopic;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.retention.LegalHold;
import dev.metsuke.events.retention.LegalHold.Release;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.WaitTeller;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "hold",
        description = "Places, releases or lists legal holds: what they concern is not deleted, however old.",
        footer = {
            "",
            "Examples:",
            "  metsuke hold add --account sato --reason \"dispute 4711\"",
            "  metsuke hold add --from 2019-04-01 --to 2019-06-30 --reason \"inquiry of the authority\"",
            "  metsuke hold list",
            "  metsuke hold release 3f2a9c51 --reason \"dispute 4711 is settled\""
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class HoldCommand {

    private static final int ID_LENGTH = 8;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Command(
            description = "Places a hold on an account, on a period, or on an account in a period.",
            mixinStandardHelpOptions = true)
    int add(
            @Option(names = "--account", paramLabel = "ACCOUNT", description = "Whose documents must stay.") @Nullable
                    String account,
            @Mixin TimeRange range,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, in free words.")
                    String reason)
            throws IOException {
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        LegalHold hold;
        try {
            hold = new LegalHold(
                    UUID.randomUUID().toString(),
                    UUID.randomUUID().toString().substring(0, ID_LENGTH),
                    account == null ? null : new AccountId(account),
                    range.from(zone),
                    range.to(zone),
                    reason,
                    Instant.now(),
                    CommandUser.name(),
                    null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        topic(settings).write(hold);
        out().println("placed: " + describe(hold));
        tellWhatItConcerns(hold, settings.section("elasticsearch", ElasticsearchSettings.class));
        return 0;
    }

    /** A misspelt account holds nothing, which nobody would notice before it is too late. */
    private void tellWhatItConcerns(LegalHold hold, ElasticsearchSettings elasticsearch) {
        try (WaitTeller waiting = WaitTeller.start(elasticsearch.url(), err());
                ElasticsearchClient client =
                        ElasticsearchConnection.open(elasticsearch, ElasticsearchConnection.OF_SMALL_WORK, waiting)) {
            long documents = HeldDocuments.count(client, hold);
            if (documents > 0) {
                out().println("it concerns " + documents + " documents of the archive now");
            } else {
                err().println("it concerns no document of the archive now: is everything spelt right? If not,"
                        + " release it and place another");
            }
        } catch (ElasticsearchException | IOException e) {
            err().println("how many documents it concerns cannot be told: " + e.getMessage()
                    + "; see on the console's page Search whether everything is spelt right");
        }
    }

    @Command(description = "Ends a hold.", mixinStandardHelpOptions = true)
    int release(
            @Parameters(paramLabel = "ID", description = "The hold, as list shows it.") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, in free words.")
                    String reason)
            throws IOException {
        RetentionTopic topic = topic(configuration.load());
        Optional<LegalHold> found =
                topic.holds().stream().filter(hold -> hold.holdId().equals(id)).findFirst();
        if (found.isEmpty() || !found.get().isInForce()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no hold " + id + " in force; see metsuke hold list");
        }
        LegalHold released;
        try {
            released = found.get()
                    .released(UUID.randomUUID().toString(), new Release(Instant.now(), CommandUser.name(), reason));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        topic.write(released);
        out().println("released: " + describe(released));
        return 0;
    }

    @Command(description = "Shows the holds in force.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--all", description = "Also those that were released.") boolean all) throws IOException {
        List<LegalHold> holds = topic(configuration.load()).holds().stream()
                .filter(hold -> all || hold.isInForce())
                .toList();
        holds.forEach(hold -> out().println(describe(hold)));
        if (holds.isEmpty()) {
            out().println("there is no legal hold" + (all ? "" : " in force"));
        }
        return 0;
    }

    private static String describe(LegalHold hold) {
        Release release = hold.release();
        return hold + " (placed " + hold.placedAt() + " by " + hold.placedBy()
                + (release == null
                        ? ""
                        : "; released " + release.at() + " by " + release.by() + ": " + release.reason())
                + ")";
    }

    private static RetentionTopic topic(SettingsFile settings) {
        return new RetentionTopic(settings.section("kafka", KafkaSettings.class));
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
