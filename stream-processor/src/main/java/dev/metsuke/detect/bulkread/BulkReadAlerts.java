package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.detect.wording.Wording;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a bulk read into words. */
final class BulkReadAlerts implements AlertWriter {

    private static final Duration WINDOW_OF_UNSIZED = Duration.ofHours(24);

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final Function<AccountId, Function<Instant, Workplace>> workplaces;
    private final Wording wording;

    BulkReadAlerts(Policy policy, Function<AccountId, Function<Instant, Workplace>> workplaces) {
        this.policy = policy;
        this.workplaces = workplaces;
        this.rule = policy.bulkRead();
        this.wording = Wording.in(policy.language());
    }

    @Override
    public Words words(AccountId account, String name, Episode episode) {
        ReadScope scope = ReadScope.parse(name);
        Peak peak = episode.peak();
        String span = wording.span(Duration.between(episode.start(), episode.end()));
        if (scope.reach() == Reach.UNSIZED) {
            return unsized(episode, span);
        }
        String amount = amount(scope, episode);
        // A month's accesses are those from the day on which it became too much; what is too much is all of the 30
        // days.
        boolean isMonth = scope.reach() == Reach.MONTH;
        return Words.alerting(
                wording.say(
                        "bulk.headline",
                        isMonth
                                ? wording.peoplesRecords(peak.sum(), episode.unknownRecords())
                                : amount + hourly(scope, episode),
                        what(scope),
                        isMonth ? window(peak) : span,
                        limit(account, peak)),
                observed(scope, episode, amount),
                wording.say("bulk.expected", peak.ceiling(), window(peak), source(account, scope, episode)),
                severity(peak),
                settings(scope, peak));
    }

    private String what(ReadScope scope) {
        return scope.dataset() == null ? wording.say("bulk.all-datasets") : scope.dataset();
    }

    private Words unsized(Episode episode, String span) {
        String exports = wording.say("bulk.unsized.exports", episode.peak().sum());
        String window = wording.span(WINDOW_OF_UNSIZED);
        return Words.alerting(
                wording.say("bulk.unsized.headline", exports, window),
                wording.say(
                        "bulk.unsized.observed",
                        wording.accesses(episode.events()),
                        span,
                        wording.fromTo(episode.start(), episode.end(), policy.zone()),
                        exports,
                        window),
                wording.say("bulk.unsized.expected", rule.unsizedExports(), window),
                Urgency.of(new Urgency.Finding.UnsizedExports()),
                Map.of("bulk-read.unsized-exports", Long.toString(rule.unsizedExports())));
    }

    private Map<String, String> settings(ReadScope scope, Peak peak) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bulk-read.window", Wording.setting(length(peak)));
        @Nullable Long size = rule.size(scope.dataset());
        if (size != null) {
            settings.put("bulk-read.size", Long.toString(size));
        }
        settings.put("bulk-read.ceiling", Long.toString(peak.ceiling()));
        settings.put(
                "bulk-read.yardstick",
                switch (peak.yardstick()) {
                    case CEILING, UNSIZED -> "ceiling";
                    case OWN, OWN_DAY -> "own history";
                    case DEPARTMENT -> "department";
                });
        if (peak.yardstick() != Peak.Yardstick.CEILING && peak.yardstick() != Peak.Yardstick.UNSIZED) {
            settings.put("bulk-read.samples", Long.toString(peak.samples()));
            settings.put("bulk-read.usual", Long.toString(peak.usual()));
        }
        return settings;
    }

    private String limit(AccountId account, Peak peak) {
        return switch (peak.yardstick()) {
            case CEILING, UNSIZED -> wording.say("bulk.ceiling", peak.ceiling(), window(peak));
            case OWN -> wording.say("bulk.usual", peak.usual(), window(peak), peak.samples());
            case OWN_DAY -> wording.say("bulk.usual-of-day", peak.usual(), peak.samples());
            case DEPARTMENT ->
                wording.say(
                        "bulk.usual-of-department",
                        Math.round(peak.sum() / (double) Math.max(peak.usual(), 1)),
                        department(account),
                        peak.usual(),
                        window(peak),
                        peak.samples());
        };
    }

    private String department(AccountId account) {
        @Nullable
        String department = workplaces.apply(account).apply(Instant.MAX).department();
        return department == null ? wording.say("bulk.department.unknown") : wording.say("bulk.department", department);
    }

    private String source(AccountId account, ReadScope scope, Episode episode) {
        Peak peak = episode.peak();
        return switch (peak.yardstick()) {
            case CEILING, UNSIZED ->
                (scope.isAll() ? wording.say("bulk.expected.all-datasets") : "") + formerly(account, episode);
            case OWN ->
                scope.reach() == Reach.MONTH
                        ? wording.say("bulk.expected.usual-month", peak.samples(), peak.usual())
                        : wording.say("bulk.expected.usual", peak.samples(), peak.usual());
            case OWN_DAY ->
                wording.say("bulk.expected.usual-of-day", peak.samples(), peak.usual(), Usual.DAYS_IN_AN_HOUR);
            case DEPARTMENT ->
                wording.say("bulk.expected.usual-of-department", department(account), peak.samples(), peak.usual());
        };
    }

    /** Where it was in others than the present department meanwhile, with other ceilings. */
    private String formerly(AccountId account, Episode episode) {
        long first = MinuteSlot.minuteOf(episode.start()) - episode.peak().minutes();
        long last = MinuteSlot.minuteOf(episode.end());
        CeilingsByTime ceilings = CeilingsByTime.of(account, rule, workplaces.apply(account));
        if (ceilings.during(first, last).equals(ceilings.ofPresent())) {
            return "";
        }
        return ceilings.departments(first, last).stream()
                .map(department -> department.orElseGet(() -> wording.say("bulk.expected.departments.none")))
                .distinct()
                .reduce((one, other) -> wording.say("bulk.expected.departments.then", one, other))
                .map(departments -> wording.say("bulk.expected.departments", departments))
                .orElse("");
    }

    private String window(Peak peak) {
        return wording.span(length(peak));
    }

    private static Duration length(Peak peak) {
        return Duration.ofMinutes(peak.minutes());
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
        return wording.say("bulk.withdrawn");
    }

    /** By the window furthest above its limit. */
    private static Severity severity(Peak peak) {
        return Urgency.of(new Urgency.Finding.BulkRead(peak.sum(), peak.ceiling()));
    }

    private String observed(ReadScope scope, Episode episode, String amount) {
        String seen = wording.say(
                "bulk.observed",
                wording.accesses(episode.events()),
                wording.fromTo(episode.start(), episode.end(), policy.zone()),
                amount,
                fullest(scope, episode));
        if (episode.unknownRecords() == 0) {
            return seen;
        }
        @Nullable Long size = rule.size(scope.dataset());
        return seen
                + (size == null
                        ? wording.say("bulk.unknown", episode.unknownRecords())
                        : wording.say("records.sized", episode.unknownRecords(), size));
    }

    /** Windows over all datasets have different limits, so that the fullest need not be the one that counts. */
    private String fullest(ReadScope scope, Episode episode) {
        Peak peak = episode.peak();
        if (!scope.isAll()) {
            return wording.say("bulk.fullest", peak.sum(), window(peak));
        }
        if (peak.yardstick() == Peak.Yardstick.CEILING) {
            return wording.say("bulk.furthest-above-ceiling", peak.sum(), window(peak));
        }
        return isCountedHourly(scope, episode)
                ? wording.say("bulk.furthest-above-usual.hourly", peak.sum(), window(peak))
                : wording.say("bulk.furthest-above-usual", peak.sum(), window(peak));
    }

    private String hourly(ReadScope scope, Episode episode) {
        Peak peak = episode.peak();
        return isCountedHourly(scope, episode) ? wording.say("bulk.hourly", peak.sum(), window(peak)) : "";
    }

    /**
     * Whether the sum of a day is of more people than the episode: what is usual for a day is learnt by the hour, so that whom the log
     * names in several hours is in it as often.
     */
    private static boolean isCountedHourly(ReadScope scope, Episode episode) {
        return scope.reach() == Reach.DAY
                && episode.peak().yardstick() != Peak.Yardstick.CEILING
                && episode.peak().sum() > episode.records();
    }

    /** Where datasets' sizes stand in for what reads did not say, the sum is no longer a lower bound. */
    private String amount(ReadScope scope, Episode episode) {
        @Nullable Long size = rule.size(scope.dataset());
        boolean hasSizes = episode.unknownRecords() > 0
                && (size != null
                        || (scope.isAll()
                                && rule.datasets().values().stream().anyMatch(dataset -> dataset.size() != null)));
        if (!hasSizes) {
            return wording.peoplesRecords(episode.records(), episode.unknownRecords());
        }
        String amount = wording.peoplesRecords(episode.records(), 0);
        return size == null ? wording.say("records.estimated", amount) : wording.say("records.up-to", amount);
    }
}
