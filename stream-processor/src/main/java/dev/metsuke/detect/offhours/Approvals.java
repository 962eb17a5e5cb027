package dev.metsuke.detect.offhours;

import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.Documents;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** What was approved for every account: of each approval its latest message, for a later one replaces it. */
final class Approvals {

    /** Of two that cover an export, the one that ends earlier is used first. */
    static final Comparator<ExportApproval> ORDER =
            Comparator.comparing(ExportApproval::until).thenComparing(ExportApproval::approvalId);

    private static final AccountEntries.Form<List<ExportApproval>> FORM =
            Documents.form(Section.APPROVALS, ExportApproval::toJson, ExportApproval::fromJson);

    private final AccountEntries<List<ExportApproval>> store;

    Approvals(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
    }

    AccountCursor cursor() {
        return store.cursor();
    }

    /** In the order in which they are used. */
    List<ExportApproval> of(AccountId account) {
        @Nullable List<ExportApproval> known = store.get(account, AccountEntries.ONLY);
        return known == null ? List.of() : known;
    }

    /** What the message replaces, and itself; nothing where it changes nothing. */
    List<ExportApproval> remember(ExportApproval approval) {
        List<ExportApproval> approvals = new ArrayList<>(of(approval.account()));
        List<ExportApproval> changed = new ArrayList<>(List.of(approval));
        for (ExportApproval each : List.copyOf(approvals)) {
            if (each.approvalId().equals(approval.approvalId())) {
                if (each.equals(approval) || each.approvedAt().isAfter(approval.approvedAt())) {
                    return List.of();
                }
                approvals.remove(each);
                changed.add(each);
            }
        }
        approvals.add(approval);
        write(approval.account(), approvals);
        return changed;
    }

    /** Forgets approvals that ended before what is remembered of the account. */
    void forget(AccountId account, Instant before) {
        List<ExportApproval> approvals = of(account);
        List<ExportApproval> kept = approvals.stream()
                .filter(approval -> !approval.until().isBefore(before))
                .toList();
        if (kept.size() < approvals.size()) {
            write(account, kept);
        }
    }

    private void write(AccountId account, List<ExportApproval> approvals) {
        if (approvals.isEmpty()) {
            store.remove(account, AccountEntries.ONLY);
        } else {
            store.put(
                    account,
                    AccountEntries.ONLY,
                    approvals.stream().sorted(ORDER).toList());
        }
    }
}
