package dev.metsuke.console.alerts;

import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchivedDocument;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an alert stands within a band of an order.
 *
 * @param start when its episode began, in milliseconds: the archive knows no more
 * @param id which it is
 */
record AlertPlace(long start, String id) {

    static AlertPlace of(Alert alert) {
        return new AlertPlace(alert.start().toEpochMilli(), alert.id());
    }

    /** The same of an archived one, of which nothing else need be understood. */
    static AlertPlace of(ArchivedDocument document) {
        try {
            Instant start = EvidenceSearch.document(document.source()).requiredInstant("event.start");
            return new AlertPlace(start.toEpochMilli(), document.id());
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the archive's alert " + document.id() + " was found by its start", e);
        }
    }

    /** As {@link #toString} writes it; empty where it is none. */
    static Optional<AlertPlace> parse(String text) {
        int end = text.indexOf('~');
        try {
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new AlertPlace(Long.parseLong(text.substring(0, end)), text.substring(end + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What {@link Archive#find} goes on behind. */
    String inArchive() {
        return Archive.place(start, id);
    }

    @Override
    public String toString() {
        return start + "~" + id;
    }
}
