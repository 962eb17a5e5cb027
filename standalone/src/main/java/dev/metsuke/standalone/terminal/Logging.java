package dev.metsuke.standalone.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Where the log of this process goes: to standard error, unless a command keeps the terminal for people. */
public final class Logging {

    private Logging() {}

    /**
     * For a command that somebody waits for: what Kafka's clients warn of while they try again is no news, since the command
     * says itself what did not come about. Who configured another level keeps it.
     */
    public static void withoutKafkasWarnings() {
        if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger kafka && kafka.getLevel() == Level.WARN) {
            kafka.setLevel(Level.ERROR);
        }
    }

    public static void toFile(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("metsuke.log.file", file.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        URL configuration = Objects.requireNonNull(Logging.class.getResource("/logback-to-file.xml"));
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException("the log configuration that Metsuke brings is broken", e);
        }
    }
}
