package dev.metsuke.console.approval;

import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An approval that somebody gave, as it is now.
 *
 * @param given the last word by which it was given
 * @param takenBack the later one that took it back; null where none did
 */
record KnownApproval(ExportApproval given, @Nullable ExportApproval takenBack) {

    static final Comparator<KnownApproval> NEWEST_FIRST = Comparator.comparing(KnownApproval::place);

    ApprovalState stateAt(Instant now) {
        if (takenBack != null) {
            return ApprovalState.TAKEN_BACK;
        }
        if (given.covers(now)) {
            return ApprovalState.CURRENT;
        }
        return now.isBefore(given.from()) ? ApprovalState.UPCOMING : ApprovalState.PAST;
    }

    /** Where it stands among others. */
    ApprovalPlace place() {
        ExportApproval last = Objects.requireNonNullElse(takenBack, given);
        return new ApprovalPlace(last.approvedAt(), given.account().value(), given.approvalId());
    }
}
