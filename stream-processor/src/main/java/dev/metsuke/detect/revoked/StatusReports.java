package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.AccountNotes;
import dev.metsuke.detect.state.Documents;
import dev.metsuke.detect.state.Note;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** What HR reported of every account: of each report its latest message, for a later one corrects it. */
final class StatusReports {

    private static final AccountEntries.Form<List<StatusReport>> FORM =
            Documents.form(Section.STATUS_REPORTS, StatusReport::toJson, StatusReport::fromJson);

    private final AccountEntries<List<StatusReport>> store;
    private final AccountNotes<StandingTimeline> timelines;
    private final Directory directory;

    StatusReports(ProcessingContext context, Directory directory) {
        this.store = AccountEntries.find(context, FORM);
        this.timelines = AccountNotes.find(context, Note.STANDING);
        this.directory = directory;
    }

    StandingTimeline timeline(AccountId account) {
        @Nullable StandingTimeline known = timelines.get(account);
        if (known != null) {
            return known;
        }
        StandingTimeline made = made(account);
        timelines.put(account, made);
        return made;
    }

    private StandingTimeline made(AccountId account) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        return entry == null
                ? StandingTimeline.of(reports(account), null, null)
                : StandingTimeline.of(reports(account), entry.contractEnd(), entry.department());
    }

    /** False where nothing changed: the same message again, or one from before the latest. */
    boolean remember(StatusReport report) {
        List<StatusReport> reports = new ArrayList<>(reports(report.account()));
        for (StatusReport known : List.copyOf(reports)) {
            if (known.reportId().equals(report.reportId())) {
                if (known.equals(report) || known.reportedAt().isAfter(report.reportedAt())) {
                    return false;
                }
                reports.remove(known);
            }
        }
        reports.add(report);
        store.put(report.account(), AccountEntries.ONLY, reports);
        forgetTimeline(report.account());
        return true;
    }

    /** The next time, it is made anew. */
    void forgetTimeline(AccountId account) {
        timelines.remove(account);
    }

    private List<StatusReport> reports(AccountId account) {
        @Nullable List<StatusReport> known = store.get(account, AccountEntries.ONLY);
        return known == null ? List.of() : known;
    }
}
