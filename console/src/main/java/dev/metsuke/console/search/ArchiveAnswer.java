package dev.metsuke.console.search;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.language.Language;
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
     * @param why in plain words, where it has some
     * @param words Elasticsearch's own; empty where it was not asked
     */
    record Refused(Text why, String words) implements ArchiveAnswer {

        /** By the console. */
        public Refused(Text why) {
            this(why, "");
        }

        /** By Elasticsearch. */
        static Refused inItsWords(String words) {
            return new Refused(Text.of("archive.refused", words), words);
        }

        public String reason() {
            return why.in(Language.ENGLISH);
        }
    }

    /**
     * The archive did not answer.
     *
     * @param why it did not, and where it should be
     */
    record Away(Text why) implements ArchiveAnswer {

        public String reason() {
            return why.in(Language.ENGLISH);
        }
    }
}
