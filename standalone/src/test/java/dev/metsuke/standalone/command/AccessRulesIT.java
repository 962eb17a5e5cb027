package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.metsuke.archive.Backlog;
import dev.metsuke.operations.kafka.AccessRules;
import dev.metsuke.operations.kafka.AccessSettings;
import dev.metsuke.operations.kafka.AccessSetup;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.ServerOptions;
import dev.metsuke.servers.testing.NeedsEmbeddedServers;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that knows who asks, and lets nobody do more than {@code setup} gave them the right to. */
@Timeout(120)
@NeedsEmbeddedServers("whose listeners and authorizer a test may set")
class AccessRulesIT {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shortCommandsSeeWhatThereIsOrSayThatTheyMayNot() throws IOException {
        ServerOptions options = ServerOptions.in(folder.resolve("kafka"))
                .withSetting("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .withSetting("sasl.enabled.mechanisms", "PLAIN")
                .withSetting("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .withSetting(
                        "listener.name.plaintext.plain.sasl.jaas.config",
                        LOGIN + " username=\"kafka\" password=\"secret\" user_kafka=\"secret\""
                                + " user_console=\"secret\" user_stranger=\"secret\";")
                .withSetting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                // The controller speaks to itself without a name.
                .withSetting("super.users", "User:kafka;User:ANONYMOUS");
        try (EmbeddedKafka broker = EmbeddedKafka.start(options)) {
            String admin = settingsOf("kafka", broker);
            String console = settingsOf("console", broker);
            String stranger = settingsOf("stranger", broker);
            KafkaSettings kafka = SettingsFile.load(Path.of(admin)).section("kafka", KafkaSettings.class);
            TopicSetup.apply(kafka);
            AccessSetup.apply(
                    kafka,
                    AccessRules.of(new AccessSettings(null, null, null, "User:console"), "metsuke-detect", "archive"));
            String policy = Files.writeString(
                            folder.resolve("strict.yml"), "policy: {version: strict, bulk-read: {ceiling: 2}}\n")
                    .toString();

            CommandRun published = CommandRun.of("policy", "publish", policy, "--config", admin);
            CommandRun shown = CommandRun.of("policy", "show", "--config", console);
            CommandRun holds = CommandRun.of("hold", "list", "--config", console);
            CommandRun forbidden = CommandRun.of("policy", "show", "--config", stranger);
            CommandRun forbiddenHolds = CommandRun.of("hold", "list", "--config", stranger);

            assertThat(howFarTheArchiveIs(console)).contains("knows no consumer group archive");
            assertThat(howFarTheArchiveIs(stranger)).contains("does not tell: ", "AuthorizationException");
            assertThat(published.exitCode()).as(published.err()).isZero();
            assertThat(shown.out()).as(shown.err()).contains("  strict  by ");
            assertThat(holds.out()).as(holds.err()).contains("there is no legal hold in force");
            assertThat(forbidden.exitCode()).isEqualTo(1);
            assertThat(forbidden.err()).contains("does not let this account read metsuke.policy");
            assertThat(forbiddenHolds.exitCode()).isEqualTo(1);
            assertThat(forbiddenHolds.err()).contains("does not let this account read metsuke.retention");
        }
    }

    private static String howFarTheArchiveIs(String settings) {
        KafkaSettings kafka = SettingsFile.load(Path.of(settings)).section("kafka", KafkaSettings.class);
        return String.valueOf(assertThrows(
                        IOException.class,
                        () -> Backlog.waitingSince(kafka, "archive", Backlog.OF_LINES, Instant.now()))
                .getMessage());
    }

    private String settingsOf(String user, EmbeddedKafka broker) throws IOException {
        return Files.writeString(folder.resolve(user + ".yml"), """
            kafka:
              bootstrap-servers: %s
              partitions: 1
              properties:
                security.protocol: SASL_PLAINTEXT
                sasl.mechanism: PLAIN
                sasl.jaas.config: '%s username="%s" password="secret";'
            """.formatted(broker.bootstrapServers(), LOGIN, user))
                .toString();
    }
}
