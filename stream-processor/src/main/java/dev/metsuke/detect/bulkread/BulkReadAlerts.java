package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.episode.Wording;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a bulk read into words. */
final class BulkReadAlerts implements AlertWriter {

    private static final String OF_ALL =
            " over all datasets together, the highest of the ceilings of those read and of the one that holds without a"
                    + " dataset's own";

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final Directory directory;

    BulkReadAlerts(Policy policy, Directory directory) {
        this.policy = policy;
        this.directory = directory;
        this.rule = policy.bulkRead();
    }

    @Override
    public Words words(AccountId account, String name, Episode episode) {
        ReadScope scope = ReadScope.parse(name);
        Peak peak = episode.peak();
        String span = Wording.span(Duration.between(episode.start(), episode.end()));
        if (scope.reach() == Reach.UNSIZED) {
            return unsized(episode, span);
        }
        String amount = amount(scope, episode);
        String allowed = Wording.number(peak.ceiling()) + " in " + window(peak);
        String read = scope.reach() == Reach.MONTH
                // Its accesses are those from the day on which it became too much; what is too much is all of the 30
                // days.
                ? Wording.peoplesRecords(peak.sum(), episode.unknownRecords()) + " of " + scope.what() + " in "
                        + window(peak)
                : amount + " of " + scope.what() + " in " + span;
        return Words.alerting(
                " read " + read + "; " + limit(account, peak),
                observed(scope, episode, amount),
                "at most " + allowed + source(account, scope, episode),
                severity(peak),
                settings(scope, peak));
    }

    private Words unsized(Episode episode, String span) {
        String exports = episode.peak().sum() == 1
                ? "1 export"
                : Wording.number(episode.peak().sum()) + " exports";
        return Words.alerting(
                " took out data in exports that do not say of how many people, up to " + exports + " in 24 h",
                Wording.accesses(episode.events()) + " in " + span + " "
                        + Wording.fromTo(episode.start(), episode.end(), policy.zone()) + ", " + exports
                        + " of unknown size within 24 h",
                "at most " + Wording.number(rule.unsizedExports())
                        + " exports in 24 h from datasets whose size the policy does not know",
                Urgency.of(new Urgency.Finding.UnsizedExports()),
                Map.of("bulk-read.unsized-exports", Long.toString(rule.unsizedExports())));
    }

    private Map<String, String> settings(ReadScope scope, Peak peak) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bulk-read.window", window(peak));
        @Nullable Long size = rule.size(scope.dataset());
        if (size != null) {
            settings.put("bulk-read.size", Long.toString(size));
        }
        settings.put("bulk-read.ceiling", Long.toString(peak.ceiling()));
        settings.put(
                "bulk-read.yardstick",
                switch (peak.yardstick()) {
                    case CEILING, UNSIZED -> "ceiling";
                    case OWN -> "own history";
                    case DEPARTMENT -> "department";
                });
        if (peak.yardstick() == Peak.Yardstick.OWN || peak.yardstick() == Peak.Yardstick.DEPARTMENT) {
            settings.put("bulk-read.samples", Long.toString(peak.samples()));
            settings.put("bulk-read.usual", Long.toString(peak.usual()));
        }
        return settings;
    }

    private String limit(AccountId account, Peak peak) {
        return switch (peak.yardstick()) {
            case CEILING, UNSIZED -> "the ceiling is " + Wording.number(peak.ceiling()) + " in " + window(peak);
            case OWN ->
                Wording.number(peak.usual()) + " in " + window(peak) + " are usual for the account, by "
                        + Wording.number(peak.samples()) + " days";
            case DEPARTMENT ->
                Wording.number(Math.round(peak.sum() / (double) Math.max(peak.usual(), 1))) + " times the usual of "
                        + department(account) + ", " + Wording.number(peak.usual()) + " in " + window(peak) + ", from "
                        + Wording.number(peak.samples()) + " person-days";
        };
    }

    private String department(AccountId account) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        return "the department" + (entry == null || entry.department() == null ? "" : " " + entry.department());
    }

    private String source(AccountId account, ReadScope scope, Episode episode) {
        Peak peak = episode.peak();
        return switch (peak.yardstick()) {
            case CEILING, UNSIZED -> (scope.isAll() ? OF_ALL : "") + formerly(account, episode);
            case OWN ->
                ", by the account's own history: "
                        + (scope.reach() == Reach.MONTH ? "for as many days with reads, " : "")
                        + "the median of " + Wording.number(peak.samples()) + " days "
                        + (scope.reach() == Reach.MONTH ? "makes " : "is ") + Wording.number(peak.usual());
            case DEPARTMENT ->
                ", by " + department(account) + ", since the account has no history of its own yet: the median of "
                        + Wording.number(peak.samples()) + " person-days is " + Wording.number(peak.usual());
        };
    }

    /** Where it was in others than the present department meanwhile, with other ceilings. */
    private String formerly(AccountId account, Episode episode) {
        long first = MinuteSlot.minuteOf(episode.start()) - episode.peak().minutes();
        long last = MinuteSlot.minuteOf(episode.end());
        CeilingsByTime ceilings = CeilingsByTime.of(account, rule, directory);
        if (ceilings.during(first, last).equals(ceilings.ofPresent())) {
            return "";
        }
        return ceilings.departments(first, last).stream()
                .map(department -> department.orElse("none"))
                .distinct()
                .collect(Collectors.joining(", then ", "; the account's department was ", ""));
    }

    private static String window(Peak peak) {
        return Wording.span(Duration.ofMinutes(peak.minutes()));
    }

    @Override
    public ZoneId zone(AccountId account, Instant start) {
        return policy.zone();
    }

    @Override
    public Duration quiet(String scope) {
        return ReadScope.parse(scope).reach().quiet(policy);
    }

    @Override
    public String whyWithdrawn(Alert alert) {
        return "the account's reads no longer are above the limit, or another alert explains them";
    }

    /** By the window furthest above its limit. */
    private static Severity severity(Peak peak) {
        return Urgency.of(new Urgency.Finding.BulkRead(peak.sum(), peak.ceiling()));
    }

    private String observed(ReadScope scope, Episode episode, String amount) {
        String seen = Wording.accesses(episode.events()) + " "
                + Wording.fromTo(episode.start(), episode.end(), policy.zone()) + ", " + amount + "; "
                + fullest(scope, episode);
        if (episode.unknownRecords() == 0) {
            return seen;
        }
        @Nullable Long size = rule.size(scope.dataset());
        return seen + "; " + Wording.number(episode.unknownRecords()) + " of them did not say how many"
                + (size == null ? "" : ", and each counts as the dataset's size, " + Wording.number(size));
    }

    /** Windows over all datasets have different limits, so that the fullest need not be the one that counts. */
    private static String fullest(ReadScope scope, Episode episode) {
        Peak peak = episode.peak();
        String sum = Wording.number(peak.sum());
        return scope.isAll()
                ? sum + " in the " + window(peak) + " that were furthest above their "
                        + (peak.yardstick() == Peak.Yardstick.CEILING ? "ceiling" : "usual")
                : "up to " + sum + " in " + window(peak);
    }

    /** Where datasets' sizes stand in for what reads did not say, the sum is no longer a lower bound. */
    private String amount(ReadScope scope, Episode episode) {
        @Nullable Long size = rule.size(scope.dataset());
        boolean hasSizes = episode.unknownRecords() > 0
                && (size != null
                        || (scope.isAll()
                                && rule.datasets().values().stream().anyMatch(dataset -> dataset.size() != null)));
        if (!hasSizes) {
            return Wording.peoplesRecords(episode.records(), episode.unknownRecords());
        }
        return (size == null ? "an estimated " : "up to ") + Wording.peoplesRecords(episode.records(), 0);
    }
}
