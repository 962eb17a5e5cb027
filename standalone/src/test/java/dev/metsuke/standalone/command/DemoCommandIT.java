package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.standalone.Metsuke;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code metsuke demo} as a process of its own, and the short commands beside it, as in a second terminal. */
class DemoCommandIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SERVER =
            Pattern.compile("(?:Kafka broker|Elasticsearch node|Console) +at (?:http://)?(\\S+)");

    @TempDir
    private Path home;

    private Process demo;
    private Path terminal;

    @BeforeEach
    void startDemo() throws IOException {
        terminal = home.resolve("terminal.txt");
        System.setProperty("metsuke.home", home.toString());
        demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dmetsuke.home=" + home,
                        "-Dmetsuke.servers.home=" + System.getProperty("metsuke.servers.home"),
                        "-Djava.io.tmpdir=" + Files.createDirectory(home.resolve("tmp")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Metsuke.class.getName(),
                        "demo")
                .redirectErrorStream(true)
                .redirectOutput(terminal.toFile())
                .start();
    }

    @AfterEach
    void stopDemo() {
        System.clearProperty("metsuke.home");
        demo.destroyForcibly();
    }

    @Test
    void answersTheShortCommandsAndLeavesNothingBehindWhenKilled() throws Exception {
        await("the demo goes on").atMost(PATIENCE).until(() -> text().contains("Alerts are live at"));
        List<ProcessHandle> servers = demo.descendants().toList();
        List<URI> addresses = addresses();

        Run search = run("search", "user.id:tanaka AND event.action:export");
        Run revoke = run("revoke", "ito", "--status", "suspended");
        Run setup = run("setup");
        await("ito's next access alerts").atMost(PATIENCE).until(() -> text().contains("revoked-account  ito"));
        demo.destroy();
        boolean ended = demo.waitFor(40, TimeUnit.SECONDS);

        assertThat(search.out()).containsOnlyOnce("COPY customers TO STDOUT csv header");
        assertThat(search.err()).contains("1 of 1");
        assertThat(revoke.out()).contains("reported: ito suspended from ");
        assertThat(setup.out())
                .contains("unchanged  topic metsuke.alerts")
                .doesNotContain("created", "updated", "problem");
        assertThat(servers).hasSize(2);
        assertThat(addresses).hasSize(3);
        assertThat(ended).isTrue();
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        assertThat(addresses).noneMatch(DemoCommandIT::answers);
        assertThat(home.resolve("tmp")).isEmptyDirectory();
        assertThat(home.resolve("metsuke-data").resolve("running.yml")).doesNotExist();
    }

    private String text() throws IOException {
        return Files.readString(terminal);
    }

    private List<URI> addresses() throws IOException {
        Matcher matcher = SERVER.matcher(text());
        return matcher.results()
                .map(found -> URI.create("http://" + found.group(1)))
                .toList();
    }

    private static boolean answers(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Metsuke.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        commandLine.execute(arguments);
        return new Run(out.toString(), err.toString());
    }

    private record Run(String out, String err) {}
}
