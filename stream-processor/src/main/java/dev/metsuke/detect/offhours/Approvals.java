package dev.metsuke.detect.offhours;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.directory.Holding;
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
    private final Directory directory;

    Approvals(ProcessingContext context, Directory directory) {
        this.store = AccountEntries.find(context, FORM);
        this.directory = directory;
    }

    AccountCursor cursor() {
        return store.cursor();
    }

    /** As they were given, in the order in which they are used. */
    List<ExportApproval> given(AccountId account) {
        @Nullable List<ExportApproval> known = store.get(account, AccountEntries.ONLY);
        return known == null ? List.of() : known;
    }

    /** As far as they are good: each for whose the account is when it begins, and for nobody who is given the account later. */
    List<ExportApproval> of(AccountId account) {
        List<ExportApproval> given = given(account);
        if (given.isEmpty()) {
            return given;
        }
        List<Holding> holdings = directory.holdings(account);
        return holdings.size() == 1
                ? given
                : given.stream()
                        .map(approval -> asLongAsHeld(approval, holdings))
                        .sorted(ORDER)
                        .toList();
    }

    private static ExportApproval asLongAsHeld(ExportApproval approval, List<Holding> holdings) {
        return holdings.stream()
                .filter(holding -> holding.isAt(approval.from()))
                .findFirst()
                .map(holding -> approval.endingBy(holding.until()))
                .orElse(approval);
    }

    /** What the message replaces, and itself; nothing where it changes nothing. */
    List<ExportApproval> remember(ExportApproval approval) {
        List<ExportApproval> approvals = new ArrayList<>(given(approval.account()));
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
        List<ExportApproval> approvals = given(account);
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
