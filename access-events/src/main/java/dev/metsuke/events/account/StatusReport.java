package dev.metsuke.events.account;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HR's word that an account's standing changes, written out once per account of the person.
 *
 * @param eventId this message's own id
 * @param reportId what the report is called; a second message with it corrects the first
 * @param account whose standing changes
 * @param status what it changes to
 * @param effectiveAt from when on; often long before the report
 * @param reportedAt when HR said so
 * @param department where a transferred person now works
 * @param note free words of the reporter
 * @param reportedBy who reported
 * @param person the person's number in HR's books where the report is about the person, and so about every account that
 *     the directory gives that person, now or later; absent where it is about this account alone
 */
public record StatusReport(
        String eventId,
        String reportId,
        AccountId account,
        Status status,
        Instant effectiveAt,
        Instant reportedAt,
        @Nullable String department,
        @Nullable String note,
        @Nullable String reportedBy,
        @Nullable String person) {

    public StatusReport {
        if (status == Status.TRANSFERRED && (department == null || department.isBlank())) {
            throw new IllegalArgumentException("a transfer needs the new department");
        }
    }

    /** About this account alone. */
    public StatusReport(
            String eventId,
            String reportId,
            AccountId account,
            Status status,
            Instant effectiveAt,
            Instant reportedAt,
            @Nullable String department,
            @Nullable String note,
            @Nullable String reportedBy) {
        this(eventId, reportId, account, status, effectiveAt, reportedAt, department, note, reportedBy, null);
    }

    /** The same word as another message. */
    public StatusReport as(String otherEventId, Instant saidAt) {
        return new StatusReport(
                otherEventId, reportId, account, status, effectiveAt, saidAt, department, note, reportedBy, person);
    }

    public byte[] toJson() {
        Map<String, @Nullable Object> report = new HashMap<>();
        report.put("id", reportId);
        report.put("type", status.label());
        report.put("effective_at", effectiveAt);
        report.put("reported_at", reportedAt);
        report.put("department", department);
        report.put("note", note);
        report.put("reported_by", reportedBy);
        report.put("person", person);
        return CanonicalJson.bytes(Map.of(
                "@timestamp", reportedAt,
                "event", Map.of("id", eventId, "kind", "event", "action", "account-status"),
                "user", Map.of("id", account.value()),
                "metsuke", Map.of("status", report)));
    }

    public static StatusReport fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        Status status = document.required("metsuke.status.type", Status.class);
        try {
            return new StatusReport(
                    document.requiredText("event.id"),
                    document.requiredText("metsuke.status.id"),
                    new AccountId(document.requiredText("user.id")),
                    status,
                    document.requiredInstant("metsuke.status.effective_at"),
                    document.requiredInstant("metsuke.status.reported_at"),
                    document.text("metsuke.status.department"),
                    document.text("metsuke.status.note"),
                    document.text("metsuke.status.reported_by"),
                    document.text("metsuke.status.person"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
    }
}
