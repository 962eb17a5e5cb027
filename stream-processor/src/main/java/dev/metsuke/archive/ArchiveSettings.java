package dev.metsuke.archive;

import dev.metsuke.archive.index.BulkSettings;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.setup.IndexSettings;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;

/**
 * Section {@code archive}: how records get from Kafka into Elasticsearch.
 *
 * @param groupId the consumer group, under which it is kept how far each partition is archived
 * @param bulk how documents are sent
 * @param indices what {@code setup} makes of the indices
 * @param retention how long they stay
 */
public record ArchiveSettings(
        @Default("metsuke-archive") String groupId,
        BulkSettings bulk,
        IndexSettings indices,
        RetentionSettings retention) {

    public ArchiveSettings {
        Check.that().holds(!groupId.isBlank(), "group-id must not be blank").orThrow();
    }
}
