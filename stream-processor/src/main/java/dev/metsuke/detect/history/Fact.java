package dev.metsuke.detect.history;

import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a detector hears about an account. */
public sealed interface Fact {

    /** An access that was not known before. */
    record Accessed(Access access) implements Fact {}

    /** HR's report. */
    record Reported(StatusReport report) implements Fact {}

    /**
     * Somebody approved an export.
     *
     * @param recordedAt when that reached Kafka, whatever it says itself
     */
    record Approved(ExportApproval approval, Instant recordedAt) implements Fact {}

    /**
     * The directory changed its entry.
     *
     * @param before null where there was none
     * @param from the department and the calendar that held from then on may be others than before
     * @param changesHands whether the account is another person's since
     */
    record Listed(@Nullable DirectoryEntry before, DirectoryEntry now, Instant from, boolean changesHands)
            implements Fact {}
}
