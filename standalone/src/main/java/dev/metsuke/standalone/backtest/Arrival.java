package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;

/** Something became known to detection. */
record Arrival(Instant at, News news) {

    /** What became known. */
    sealed interface News {

        AccountId account();

        /** What to call it. */
        String name();

        /**
         * Lets a trial know of it.
         *
         * @throws UnfitRecordException where detection would reject it
         */
        void reach(Trial trial);
    }

    record Accessed(AccessEvent event) implements News {

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

    record Listed(DirectoryEntry entry) implements News {

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

    record Reported(StatusReport report) implements News {

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

    record Approved(ExportApproval approval) implements News {

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
