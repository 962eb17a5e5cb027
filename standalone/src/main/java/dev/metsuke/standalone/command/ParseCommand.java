package dev.metsuke.standalone.command;

import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.Preview;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.shipper.SourceSettings;
import dev.metsuke.standalone.terminal.Colours;
import dev.metsuke.standalone.terminal.ParsedLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "parse",
        description = "Shows what a source's settings make of a log file, record by record.",
        footer = {
            "",
            "Nothing is sent. Exit code 0 also where records are rejected; 2 where settings or file cannot be used.",
            "",
            "Examples:",
            "  metsuke parse --source portal --config metsuke.yml /var/log/nginx/access.log",
            "  metsuke parse --source portal --config metsuke.yml --only rejected access.log",
            "  metsuke parse --format combined access.log",
            "  metsuke parse --format '{type: json-lines, time: /ts, user: /login, action: read}' audit.json"
        },
        mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {

    private static final int UNUSABLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "FILE", description = "The log file.")
    private Path file = Path.of("");

    @Option(names = "--source", paramLabel = "NAME", description = "The source of the settings that describes the log.")
    private @Nullable String source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Without --source: the format, as the settings have it; a name, or {type: NAME, …}.")
    private @Nullable String format;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "With --format: of times without a zone (default UTC).")
    private @Nullable String zone;

    @Option(names = "--encoding", paramLabel = "NAME", description = "With --format: of the text (default UTF-8).")
    private @Nullable String encoding;

    @Option(names = "--only", paramLabel = "KIND", description = "Show only these: ${COMPLETION-CANDIDATES}.")
    private @Nullable Kind only;

    @Option(names = "--limit", paramLabel = "N", description = "Show at most so many records; the summary has all.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--original", description = "Show each event's line as well, as it would be kept.")
    private boolean original;

    @Option(
            names = "--json",
            description =
                    "Print the events as they would be sent, one JSON document a line; all else to standard error.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "Colours: ${COMPLETION-CANDIDATES}; auto (default) only on a terminal and without NO_COLOR.")
    private Choice color = Choice.auto;

    /** What a record can turn out to be, as it is written on the command line. */
    enum Kind {
        events,
        rejected,
        ignored;

        static Kind of(Preview.Line line) {
            return switch (line) {
                case Preview.Line.Event _ -> events;
                case Preview.Line.Rejected _ -> rejected;
                case Preview.Line.Ignored _ -> ignored;
            };
        }
    }

    /** As it is written on the command line. */
    enum Choice {
        auto,
        always,
        never
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must be 0 or more, not " + limit);
        }
        if (!Files.isRegularFile(file)) {
            err.println(file + (Files.exists(file) ? " is no file" : " does not exist") + "; name one log file");
            return UNUSABLE;
        }
        try {
            ShipperSettings shipper =
                    format == null ? configuration.load().section("shipper", ShipperSettings.class) : described(format);
            Optional<SourceSettings> chosen = choose(shipper);
            if (chosen.isEmpty()) {
                return UNUSABLE;
            }
            show(shipper, chosen.get());
            return 0;
        } catch (InvalidSettingsException e) {
            e.problems().forEach(err::println);
            return UNUSABLE;
        } catch (IOException e) {
            err.println(file + " cannot be read: " + e);
            return UNUSABLE;
        }
    }

    private Optional<SourceSettings> choose(ShipperSettings shipper) {
        PrintWriter err = spec.commandLine().getErr();
        if (format != null && source != null) {
            err.println("--source and --format are given; one of them describes the log");
            return Optional.empty();
        }
        if (format != null) {
            return Optional.of(shipper.sources().getFirst());
        }
        String names = shipper.sources().stream().map(SourceSettings::name).collect(Collectors.joining(", "));
        String known = names.isEmpty() ? "the settings have no sources" : "the settings have " + names;
        Optional<SourceSettings> named = shipper.sources().stream()
                .filter(candidate -> candidate.name().equals(source))
                .findFirst();
        if (named.isEmpty()) {
            err.println(
                    source == null
                            ? "say with --source which source describes the log (" + known
                                    + "), or with --format how it" + " is written, such as --format combined"
                            : "no source is called " + source + "; " + known);
        }
        return named;
    }

    /** The option's text is what would stand in the settings file. */
    private ShipperSettings described(String written) {
        StringBuilder yaml =
                new StringBuilder("shipper: {sources: [{name: parse, paths: [.], format: ").append(written);
        if (zone != null) {
            yaml.append(", zone: ").append(zone);
        }
        if (encoding != null) {
            yaml.append(", encoding: ").append(encoding);
        }
        return SettingsFile.of(
                        yaml.append("}]}").toString(), "--format", Path.of("").toAbsolutePath())
                .section("shipper", ShipperSettings.class);
    }

    private void show(ShipperSettings shipper, SourceSettings chosen) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Colours colours = Colours.valueOf(color.name().toUpperCase(Locale.ROOT));
        ParsedLine lines = new ParsedLine(chosen.zone(), colours.shown(), original);
        ParseSummary summary = new ParseSummary(chosen.pseudonyms() != null);
        long[] shown = {0};
        Preview.End end = Preview.read(shipper, chosen, file, Instant.now(), line -> {
            summary.count(line);
            if ((only == null || only == Kind.of(line)) && shown[0]++ < limit) {
                if (!json) {
                    out.println(lines.of(line));
                } else if (line instanceof Preview.Line.Event event) {
                    out.println(new String(AccessEventJson.encode(event.event()), StandardCharsets.UTF_8));
                } else {
                    err.println(lines.of(line));
                }
            }
        });
        PrintWriter forPeople = json ? err : out;
        forPeople.println(summary.counts());
        List<String> hints = summary.hints(end);
        hints.forEach(hint -> forPeople.println(lines.hint(hint)));
    }
}
