package dev.metsuke.archive.index;

import dev.metsuke.archive.index.Prepared.Document;
import java.util.List;

/** Sends one bulk, once. */
@FunctionalInterface
public interface BulkSender {

    /**
     * Sends and waits for the answer.
     *
     * @param documents what to write, in this order
     * @return one outcome a document, in their order
     * @throws InterruptedException when the caller is told to stop; the documents may or may not be written
     */
    List<BulkOutcome> send(List<Document> documents) throws InterruptedException;
}
