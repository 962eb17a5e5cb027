package dev.metsuke.archive.compare;

import dev.metsuke.events.topic.Topic;
import java.io.IOException;

/** What Kafka has of a topic is not known; that says nothing of the archive. */
public final class KafkaUnreadException extends IOException {

    private static final long serialVersionUID = 1L;

    KafkaUnreadException(Topic topic, IOException cause) {
        super(topic + " is not compared: " + cause.getMessage(), cause);
    }
}
