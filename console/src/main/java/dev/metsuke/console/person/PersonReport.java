package dev.metsuke.console.person;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report about a person, from which the message for each of the person's accounts is made: under one report id, so that
 * a correction reaches them all, and with a message id that follows from report, content and account, so that it does not
 * matter when, or how often, it is made.
 *
 * @param reportId what the report is called
 * @param person the person's number in HR's books
 * @param status what the standing changes to
 * @param effectiveAt from when on
 * @param reportedAt when HR said so
 * @param department where a transferred person now works
 * @param note free words
 * @param reportedBy who reported
 */
public record PersonReport(
        String reportId,
        String person,
        Status status,
        Instant effectiveAt,
        Instant reportedAt,
        @Nullable String department,
        @Nullable String note,
        @Nullable String reportedBy) {

    /** The message for one account. */
    public StatusReport of(AccountId account) {
        String message = ContentId.of(
                person, reportId, account.value(), status.label(), effectiveAt.toString(), department, note);
        return new StatusReport(
                message, reportId, account, status, effectiveAt, reportedAt, department, note, reportedBy, person);
    }

    /** What a message is made from; only of one that names a person. */
    static PersonReport from(StatusReport message, String person) {
        return new PersonReport(
                message.reportId(),
                person,
                message.status(),
                message.effectiveAt(),
                message.reportedAt(),
                message.department(),
                message.note(),
                message.reportedBy());
    }
}
