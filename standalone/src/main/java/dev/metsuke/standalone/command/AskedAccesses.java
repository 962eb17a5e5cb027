package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.search.SearchQuery;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which accesses are meant. */
final class AskedAccesses {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

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
        return new SearchQuery(
                query,
                range.from(zone),
                range.to(zone),
                zone,
                given("--account", account),
                given("--dataset", dataset),
                1,
                null);
    }

    private @Nullable AskedName given(String option, @Nullable String name) {
        return name == null ? null : GivenName.asked(spec, option, name);
    }
}
