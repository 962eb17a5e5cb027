package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.DeletedMonths;
import dev.metsuke.events.retention.IndexDeletion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the archive says that retention deleted of it. */
final class ArchivedDeletions {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivedDeletions.class);
    private static final List<SortField> BY_TIME = List.of(new SortField("@timestamp", FieldType.Date));
    private static final int PAGE = 1_000;

    private ArchivedDeletions() {}

    /**
     * Of indices that are gone: one that was taken back holds all that it held.
     *
     * @param years for how many years access events must be kept at least
     */
    static DeletedMonths read(PointInTime archive, int years, Instant now) throws IOException {
        List<Hit> hits = new ArrayList<>();
        archive.forEach(term("event.action", IndexDeletion.ACTION), BY_TIME, PAGE, hits::add);
        List<IndexDeletion> gone = new ArrayList<>();
        for (Hit hit : hits) {
            try {
                IndexDeletion deletion = IndexDeletion.fromJson(JsonDocument.parse(hit.source()));
                if (archive.count(term("_index", deletion.index())) == 0) {
                    gone.add(deletion);
                }
            } catch (MalformedDocumentException e) {
                LOG.warn("{} tells of no deletion: {}", hit.origin(), e.getMessage());
            }
        }
        return DeletedMonths.of(gone, years, now);
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }
}
