package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.RecentlyUsed;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** What HR reported of every account: of each report its latest message, for a later one corrects it. */
final class StatusReports {

    private static final String STORE = "status-reports";
    private static final int MOST_CACHED = 20_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Directory directory;
    private final RecentlyUsed<AccountId, StandingTimeline> timelines = new RecentlyUsed<>(MOST_CACHED);

    StatusReports(ProcessingContext context, Directory directory) {
        this.store = StateStores.find(context, STORE);
        this.directory = directory;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    StandingTimeline timeline(AccountId account) {
        return timelines.computeIfAbsent(account, this::made);
    }

    private StandingTimeline made(AccountId account) {
        @Nullable DirectoryEntry entry = directory.entry(account);
        return entry == null
                ? StandingTimeline.of(reports(account), null, null)
                : StandingTimeline.of(reports(account), entry.contractEnd(), entry.department());
    }

    /** False where nothing changed: the same message again, or one from before the latest. */
    boolean remember(StatusReport report) {
        List<StatusReport> reports = reports(report.account());
        for (StatusReport known : List.copyOf(reports)) {
            if (known.reportId().equals(report.reportId())) {
                if (known.equals(report) || known.reportedAt().isAfter(report.reportedAt())) {
                    return false;
                }
                reports.remove(known);
            }
        }
        reports.add(report);
        CompactWriter out = new CompactWriter();
        reports.forEach(each -> out.text(new String(each.toJson(), StandardCharsets.UTF_8)));
        store.put(StateKey.of(report.account()).first(), out.bytes());
        forgetTimeline(report.account());
        return true;
    }

    /** The next time, it is made anew. */
    void forgetTimeline(AccountId account) {
        timelines.remove(account);
    }

    private List<StatusReport> reports(AccountId account) {
        List<StatusReport> reports = new ArrayList<>();
        byte[] stored = store.get(StateKey.of(account).first());
        if (stored == null) {
            return reports;
        }
        CompactReader in = new CompactReader(stored);
        try {
            while (in.hasMore()) {
                reports.add(StatusReport.fromJson(in.text().getBytes(StandardCharsets.UTF_8)));
            }
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the store of status reports holds what was never put into it", e);
        }
        return reports;
    }
}
