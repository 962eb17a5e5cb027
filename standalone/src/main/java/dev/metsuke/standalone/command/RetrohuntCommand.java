package dev.metsuke.standalone.command;

import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.retrohunt.KnownToday;
import dev.metsuke.standalone.retrohunt.Period;
import dev.metsuke.standalone.retrohunt.Retrohunt;
import dev.metsuke.standalone.terminal.HuntText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "retrohunt",
        description = "Judges archived accesses by today's policy and reports, and tells what no alert told.",
        footer = {
            "",
            "Everything counts as known from the beginning: reports that came after the policy's horizon, a stricter"
                + " policy, events that came late. Accesses, reports and alerts come from the archive, approvals and"
                + " the order of reports from Kafka, and what the directory ever said from both. The archive stays as"
                + " it is.",
            "",
            "Exit code: 0 nothing new, 1 something new, 2 cannot be told.",
            "",
            "Examples:",
            "  metsuke retrohunt --from 2026-04-01 --to 2026-09-30",
            "  metsuke retrohunt --from 2026-04-01 --account sato --format ndjson",
            "  metsuke retrohunt --from 2026-04-01 --to 2026-09-30 --policy stricter.yml"
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2)
final class RetrohuntCommand implements Callable<Integer> {

    private static final String TEXT = "text";
    private static final String NDJSON = "ndjson";
    private static final int PROBLEMS_SHOWN = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private TimeRange range = new TimeRange();

    @Mixin
    private ReadingRecord reading = new ReadingRecord();

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Only this account; what is usual in its department is then unknown.")
    private @Nullable String account;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Settings with the policy to judge by; without it, the one published last, else that of the"
                    + " settings.")
    private @Nullable Path policyFile;

    @Option(
            names = "--warm-up",
            paramLabel = "DAYS",
            defaultValue = "91d",
            converter = Days.class,
            description = "For how long before --from accesses are read to learn what is usual (default 91d, for as"
                    + " long as detection learns).")
    private Duration warmUp = Duration.ofDays(91);

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = TEXT,
            description = "text, or ndjson: what is found as one JSON document a line (default text).")
    private String format = TEXT;

    private long rejected;

    @Override
    public Integer call() throws IOException, WriteFailedException {
        if (!List.of(TEXT, NDJSON).contains(format)) {
            throw new ParameterException(spec.commandLine(), "--format is " + format + "; write text or ndjson");
        }
        SettingsFile settings = configuration.load();
        KafkaSettings kafka = settings.section("kafka", KafkaSettings.class);
        Period period =
                period(settings.section("console", ConsoleSettings.class).zoneOrSystems());
        Policy policy = policy(settings, kafka);
        KnownToday known = KnownToday.in(kafka, this::reject);
        try (WatchedArchive watched =
                        WatchedArchive.of(settings, spec.commandLine().getErr());
                PointInTime archive = Retrohunt.open(watched.client(), watched.brief())) {
            reading.leave(settings, Action.SEARCH, asked(period), List.of());
            long start = System.nanoTime();
            Retrohunt.Hunted hunted = Retrohunt.run(archive, policy, known, period, this::reject);
            print(hunted, policy, (System.nanoTime() - start) / 1e9);
            return hunted.finds().isEmpty() ? 0 : 1;
        }
    }

    private Period period(ZoneId zone) {
        Instant from = range.from(zone);
        if (from == null) {
            throw new ParameterException(spec.commandLine(), "--from is missing; say from when on to hunt");
        }
        Instant to = range.to(zone);
        Instant until = to == null ? Instant.now() : to;
        if (!until.isAfter(from)) {
            throw new ParameterException(spec.commandLine(), "--to must be after --from");
        }
        return new Period(from, until, warmUp, account == null ? null : new AccountId(account));
    }

    private AskedText asked(Period period) {
        return new AskedText("metsuke retrohunt")
                .with("--account", account)
                .with("--policy", policyFile)
                .with("--from", period.from())
                .with("--to", period.until());
    }

    private Policy policy(SettingsFile settings, KafkaSettings kafka) throws IOException {
        if (policyFile != null) {
            return SettingsFile.load(policyFile).givenSection("policy", Policy.class);
        }
        return PolicyNow.of(settings, kafka);
    }

    private void print(Retrohunt.Hunted hunted, Policy policy, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean isNdjson = format.equals(NDJSON);
        HuntText text = new HuntText(policy.zone());
        hunted.finds().forEach(find -> out.println(isNdjson ? HuntText.json(find) : text.line(find)));
        PrintWriter about = isNdjson ? err : out;
        about.print(HuntText.summary(hunted));
        about.println(String.format(
                Locale.ROOT, "%d events read in %.1f s; policy %s", hunted.events(), seconds, policy.versionName()));
        if (rejected > 0) {
            about.println(rejected + " documents could not be used and were left out");
        }
        about.flush();
    }

    private void reject(String reason) {
        if (rejected++ < PROBLEMS_SHOWN) {
            spec.commandLine().getErr().println(reason);
        }
    }

    /** Days as the settings write them. */
    private static final class Days implements ITypeConverter<Duration> {

        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5})d");

        @Override
        public Duration convert(String written) {
            Matcher matcher = WRITTEN.matcher(written);
            if (!matcher.matches()) {
                throw new TypeConversionException("it is " + written + "; write days, such as 35d");
            }
            return Duration.ofDays(Long.parseLong(matcher.group(1)));
        }
    }
}
