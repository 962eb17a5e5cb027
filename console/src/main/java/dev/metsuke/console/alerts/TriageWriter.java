package dev.metsuke.console.alerts;

import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.events.triage.TriageAction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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
     * What somebody wants to do about an alert.
     *
     * @param alert the alert as far as it has come
     * @param draft what
     */
    record Wish(Alert alert, TriageDraft draft) {}

    /**
     * Returns when Kafka has it and this console knows it.
     *
     * @throws WriteFailedException where Kafka does not take it
     */
    TriageDecision write(Wish wish, String actor) throws WriteFailedException {
        return write(List.of(wish), actor).getFirst();
    }

    /**
     * The same about several alerts; each is decided by itself, and all that is to be written is, or none of it.
     *
     * @return what becomes of each, in their order
     */
    List<TriageDecision> write(List<Wish> wishes, String actor) throws WriteFailedException {
        List<TriageDecision> decisions = writer.write(contents -> {
            // No other console writes from here on: what it wrote is read before.
            topic.awaitReading(contents.ends(Topic.TRIAGE), PATIENCE);
            Instant now = clock.instant();
            List<TriageDecision> decided = wishes.stream()
                    .map(wish -> TriageDecision.of(
                            wish.draft(),
                            actor,
                            wish.alert(),
                            book.of(wish.alert().id()),
                            now))
                    .toList();
            return new SerialWriter.Decided<>(taken(decided).map(Message::of).toList(), decided);
        });
        taken(decisions).forEach(feed::written);
        return decisions;
    }

    private static Stream<TriageAction> taken(List<TriageDecision> decisions) {
        return decisions.stream()
                .flatMap(decision ->
                        decision instanceof TriageDecision.Taken taken ? Stream.of(taken.action()) : Stream.empty());
    }
}
