package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Former;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.episode.AlertWriter;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Wording;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the accesses of a revoked account into words. */
final class RevokedAccountAlerts implements AlertWriter {

    private final Policy policy;
    private final Function<AccountId, StandingTimeline> timelines;

    RevokedAccountAlerts(Policy policy, Function<AccountId, StandingTimeline> timelines) {
        this.policy = policy;
        this.timelines = timelines;
    }

    @Override
    public Words words(AccountId account, String scope, Episode episode) {
        Standing standing = reason(timelines.apply(account), scope, episode);
        Map<String, String> settings = new TreeMap<>();
        settings.put("horizon", Wording.span(policy.horizon()));
        if (!scope.equals(Revocations.ACCOUNT)) {
            settings.put("revoked.hand-over", handOver());
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

    private String handOver() {
        return policy.revoked().handOver().isZero()
                ? "none"
                : Wording.span(policy.revoked().handOver());
    }

    @Override
    public ZoneId zone(AccountId account, Instant start) {
        return policy.zone();
    }

    @Override
    public Duration quiet(String scope) {
        return policy.quiet();
    }

    /** By what is known now; where that is what the alert says, too, the policy is the one other reason there can be. */
    @Override
    public String whyWithdrawn(Alert alert) {
        StandingTimeline timeline = timelines.apply(alert.account());
        return switch (timeline.at(alert.start())) {
            case Standing.Active(Workplace workplace) -> {
                Optional<Former> handingOver = workplace
                        .before()
                        .filter(former -> Revocations.isHandingOver(former, alert.start(), policy.revoked()));
                yield handingOver.isEmpty() && Revocations.isOutside(alert.scope(), workplace.department())
                        ? openTo(workplace.department())
                        : "by what HR reported and the directory says now, the account was not restricted then"
                                + handingOver
                                        .map(former -> " or had " + handOver() + " for the hand-over")
                                        .orElse("")
                                + timeline.after(alert.start())
                                        .map(next -> "; " + next(next))
                                        .orElse("");
            }
            case Standing.Stopped stopped ->
                "the account was " + word(stopped.status()) + " then, and another alert or an exception covers it";
            case Standing.Moved moved -> {
                boolean isHandingOver = alert.start()
                        .isBefore(moved.since().plus(policy.revoked().handOver()));
                yield !isHandingOver && Revocations.isOutside(alert.scope(), moved.department())
                        ? openTo(moved.department())
                        : "by what HR reported now, the person worked in " + moved.department() + " then, since "
                                + time(moved.since())
                                + (isHandingOver ? ", and had " + handOver() + " for the hand-over" : "");
            }
        };
    }

    private static String openTo(@Nullable String department) {
        return "by the policy as it is now, it was open to " + department + ", or has an exception";
    }

    private String next(Standing standing) {
        return switch (standing) {
            case Standing.Active _ -> "it is not restricted now either";
            case Standing.Stopped stopped ->
                "it is " + word(stopped.status()) + " from " + time(stopped.since()) + " on";
            case Standing.Moved moved -> "the person moves to " + moved.department() + " on " + time(moved.since());
        };
    }

    private static Urgency.Finding finding(String scope, Episode episode) {
        return scope.equals(Revocations.ACCOUNT)
                ? new Urgency.Finding.StoppedAccount(episode.failures() == episode.events(), episode.takesDataOut())
                : new Urgency.Finding.OutsideDepartment(episode.takesDataOut());
    }

    private String headline(String scope, Episode episode, Standing standing) {
        String what = ": " + Wording.accesses(episode.events()) + failures(episode)
                + (scope.equals(Revocations.ACCOUNT) ? "" : " to datasets " + scope) + " from "
                + time(episode.start());
        return what
                + switch (standing) {
                    case Standing.Active(Workplace workplace) ->
                        workplace.department() == null
                                ? ""
                                : ", though working in " + workplace.department()
                                        + workplace
                                                .before()
                                                .map(former -> " since " + time(former.until()))
                                                .orElse("");
                    case Standing.Stopped stopped ->
                        ", though " + word(stopped.status()) + " since " + time(stopped.since());
                    case Standing.Moved moved ->
                        ", though moved to " + moved.department() + " on " + time(moved.since());
                };
    }

    private String observed(Episode episode) {
        return Wording.accesses(episode.events()) + failures(episode) + " "
                + Wording.fromTo(episode.start(), episode.end(), policy.zone()) + touching(episode);
    }

    /** Says nothing where nothing is known; changes need not say how many people's records they touch. */
    private static String touching(Episode episode) {
        if (episode.records() == 0 && episode.unknownRecords() == 0) {
            return "";
        }
        boolean mayBeMore = episode.unknownRecords() == 0
                && episode.events() - episode.failures() > 1
                && (episode.actions().contains(Action.UPDATE)
                        || episode.actions().contains(Action.DELETE));
        return ", touching " + (mayBeMore ? "at least " : "")
                + Wording.peoplesRecords(episode.records(), episode.unknownRecords());
    }

    private String expected(Standing standing) {
        return switch (standing) {
            case Standing.Active(Workplace workplace) ->
                workplace.department() == null
                        ? "no access"
                        : "only datasets that the policy does not keep for departments other than "
                                + workplace.department()
                                + workplace.before().map(this::moved).orElse("");
            case Standing.Stopped stopped ->
                "no access from " + time(stopped.since()) + " on: " + word(stopped.status())
                        + source(stopped.reportedAt(), stopped.reportedBy());
            case Standing.Moved moved ->
                "only datasets of " + moved.department() + scopeOf(moved.department()) + " from "
                        + time(moved.since().plus(policy.revoked().handOver())) + " on: moved there on "
                        + time(moved.since()) + source(moved.reportedAt(), moved.reportedBy());
        };
    }

    /** Says where there are none, for the department's name may be a slip. */
    private String scopeOf(String department) {
        return policy.revoked().isInAnyScope(department) ? "" : " (the policy's scope names none)";
    }

    /** Of a move that the directory alone tells of. */
    private String moved(Former former) {
        String until = time(former.until().plus(policy.revoked().handOver()));
        return (former.department() == null ? "" : ", and until " + until + " those of " + former.department())
                + ": there since " + time(former.until()) + ", as the directory says";
    }

    private String source(@Nullable Instant reportedAt, @Nullable String reportedBy) {
        if (reportedAt == null) {
            return ", as the directory says";
        }
        return ", reported on " + time(reportedAt) + (reportedBy == null ? "" : " by " + reportedBy);
    }

    private static String failures(Episode episode) {
        if (episode.failures() == 0) {
            return "";
        }
        if (episode.failures() == episode.events()) {
            return episode.events() == 1 ? " (failed)" : " (all failed)";
        }
        return " (" + Wording.number(episode.failures()) + " of them failed)";
    }

    private static String word(Status status) {
        return switch (status) {
            case RETIRED -> "retired";
            case SUSPENDED -> "suspended";
            case CONTRACT_ENDED -> "out of contract";
            case TRANSFERRED -> "transferred";
            case REINSTATED -> "reinstated";
        };
    }

    private String time(Instant instant) {
        return Wording.time(instant, policy.zone());
    }
}
