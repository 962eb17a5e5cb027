package dev.metsuke.standalone.command;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.console.search.ArchiveSearch;
import dev.metsuke.console.search.ArchivedDocument;
import dev.metsuke.console.search.SearchQuery;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.EventTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "search",
        description = "Finds accesses in the archive, newest first.",
        footer = {
            "",
            "Examples:",
            "  metsuke search 'user.id:tanaka AND event.action:export'",
            "  metsuke search --account sato --from 2026-11-01 --to 2026-12-01 --ndjson"
        },
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

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

    @Option(names = "--from", paramLabel = "TIME", description = "From this time on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until this time; a date alone means its end.")
    private @Nullable String to;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many (default 100).")
    private int limit = 100;

    @Option(names = "--ndjson", description = "One JSON document a line, whole, rather than a table.")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException {
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more, not " + limit);
        }
        SearchQuery wanted = new SearchQuery(
                query,
                from == null ? null : time("--from", from, zone, false),
                to == null ? null : time("--to", to, zone, true),
                account,
                dataset,
                Math.min(limit, SearchQuery.MOST),
                null);
        ElasticsearchSettings elasticsearch = settings.section("elasticsearch", ElasticsearchSettings.class);
        try (ElasticsearchClient client = ElasticsearchConnection.open(elasticsearch)) {
            return print(new ArchiveSearch(new Archive(client, elasticsearch.url())), wanted, zone);
        }
    }

    private int print(ArchiveSearch archive, SearchQuery wanted, ZoneId zone) {
        PrintWriter out = spec.commandLine().getOut();
        EventTable table = new EventTable(zone);
        int printed = 0;
        SearchQuery page = wanted;
        while (true) {
            switch (archive.search(page)) {
                case ArchiveAnswer.Refused(String reason) -> {
                    spec.commandLine().getErr().println("the query cannot be understood: " + reason);
                    return 2;
                }
                case ArchiveAnswer.Away(String reason) -> {
                    spec.commandLine().getErr().println(reason);
                    return 1;
                }
                case ArchiveAnswer.Found found -> {
                    for (ArchivedDocument document : found.documents()) {
                        if (printed++ < limit) {
                            out.println(ndjson ? table.json(document) : table.row(document));
                        }
                    }
                    if (found.next() == null || printed >= limit) {
                        spec.commandLine()
                                .getErr()
                                .println(Math.min(printed, limit) + " of " + (found.exact() ? "" : "at least ")
                                        + found.total());
                        return 0;
                    }
                    page = page.after(found.next());
                }
            }
        }
    }

    private Instant time(String option, String written, ZoneId zone, boolean end) {
        return (end ? WrittenTime.parseEnd(written, zone) : WrittenTime.parse(written, zone))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), option + " is " + written + "; write " + WrittenTime.FORMS));
    }
}
