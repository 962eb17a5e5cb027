package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.simulation.evaluate.SeenAlert;
import dev.metsuke.standalone.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {

    private static final String CRM =
            "shipper: {id: t, sources: [{name: crm, paths: [crm.log], format: {type: json-lines, time: /ts,"
                    + " user: /user, records: /count, action: read, dataset: crm.customers}}]}\n";
    private static final String CRM_LINE = "{\"ts\":\"2026-11-24T03:00:00Z\",\"user\":\"mori\",\"count\":150}\n";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        write("policy.yml", "policy: {version: new, bulk-read: {ceiling: 100}}\n");
        write("lax.yml", "policy: {version: lax, bulk-read: {ceiling: 10000}}\n");
        write("status.csv", """
            account,status,effective_at,reported_at,department,note
            sato,retired,2026-11-24T10:00:00+09:00,2026-11-24T15:00:00+09:00,,
            """);
        write(
                "events.ndjson",
                event("1", "2026-11-24T00:00:00Z", "2026-11-24T00:00:01Z", "sato", 1)
                        + event("2", "2026-11-24T01:30:00Z", "2026-11-24T01:30:01Z", "sato", 1)
                        + "{\"no\":\"event\"}\n"
                        + event("3", "2026-11-24T03:00:00Z", "2026-11-24T05:00:00Z", "mori", 150)
                        + event("4", "2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z", "ito", 1));
    }

    @Test
    void judgesAsDetectionWouldHave() throws IOException {
        CommandRun run = backtest("--policy", "policy.yml", "--events", "events.ndjson", "--status", "status.csv");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("4 events in", "policy new", "1 line is no event and was left out");
        assertThat(run.err()).contains("events.ndjson:3: no access event: ");
        List<SeenAlert> seen = SeenAlert.read(folder.resolve("alerts.ndjson"));
        assertThat(seen)
                .hasSize(2)
                .allSatisfy(alert -> assertThat(alert.alert().state()).isEqualTo(AlertState.CLOSED));
        SeenAlert revoked = of(seen, Rule.REVOKED_ACCOUNT);
        assertThat(revoked.alert().account().value()).isEqualTo("sato");
        assertThat(revoked.alert().events()).isEqualTo(1);
        // Only when HR reported it could anybody know.
        assertThat(revoked.told())
                .isBetween(Instant.parse("2026-11-24T06:00:00Z"), Instant.parse("2026-11-24T06:00:20Z"));
        SeenAlert bulk = of(seen, Rule.BULK_READ);
        assertThat(bulk.alert().start()).isEqualTo(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(bulk.told()).isBetween(Instant.parse("2026-11-24T05:00:00Z"), Instant.parse("2026-11-24T05:00:20Z"));
    }

    @Test
    void tellsWherePolicyAndDirectoryMissEachOther() throws IOException {
        write("policy.yml", """
            policy:
              version: new
              revoked: {scope: {crm.customers: [Sales, Supprt]}}
              exceptions:
                - {rule: bulk-read, account: ueda, until: 2001-12-01T00:00:00Z, why: CHG-17, by: mori}
            """);
        write("staff.csv", "account,department,calendar\nsato,Sales,\nmori,Support,night\n");

        CommandRun run = backtest("--policy", "policy.yml", "--events", "events.ndjson", "--directory", "staff.csv");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines())
                .startsWith(
                        // What is past now may have held when the events happened.
                        "the policy names accounts that are not in the directory: ueda",
                        "the policy names departments of nobody in the directory: Supprt",
                        "the directory names calendars that the policy does not have: night;"
                                + " for their accounts the department's calendar holds, or the default");

        write("accounts.csv", "account\nsato\n");
        assertThat(backtest("--policy", "policy.yml", "--events", "events.ndjson", "--directory", "accounts.csv")
                        .err())
                .startsWith("""
                    the policy names accounts that are not in the directory: ueda
                    the policy names departments of nobody in the directory: Sales, Supprt
                    """);
    }

    @Test
    void tellsOfAccountsThatEventsSpellOtherwise() throws IOException {
        write("policy.yml", "policy: {bulk-read: {accounts: {MORI: 100000}}}\n");
        write("status.csv", """
            account,status,effective_at
            sato@example.jp,retired,2026-11-24
            kato,retired,2026-11-24
            mori,retired,2026-12-24
            """);
        write("approvals.csv", """
            account,dataset,from,until,max_records,ticket
            1003,crm.customers,2026-11-24,2026-11-24,10,CHG-1
            1004,crm.customers,2026-11-24,2026-11-24,10,CHG-2
            """);
        write("staff.csv", "account\nmori\nMORI\nkato\n");

        CommandRun run = backtest(
                "--policy",
                "policy.yml",
                "--events",
                "events.ndjson",
                "--status",
                "status.csv",
                "--approvals",
                "approvals.csv",
                "--directory",
                "staff.csv");

        assertThat(run.err().replace(folder + "/", "").lines())
                .endsWith(
                        "the policy names accounts of which there is no event: MORI (is mori meant?)",
                        "staff.csv names accounts of which there is no event: MORI (is mori meant?)",
                        "status.csv names accounts of which there is no event: sato@example.jp (is sato meant?)",
                        "there is no event of any account that approvals.csv names, such as 1003;"
                                + " events may spell accounts otherwise");
    }

    @Test
    void tellsOfDatasetsThatNoEventTouches() throws IOException {
        write("policy.yml", """
            policy:
              bulk-read: {datasets: {crm.custmers: {ceiling: 10}, CRM.customers: {ceiling: 10}, crm.customers: {ceiling: 10}}}
              revoked: {scope: {hr.employees: [HR]}}
            """);
        write("approvals.csv", """
            account,dataset,from,until,max_records,ticket
            mori,crm.customer,2026-11-24,2026-11-24,10,CHG-1
            """);

        CommandRun run =
                backtest("--policy", "policy.yml", "--events", "events.ndjson", "--approvals", "approvals.csv");

        assertThat(run.err().replace(folder + "/", "").lines())
                .endsWith(
                        "the policy names datasets that no event touches: CRM.customers (is crm.customers meant?),"
                                + " crm.custmers, hr.employees",
                        "approvals.csv names datasets that no event touches: crm.customer");
    }

    @Test
    void tellsOfReadsThatCountAsNobodysForWantOfTheirNumber() throws IOException {
        write(
                "unsized.ndjson",
                event("1", "2026-11-24T00:00:00Z", "2026-11-24T00:00:01Z", "sato", 1)
                        + uncounted("2", "read", "success", "\"dataset\":\"crm.orders\"")
                        + uncounted("3", "search", "success", "\"dataset\":\"crm.orders\"")
                        + uncounted("4", "read", "unknown", "\"categories\":[]")
                        + uncounted("5", "read", "failure", "\"dataset\":\"crm.orders\"")
                        + uncounted("6", "export", "success", "\"dataset\":\"crm.orders\"")
                        + uncounted("7", "login", "success", "\"dataset\":\"crm.orders\"")
                        + uncounted("8", "read", "success", "\"dataset\":\"crm.orders\",\"subjects\":[\"a\"]")
                        + uncounted("9", "read", "success", "\"dataset\":\"crm.sized\""));
        write("policy.yml", "policy: {bulk-read: {datasets: {crm.sized: {size: 10}}}}\n");

        assertThat(backtest("--policy", "policy.yml", "--events", "unsized.ndjson")
                        .err())
                .isEqualTo("3 reads do not say how many people's data it was, and count as nobody's in bulk reads: of"
                        + " crm.orders (2), no dataset (1); map the format's records, or give the datasets a size in"
                        + " the policy\n");
    }

    @Test
    void saysNothingOfThoseWhoTouchedNothing() throws IOException {
        write("status.csv", "account,status,effective_at\nsato,retired,2026-11-24\nkato,retired,2026-11-24\n");

        assertThat(backtest("--policy", "policy.yml", "--events", "events.ndjson", "--status", "status.csv")
                        .err()
                        .lines())
                .singleElement()
                .asString()
                .contains("events.ndjson:3: no access event");
    }

    @Test
    void tellsWhichAlertsComeAndGo() {
        CommandRun run = backtest(
                "--policy",
                "lax.yml",
                "--compare",
                "policy.yml",
                "--events",
                "events.ndjson",
                "--status",
                "status.csv");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("1 alerts by both")
                .containsPattern("- only by \\S*policy.yml: 1\n    .*mori")
                .containsPattern("\\+ only by \\S*lax.yml: 0\n");
    }

    @Test
    void anEpisodeThatBeginsElsewhereIsTheSame() throws IOException {
        // Given
        write("stricter.yml", "policy: {version: stricter, bulk-read: {ceiling: 50}}\n");
        write(
                "events.ndjson",
                event("1", "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z", "mori", 60)
                        + event("2", "2026-11-24T03:20:00Z", "2026-11-24T03:20:00Z", "mori", 150));

        // When
        CommandRun run = backtest("--policy", "policy.yml", "--compare", "stricter.yml", "--events", "events.ndjson");

        // Then
        assertThat(run.out()).contains("1 alerts by both").containsPattern("- only by \\S*stricter.yml: 0\n");
    }

    /** As a shell names rotated logs: the newest first. */
    @Test
    void mergesFilesByArrival() throws IOException {
        // Given
        write("a.log", event("3", "2026-11-24T03:04:00Z", "2026-11-24T03:04:00Z", "mori", 40));
        write(
                "old.log",
                "nonsense\n"
                        + event("1", "2026-11-22T03:00:00Z", "2026-11-22T03:00:00Z", "ito", 1)
                        + event("2", "2026-11-24T03:02:00Z", "2026-11-24T03:02:00Z", "mori", 40));
        write("b.log", event("4", "2026-11-24T03:03:00Z", "2026-11-24T03:03:00Z", "mori", 40));
        write("empty.log", "");

        // When
        CommandRun run = backtest("--policy", "policy.yml", "--events", "a.log", "old.log", "b.log", "empty.log");

        // Then
        assertThat(run.out()).contains("4 events in").doesNotContain("count as late");
        assertThat(of(SeenAlert.read(folder.resolve("alerts.ndjson")), Rule.BULK_READ)
                        .alert()
                        .observed())
                .contains("120 people's records")
                .doesNotContain("arrived more than");
    }

    @Test
    void saysWhatStandsInTheWrongPlace() throws IOException {
        write(
                "events.ndjson",
                event("1", "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z", "mori", 1)
                        + event("2", "2026-11-22T03:00:00Z", "2026-11-22T03:00:00Z", "mori", 1));

        assertThat(backtest("--policy", "policy.yml", "--events", "events.ndjson")
                        .out())
                .contains("1 event stands behind others");
    }

    @Test
    void aReportThatDoesNotSayWhenWasMadeWhenItTookEffect() throws IOException {
        write("status.csv", "account,status,effective_at\nsato,retired,2026-11-24T10:00:00+09:00\n");

        CommandRun run = backtest("--policy", "policy.yml", "--events", "events.ndjson", "--status", "status.csv");

        assertThat(run.out()).containsPattern("revoked-account +1 +1 ");
    }

    @Test
    void readsRawLogsByTheirSource() throws IOException {
        write("metsuke.yml", CRM);
        write("crm.log", CRM_LINE + "nonsense\n");

        CommandRun run =
                backtest("--policy", "policy.yml", "--source", "crm", "--config", "metsuke.yml", "--events", "crm.log");

        assertThat(run.err()).contains("crm.log, line 2: not a JSON line");
        assertThat(run.out()).containsPattern("bulk-read +1 +1 ");
    }

    @Test
    void leavesOutWhatDetectionWouldReject() throws IOException {
        write(
                "events.ndjson",
                event("e1", "9999-12-31T03:00:00Z", "2026-11-24T03:00:00Z", "mori", 1)
                        + event("e2", "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z", "mori", 1));

        CommandRun run = backtest("--policy", "policy.yml", "--events", "events.ndjson");

        assertThat(run.err()).contains("events.ndjson:1: @timestamp is 9999-12-31T03:00:00Z; it must lie between ");
        assertThat(run.out()).contains("1 events in", "1 line is no event and was left out");
    }

    @Test
    void namesWhatCannotBeUsed() throws IOException {
        write("status.csv", """
            account,status,effective_at,reported_at
            sato,gone,2026-11-24,2026-11-24
            """);

        assertThat(backtest("--policy", "policy.yml", "--events", "events.ndjson", "--status", "status.csv"))
                .satisfies(run -> {
                    assertThat(run.exitCode()).isNotZero();
                    assertThat(run.err()).contains("status.csv: line 2");
                });
        assertThat(backtest("--policy", "policy.yml", "--events", "none.ndjson").err())
                .contains("none.ndjson cannot be read");
        write("alerts.ndjson", "{}\n");
        assertThat(backtest("--policy", "policy.yml", "--events", "alerts.ndjson")
                        .err())
                .contains("--out would overwrite ")
                .contains("alerts.ndjson");
        assertThat(backtest("--policy", "alerts.ndjson", "--events", "events.ndjson")
                        .err())
                .contains("--out would overwrite ");
        assertThat(backtest("--policy", "policy.yml", "--config", "alerts.ndjson", "--events", "events.ndjson")
                        .err())
                .contains("--out would overwrite ");
        assertThat(Files.readString(folder.resolve("alerts.ndjson"))).isEqualTo("{}\n");
        assertThat(CommandRun.of("backtest", "--policy", "policy.yml", "--events", "events.ndjson", "--out", "-")
                        .err())
                .contains("--out needs a file")
                .doesNotContain("cannot be read");
        write("other.yml", "shipper: {id: x}\n");
        assertThat(backtest("--policy", "other.yml", "--events", "events.ndjson")
                        .err())
                .contains("other.yml has no section policy");
    }

    @Test
    void oneBadByteMakesOneBadLine() throws IOException {
        byte[] good = event("1", "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z", "mori", 150)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        bytes.writeBytes(good);
        bytes.writeBytes("{\"user\":\"\u76EE\"}\n".getBytes("Shift_JIS"));
        bytes.writeBytes(event("2", "2026-11-24T03:01:00Z", "2026-11-24T03:01:00Z", "\u76EE\u4ED8", 1)
                .getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("events.ndjson"), bytes.toByteArray());

        CommandRun run = backtest("--policy", "policy.yml", "--events", "events.ndjson");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("2 events in", "1 line is no event and was left out");
        assertThat(run.err()).contains("events.ndjson:2: no access event: ");
    }

    @Test
    void readsPackedEvents() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(folder.resolve("events.ndjson")));
        }
        Path file = Files.write(folder.resolve("events.ndjson.gz"), packed.toByteArray());

        assertThat(backtest("--policy", "policy.yml", "--events", file.toString())
                        .out())
                .contains("4 events in");
    }

    @Test
    void aRunThatJudgesNothingFailsAndLeavesEarlierAlertsAlone() throws IOException {
        write("alerts.ndjson", "of before\n");
        write("nothing.ndjson", "account,status\nsato,retired\n");

        CommandRun run = backtest("--policy", "policy.yml", "--events", "nothing.ndjson");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no event in ").contains("nothing.ndjson:1: no access event");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(folder.resolve("alerts.ndjson")).hasContent("of before");
    }

    /** Rotated logs that a full disk cut off look whole to whoever does not ask. */
    @Test
    void refusesFilesThatCannotBeUnpackedToTheirEnd() throws IOException {
        write("metsuke.yml", CRM);
        write("alerts.ndjson", "of before\n");
        Path events = cutOff("events.ndjson.gz", Files.readString(folder.resolve("events.ndjson")));
        Path log = cutOff("crm.log.gz", CRM_LINE.repeat(1_000));
        write("plain.gz", "{}\n");

        assertThat(List.of(
                        backtest("--policy", "policy.yml", "--events", events.toString()),
                        backtest("--policy", "policy.yml", "--events", "plain.gz"),
                        backtest("--policy", "policy.yml", "--events", "plain.gz", "events.ndjson"),
                        backtest(
                                "--policy",
                                "policy.yml",
                                "--source",
                                "crm",
                                "--config",
                                "metsuke.yml",
                                "--events",
                                log.toString())))
                .allSatisfy(run -> {
                    assertThat(run.exitCode()).isEqualTo(2);
                    assertThat(run.err())
                            .containsPattern("[/\\\\](events.ndjson|plain|crm.log).gz cannot be read whole: ");
                });
        assertThat(folder.resolve("alerts.ndjson")).hasContent("of before");
    }

    @Test
    void tellsOfALastLineThatIsNotShippedYet() throws IOException {
        write("metsuke.yml", CRM);
        write("crm.log", CRM_LINE + CRM_LINE.strip());

        CommandRun run =
                backtest("--policy", "policy.yml", "--source", "crm", "--config", "metsuke.yml", "--events", "crm.log");

        assertThat(run.out()).contains("1 events in", "1 line is no event and was left out");
        assertThat(run.err())
                .contains("crm.log: " + CRM_LINE.strip().length() + " bytes at its end are no complete record");
    }

    /** As a shell gives what another command unpacks; what it gave once is gone. */
    @Test
    void readsAPipeOnceOrNotAtAll() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(List.of(
                        backtest("--policy", "policy.yml", "--compare", "lax.yml", "--events", pipe.toString()),
                        backtest("--policy", "policy.yml", "--source", "crm", "--events", pipe.toString()),
                        backtest("--policy", "policy.yml", "--events", "events.ndjson", pipe.toString())))
                .allSatisfy(run -> {
                    assertThat(run.exitCode()).isEqualTo(2);
                    assertThat(run.err()).contains("pipe is no plain file, and can be read only once");
                });
        Thread writer = Thread.startVirtualThread(() -> copy(folder.resolve("events.ndjson"), pipe));
        assertThat(backtest("--policy", "policy.yml", "--events", pipe.toString())
                        .out())
                .contains("4 events in");
        writer.join();
    }

    private static void copy(Path from, Path to) {
        try (OutputStream out = Files.newOutputStream(to)) {
            Files.copy(from, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As hosts write whose clock begins at 1970 in their own zone. */
    @Test
    void judgesWhatIsDatedBefore1970() throws IOException {
        write(
                "events.ndjson",
                event("1", "1969-12-31T15:00:00Z", "1969-12-31T15:00:00Z", "mori", 150)
                        + event("2", "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z", "mori", 150));

        CommandRun run = backtest("--policy", "policy.yml", "--events", "events.ndjson");

        assertThat(run.out()).contains("2 events in").containsPattern("bulk-read +2 +1 ");
    }

    @Test
    void writesWhereALinkPoints() throws IOException {
        write("kept.ndjson", "of before\n");
        Path link = Files.createSymbolicLink(folder.resolve("alerts.ndjson"), Path.of("kept.ndjson"));

        backtest("--policy", "policy.yml", "--events", "events.ndjson");

        assertThat(link).isSymbolicLink();
        assertThat(SeenAlert.read(folder.resolve("kept.ndjson"))).isNotEmpty();
    }

    private Path cutOff(String name, String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve(name), Arrays.copyOf(packed.toByteArray(), packed.size() - 8));
    }

    private static SeenAlert of(List<SeenAlert> seen, Rule rule) {
        return seen.stream()
                .filter(found -> {
                    Alert alert = found.alert();
                    return alert.rule() == rule;
                })
                .findFirst()
                .orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String event(String id, String time, String created, String account, int records) {
        return "{\"@timestamp\":\"" + time + "\",\"event\":{\"action\":\"read\",\"created\":\"" + created
                + "\",\"id\":\"" + id + "\",\"outcome\":\"success\"},\"metsuke\":{\"dataset\":\"crm.customers\","
                + "\"records\":" + records + "},\"user\":{\"id\":\"" + account + "\"}}\n";
    }

    private static String uncounted(String id, String action, String outcome, String read) {
        return "{\"@timestamp\":\"2026-11-24T01:00:00Z\",\"event\":{\"action\":\"" + action + "\",\"id\":\"" + id
                + "\",\"outcome\":\"" + outcome + "\"},\"metsuke\":{" + read + "},\"user\":{\"id\":\"sato\"}}\n";
    }

    /** A name of a file stands for that file in the folder. */
    private CommandRun backtest(String... arguments) {
        List<String> all = new ArrayList<>(List.of("backtest"));
        Arrays.stream(arguments)
                .map(argument -> argument.matches("[a-z]+\\.[a-z]+")
                        ? folder.resolve(argument).toString()
                        : argument)
                .forEach(all::add);
        all.add("--out");
        all.add(folder.resolve("alerts.ndjson").toString());
        return CommandRun.of(all.toArray(String[]::new));
    }
}
