package dev.metsuke.standalone.command;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.verify.EvidenceExport;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.console.search.ArchiveSearch;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.console.search.SearchQuery;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.evidence.EvidenceWriter;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes accesses to a file, with what proves them to anyone who has the public keys.",
        footer = {
            "",
            "Examples:",
            "  metsuke export 'user.id:tanaka AND event.action:export' --out tanaka.zip",
            "  metsuke export --stream db1/crm --from 2026-11-01 --to 2026-11-30 --out november.zip",
            "  metsuke verify tanaka.zip --keys keys.json"
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private TrustedKeys keys = new TrustedKeys();

    @Mixin
    private TimeRange range = new TimeRange();

    @Mixin
    private AskedAccesses asked = new AskedAccesses();

    @Mixin
    private ReadingRecord reading = new ReadingRecord();

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only this stream's lines, such as db1/crm.")
    private @Nullable String stream;

    @Option(names = "--out", paramLabel = "FILE.zip", required = true, description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Replace the file if it is there already.")
    private boolean force;

    @Override
    public Integer call() throws IOException, WriteFailedException {
        if (!force && Files.exists(out)) {
            throw new ParameterException(
                    spec.commandLine(), out + " is there already; give another --out, or --force to replace it");
        }
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        SearchQuery wanted = asked.within(range, zone);
        // First of all: what cannot be written leaves no trace of having been read.
        try (EvidenceWriter bundle = new EvidenceWriter(out);
                WatchedArchive watched = WatchedArchive.of(settings, err())) {
            ArchiveSearch search = new ArchiveSearch(watched.pages());
            if (search.find(wanted, ArchiveSearch.query(wanted)) instanceof ArchiveAnswer.Refused refused) {
                err().println("the query cannot be understood: " + refused.reason());
                return 2;
            }
            KeyList trusted = keys.read(settings);
            EvidenceExport.Exported exported;
            try (PointInTime archive = EvidenceExport.open(watched.client(), watched.brief())) {
                // Not before the archive answers, either.
                reading.leave(settings, Action.EXPORT, asked(wanted), List.of());
                exported = EvidenceExport.write(
                        archive,
                        query(wanted),
                        about(wanted),
                        trusted,
                        settings.section("archive", ArchiveSettings.class)
                                .retention()
                                .years(ArchiveIndex.ACCESS_EVENTS),
                        bundle);
            }
            tell(exported);
            return 0;
        }
    }

    private void tell(EvidenceExport.Exported exported) {
        spec.commandLine().getOut().println(Numbers.counted(exported.events(), "event", "events") + " in " + out);
        if (exported.unsealed() > 0) {
            err().println(Numbers.counted(exported.unsealed(), "of them is", "of them are")
                    + " younger than the last seal and so not proven yet;"
                    + " export again in a minute or two");
        }
        if (exported.unchained() > 0) {
            err().println(Numbers.counted(exported.unchained(), "further event has", "further events have")
                    + " no place in a chain, nothing can be proven of it; that is left out");
        }
        if (exported.deleted() > 0) {
            err().println(Numbers.counted(exported.deleted(), "line beside them was", "lines beside them were")
                    + " deleted by retention, as is recorded;"
                    + " metsuke verify " + out + " tells which");
        }
    }

    private AskedText asked(SearchQuery wanted) {
        return AskedText.of("metsuke export", wanted).with("--stream", stream).with("--out", out);
    }

    private Query query(SearchQuery wanted) {
        Query found = ArchiveSearch.query(wanted);
        String one = stream;
        return Query.of(query -> query.bool(all -> {
            all.filter(found)
                    .filter(index ->
                            index.prefix(prefix -> prefix.field("_index").value(ArchiveIndex.ACCESS_EVENTS.family())));
            return one == null
                    ? all
                    : all.filter(of -> of.term(
                            term -> term.field("metsuke.integrity.stream").value(one)));
        }));
    }

    private Map<String, @Nullable Object> about(SearchQuery wanted) {
        Map<String, @Nullable Object> about = new HashMap<>();
        about.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        about.put("query", wanted.query());
        about.put("from", wanted.from());
        about.put("until", wanted.until());
        about.put("zone", wanted.zone().getId());
        about.put("account", wanted.account());
        about.put("dataset", wanted.dataset());
        about.put("stream", stream);
        return about;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
