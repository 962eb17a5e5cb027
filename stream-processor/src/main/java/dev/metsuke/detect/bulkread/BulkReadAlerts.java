package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.episode.Wording;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a bulk read into words. */
final class BulkReadAlerts implements AlertWriter {

    private static final int HIGH_FROM = 3;
    private static final int CRITICAL_FROM = 10;

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final String policyVersion;
    private final Function<AccountId, @Nullable DirectoryEntry> directory;

    BulkReadAlerts(Policy policy, Function<AccountId, @Nullable DirectoryEntry> directory) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.policyVersion = policy.versionName();
        this.directory = directory;
    }

    @Override
    public Alert write(AccountId account, String scope, Episode episode, AlertState state) {
        @Nullable DirectoryEntry entry = directory.apply(account);
        boolean isAll = scope.equals(BulkReads.ALL_DATASETS);
        long ceiling = episode.peak().ceiling();
        String amount = amount(scope, episode);
        String span = Wording.span(Duration.between(episode.start(), episode.end()));
        String allowed = Wording.number(ceiling) + " in " + Wording.span(rule.window());
        Map<String, String> settings = new TreeMap<>();
        settings.put("bulk-read.window", Wording.span(rule.window()));
        settings.put("bulk-read.ceiling", Long.toString(ceiling));
        settings.put("quiet", Wording.span(policy.quiet()));
        @Nullable Long size = rule.size(scope);
        if (size != null) {
            settings.put("bulk-read.size", Long.toString(size));
        }
        return new Alert(
                Alert.idOf(Rule.BULK_READ, account, scope, episode.start()),
                Rule.BULK_READ,
                account,
                scope,
                state,
                severity(episode.peak()),
                episode.start(),
                episode.end(),
                Wording.who(account, entry) + " read " + amount + " of " + scope + " in " + span + "; the ceiling is "
                        + allowed,
                observed(scope, episode, amount),
                "at most " + allowed
                        + (isAll ? " over all datasets together, the highest ceiling that holds for any of them" : ""),
                episode.events(),
                episode.records(),
                episode.unknownRecords(),
                episode.evidence(),
                settings,
                policyVersion,
                entry == null ? null : entry.name(),
                entry == null ? null : entry.department(),
                null);
    }

    @Override
    public String whyWithdrawn(Alert alert) {
        return alert.scope().equals(BulkReads.ALL_DATASETS)
                ? "the reads of a single dataset explain it, and have their own alert"
                : "the account's reads no longer are above the ceiling";
    }

    /**
     * By the window furthest above its ceiling: medium above the ceiling, high from 3 times the ceiling, critical from
     * 10 times.
     */
    static Severity severity(Peak peak) {
        long times = peak.sum() / Math.max(peak.ceiling(), 1);
        if (times >= CRITICAL_FROM) {
            return Severity.CRITICAL;
        }
        return times >= HIGH_FROM ? Severity.HIGH : Severity.MEDIUM;
    }

    private String observed(String scope, Episode episode, String amount) {
        String seen = Wording.accesses(episode.events()) + " from " + Wording.time(episode.start(), policy.zone())
                + " to " + Wording.time(episode.end(), policy.zone()) + ", " + amount + "; "
                + fullest(scope, episode);
        if (episode.unknownRecords() == 0) {
            return seen;
        }
        @Nullable Long size = rule.size(scope);
        return seen + "; " + Wording.number(episode.unknownRecords()) + " of them did not say how many"
                + (size == null ? "" : ", and each counts as the dataset's size, " + Wording.number(size));
    }

    /** Windows over all datasets have different ceilings, so that the fullest need not be the one that counts. */
    private String fullest(String scope, Episode episode) {
        String sum = Wording.number(episode.peak().sum());
        String window = Wording.span(rule.window());
        return scope.equals(BulkReads.ALL_DATASETS)
                ? sum + " in the " + window + " that were furthest above their ceiling"
                : "up to " + sum + " in " + window;
    }

    /** Where datasets' sizes stand in for what reads did not say, the sum is no longer a lower bound. */
    private String amount(String scope, Episode episode) {
        boolean hasSizes = episode.unknownRecords() > 0
                && (rule.size(scope) != null
                        || (scope.equals(BulkReads.ALL_DATASETS)
                                && rule.datasets().values().stream().anyMatch(dataset -> dataset.size() != null)));
        if (!hasSizes) {
            return Wording.peoplesRecords(episode.records(), episode.unknownRecords());
        }
        return (rule.size(scope) == null ? "an estimated " : "up to ") + Wording.peoplesRecords(episode.records(), 0);
    }
}
