package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Its standard input is the process's. */
@ResourceLock("java.lang.System.in")
class HashPasswordCommandTest {

    @Test
    void hashesTheFirstLine() {
        CommandRun run = hash("correct horse battery\n".getBytes(StandardCharsets.UTF_8));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("pbkdf2");
    }

    @Test
    void refusesWhatAnybodyGuesses() {
        assertThat(hash("a\n".getBytes(StandardCharsets.UTF_8)).err()).contains("a password has 8 characters at least");
        assertThat(hash(new byte[0]).err()).contains("no password was given");
    }

    @Test
    void refusesWhatIsNotWrittenInUtf8() {
        CommandRun run = hash("パスワードパスワード\n".getBytes(java.nio.charset.Charset.forName("MS932")));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("not written in UTF-8");
    }

    private static CommandRun hash(byte[] input) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return CommandRun.of("hash-password");
        } finally {
            System.setIn(before);
        }
    }
}
