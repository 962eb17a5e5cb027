package dev.metsuke.detect.episode;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.wording.Wording;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the alerts of all rules have in common around a rule's own words. */
final class AlertForm {

    private final Rule rule;
    private final Policy policy;
    private final String policyVersion;
    private final AlertWriter writer;
    private final Wording wording;

    AlertForm(Rule rule, Policy policy, AlertWriter writer) {
        this.rule = rule;
        this.policy = policy;
        this.policyVersion = policy.versionName();
        this.writer = writer;
        this.wording = Wording.in(policy.language());
    }

    /** The headline begins with who it is, so that it can be told of another person without judging again: {@link Retelling}. */
    Alert fill(AccountId account, String scope, Episode episode, @Nullable DirectoryEntry entry, boolean isOver) {
        Words words = writer.words(account, scope, episode);
        Map<String, String> settings = new TreeMap<>(words.settings());
        settings.put("quiet", Wording.setting(writer.quiet(scope)));
        settings.put("zone", writer.zone(account, episode.start()).getId());
        return new Alert(
                Alert.idOf(rule, account, scope, episode.start()),
                rule,
                account,
                scope,
                state(words, isOver),
                words.severity(),
                episode.start(),
                episode.end(),
                wording.headline(wording.who(account, entry), words.headline()),
                words.observed() + lateness(episode),
                words.expected(),
                episode.events(),
                episode.records(),
                episode.unknownRecords(),
                episode.evidence(),
                episode.grounds().days(),
                settings,
                policyVersion,
                entry == null ? null : entry.name(),
                entry == null ? null : entry.department(),
                null);
    }

    /**
     * Why an alert is withdrawn whose episode is none any more.
     *
     * @param ofScope the episodes that there are
     */
    String whyWithdrawn(Alert alert, List<Episode> ofScope) {
        return ofScope.stream()
                .filter(episode -> !alert.start().isBefore(episode.start())
                        && !alert.start().isAfter(episode.end()))
                .findFirst()
                .map(episode -> wording.say("alert.taken-in", start(episode, alert)))
                .orElseGet(() -> writer.whyWithdrawn(alert) + rest(alert, ofScope));
    }

    /** What begins within the alert still holds, under another id. */
    private String rest(Alert alert, List<Episode> ofScope) {
        return ofScope.stream()
                .filter(episode -> episode.start().isAfter(alert.start())
                        && !episode.start().isAfter(alert.end()))
                .findFirst()
                .map(episode -> wording.say("alert.rest", start(episode, alert)))
                .orElse("");
    }

    private String start(Episode episode, Alert alert) {
        return wording.time(episode.start(), writer.zone(alert.account(), alert.start()));
    }

    private static AlertState state(Words words, boolean isOver) {
        if (words.isApproved()) {
            return AlertState.APPROVED;
        }
        return isOver ? AlertState.CLOSED : AlertState.OPEN;
    }

    private String lateness(Episode episode) {
        if (episode.late() == 0) {
            return "";
        }
        String lateness = wording.span(policy.lateness());
        return episode.late() == episode.events()
                ? wording.say("alert.all-late", lateness)
                : wording.say("alert.late", episode.late(), lateness);
    }
}
