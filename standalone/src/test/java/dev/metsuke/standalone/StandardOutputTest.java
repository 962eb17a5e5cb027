package dev.metsuke.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StandardOutputTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNotPassedOverInSilence() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            PrintWriter out = new PrintWriter(new StandardOutput(full), true, StandardCharsets.UTF_8);

            assertThatThrownBy(() -> out.println("a line"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("it is incomplete");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsAtOnceWhereNobodyReadsOn() throws Exception {
        Process reader = new ProcessBuilder("sh", "-c", "exec 0<&-; exec sleep 60").start();
        try {
            PrintWriter out =
                    new PrintWriter(new StandardOutput(reader.getOutputStream()), true, StandardCharsets.UTF_8);

            assertThatThrownBy(() -> IntStream.range(0, 1_000_000).forEach(_ -> out.println("a line")))
                    .isInstanceOf(StandardOutput.ReaderGoneException.class);
        } finally {
            reader.destroy();
        }
    }
}
