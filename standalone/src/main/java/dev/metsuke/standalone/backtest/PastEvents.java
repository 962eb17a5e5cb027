package dev.metsuke.standalone.backtest;

import dev.metsuke.events.access.AccessEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Events of the past, in the order in which they arrived. */
@FunctionalInterface
public interface PastEvents {

    /**
     * Reads all of them.
     *
     * @param event takes each event
     * @param rejected takes what is none: where it stands, and the reason
     */
    void read(Consumer<AccessEvent> event, Consumer<String> rejected) throws IOException;

    /** When detection came to know an event: {@code event.created}, else {@code @timestamp}. */
    static Instant arrival(AccessEvent event) {
        Instant created = event.created();
        return created == null ? event.timestamp() : created;
    }
}
