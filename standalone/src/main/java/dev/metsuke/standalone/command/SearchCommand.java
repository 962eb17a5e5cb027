package dev.metsuke.standalone.command;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.find.AccessHistogram;
import dev.metsuke.archive.find.AccessHistogram.Interval;
import dev.metsuke.archive.find.FoundAccesses;
import dev.metsuke.archive.find.PersonsReaders;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.RawPage;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.console.search.ArchiveSearch;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.console.search.SearchQuery;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.EventTable;
import dev.metsuke.standalone.terminal.HistogramText;
import dev.metsuke.standalone.terminal.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "search",
        description = "Finds accesses in the archive, newest first.",
        footer = {
            "",
            "Examples:",
            "  metsuke search 'user.id:tanaka AND event.action:export'",
            "  metsuke search --account sato --from 2026-11-01 --to 2026-12-01 --ndjson",
            "  metsuke search --dataset crm.customers --histogram day",
            "",
            "The search itself is recorded as an access to the dataset metsuke.archive."
        },
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private TimeRange range = new TimeRange();

    @Mixin
    private AskedAccesses asked = new AskedAccesses();

    @Mixin
    private PseudonymKeyFile keyFile = new PseudonymKeyFile();

    @Mixin
    private ReadingRecord reading = new ReadingRecord();

    @Option(
            names = "--person",
            paramLabel = "PERSON",
            description = "Only accesses that name this person: a pseudonym (p:…), or an identifier as logs have it.")
    private @Nullable String person;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many (default 100).")
    private long limit = 100;

    @Option(
            names = "--histogram",
            arity = "0..1",
            paramLabel = "INTERVAL",
            fallbackValue = "day",
            description = "How many there were in each hour, day (default) or month, in console.zone.")
    private @Nullable Interval histogram;

    @Option(names = "--ndjson", description = "One JSON document a line, whole, rather than a table.")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, WriteFailedException {
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more, not " + limit);
        }
        PersonNames names = person == null ? null : keyFile.namesOf(GivenName.ofOption(spec, "--person", person));
        SearchQuery wanted = asked.within(range, zone);
        Query all = query(wanted, names);
        try (WatchedArchive watched = WatchedArchive.of(settings, err())) {
            return switch (new ArchiveSearch(watched.pages()).find(wanted, all)) {
                case ArchiveAnswer.Refused refused -> {
                    err().println("the query cannot be understood: " + refused.reason());
                    yield 2;
                }
                case ArchiveAnswer.Away away -> {
                    err().println(away.reason());
                    yield 1;
                }
                case ArchiveAnswer.Found found -> {
                    leaveTrace(settings, wanted, names);
                    try (PointInTime archive =
                            PointInTime.open(watched.client(), watched.brief(), ArchiveIndex.ACCESS_EVENTS)) {
                        show(archive, all, found, zone);
                    }
                    yield 0;
                }
            };
        }
    }

    private static Query query(SearchQuery wanted, @Nullable PersonNames names) {
        Query found = ArchiveSearch.query(wanted);
        return names == null
                ? found
                : Query.of(both -> both.bool(all -> all.filter(found).filter(PersonsReaders.naming(names.names()))));
    }

    private void leaveTrace(SettingsFile settings, SearchQuery wanted, @Nullable PersonNames names)
            throws WriteFailedException {
        reading.leave(
                settings,
                Action.SEARCH,
                AskedText.of("metsuke search", wanted).with("--person", names == null ? null : names.shown()),
                names == null ? List.of() : List.of(names.shown()));
    }

    private void show(PointInTime archive, Query all, ArchiveAnswer.Found found, ZoneId zone) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (histogram != null) {
            HistogramText text = new HistogramText(histogram, zone);
            List<AccessHistogram.Bar> bars = AccessHistogram.of(archive, all, histogram, zone);
            (ndjson ? HistogramText.json(bars) : text.lines(bars)).forEach(out::println);
            err().println(Numbers.counted(
                    bars.stream().mapToLong(AccessHistogram.Bar::accesses).sum(), "access", "accesses"));
            return;
        }
        EventTable table = new EventTable(zone);
        if (!ndjson) {
            out.println(table.head());
        }
        long printed = FoundAccesses.read(
                archive,
                all,
                limit,
                hit -> out.println(
                        ndjson ? onOneLine(hit) : table.row(members(hit).members())));
        boolean isAll = printed < limit;
        err().println(printed + " of " + (isAll || found.exact() ? "" : "at least ")
                + (isAll ? printed : Math.max(printed, found.total())));
    }

    /** White space between JSON's tokens may be any; within text it is escaped. */
    private static String onOneLine(RawPage.Hit hit) {
        return new String(hit.source(), StandardCharsets.UTF_8)
                .replace('\n', ' ')
                .replace('\r', ' ');
    }

    private static JsonDocument members(RawPage.Hit hit) throws IOException {
        try {
            return JsonDocument.parse(hit.source());
        } catch (MalformedDocumentException e) {
            throw new IOException(hit.origin() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
