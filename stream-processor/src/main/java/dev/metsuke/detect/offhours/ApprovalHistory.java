package dev.metsuke.detect.offhours;

import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that was said of an approval.
 *
 * @param messages by when they were approved, of those approved at once in the order in which they came; the last one holds
 */
record ApprovalHistory(List<RecordedApproval> messages) {

    ApprovalHistory {
        messages = List.copyOf(messages);
    }

    /** Whether an export was approved when it was made, going by when it began to be known. */
    enum Timing {
        /** By what holds. */
        BEFORE,
        /** By what held then, and was replaced since. */
        BEFORE_AND_CHANGED,
        /** So it is said, but it was recorded afterwards. */
        RECORDED_AFTERWARDS,
        AFTERWARDS
    }

    String approvalId() {
        return latest().approvalId();
    }

    ExportApproval latest() {
        return messages.getLast().approval();
    }

    /** When what holds was recorded. */
    Instant recordedAt() {
        return messages.getLast().recordedAt();
    }

    /** The same where the message is known already. */
    ApprovalHistory with(RecordedApproval message) {
        if (messages.stream().anyMatch(known -> known.approval().equals(message.approval()))) {
            return this;
        }
        List<RecordedApproval> all = new ArrayList<>(messages);
        all.add(message);
        all.sort(Comparator.comparing(each -> each.approval().approvedAt()));
        return new ApprovalHistory(all);
    }

    /** Without what was replaced and ended before that time, which was for nothing that is remembered. */
    ApprovalHistory since(Instant time) {
        return new ApprovalHistory(messages.stream()
                .filter(message -> message.equals(messages.getLast())
                        || !message.approval().until().isBefore(time))
                .toList());
    }

    Timing timing(Instant export) {
        if (messages.getLast().isKnownAt(export)) {
            return Timing.BEFORE;
        }
        boolean wasApproved = messages.stream()
                .filter(message -> message.isKnownAt(export))
                .reduce((one, later) -> later)
                .map(RecordedApproval::approval)
                .filter(then -> !then.isTakenBack()
                        && then.covers(export)
                        && then.dataset().equals(latest().dataset()))
                .isPresent();
        if (wasApproved) {
            return Timing.BEFORE_AND_CHANGED;
        }
        return latest().approvedAt().isAfter(export) ? Timing.AFTERWARDS : Timing.RECORDED_AFTERWARDS;
    }
}
