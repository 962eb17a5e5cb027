package dev.metsuke.console.directory;

import dev.metsuke.console.publish.TopicWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.List;

/** Writes the staff directory to {@code metsuke.directory}; an account's later entry replaces its earlier one. */
public final class DirectoryEntries implements AutoCloseable {

    private final TopicWriter writer;

    /** Connects when the first entry is written. */
    public DirectoryEntries(KafkaSettings kafka) {
        writer = new TopicWriter(Topic.DIRECTORY, kafka, "metsuke-directory");
    }

    /** Returns when Kafka has them all. */
    public void publish(List<DirectoryEntry> entries) throws WriteFailedException {
        writer.write(entries.stream()
                .map(entry -> new TopicWriter.Message(entry.account(), null, entry.toJson()))
                .toList());
    }

    @Override
    public void close() {
        writer.close();
    }
}
