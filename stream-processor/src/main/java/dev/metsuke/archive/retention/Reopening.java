package dev.metsuke.archive.retention;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.events.archive.ArchiveIndex;
import java.io.IOException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what {@link RetentionKeeper} closed, for what comes late.
 *
 * @param client of those who write, and wait for it
 */
public record Reopening(ElasticsearchClient client, InstantSource clock) {

    private static final Logger LOG = LoggerFactory.getLogger(Reopening.class);

    /**
     * Opens an index that was closed, where the archive meets it again: all is archived a second time, or an alert changed
     * late. It is closed again when that is through. Not the running month's, which an operator must have closed.
     */
    public void open(String index) {
        boolean isPast = Arrays.stream(ArchiveIndex.values())
                .flatMap(kind -> kind.monthOf(index).stream())
                .anyMatch(month -> month.isBefore(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC))));
        if (isPast) {
            try {
                new ArchiveIndices(client, false).open(index);
                LOG.warn("{} was closed, and is open again for what comes late; it will be closed again.", index);
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} is closed, and could not be opened for what comes late: {}", index, e.toString());
            }
        }
    }
}
