package dev.metsuke.console.alerts;

import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Writes to {@code metsuke.triage} what was decided by all that stands there. */
final class TriageWriter {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SerialWriter writer;
    private final TopicFeed topic;
    private final TriageFeed feed;
    private final TriageBook book;
    private final Clock clock;

    TriageWriter(SerialWriter writer, TopicFeed topic, TriageFeed feed, TriageBook book, Clock clock) {
        this.writer = writer;
        this.topic = topic;
        this.feed = feed;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Returns when Kafka has it and this console knows it.
     *
     * @throws WriteFailedException where Kafka does not take it
     */
    TriageDecision write(TriageDraft draft, String actor, Alert alert) throws WriteFailedException {
        TriageDecision decision = writer.write(contents -> {
            // No other console writes from here on: what it wrote is read before.
            topic.awaitReading(contents.ends(Topic.TRIAGE), PATIENCE);
            TriageDecision decided = TriageDecision.of(draft, actor, alert, book.of(alert.id()), clock.instant());
            List<Message> messages =
                    decided instanceof TriageDecision.Taken taken ? List.of(Message.of(taken.action())) : List.of();
            return new SerialWriter.Decided<>(messages, decided);
        });
        if (decision instanceof TriageDecision.Taken taken) {
            feed.written(taken.action());
        }
        return decision;
    }
}
