package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionFilterTest {

    private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";
    private static final String AWAY = "Connection to node {} could not be established.";

    private final RepetitionFilter filter = new RepetitionFilter();
    private final LoggerContext context = new LoggerContext();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void kafkasClientsSayTheSameOnceAMinute() {
        assertThat(says(CLIENT, AWAY, 1)).isTrue();
        for (int second = 1; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(says(CLIENT, AWAY, 1)).isFalse();
        }

        pass(Duration.ofSeconds(1));
        assertThat(says(CLIENT, AWAY, 1)).isTrue();
        assertThat(says(CLIENT, AWAY, 1)).isFalse();
    }

    @Test
    void whatIsSaidOfAnotherNodeIsNews() {
        assertThat(says(CLIENT, AWAY, 1)).isTrue();
        assertThat(says(CLIENT, AWAY, 2)).isTrue();
    }

    @Test
    void metsukeItselfIsNeverCutShort() {
        String metsuke = "dev.metsuke.shipper.Shipper";

        assertThat(says(metsuke, AWAY, 1)).isTrue();
        assertThat(says(metsuke, AWAY, 1)).isTrue();
    }

    @Test
    void anotherCauseIsNews() {
        assertThat(says(CLIENT, AWAY, 1, new IOException("refused"))).isTrue();
        assertThat(says(CLIENT, AWAY, 1, new UnknownHostException("broker"))).isTrue();
        assertThat(says(CLIENT, AWAY, 1, new UnknownHostException("broker"))).isFalse();
    }

    @Test
    void anotherAttemptIsNone() {
        String refused =
                "Got error produce response with correlation id {} on a-0, retrying (2 attempts left). Error: X";

        assertThat(says(CLIENT, refused, 1)).isTrue();
        assertThat(says(CLIENT, refused, 2)).isFalse();
        assertThat(says(CLIENT, refused.replace('2', '1'), 3)).isFalse();
        assertThat(says(CLIENT, refused.replace("Error: X", "Error: Y"), 4)).isTrue();
    }

    @Test
    void aClockThatIsSetBackSilencesNobody() {
        assertThat(says(CLIENT, AWAY, 1)).isTrue();

        pass(Duration.ofHours(-1));
        assertThat(says(CLIENT, AWAY, 1)).isTrue();
        pass(Duration.ofSeconds(59));
        assertThat(says(CLIENT, AWAY, 1)).isFalse();
    }

    @Test
    void forgetsFirstWhatDidNotComeAgain() {
        assertThat(says(CLIENT, AWAY, 0)).isTrue();
        for (int node = 1; node <= 999; node++) {
            assertThat(says(CLIENT, AWAY, node)).isTrue();
        }
        assertThat(says(CLIENT, AWAY, 0)).as("one of a thousand").isFalse();

        assertThat(says(CLIENT, AWAY, 1_000)).isTrue();
        assertThat(says(CLIENT, AWAY, 0)).as("was just left out").isFalse();
        assertThat(says(CLIENT, AWAY, 1)).as("forgotten, and said once more").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "ERROR"})
    void whatIsNoWarningIsNeverLeftOut(String level) {
        assertThat(says(event(CLIENT, Level.valueOf(level), AWAY, 1, null))).isTrue();
        assertThat(says(event(CLIENT, Level.valueOf(level), AWAY, 1, null))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logback.xml", "/logback-to-file.xml"})
    void everyLogOfTheCommandHasIt(String configuration, @TempDir Path folder) throws JoranException {
        context.putProperty("metsuke.log.file", folder.resolve("log").toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource(configuration)));

        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        assertThat(appenders.hasNext()).isTrue();
        appenders.forEachRemaining(appender ->
                assertThat(appender.getCopyOfAttachedFiltersList()).hasAtLeastOneElementOfType(RepetitionFilter.class));
        context.stop();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private boolean says(String logger, String text, int node) {
        return says(logger, text, node, null);
    }

    private boolean says(String logger, String text, int node, @Nullable Throwable cause) {
        return says(event(logger, Level.WARN, text, node, cause));
    }

    private boolean says(LoggingEvent event) {
        return filter.decide(event) == FilterReply.NEUTRAL;
    }

    private LoggingEvent event(String logger, Level level, String text, int node, @Nullable Throwable cause) {
        LoggingEvent event =
                new LoggingEvent("fqcn", context.getLogger(logger), level, text, cause, new Object[] {node});
        event.setTimeStamp(now.toEpochMilli());
        return event;
    }
}
