package dev.metsuke.standalone.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets Kafka's clients say the same once a minute. Each of them says every second that a broker is away, and a part has up to a
 * dozen: what the part itself says of it would be lost among a million lines a day. What comes with a stack trace is never left
 * out, nor what somebody looks for who set a finer level.
 */
public final class RepetitionFilter extends Filter<ILoggingEvent> {

    private static final String LOGGERS = "org.apache.kafka.";
    private static final long MINUTE_MILLIS = 60_000;

    /** More texts than clients and brokers make in a minute; what was said longest ago is forgotten first. */
    private static final int TEXTS = 1_000;

    private final Map<String, Long> lastSaid = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > TEXTS;
        }
    };

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!event.getLoggerName().startsWith(LOGGERS)
                || !event.getLevel().isGreaterOrEqual(Level.WARN)
                || event.getThrowableProxy() != null) {
            return FilterReply.NEUTRAL;
        }
        return isNews(event.getLevel() + " " + event.getFormattedMessage(), event.getTimeStamp())
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }

    private synchronized boolean isNews(String text, long now) {
        Long last = lastSaid.get(text);
        if (last != null && now >= last && now - last < MINUTE_MILLIS) {
            return false;
        }
        lastSaid.remove(text);
        lastSaid.put(text, now);
        return true;
    }
}
