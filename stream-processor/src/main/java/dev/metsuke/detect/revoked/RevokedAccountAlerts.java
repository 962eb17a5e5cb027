package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Former;
import dev.metsuke.detect.directory.Holder;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.detect.wording.Wording;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the accesses of a revoked account into words. */
final class RevokedAccountAlerts implements AlertWriter {

    private static final String HAND_OVER = "revoked.hand-over";

    private final Policy policy;
    private final Function<AccountId, StandingTimeline> timelines;
    private final Wording wording;

    RevokedAccountAlerts(Policy policy, Function<AccountId, StandingTimeline> timelines) {
        this.policy = policy;
        this.timelines = timelines;
        this.wording = Wording.in(policy.language());
    }

    @Override
    public Words words(AccountId account, String scope, Episode episode) {
        Standing standing = reason(timelines.apply(account), scope, episode);
        Map<String, String> settings = new TreeMap<>();
        settings.put("horizon", Wording.setting(policy.horizon()));
        if (!scope.equals(Revocations.ACCOUNT)) {
            settings.put(HAND_OVER, handOverSetting());
        }
        return Words.alerting(
                headline(scope, episode, standing),
                observed(episode),
                expected(standing),
                Urgency.of(finding(scope, episode)),
                settings);
    }

    /** Of an episode whose beginning is forgotten, what held there may have been corrected since. */
    private static Standing reason(StandingTimeline timeline, String scope, Episode episode) {
        Standing first = timeline.at(episode.start());
        boolean isStopped = first instanceof Standing.Stopped;
        return isStopped == scope.equals(Revocations.ACCOUNT) ? first : timeline.at(episode.end());
    }

    @Override
    public ZoneId zone(AccountId account, Instant start) {
        return policy.zone();
    }

    @Override
    public Duration quiet(String scope) {
        return policy.quiet();
    }

    /** By what is known now; where that is what the alert says, too, and another policy holds, that is the reason. */
    @Override
    public String whyWithdrawn(Alert alert) {
        StandingTimeline timeline = timelines.apply(alert.account());
        return switch (timeline.at(alert.start())) {
            case Standing.Active(Workplace workplace) -> {
                boolean isHandingOver = workplace
                        .before()
                        .filter(former -> Revocations.isHandingOver(former, alert.start(), policy.revoked()))
                        .isPresent();
                boolean isOpened = isOpened(alert, workplace.department());
                String next = timeline.after(alert.start()).map(this::next).orElse("");
                if (isHandingOver && !(isOpened && hadTheSameHandOver(alert))) {
                    yield wording.say("revoked.withdrawn.active-or-hand-over", next, handOver());
                }
                yield isOpened
                        ? openTo(Objects.requireNonNull(workplace.department()))
                        : wording.say("revoked.withdrawn.active", next);
            }
            case Standing.Stopped stopped -> wording.say("revoked.withdrawn.stopped", word(stopped.status()));
            case Standing.Moved moved -> {
                if (alert.scope().equals(Revocations.ACCOUNT)) {
                    String next = timeline.after(alert.start()).map(this::next).orElse("");
                    yield wording.say("revoked.withdrawn.not-stopped", moved.department(), time(moved.since()), next);
                }
                if (alert.start().isBefore(moved.since().plus(policy.revoked().handOver()))) {
                    yield wording.say(
                            "revoked.withdrawn.moved-with-hand-over",
                            moved.department(),
                            time(moved.since()),
                            handOver());
                }
                yield isOpened(alert, moved.department())
                        ? openTo(moved.department())
                        : wording.say("revoked.withdrawn.moved", moved.department(), time(moved.since()));
            }
        };
    }

    /** Whether the person worked where the alert says, and it was judged by another policy than the one that holds. */
    private boolean isOpened(Alert alert, @Nullable String department) {
        return Revocations.isOutside(alert.scope(), department)
                && !alert.policyVersion().equals(policy.versionName());
    }

    private boolean hadTheSameHandOver(Alert alert) {
        return handOverSetting().equals(alert.settings().get(HAND_OVER));
    }

    private String handOverSetting() {
        Duration handOver = policy.revoked().handOver();
        return handOver.isZero() ? "none" : Wording.setting(handOver);
    }

    private String handOver() {
        return wording.span(policy.revoked().handOver());
    }

    private String openTo(String department) {
        return wording.say("revoked.withdrawn.open", department);
    }

    private String next(Standing standing) {
        return switch (standing) {
            case Standing.Active _ -> wording.say("revoked.withdrawn.next-active");
            case Standing.Stopped stopped ->
                wording.say("revoked.withdrawn.next-stopped", word(stopped.status()), time(stopped.since()));
            case Standing.Moved moved ->
                wording.say("revoked.withdrawn.next-moved", moved.department(), time(moved.since()));
        };
    }

    private static Urgency.Finding finding(String scope, Episode episode) {
        return scope.equals(Revocations.ACCOUNT)
                ? new Urgency.Finding.StoppedAccount(episode.failures() == episode.events(), episode.takesDataOut())
                : new Urgency.Finding.OutsideDepartment(episode.takesDataOut());
    }

    private String headline(String scope, Episode episode, Standing standing) {
        return wording.say(
                "revoked.headline",
                though(standing),
                wording.accesses(episode.events()),
                failures(episode),
                Revocations.department(scope)
                        .map(department -> wording.say("revoked.outside", department))
                        .orElse(""),
                time(episode.start()));
    }

    private String though(Standing standing) {
        return switch (standing) {
            case Standing.Active(Workplace workplace) ->
                workplace.department() == null ? "" : working(workplace.department(), workplace.before());
            case Standing.Stopped stopped -> thoughStopped(stopped);
            case Standing.Moved moved -> wording.say("revoked.headline.moved", moved.department(), time(moved.since()));
        };
    }

    private String thoughStopped(Standing.Stopped stopped) {
        String word = word(stopped.status());
        String since = time(stopped.since());
        @Nullable Holder former = stopped.former();
        return former == null
                ? wording.say("revoked.headline.stopped", word, since)
                : wording.say("revoked.headline.stopped.former", word, since, name(former));
    }

    private String working(String department, Optional<Former> before) {
        return before.map(former -> wording.say("revoked.headline.working-since", department, time(former.until())))
                .orElseGet(() -> wording.say("revoked.headline.working", department));
    }

    private String observed(Episode episode) {
        return wording.say(
                "revoked.observed",
                wording.accesses(episode.events()),
                failures(episode),
                wording.fromTo(episode.start(), episode.end(), policy.zone()),
                touching(episode));
    }

    /** Says nothing where nothing is known; changes need not say how many people's records they touch. */
    private String touching(Episode episode) {
        if (episode.records() == 0 && episode.unknownRecords() == 0) {
            return "";
        }
        boolean mayBeMore = episode.unknownRecords() == 0
                && episode.events() - episode.failures() > 1
                && (episode.actions().contains(Action.UPDATE)
                        || episode.actions().contains(Action.DELETE));
        String known = wording.peoplesRecords(episode.records(), episode.unknownRecords());
        return wording.say("revoked.touching", mayBeMore ? wording.say("records.at-least", known) : known);
    }

    private String expected(Standing standing) {
        return switch (standing) {
            case Standing.Active(Workplace workplace) ->
                workplace.department() == null
                        ? wording.say("revoked.expected.nothing")
                        : wording.say(
                                "revoked.expected.scope",
                                workplace.department(),
                                workplace.before().map(this::moved).orElse(""));
            case Standing.Stopped stopped ->
                wording.say(
                        "revoked.expected.stopped",
                        time(stopped.since()),
                        word(stopped.status()),
                        source(stopped.reportedAt(), stopped.reportedBy()) + stays(stopped.former()));
            case Standing.Moved moved ->
                wording.say(
                        "revoked.expected.moved",
                        moved.department(),
                        scopeOf(moved.department()),
                        time(moved.since().plus(policy.revoked().handOver())),
                        time(moved.since()),
                        source(moved.reportedAt(), moved.reportedBy()));
        };
    }

    /** Says where there are none, for the department's name may be a slip. */
    private String scopeOf(String department) {
        return policy.revoked().isInAnyScope(department) ? "" : wording.say("revoked.expected.no-scope");
    }

    /** Of a move that the directory alone tells of. */
    private String moved(Former former) {
        String until = time(former.until().plus(policy.revoked().handOver()));
        return (former.department() == null
                        ? ""
                        : wording.say("revoked.expected.hand-over", until, former.department()))
                + wording.say("revoked.expected.there-since", time(former.until()));
    }

    private String source(@Nullable Instant reportedAt, @Nullable String reportedBy) {
        if (reportedAt == null) {
            return wording.say("revoked.source.directory");
        }
        return reportedBy == null
                ? wording.say("revoked.source.reported", time(reportedAt))
                : wording.say("revoked.source.reported-by", time(reportedAt), reportedBy);
    }

    /** Why somebody may not use the account of whom nothing is reported. */
    private String stays(@Nullable Holder former) {
        return former == null ? "" : wording.say("revoked.expected.stopped.former", name(former));
    }

    private static String name(Holder holder) {
        return Objects.requireNonNullElseGet(
                holder.name(), () -> Objects.requireNonNull(holder.person(), "without a number nobody is another"));
    }

    private String failures(Episode episode) {
        if (episode.failures() == 0) {
            return "";
        }
        if (episode.failures() == episode.events()) {
            return episode.events() == 1 ? wording.say("revoked.failed") : wording.say("revoked.all-failed");
        }
        return wording.say("revoked.some-failed", episode.failures());
    }

    private String word(Status status) {
        return wording.say("status." + status.label());
    }

    private String time(Instant instant) {
        return wording.time(instant, policy.zone());
    }
}
