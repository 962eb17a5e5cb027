package dev.metsuke.console.alerts;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings what the alerts topic tells into memory, and to the browsers that listen. */
final class AlertFeed implements TopicFeed.Reader {

    private final LiveAlerts alerts;
    private final AlertEntries entries;
    private final AlertStreams streams;
    private final Consumer<FeedState> states;

    AlertFeed(LiveAlerts alerts, AlertEntries entries, AlertStreams streams, Consumer<FeedState> states) {
        this.alerts = alerts;
        this.entries = entries;
        this.streams = streams;
        this.states = states;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, boolean isNews) throws MalformedDocumentException {
        SeenAlert seen = alerts.accept(
                Alert.fromJson(record.value()), Instant.ofEpochMilli(record.timestamp()), record.offset());
        if (isNews) {
            streams.publish("alert", () -> entries.of(seen));
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
}
