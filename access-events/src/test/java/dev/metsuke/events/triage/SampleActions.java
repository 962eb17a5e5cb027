package dev.metsuke.events.triage;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What two officers do about one alert. */
final class SampleActions {

    static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private SampleActions() {}

    static TriageAction acknowledged(int minute, String actor) {
        return action(minute, TriageStep.ACKNOWLEDGE, actor, 12, actor, null, null);
    }

    static TriageAction assigned(int minute, String actor, @Nullable String assignee) {
        return action(minute, TriageStep.ASSIGN, actor, 12, assignee, null, null);
    }

    static TriageAction commented(int minute, String actor, String comment) {
        return action(minute, TriageStep.COMMENT, actor, 12, null, null, comment);
    }

    static TriageAction resolved(int minute, String actor, long events) {
        return action(minute, TriageStep.RESOLVE, actor, events, null, Resolution.AUTHORISED, "CHG-17 allows it");
    }

    static TriageAction reopened(int minute, String actor) {
        return action(minute, TriageStep.REOPEN, actor, 12, null, null, null);
    }

    static TriageAction action(
            int minute,
            TriageStep step,
            String actor,
            long events,
            @Nullable String assignee,
            @Nullable Resolution resolution,
            @Nullable String comment) {
        return new TriageAction(
                "t-" + minute + "-" + actor,
                "a17",
                new AccountId("yamada"),
                Rule.BULK_READ,
                step,
                actor,
                START.plusSeconds(60L * minute),
                new SeenRevision(events, Severity.HIGH),
                assignee,
                resolution,
                comment);
    }
}
