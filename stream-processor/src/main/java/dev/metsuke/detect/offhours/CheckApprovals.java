package dev.metsuke.detect.offhours;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Lets through the approvals that can be used. */
public final class CheckApprovals extends ContextualProcessor<AccountId, ExportApproval, AccountId, Fact> {

    private CheckApprovals() {}

    public static Flow<AccountId, Fact> addTo(Flow<AccountId, ExportApproval> approvals) {
        return approvals.process(CheckApprovals::new, "check-approvals");
    }

    @Override
    public void process(Record<AccountId, ExportApproval> record) {
        ExportApproval approval = UnfitRecordException.requireValue(record);
        UnfitRecordException.requireKey(record, approval.account());
        UnfitRecordException.requireTime("metsuke.approval.from", approval.from());
        UnfitRecordException.requireTime("metsuke.approval.until", approval.until());
        UnfitRecordException.requireTime("metsuke.approval.approved_at", approval.approvedAt());
        context().forward(record.withValue(new Fact.Approved(approval, Instant.ofEpochMilli(record.timestamp()))));
    }
}
