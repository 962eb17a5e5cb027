package dev.metsuke.detect.revoked;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Lets through the reports that can be used. */
public final class CheckReports extends ContextualProcessor<AccountId, StatusReport, AccountId, Fact> {

    private CheckReports() {}

    public static Flow<AccountId, Fact> addTo(Flow<AccountId, StatusReport> reports) {
        return reports.process(CheckReports::new, "check-reports");
    }

    @Override
    public void process(Record<AccountId, StatusReport> record) {
        StatusReport report = UnfitRecordException.requireValue(record);
        UnfitRecordException.requireKey(record, report.account());
        UnfitRecordException.requireTime("metsuke.status.effective_at", report.effectiveAt());
        UnfitRecordException.requireTime("metsuke.status.reported_at", report.reportedAt());
        context().forward(record.withValue(new Fact.Reported(report)));
    }
}
