package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.AccountNotes;
import dev.metsuke.detect.state.Documents;
import dev.metsuke.detect.state.Note;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * What HR reported of every account: of each report its latest message, for a later one corrects it, and its first, which
 * tells since when it was known. They lie in the order in which the latest messages came.
 */
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
        return StandingTimeline.of(reports(account), directory.holdings(account), directory.workplaces(account));
    }

    /** False where nothing changed: the same message again, or one that stands between the first and the latest. */
    boolean remember(StatusReport message) {
        List<StatusReport> known = reports(message.account());
        List<StatusReport> messages = new ArrayList<>(known);
        messages.removeIf(each -> each.reportId().equals(message.reportId()));
        List<StatusReport> ofReport = known.stream()
                .filter(each -> each.reportId().equals(message.reportId()))
                .toList();
        List<StatusReport> kept = firstAndLatest(ofReport, message);
        if (kept.equals(ofReport)) {
            return false;
        }
        boolean isLatest = kept.getLast().equals(message);
        messages.addAll(isLatest ? messages.size() : known.indexOf(ofReport.getFirst()), kept);
        store.put(message.account(), AccountEntries.ONLY, messages);
        forgetTimeline(message.account());
        return true;
    }

    /** Of messages at the same time, the last that came is the latest. */
    private static List<StatusReport> firstAndLatest(List<StatusReport> known, StatusReport added) {
        if (known.isEmpty()) {
            return List.of(added);
        }
        StatusReport first = known.getFirst();
        StatusReport latest = known.getLast();
        if (!added.reportedAt().isBefore(latest.reportedAt())) {
            return first.reportedAt().isBefore(added.reportedAt()) ? List.of(first, added) : List.of(added);
        }
        return added.reportedAt().isBefore(first.reportedAt()) ? List.of(added, latest) : known;
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
