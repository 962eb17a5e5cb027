package dev.metsuke.detect.offhours;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.directory.Holding;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.Documents;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** What was approved for every account: of each approval its latest message holds, for a later one replaces it. */
final class Approvals {

    /** Of two that cover an export, the one that ends earlier is used first. */
    static final Comparator<ExportApproval> ORDER =
            Comparator.comparing(ExportApproval::until).thenComparing(ExportApproval::approvalId);

    /** An approval begins at midnight as a rule, and the directory learns of who comes in the course of the day. */
    private static final Duration FIRST_DAY = Duration.ofDays(1);

    private static final AccountEntries.Form<List<RecordedApproval>> FORM =
            Documents.form(Section.APPROVALS, RecordedApproval::bytes, RecordedApproval::of);

    private final AccountEntries<List<RecordedApproval>> store;
    private final Directory directory;

    Approvals(ProcessingContext context, Directory directory) {
        this.store = AccountEntries.find(context, FORM);
        this.directory = directory;
    }

    AccountCursor cursor() {
        return store.cursor();
    }

    /** All that was said of each, in the order in which they are used. */
    List<ApprovalHistory> histories(AccountId account) {
        @Nullable List<RecordedApproval> known = store.get(account, AccountEntries.ONLY);
        if (known == null) {
            return List.of();
        }
        Map<String, List<RecordedApproval>> byId = known.stream()
                .collect(Collectors.groupingBy(message -> message.approval().approvalId()));
        return byId.values().stream()
                .map(ApprovalHistory::new)
                .sorted(Comparator.comparing(ApprovalHistory::latest, ORDER))
                .toList();
    }

    /** As they were given. */
    private List<ExportApproval> given(AccountId account) {
        return histories(account).stream().map(ApprovalHistory::latest).toList();
    }

    /** As far as they are good: each for whose the account is on its first day, and for nobody who is given the account later. */
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
        Instant firstDayEnds = approval.from().plus(FIRST_DAY);
        Instant meant = firstDayEnds.isBefore(approval.until()) ? firstDayEnds : approval.until();
        return holdings.stream()
                .filter(holding -> holding.isAt(meant))
                .findFirst()
                .map(holding -> approval.endingBy(holding.until()))
                .orElse(approval);
    }

    /** What the message replaces, and itself; nothing where it is known already. */
    List<ExportApproval> remember(RecordedApproval message) {
        AccountId account = message.approval().account();
        List<ApprovalHistory> known = histories(account);
        Optional<ApprovalHistory> before = known.stream()
                .filter(history ->
                        history.approvalId().equals(message.approval().approvalId()))
                .findFirst();
        ApprovalHistory now =
                before.map(history -> history.with(message)).orElseGet(() -> new ApprovalHistory(List.of(message)));
        if (before.filter(now::equals).isPresent()) {
            return List.of();
        }
        List<ApprovalHistory> all = new ArrayList<>(known);
        before.ifPresent(all::remove);
        all.add(now);
        write(account, all);
        return Stream.concat(before.map(ApprovalHistory::latest).stream(), Stream.of(message.approval()))
                .toList();
    }

    /** Forgets approvals that ended before what is remembered of the account. */
    void forget(AccountId account, Instant before) {
        List<ApprovalHistory> known = histories(account);
        List<ApprovalHistory> kept = known.stream()
                .filter(history -> !history.latest().until().isBefore(before))
                .map(history -> history.since(before))
                .toList();
        if (!kept.equals(known)) {
            write(account, kept);
        }
    }

    private void write(AccountId account, List<ApprovalHistory> histories) {
        if (histories.isEmpty()) {
            store.remove(account, AccountEntries.ONLY);
        } else {
            store.put(
                    account,
                    AccountEntries.ONLY,
                    histories.stream()
                            .flatMap(history -> history.messages().stream())
                            .toList());
        }
    }
}
