package dev.metsuke.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MetsukeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @Test
    void groupsItsCommandsByWhoUsesThem() {
        String help = Metsuke.commandLine().getUsageMessage();

        assertThat(help)
                .containsSubsequence(
                        "To see it work", "demo", "HR", "revoke", "Auditor", "search", "Operator", "setup");
        for (String command : Metsuke.commandLine().getSubcommands().keySet()) {
            assertThat(help).containsPattern("(?m)^  " + command + " +\\S");
        }
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Metsuke.HELP_WIDTH));
    }

    /** A command that is broken cannot be copied, and one line for two breaks where nobody wants it. */
    @ParameterizedTest
    @MethodSource("allCommands")
    void keepsExamplesWholeAndLetsParagraphsFlow(CommandLine command) {
        List<String> footer = List.of(command.getCommandSpec().usageMessage().footer());

        assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
                .containsAll(
                        footer.stream().filter(line -> line.startsWith(" ")).toList());
        assertThat(String.join("\n", footer)).doesNotContainPattern("[^.:;\\n]\\n[^ \\n]");
    }

    static Stream<CommandLine> allCommands() {
        return withItsOwn(Metsuke.commandLine());
    }

    private static Stream<CommandLine> withItsOwn(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(MetsukeTest::withItsOwn));
    }

    static Stream<String> commandsInDocs() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docker"))) {
            try (DirectoryStream<Path> documents = Files.newDirectoryStream(folder, "*.md")) {
                for (Path document : documents) {
                    commands.addAll(Files.readAllLines(document).stream()
                            .filter(line -> line.startsWith("./metsuke "))
                            .toList());
                }
            }
        }
        return commands.stream().distinct();
    }

    @ParameterizedTest
    @MethodSource("commandsInDocs")
    void understandsEveryCommandOfTheDocs(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }

        assertThatCode(() -> Metsuke.commandLine()
                        .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesEveryWrongSettingWithItsLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("metsuke.yml"), "servers:\n  kafka-prot: 1\n  elasticsearch-port: x\n");

        CommandRun run = CommandRun.of("up", "--config", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(file + ":2: servers.kafka-prot: unknown setting; did you mean kafka-port?")
                .contains(file + ":3: servers.elasticsearch-port: is x; it must be a whole number");
    }

    @Test
    void refusesAReportThatCannotBe() {
        CommandRun run = CommandRun.of(
                "revoke",
                "sato",
                "--status",
                "promoted",
                "--config",
                ROOT.resolve("metsuke.example.yml").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("status")
                .contains("retired, transferred, suspended, contract-ended, reinstated, taken-back");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aHelpThatCannotBeWrittenIsToldInALine() throws IOException {
        StringWriter err = new StringWriter();
        int code;
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            code = Metsuke.commandLine()
                    .setOut(new PrintWriter(new StandardOutput(full), true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(err, true))
                    .execute("--help");
        }

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("standard output cannot be written (No space left on device); it is incomplete");
    }

    @Test
    void checksACsvWithoutReportingIt(@TempDir Path folder) throws IOException {
        Path good =
                Files.writeString(folder.resolve("good.csv"), "account,status,effective_at\nsato,retired,2026-10-31\n");
        Path bad = Files.writeString(folder.resolve("bad.csv"), "account,status,effective_at\nsato,retired,soon\n");
        Path away = Files.writeString(folder.resolve("away.yml"), "kafka: {bootstrap-servers: \"127.0.0.1:1\"}\n");

        CommandRun dry = CommandRun.of("import-statuses", good.toString(), "--dry-run", "--config", away.toString());
        CommandRun refused = CommandRun.of(
                "import-statuses",
                bad.toString(),
                "--config",
                ROOT.resolve("metsuke.example.yml").toString());

        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out()).contains("would report: sato retired").contains("dry run: 1 statuses");
        assertThat(dry.err())
                .startsWith("whether the directory knows the accounts cannot be told: Kafka at 127.0.0.1:1 ")
                .doesNotContain("nothing was written");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(bad + ": line 2, effective_at");
    }

    @Test
    void anExportReplacesNoFileUnlessItIsToldTo(@TempDir Path folder) throws IOException {
        Path evidence = Files.writeString(folder.resolve("november.zip"), "of yesterday");
        Path away = Files.writeString(
                folder.resolve("away.yml"),
                "elasticsearch: {url: \"http://127.0.0.1:1\"}\nkafka: {bootstrap-servers: \"127.0.0.1:1\"}\n");

        CommandRun refused = CommandRun.of("export", "*", "--out", evidence.toString(), "--config", away.toString());
        CommandRun forced =
                CommandRun.of("export", "*", "--out", evidence.toString(), "--force", "--config", away.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(evidence + " is there already", "--force");
        assertThat(forced.err()).doesNotContain("is there already").contains("http://127.0.0.1:1");
        assertThat(evidence).hasContent("of yesterday");
    }

    @Test
    void listsBenchmarksAndRefusesUnknownOnes() {
        assertThat(CommandRun.of("bench", "no-such").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("bench").exitCode()).isZero();
    }

    /** With 1 it would say that the archive was tampered with. */
    @Test
    void aVerificationThatRunsOutOfMemoryCannotTell(@TempDir Path folder) throws IOException {
        Path endless = folder.resolve("keys.json");
        try (RandomAccessFile file = new RandomAccessFile(endless.toFile(), "rw")) {
            // Of holes; no array is so long.
            file.setLength(3L << 30);
        }

        CommandRun run = CommandRun.of("verify", "november.zip", "--keys", endless.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("the memory does not suffice, of which this command may take ")
                .contains("METSUKE_JAVA_OPTIONS=-Xmx")
                .doesNotContain("\tat ");
    }
}
