package dev.metsuke.console.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the archive says to a search. */
public sealed interface ArchiveAnswer {

    /**
     * What was found; an archive that has nothing yet finds nothing.
     *
     * @param total how many documents match
     * @param exact whether the total is exact, or at least that many
     * @param documents this page, newest first
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record Found(
            long total,
            boolean exact,
            List<ArchivedDocument> documents,
            @Nullable String next) implements ArchiveAnswer {

        public Found {
            documents = List.copyOf(documents);
        }
    }

    /**
     * The query cannot be understood.
     *
     * @param reason why, in the parser's words
     */
    record Refused(String reason) implements ArchiveAnswer {}

    /**
     * The archive did not answer.
     *
     * @param reason why, and where it should be
     */
    record Away(String reason) implements ArchiveAnswer {}
}
