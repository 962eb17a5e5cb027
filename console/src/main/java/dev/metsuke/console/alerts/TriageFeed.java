package dev.metsuke.console.alerts;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.triage.TriageAction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings what people do about alerts into memory, and to the browsers that listen. */
final class TriageFeed implements TopicFeed.Reader {

    private final TriageBook book;
    private final LiveAlerts alerts;
    private final AlertEntries entries;
    private final AlertStreams streams;
    private final Consumer<FeedState> states;

    TriageFeed(
            TriageBook book,
            LiveAlerts alerts,
            AlertEntries entries,
            AlertStreams streams,
            Consumer<FeedState> states) {
        this.book = book;
        this.alerts = alerts;
        this.entries = entries;
        this.streams = streams;
        this.states = states;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, boolean isNews) throws MalformedDocumentException {
        TriageAction action = TriageAction.fromJson(record.value());
        if (book.accept(action) && isNews) {
            tell(action.alertId());
        }
    }

    /** What was just written is known at once, not only when it comes back. */
    void written(TriageAction action) {
        if (book.accept(action)) {
            tell(action.alertId());
        }
    }

    @Override
    public void caughtUp() {
        streams.refresh();
    }

    @Override
    public void changed(FeedState state) {
        states.accept(state);
    }

    private void tell(String alertId) {
        streams.publish("triage", () -> {
            Map<String, Object> body = new HashMap<>(Map.of("id", alertId));
            alerts.find(alertId).ifPresent(seen -> body.put("entry", entries.of(seen)));
            return body;
        });
    }
}
