package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("a logger's level is the whole process's, and every short command changes this one")
class LoggingTest {

    @Test
    void onlyPartsTellOfWhatKafkasClientsWarnOf(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("metsuke.yml"), "kafka: {bootstrap-servers: \"127.0.0.1:1\"}\nfoo: {}\n");
        Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        @Nullable Level before = kafka.getLevel();
        try {
            kafka.setLevel(Level.WARN);
            CommandRun.of("ship", "--config", file.toString());
            assertThat(kafka.getLevel()).isEqualTo(Level.WARN);
            CommandRun.of("hold", "--config", file.toString(), "list");
            assertThat(kafka.getLevel()).isEqualTo(Level.ERROR);
            kafka.setLevel(Level.DEBUG);
            CommandRun.of("hold", "--config", file.toString(), "list");
            assertThat(kafka.getLevel()).isEqualTo(Level.DEBUG);
        } finally {
            kafka.setLevel(before);
        }
    }
}
