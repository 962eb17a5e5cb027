package dev.metsuke.standalone.command;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.find.PersonsReader;
import dev.metsuke.archive.find.PersonsReaders;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.ArchiveSearch;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.console.search.SearchQuery;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.ReaderTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "who-read",
        description = "Tells everyone who touched one person's data: how often, first and last time.",
        footer = {
            "",
            "Examples:",
            "  metsuke who-read --key-file pseudonym.key C-10023",
            "  metsuke who-read p:80559963a3bb2e21ca2b5020ca840a3d --from 2026-01-01 --ndjson",
            "",
            "The question itself is recorded as an access to the dataset metsuke.archive."
        },
        mixinStandardHelpOptions = true)
final class WhoReadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private TimeRange range = new TimeRange();

    @Mixin
    private PseudonymKeyFile keyFile = new PseudonymKeyFile();

    @Mixin
    private ReadingRecord reading = new ReadingRecord();

    @Parameters(paramLabel = "PERSON", description = "A pseudonym (p:…), or an identifier as logs have it.")
    private String person = "";

    @Option(names = "--ndjson", description = "One JSON document an account, rather than a table.")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, WriteFailedException {
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        String name = GivenName.of(spec, "PERSON", person, "give a pseudonym, or an identifier as logs have it");
        PersonNames names = keyFile.namesOf(name);
        SearchQuery wanted = new SearchQuery("", range.from(zone), range.to(zone), zone, null, null, 1, null);
        try (WatchedArchive watched = WatchedArchive.of(settings, err());
                PointInTime archive = PointInTime.open(watched.client(), watched.brief(), ArchiveIndex.ACCESS_EVENTS)) {
            AskedText asked = AskedText.of("metsuke who-read", wanted).with(names.shown());
            boolean recorded = reading.leave(settings, Action.SEARCH, asked, List.of(names.shown()));
            tell(archive, ArchiveSearch.query(wanted), names, recorded ? directory(settings) : null, zone);
        }
        return 0;
    }

    private void tell(
            PointInTime archive, Query period, PersonNames names, @Nullable PeopleDirectory directory, ZoneId zone)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ReaderTable table = new ReaderTable(zone, directory == null ? _ -> null : directory::entryOf);
        if (!ndjson) {
            out.println(table.head());
        }
        Counted counted = new Counted(reader -> out.println(ndjson ? table.json(reader) : table.row(reader)));
        Query ofPerson =
                Query.of(both -> both.bool(all -> all.filter(period).filter(PersonsReaders.naming(names.names()))));
        PersonsReaders.read(archive, ofPerson, counted);
        ReaderTable.summary(
                        names.names(),
                        names.knowsPseudonym(),
                        counted.accounts,
                        counted.accesses,
                        archive.count(PersonsReaders.namingNobody(period)))
                .forEach(err()::println);
    }

    private @Nullable PeopleDirectory directory(SettingsFile settings) {
        try {
            return PeopleDirectory.in(settings.section("kafka", KafkaSettings.class));
        } catch (WriteFailedException e) {
            err().println("names and departments are missing: " + e.getMessage());
            return null;
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static final class Counted implements Consumer<PersonsReader> {

        private final Consumer<PersonsReader> to;
        private long accounts;
        private long accesses;

        Counted(Consumer<PersonsReader> to) {
            this.to = to;
        }

        @Override
        public void accept(PersonsReader reader) {
            accounts++;
            accesses += reader.accesses();
            to.accept(reader);
        }
    }
}
