package dev.metsuke.events.approval;

import dev.metsuke.events.access.DatasetName;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.json.WellFormedText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that an account may take so many people's data out of a dataset, whatever the hour and the way.
 *
 * @param eventId this message's own id
 * @param approvalId what the approval is called; a second message with it, approved later, replaces the first
 * @param account who may
 * @param dataset what may be taken out
 * @param from from when on, included
 * @param until until when, not included; no later than {@code from} takes the approval back
 * @param maxRecords how many people's data at most
 * @param ticket where it was asked for and decided
 * @param approvedAt when it was approved
 * @param approvedBy who approved
 * @param note free words
 */
public record ExportApproval(
        String eventId,
        String approvalId,
        AccountId account,
        String dataset,
        Instant from,
        Instant until,
        long maxRecords,
        String ticket,
        Instant approvedAt,
        @Nullable String approvedBy,
        @Nullable String note) {

    /**
     * No approval lasts longer, so that all of its use lies within what detection remembers by default: 31 days, the one among them on
     * which clocks are set back included.
     */
    public static final Duration LONGEST = Duration.ofDays(31).plusHours(1);

    public ExportApproval {
        // As events have their datasets, and as a scope is read back.
        approvalId = WellFormedText.of(approvalId);
        dataset = DatasetName.of(WellFormedText.of(dataset));
        if (dataset.isBlank()) {
            throw new IllegalArgumentException("an approval needs a dataset");
        }
        if (maxRecords < 0) {
            throw new IllegalArgumentException("an approval cannot be for " + maxRecords + " people");
        }
        if (ticket.isBlank()) {
            throw new IllegalArgumentException("an approval needs a ticket");
        }
        if (until.isAfter(from) && Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an approval lasts " + LONGEST.toDays()
                    + " days at most, but this one is from " + from + " until " + until + "; write several");
        }
    }

    /** Whether it allows what is taken out at this time. */
    public boolean covers(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** Whether it approves nothing, and so takes back what was approved under its id. */
    public boolean isTakenBack() {
        return maxRecords == 0 || !until.isAfter(from);
    }

    /** The same for a shorter time. */
    public ExportApproval endingBy(Instant end) {
        return until.isAfter(end)
                ? new ExportApproval(
                        eventId,
                        approvalId,
                        account,
                        dataset,
                        from,
                        end,
                        maxRecords,
                        ticket,
                        approvedAt,
                        approvedBy,
                        note)
                : this;
    }

    /** The same word as another message. */
    public ExportApproval as(String otherEventId, Instant saidAt) {
        return new ExportApproval(
                otherEventId, approvalId, account, dataset, from, until, maxRecords, ticket, saidAt, approvedBy, note);
    }

    public byte[] toJson() {
        Map<String, @Nullable Object> approval = new HashMap<>();
        approval.put("id", approvalId);
        approval.put("dataset", dataset);
        approval.put("from", from);
        approval.put("until", until);
        approval.put("max_records", maxRecords);
        approval.put("ticket", ticket);
        approval.put("approved_at", approvedAt);
        approval.put("approved_by", approvedBy);
        approval.put("note", note);
        return CanonicalJson.bytes(Map.of(
                "@timestamp", approvedAt,
                "event", Map.of("id", eventId, "kind", "event", "action", "export-approval"),
                "user", Map.of("id", account.value()),
                "metsuke", Map.of("approval", approval)));
    }

    public static ExportApproval fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        try {
            return new ExportApproval(
                    document.requiredText("event.id"),
                    document.requiredText("metsuke.approval.id"),
                    new AccountId(document.requiredText("user.id")),
                    document.requiredText("metsuke.approval.dataset"),
                    document.requiredInstant("metsuke.approval.from"),
                    document.requiredInstant("metsuke.approval.until"),
                    document.requiredInteger("metsuke.approval.max_records"),
                    document.requiredText("metsuke.approval.ticket"),
                    document.requiredInstant("metsuke.approval.approved_at"),
                    document.text("metsuke.approval.approved_by"),
                    document.text("metsuke.approval.note"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
    }
}
