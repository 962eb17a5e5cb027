package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.standalone.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {

    private static final String GOOD =
            "203.0.113.9 - tanaka [23/Nov/2026:15:05:22 +0900] \"GET /customers/17 HTTP/1.1\" 200 512 \"-\""
                    + " \"Mozilla\"";
    private static final String OTHER =
            "203.0.113.9 - - [23/Nov/2026:15:05:23 +0900] \"GET /favicon.ico HTTP/1.1\" 404 9 \"-\" \"Mozilla\"";
    private static final String RED = "\u001b[31m";

    @TempDir
    Path folder;

    private Path config = Path.of("unset");
    private Path log = Path.of("unset");

    @BeforeEach
    void writeSettingsAndLog() throws IOException {
        Files.writeString(folder.resolve("key"), "5e".repeat(32));
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-------"));
        config = Files.writeString(folder.resolve("metsuke.yml"), """
            shipper:
              id: edge
              sources:
                - name: portal
                  paths: [access.log]
                  format: combined
                  zone: Asia/Tokyo
                  urls: [{path: '/customers/\\d+', dataset: crm.customers, records: 1}]
                - name: hidden
                  paths: [other.log]
                  format: combined
                  pseudonyms: {key-file: key, url-paths: ['/customers/(\\d+)']}
            """);
        log = Files.writeString(
                folder.resolve("access.log"), String.join("\n", GOOD, "junk\u001b[2J", "", OTHER, "half"));
    }

    @Test
    void showsEachRecordOnALineAndSumsUp() {
        CommandRun run = parse("--source", "portal");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("line 1 +2026-11-23 15:05:22 \\+09:00 +tanaka +read +crm.customers +1 +success"
                                        + " +203.0.113.9"),
                        line -> assertThat(line).matches("line 2 +REJECTED +not a combined log line: .*"),
                        line -> assertThat(line).isEqualTo("    junk␣[2J"),
                        line -> assertThat(line).matches("line 3 +ignored: blank line *"),
                        line -> assertThat(line)
                                .matches("line 4 +2026-11-23 15:05:23 \\+09:00 +ip:203.0.113.9 +read +- +\\? +failure"
                                        + " +203.0.113.9"),
                        line -> assertThat(line).isEqualTo("4 records: 2 events, 1 rejected, 1 ignored (blank line 1)"),
                        line -> assertThat(line).startsWith("4 bytes at the end are no complete record yet"),
                        line -> assertThat(line).startsWith("1 of 2 events have no account"),
                        line -> assertThat(line)
                                .startsWith("1 of 2 events have no dataset")
                                .contains("urls or tables"));
    }

    @Test
    void coloursRejectionsOnlyWhereAskedTo() {
        assertThat(parse("--source", "portal").out()).doesNotContain("\u001b");
        assertThat(parse("--source", "portal", "--color=never").out()).doesNotContain("\u001b");
        assertThat(parse("--source", "portal", "--color=always").out()).contains(RED + "line 2  REJECTED");
        assertThat(parse("--source", "portal", "--color=pink").exitCode()).isEqualTo(2);
    }

    @Test
    void showsOnlyWhatIsAskedForAndCountsAll() {
        CommandRun rejected = parse("--source", "portal", "--only", "rejected");
        CommandRun first = parse("--source", "portal", "--limit", "1");

        assertThat(rejected.out()).startsWith("line 2").doesNotContain("line 1 ", "line 3", "line 4");
        assertThat(first.out()).contains("line 1", "4 records: 2 events").doesNotContain("line 2");
    }

    @Test
    void printsTheEventsAsTheyWouldBeSent() throws MalformedDocumentException {
        CommandRun run = parse("--source", "portal", "--json");

        List<String> documents = run.out().lines().toList();
        assertThat(documents).hasSize(2);
        AccessEvent event = AccessEventJson.decode(documents.getFirst().getBytes(StandardCharsets.UTF_8));
        assertThat(event.original()).isEqualTo(GOOD);
        assertThat(event.records()).isEqualTo(1);
        assertThat(run.err()).contains("line 2  REJECTED", "4 records: 2 events");
    }

    @Test
    void showsTheLineAsItWouldBeKept() {
        assertThat(parse("--source", "portal", "--original").out()).contains("    " + GOOD);
        assertThat(parse("--source", "hidden", "--original").out())
                .containsPattern("GET /customers/p:[0-9a-f]{32} HTTP")
                .containsPattern("line 1 .* of p:[0-9a-f]{32}")
                .doesNotContain("/customers/17");
    }

    @Test
    void hintsAtPeopleWhoWouldLeaveTheHostInClear() throws IOException {
        Files.writeString(log, "{\"t\":\"2026-11-23T15:05:22Z\",\"who\":[\"C-10023\"]}\n");
        String format = "format: {type: json-lines, time: /t, action: read, subjects: /who}";
        Files.writeString(config, """
            shipper:
              sources:
                - {name: clear, paths: [a], %1$s}
                - {name: hidden, paths: [b], %1$s, pseudonyms: {key-file: key}}
            """.formatted(format));

        assertThat(parse("--source", "clear").out()).contains("1 of 1 events have subjects named in clear");
        assertThat(parse("--source", "hidden").out()).contains("1 events").doesNotContain("in clear");
    }

    /** A request that failed reads nothing. */
    @Test
    void hintsAtReadsOfWhichNobodyKnowsOfHowManyPeople() throws IOException {
        Files.writeString(log, OTHER + "\n" + OTHER.replace(" 404 ", " 200 ") + "\n" + GOOD + "\n");

        assertThat(parse("--source", "portal").out().lines())
                .filteredOn(line -> line.contains("no records"))
                .singleElement()
                .asString()
                .startsWith("1 of 3 events have no records, and read data: of how many people is unknown")
                .endsWith("or give the dataset a size in the policy");
    }

    @Test
    void hintsAtOutcomesThatItCannotRead() throws IOException {
        Files.writeString(log, "{\"t\":\"2026-11-23T15:05:22Z\",\"ok\":\"OK\"}\n");

        assertThat(CommandRun.of(
                                "parse",
                                "--format",
                                "{type: json-lines, time: /t, action: read, outcome: /ok}",
                                log.toString())
                        .out())
                .contains("1 of 1 events have an outcome that is neither success nor failure");
    }

    @Test
    void hintsAtSettingsByWhichALogHoldsNoAccess() throws IOException {
        Files.writeString(log, "{\"time\":\"2026-11-23T15:05:22Z\",\"op\":\"view\"}\n");

        assertThat(CommandRun.of(
                                "parse",
                                "--format",
                                "{type: json-lines, action: {pointer: /op, values: {VIEW: read}, otherwise: ignore}}",
                                log.toString())
                        .out())
                .contains("0 events, 0 rejected, 1 ignored (action that the source ignores 1)")
                .contains("no record is an access by the source's settings");
    }

    @Test
    void helpsWithoutSettings() {
        CommandRun combined = CommandRun.of("parse", "--format", "combined", "--zone", "Asia/Tokyo", log.toString());
        CommandRun wrong = CommandRun.of("parse", "--format", "combind", log.toString());
        CommandRun json =
                CommandRun.of("parse", "--format", "{type: json-lines, time: /t, action: read}", log.toString());

        assertThat(combined.out()).contains("2026-11-23 15:05:22 +09:00", "2 events, 1 rejected");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("format").contains("combined", "json-lines", "cloudtrail");
        assertThat(json.out()).contains("0 events, 3 rejected");
    }

    @Test
    void namesTheSourcesThatThereAre() {
        CommandRun unknown = parse("--source", "portl");
        CommandRun none = parse();
        CommandRun both = parse("--source", "portal", "--format", "combined");

        assertThat(List.of(unknown, none, both))
                .extracting(CommandRun::exitCode)
                .containsOnly(2);
        assertThat(unknown.err()).contains("no source is called portl; the settings have portal, hidden");
        assertThat(none.err()).contains("the settings have portal, hidden").contains("--format combined");
        assertThat(both.err()).contains("--source and --format are given");
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        CommandRun folderGiven = CommandRun.of("parse", "--format", "combined", folder.toString());
        CommandRun absent = CommandRun.of(
                "parse", "--format", "combined", folder.resolve("none").toString());
        Files.delete(folder.resolve("key"));
        CommandRun withoutKey = parse("--source", "hidden");

        assertThat(List.of(folderGiven, absent, withoutKey))
                .extracting(CommandRun::exitCode)
                .containsOnly(2);
        assertThat(folderGiven.err()).contains("is no file");
        assertThat(absent.err()).contains("does not exist");
        assertThat(withoutKey.err()).contains("openssl rand -hex 32");
    }

    @Test
    void tellsOfAPackedFileThatIsBroken() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 2_000; i++) {
                gzip.write((GOOD.replace("tanaka", "u" + i * 7919) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path broken =
                Files.write(folder.resolve("access.log.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        CommandRun run = CommandRun.of("parse", "--format", "combined", "--limit", "1", broken.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("the file is broken, or not all there yet: what is behind these records cannot be unpacked");
    }

    @Test
    void numbersRecordsWhereTheyAreNoLines() throws IOException {
        String record = "{\"eventTime\":\"2026-11-30T00:00:00Z\",\"eventName\":\"GetObject\"}";
        Files.writeString(log, "{\"Records\":[" + record + "," + record + "]}\n");

        CommandRun run = CommandRun.of("parse", "--format", "cloudtrail", log.toString());

        assertThat(run.out()).contains("record 1 at byte 12", "record 2 at byte " + (13 + record.length()));
    }

    @Test
    void tellsThePseudonymThatTheShipperGives() {
        CommandRun shown = parse("--source", "hidden");
        CommandRun told =
                CommandRun.of("pseudonym", "--key-file", folder.resolve("key").toString(), "17", "18");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out().lines()).hasSize(2);
        assertThat(shown.out()).contains(told.out().lines().findFirst().orElseThrow());
    }

    private CommandRun parse(String... options) {
        List<String> words = new ArrayList<>(List.of("parse", "--config", config.toString()));
        words.addAll(Arrays.asList(options));
        words.add(log.toString());
        return CommandRun.of(words.toArray(String[]::new));
    }
}
