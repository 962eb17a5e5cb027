package dev.metsuke.detect.offhours;

import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.RecentlyUsed;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What was approved for every account: of each approval its latest message, for a later one replaces it. */
final class Approvals {

    /** Of two that cover an export, the one that ends earlier is used first. */
    static final Comparator<ExportApproval> ORDER =
            Comparator.comparing(ExportApproval::until).thenComparing(ExportApproval::approvalId);

    private static final String STORE = "export-approvals";
    private static final int MOST_CACHED = 20_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RecentlyUsed<AccountId, List<ExportApproval>> known = new RecentlyUsed<>(MOST_CACHED);

    Approvals(ProcessingContext context) {
        this.store = StateStores.find(context, STORE);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    AccountCursor cursor() {
        return new AccountCursor(store);
    }

    /** In the order in which they are used. */
    List<ExportApproval> of(AccountId account) {
        return known.computeIfAbsent(account, this::read);
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
        CompactWriter out = new CompactWriter();
        approvals.forEach(each -> out.text(new String(each.toJson(), StandardCharsets.UTF_8)));
        store.put(StateKey.of(account).first(), approvals.isEmpty() ? null : out.bytes());
        known.remove(account);
    }

    private List<ExportApproval> read(AccountId account) {
        byte[] stored = store.get(StateKey.of(account).first());
        if (stored == null) {
            return List.of();
        }
        List<ExportApproval> approvals = new ArrayList<>();
        CompactReader in = new CompactReader(stored);
        try {
            while (in.hasMore()) {
                approvals.add(ExportApproval.fromJson(in.text().getBytes(StandardCharsets.UTF_8)));
            }
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the store of approvals holds what was never put into it", e);
        }
        return approvals.stream().sorted(ORDER).toList();
    }
}
