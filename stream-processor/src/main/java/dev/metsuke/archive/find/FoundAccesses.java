package dev.metsuke.archive.find;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage;
import java.io.IOException;
import java.util.List;

/** The accesses that a query finds, as they are archived, newest first; any number of them. */
public final class FoundAccesses {

    private static final List<SortField> NEWEST_FIRST =
            List.of(new SortField("@timestamp", FieldType.Date, SortOrder.Desc));
    private static final int PAGE = 1_000;

    private FoundAccesses() {}

    /** Takes one access. */
    @FunctionalInterface
    public interface Reader {

        /**
         * One access.
         *
         * @param hit the document, its bytes as they are archived
         */
        void take(RawPage.Hit hit) throws IOException;
    }

    /**
     * Hands over one access after another.
     *
     * @param limit how many at most
     * @return how many they were
     * @throws IOException where the archive does not answer whole; what was handed over before is right
     */
    public static long read(PointInTime archive, Query query, long limit, Reader reader) throws IOException {
        long read = 0;
        RawPage page = new RawPage(List.of(), true);
        while (page.mayGoOn() && read < limit) {
            page = archive.page(query, NEWEST_FIRST, (int) Math.min(PAGE, limit - read), page.end(), true);
            for (RawPage.Hit hit : page.hits()) {
                reader.take(hit);
                read++;
            }
        }
        return read;
    }
}
