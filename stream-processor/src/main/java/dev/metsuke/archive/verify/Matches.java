package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of what a query finds, by stream and number. */
final class Matches {

    private static final List<SortField> BY_PLACE = List.of(
            new SortField("metsuke.integrity.stream", FieldType.Keyword),
            new SortField("metsuke.integrity.sequence", FieldType.Long));
    private static final int PAGE = 10_000;

    private final PointInTime archive;
    private final Query query;
    private RawPage page = new RawPage(List.of(), true);
    private int next;

    Matches(PointInTime archive, Query query) {
        this.archive = archive;
        this.query = query;
    }

    record Match(String stream, long sequence) {}

    /** The next one, which stays the next until it is {@link #take taken}; null at the end. */
    @Nullable
    Match peek() throws IOException {
        if (next == page.hits().size() && page.mayGoOn()) {
            page = archive.page(query, BY_PLACE, PAGE, page.end(), false);
            next = 0;
        }
        if (next == page.hits().size()) {
            return null;
        }
        List<Object> sort = page.hits().get(next).sort();
        return new Match(String.valueOf(sort.get(0)), sort.get(1) instanceof Long sequence ? sequence : 0);
    }

    /** Takes the numbers of all up to a line of a stream. */
    Deque<Long> take(String stream, long end) throws IOException {
        Deque<Long> taken = new ArrayDeque<>();
        for (Match match = peek();
                match != null && match.stream.equals(stream) && match.sequence <= end;
                match = peek()) {
            taken.add(match.sequence);
            next++;
        }
        return taken;
    }
}
