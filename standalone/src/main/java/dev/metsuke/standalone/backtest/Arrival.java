package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;

/** Something became known to detection. */
record Arrival(Instant at, News news) {

    /** What became known. */
    sealed interface News {}

    record Accessed(AccessEvent event) implements News {}

    record Listed(DatedEntry dated) implements News {}

    record Reported(StatusReport report) implements News {}

    record Approved(ExportApproval approval) implements News {}

    AccountId account() {
        return switch (news) {
            case Accessed(AccessEvent event) -> event.account();
            case Listed(DatedEntry dated) -> dated.entry().account();
            case Reported(StatusReport report) -> report.account();
            case Approved(ExportApproval approval) -> approval.account();
        };
    }

    /** What to call it. */
    String name() {
        return switch (news) {
            case Accessed(AccessEvent event) -> "event " + event.id();
            case Listed(DatedEntry dated) ->
                "directory entry of " + dated.entry().account();
            case Reported(StatusReport report) -> "status report " + report.eventId();
            case Approved(ExportApproval approval) -> "approval " + approval.eventId();
        };
    }

    /**
     * Lets a trial know of it.
     *
     * @throws UnfitRecordException where detection would reject it
     */
    void reach(Trial trial) {
        switch (news) {
            case Accessed(AccessEvent event) -> trial.take(event);
            case Listed(DatedEntry dated) -> trial.take(dated.entry(), dated.since());
            case Reported(StatusReport report) -> trial.take(report);
            case Approved(ExportApproval approval) -> trial.take(approval);
        }
    }

    /** The same, had it become known at another time. */
    Arrival at(Instant other) {
        return other.equals(at) ? this : new Arrival(other, news);
    }
}
