package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.WrittenTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --from} and {@code --to}. */
final class TimeRange {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", paramLabel = "TIME", description = "From this time on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until this time; a date alone means its end.")
    private @Nullable String to;

    @Nullable
    Instant from(ZoneId zone) {
        return from == null ? null : of("--from", from, WrittenTime.parse(from, zone));
    }

    @Nullable
    Instant to(ZoneId zone) {
        if (to == null) {
            return null;
        }
        Instant end = of("--to", to, WrittenTime.parseEnd(to, zone));
        Instant start = from(zone);
        if (start != null && !start.isBefore(end)) {
            throw new ParameterException(spec.commandLine(), "--to " + to + " is not behind --from " + from);
        }
        return end;
    }

    private Instant of(String option, String written, Optional<Instant> read) {
        return read.orElseThrow(() ->
                new ParameterException(spec.commandLine(), option + " is " + written + "; write " + WrittenTime.FORMS));
    }
}
