package dev.metsuke.console.approval;

import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.approval.ExportApproval;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/export-approvals?state=&account=&dataset=&ticket=&after=} for officers and auditors, from Kafka: {@code {"approvals":
 * [{"state", "approval_id", "account", "dataset", "from", "until", "max_records", "ticket", "approved_at", "approved_by", "note",
 * "taken_back_at", "taken_back_by"}], "total", "next"}}, those first that were given or taken back last. {@code state} is {@code
 * current}, {@code upcoming}, {@code past} or {@code taken-back}; {@code next} is what to give as {@code after} for the next page, absent
 * on the last. Whose approvals are read is nobody's data that was accessed, and leaves no trace, as with the lists of alerts and reports.
 */
final class ApprovalList {

    private static final int SHOWN = 50;
    private static final List<String> PARAMETERS = Stream.concat(ApprovalFilter.PARAMETERS.stream(), Stream.of("after"))
            .toList();

    private final TopicContents contents;
    private final Clock clock;

    ApprovalList(TopicContents contents, Clock clock) {
        this.contents = contents;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/export-approvals", this::list, Role.OFFICER, Role.AUDITOR);
    }

    private void list(Context request) {
        QueryParameters asked = new QueryParameters(request, PARAMETERS);
        ApprovalFilter filter = ApprovalFilter.read(asked);
        if (!asked.problems().isEmpty()) {
            Answer.refuse(request, 400, asked.problems());
            return;
        }
        String written = asked.given("after");
        Optional<ApprovalPlace> after = Optional.ofNullable(written).flatMap(ApprovalPlace::parse);
        if (written != null && after.isEmpty()) {
            Answer.refuse(request, 400, Text.of("archive.no-such-place"));
            return;
        }
        try {
            Instant now = clock.instant();
            // Who has just approved looks whether it is there.
            List<KnownApproval> known =
                    KnownApprovals.inPastOpenTransactions(contents).all();
            answer(request, ApprovalPage.of(known, filter, now, after.orElse(null), SHOWN), now);
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private static void answer(Context request, ApprovalPage page, Instant now) {
        Map<String, @Nullable Object> body = Answer.body();
        body.put(
                "approvals",
                page.approvals().stream()
                        .map(approval -> members(approval, now))
                        .toList());
        body.put("total", page.total());
        body.put("next", page.next() == null ? null : page.next().toString());
        Answer.json(request, 200, body);
    }

    private static Map<String, @Nullable Object> members(KnownApproval approval, Instant now) {
        Map<String, @Nullable Object> members = Answer.body();
        members.put("state", approval.stateAt(now).label());
        members.putAll(members(approval.given()));
        ExportApproval takenBack = approval.takenBack();
        members.put(
                "taken_back_at",
                takenBack == null ? null : takenBack.approvedAt().toString());
        members.put("taken_back_by", takenBack == null ? null : takenBack.approvedBy());
        return members;
    }

    /** What an approval says, as members of an answer. */
    static Map<String, @Nullable Object> members(ExportApproval approval) {
        Map<String, @Nullable Object> members = Answer.body();
        members.put("approval_id", approval.approvalId());
        members.put("account", approval.account().value());
        members.put("dataset", approval.dataset());
        members.put("from", approval.from().toString());
        members.put("until", approval.until().toString());
        members.put("max_records", approval.maxRecords());
        members.put("ticket", approval.ticket());
        members.put("approved_at", approval.approvedAt().toString());
        members.put("approved_by", approval.approvedBy());
        members.put("note", approval.note());
        return members;
    }
}
