package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@NeedsServers
class PolicyCommandIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aPolicyIsTriedThenPublishedAndItsSlipsAreTold() throws IOException {
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"))) {
            write(
                    "metsuke.yml",
                    "kafka: {bootstrap-servers: \"%s\", partitions: 1}\n".formatted(broker.bootstrapServers()));
            TopicSetup.apply(SettingsFile.load(folder.resolve("metsuke.yml")).section("kafka", KafkaSettings.class));
            String staff = write(
                    "staff.csv",
                    "account,department,calendar\nsato,Support,night\nmori,Sales,night\nito,Sales,office\n");
            String slips = write("slips.yml", """
                policy:
                  version: slips
                  bulk-read:
                    accounts: {SATO: 10, batch: 20, mori: 30, "ip:10.0.0.7": 40}
                    departments: {Sales: 40, Sale: 50}
                  revoked: {scope: {crm.customers: [ｓｕｐｐｏｒｔ, Sales]}}
                  off-hours:
                    departments: {Sals: office}
                    calendars: {Night: {hours: {monday: ["22:00-06:00"]}}}
                  exceptions:
                    - {rule: bulk-read, account: ueda, until: 2999-12-01T00:00:00Z, why: CHG-17, by: mori}
                    - {rule: bulk-read, account: left, until: 2001-12-01T00:00:00Z, why: CHG-01, by: mori}
                """);
            String right = write("right.yml", """
                policy:
                  version: right
                  bulk-read: {accounts: {sato: 10}, departments: {Support: 40}}
                  off-hours: {calendars: {night: {hours: {monday: ["22:00-06:00"]}}}}
                """);

            CommandRun early = run("policy", "publish", slips, "--dry-run");
            CommandRun imported = run("import-directory", staff);
            CommandRun tried = run("policy", "publish", slips, "--dry-run");
            CommandRun before = run("policy", "show");
            CommandRun published = run("policy", "publish", slips, "--note", "CHG-18");
            CommandRun triedBySlips = run("import-directory", staff, "--dry-run");
            CommandRun good = run("policy", "publish", right);
            CommandRun triedByRight = run("import-directory", staff, "--dry-run");
            write("slips.yml", "policy: {version: slips}\n");
            CommandRun again = run("policy", "publish", slips, "--dry-run");

            assertThat(early.out()).isEqualTo("dry run: policy slips can be published\n");
            assertThat(early.err()).as("nobody has told a directory yet").isEmpty();
            assertThat(imported.err()).as("nobody has told a policy yet").isEmpty();
            assertThat(triedBySlips.err())
                    .isEqualTo("the directory names calendars that the policy does not have: night (is Night meant?);"
                            + " for their accounts the department's calendar holds, or the default\n");
            assertThat(triedByRight.err()).isEmpty();
            assertThat(tried.err().lines())
                    .containsExactly(
                            "the policy names accounts that are not in the directory: SATO (is sato meant?), batch,"
                                    + " ueda",
                            "the policy names departments of nobody in the directory: Sale, Sals, ｓｕｐｐｏｒｔ (is Support"
                                    + " meant?)",
                            "the directory names calendars that the policy does not have: night (is Night meant?);"
                                    + " for their accounts the department's calendar holds, or the default");
            assertThat(before.out()).isEqualTo("nothing is published; the settings file's policy holds\n");
            assertThat(published.out()).startsWith("published: policy slips at ");
            assertThat(published.err()).isEqualTo(tried.err());
            assertThat(good.err()).isEmpty();
            assertThat(run("policy", "show").out().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("  slips  by ").endsWith("  CHG-18"),
                            line -> assertThat(line).contains("  right  by "));
            assertThat(again.exitCode()).isNotZero();
            assertThat(again.err()).contains("another text was published as version slips at ");
            assertThat(Stream.of(early, imported, tried, before, published, triedBySlips, good, triedByRight)
                            .map(CommandRun::exitCode))
                    .containsOnly(0);
        }
    }

    @Test
    void whatWouldNotBeTheSameElsewhereIsRefused() throws IOException {
        write("metsuke.yml", "kafka: {bootstrap-servers: \"localhost:1\"}\n");

        CommandRun borrowed = run("policy", "publish", write("borrowed.yml", "policy: {version: \"${env:HOME}\"}\n"));
        CommandRun more = run("policy", "publish", write("more.yml", "policy: {version: v}\nshipper: {id: x}\n"));

        assertThat(borrowed.err()).contains("must say everything itself, without ${…}");
        assertThat(more.err()).contains("more.yml: would be published whole, with policy, shipper");
        assertThat(Stream.of(borrowed, more).map(CommandRun::exitCode)).containsOnly(1);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.with(folder.resolve("metsuke.yml"), arguments);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
