package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals and announcements as the archive has them; what cannot be read is none. */
final class ArchivedSeals {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivedSeals.class);
    private static final List<SortField> BY_NUMBER = List.of(new SortField("metsuke.seal.number", FieldType.Long));
    private static final List<SortField> BY_TIME = List.of(new SortField("@timestamp", FieldType.Date));
    private static final int PAGE = 5_000;

    private final PointInTime archive;

    ArchivedSeals(PointInTime archive) {
        this.archive = archive;
    }

    /** A stream's seals, in the order of their numbers. */
    List<FoundSeal> of(String stream) throws IOException {
        List<FoundSeal> seals = new ArrayList<>();
        for (Hit hit : all(
                Query.of(query ->
                        query.term(term -> term.field("metsuke.seal.stream").value(stream))),
                BY_NUMBER)) {
            if (read(hit) instanceof Seal seal && seal.stream().equals(stream)) {
                seals.add(new FoundSeal(seal, hit.id()));
            }
        }
        return seals;
    }

    /** The announcements of all shippers, and those among the copies. */
    List<KeyAnnouncement> announcements(Collection<SealRecord> copies) throws IOException {
        List<KeyAnnouncement> announcements = new ArrayList<>();
        for (Hit hit :
                all(Query.of(query -> query.exists(exists -> exists.field("metsuke.seal_key.announced"))), BY_TIME)) {
            if (read(hit) instanceof KeyAnnouncement announcement) {
                announcements.add(announcement);
            }
        }
        copies.forEach(copy -> {
            if (copy instanceof KeyAnnouncement announcement) {
                announcements.add(announcement);
            }
        });
        return announcements;
    }

    private List<Hit> all(Query query, List<SortField> sort) throws IOException {
        List<Hit> all = new ArrayList<>();
        archive.forEach(query, sort, PAGE, all::add);
        return all;
    }

    private static @Nullable SealRecord read(Hit hit) {
        try {
            return SealRecord.fromJson(hit.source());
        } catch (MalformedDocumentException e) {
            LOG.warn("{} is no seal: {}", hit.origin(), e.getMessage());
            return null;
        }
    }
}
