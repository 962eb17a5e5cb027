package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartCommandTest {

    @Test
    void tellsByItsExitCodeHowThePartEnded() throws InterruptedException {
        assertThat(PartCommand.run(new Ended(new Condition.Stopped()))).isZero();
        assertThat(PartCommand.run(new Ended(new Condition.Failed("broken")))).isEqualTo(1);
        assertThat(PartCommand.run(new Ended(new Condition.TakenOver("by another"))))
                .isEqualTo(PartCommand.TAKEN_OVER);
    }

    @Test
    void isStartedAnewWhereTheHeapDidNotSuffice() throws IOException, InterruptedException {
        Process exhausted = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exhausted.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(exhausted.waitFor()).isEqualTo(3).isNotEqualTo(PartCommand.TAKEN_OVER);
    }

    @Test
    void isLeftDownBySystemdWhereAnotherTookOver() throws IOException {
        assertThat(Path.of("..", "log-shipper", "packaging", "metsuke-ship.service"))
                .content()
                .contains("\nRestartPreventExitStatus=" + PartCommand.TAKEN_OVER + "\n");
    }

    /** A program whose heap does not suffice. */
    static final class Exhausted {

        private Exhausted() {}

        public static void main(String[] args) {
            List<byte[]> held = new ArrayList<>();
            while (held.size() < 1_000) {
                held.add(new byte[1 << 20]);
            }
        }
    }

    private record Ended(Condition condition) implements Part {
        @Override
        public String name() {
            return "ended";
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }
}
