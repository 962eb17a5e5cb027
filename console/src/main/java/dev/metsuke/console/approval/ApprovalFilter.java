package dev.metsuke.console.approval;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.http.QueryParameters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals are wanted; null means any.
 *
 * @param state that stand so
 * @param account of this account
 * @param dataset for this dataset
 * @param ticket that were decided there
 */
record ApprovalFilter(
        @Nullable ApprovalState state,
        @Nullable AskedName account,
        @Nullable AskedName dataset,
        @Nullable AskedName ticket) {

    static final ApprovalFilter NONE = new ApprovalFilter(null, null, null, null);

    static final List<String> PARAMETERS = List.of("state", "account", "dataset", "ticket");

    /** As an address asks for it, which takes note of what is wrong. */
    static ApprovalFilter read(QueryParameters asked) {
        return new ApprovalFilter(
                asked.choice("state", ApprovalState.class),
                AskedName.of(asked.given("account")).orElse(null),
                AskedName.of(asked.given("dataset")).orElse(null),
                AskedName.of(asked.given("ticket")).orElse(null));
    }

    boolean matches(KnownApproval approval, Instant now) {
        return (state == null || approval.stateAt(now) == state)
                && (account == null || account.means(approval.given().account().value()))
                && (dataset == null || dataset.means(approval.given().dataset()))
                && (ticket == null || ticket.means(approval.given().ticket()));
    }
}
