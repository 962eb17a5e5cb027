package dev.metsuke.standalone.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets Kafka's clients give the same warning once a minute. Each of them warns every second that a broker is away, and a part has
 * up to a dozen: what the part itself says of it would be lost among a million lines a day. Errors are never left out, nor
 * anything below a warning, which somebody asked for.
 */
public final class RepetitionFilter extends Filter<ILoggingEvent> {

    private static final String LOGGERS = "org.apache.kafka.";
    private static final long MINUTE_MILLIS = 60_000;

    /** How many warnings are remembered; the one that was given or left out longest ago is forgotten first. */
    private static final int REMEMBERED = 1_000;

    /** What alone tells one attempt from the next. */
    private static final Pattern ATTEMPT = Pattern.compile("correlation id \\d+|\\d+ attempts left");

    private final Map<String, Long> lastGiven = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLevel() != Level.WARN
                        || !event.getLoggerName().startsWith(LOGGERS)
                        || isNews(warning(event), event.getTimeStamp())
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }

    private static String warning(ILoggingEvent event) {
        String text = ATTEMPT.matcher(event.getFormattedMessage()).replaceAll("");
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? text : text + " " + thrown.getClassName() + ": " + thrown.getMessage();
    }

    private synchronized boolean isNews(String warning, long now) {
        Long last = lastGiven.get(warning);
        if (last != null && now >= last && now - last < MINUTE_MILLIS) {
            return false;
        }
        lastGiven.put(warning, now);
        return true;
    }
}
