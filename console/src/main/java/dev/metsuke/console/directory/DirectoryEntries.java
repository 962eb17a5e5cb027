package dev.metsuke.console.directory;

import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import java.util.List;

/**
 * Writes the staff directory to {@code metsuke.directory}; an account's later entry replaces its earlier one. With each
 * account come the reports about the person whom the entry gives it to.
 */
public final class DirectoryEntries {

    private final SerialWriter writer;
    private final String changedBy;

    /**
     * For one who changes it.
     *
     * @param changedBy who, for the record
     */
    public DirectoryEntries(SerialWriter writer, String changedBy) {
        this.writer = writer;
        this.changedBy = changedBy;
    }

    /** Returns when Kafka has them all; what it has already is not written again. */
    public DirectoryChange publish(List<DirectoryEntry> entries) throws WriteFailedException {
        return publish(contents -> DirectoryChange.by(entries, contents));
    }

    /** The same of a file, which leaves what it has no column for. */
    public DirectoryChange publish(DirectoryCsv csv) throws WriteFailedException {
        return publish(contents -> DirectoryChange.by(csv, contents));
    }

    private DirectoryChange publish(Plan plan) throws WriteFailedException {
        return writer.write(contents -> {
            DirectoryChange change = plan.by(contents);
            return new SerialWriter.Decided<>(change.messages(changedBy), change);
        });
    }

    /** What is to change, by what there is. */
    private interface Plan {
        DirectoryChange by(TopicContents contents) throws WriteFailedException;
    }
}
