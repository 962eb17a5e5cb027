package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;

/** Something that became known to detection at a time. */
sealed interface Arrival {

    Instant at();

    /** The same, had it become known at another time. */
    Arrival at(Instant other);

    AccountId account();

    /** What to call it. */
    String name();

    /**
     * Lets a trial know of it.
     *
     * @throws UnfitRecordException where detection would reject it
     */
    void reach(Trial trial);

    /** An access. */
    record Accessed(Instant at, AccessEvent event) implements Arrival {

        @Override
        public Accessed at(Instant other) {
            return new Accessed(other, event);
        }

        @Override
        public AccountId account() {
            return event.account();
        }

        @Override
        public String name() {
            return "event " + event.id();
        }

        @Override
        public void reach(Trial trial) {
            trial.take(event);
        }
    }

    /** Whose an account is. */
    record Listed(Instant at, DirectoryEntry entry) implements Arrival {

        @Override
        public Listed at(Instant other) {
            return new Listed(other, entry);
        }

        @Override
        public AccountId account() {
            return entry.account();
        }

        @Override
        public String name() {
            return "directory entry of " + entry.account();
        }

        @Override
        public void reach(Trial trial) {
            trial.take(entry);
        }
    }

    /** What HR reported. */
    record Reported(Instant at, StatusReport report) implements Arrival {

        @Override
        public Reported at(Instant other) {
            return new Reported(other, report);
        }

        @Override
        public AccountId account() {
            return report.account();
        }

        @Override
        public String name() {
            return "status report " + report.eventId();
        }

        @Override
        public void reach(Trial trial) {
            trial.take(report);
        }
    }

    /** What somebody approved. */
    record Approved(Instant at, ExportApproval approval) implements Arrival {

        @Override
        public Approved at(Instant other) {
            return new Approved(other, approval);
        }

        @Override
        public AccountId account() {
            return approval.account();
        }

        @Override
        public String name() {
            return "approval " + approval.eventId();
        }

        @Override
        public void reach(Trial trial) {
            trial.take(approval);
        }
    }
}
