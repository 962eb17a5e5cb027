package dev.metsuke.standalone.command;

import dev.metsuke.console.search.SearchQuery;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which accesses are meant. */
final class AskedAccesses {

    @Parameters(
            arity = "0..1",
            paramLabel = "QUERY",
            defaultValue = "",
            description = "A Lucene query string; without it, everything.")
    private String query = "";

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account's accesses.")
    private @Nullable String account;

    @Option(names = "--dataset", paramLabel = "DATASET", description = "Only accesses to this dataset.")
    private @Nullable String dataset;

    /** As the archive is asked, of which one answer tells whether it understands. */
    SearchQuery within(TimeRange range, ZoneId zone) {
        return new SearchQuery(query, range.from(zone), range.to(zone), zone, account, dataset, 1, null);
    }
}
