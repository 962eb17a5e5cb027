package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger calls himself, or a log's file is called, is told in a log. */
class LogLineTest {

    private final LoggerContext context = new LoggerContext();

    @ParameterizedTest
    @ValueSource(strings = {"/logback.xml", "/logback-to-file.xml"})
    void holdsNothingThatTurnsOrBreaksIt(String configuration, @TempDir Path folder) throws JoranException {
        configure(configuration, folder);

        String told = told("a\u001B[1m\u009B1m\u202Eb\u2028c\nd\te", new IOException("x\u001B[1m\u202Ey\nz"));

        assertThat(told).contains("WARN  name - a [1m 1m b c d\te\n", "IOException: x [1m y\nz\n\tat ");
        assertThat(told.split("IOException", -1)).hasSize(2);
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logback.xml", "/logback-to-file.xml"})
    void tellsOfKafkaWhatSomebodyHasToKnow(String configuration, @TempDir Path folder) throws JoranException {
        configure(configuration, folder);

        assertThat(context.getLogger("org.apache.kafka.clients.NetworkClient").isWarnEnabled())
                .isTrue();
        // Four lines at each report, policy and triage, where nothing is wrong.
        assertThat(context.getLogger("org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils")
                        .isWarnEnabled())
                .isFalse();
        context.stop();
    }

    private void configure(String configuration, Path folder) throws JoranException {
        context.putProperty("metsuke.log.file", folder.resolve("log").toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource(configuration)));
    }

    private String told(String message, Exception cause) {
        OutputStreamAppender<ILoggingEvent> appender =
                (OutputStreamAppender<ILoggingEvent>) context.getLogger(Logger.ROOT_LOGGER_NAME)
                        .iteratorForAppenders()
                        .next();
        LoggingEvent event =
                new LoggingEvent("fqcn", context.getLogger("name"), Level.WARN, message, cause, new Object[0]);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
