package dev.metsuke.standalone.retrohunt;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.standalone.backtest.BacktestRun;
import dev.metsuke.standalone.backtest.Circumstances;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges archived accesses once more, with everything known from the beginning that is known today, so that no horizon
 * matters. It changes nothing in the archive.
 */
public final class Retrohunt {

    private Retrohunt() {}

    /**
     * What came of it.
     *
     * @param events how many were judged, those before the period too
     * @param alerts the hunt's alerts in the period that call somebody
     * @param finds those of them that tell more than the archived ones
     */
    public record Hunted(long events, List<Alert> alerts, List<Find> finds) {

        public Hunted {
            alerts = List.copyOf(alerts);
            finds = List.copyOf(finds);
        }
    }

    /**
     * The archive as it is to be judged; where it cannot be reached, that is told here.
     *
     * @param client of the archive; it stays the caller's to close
     * @param brief another one, for what takes no time
     */
    public static PointInTime open(ElasticsearchClient client, ElasticsearchClient brief) throws IOException {
        return PointInTime.open(
                client,
                brief,
                ArchiveIndex.ACCESS_EVENTS,
                ArchiveIndex.ACCOUNT_STATUS,
                ArchiveIndex.DIRECTORY,
                ArchiveIndex.ALERTS);
    }

    /**
     * Hunts.
     *
     * @param archive which {@link #open} gave
     * @param rejected takes what could not be read or judged, and why
     * @throws IOException where the archive does not answer whole
     */
    public static Hunted run(
            PointInTime archive, Policy policy, KnownToday known, Period period, Consumer<String> rejected)
            throws IOException {
        ArchivedPast past = new ArchivedPast(archive, period);
        Circumstances circumstances = new Circumstances(
                known.directoryWith(past.directory(rejected)),
                known.inOrder(past.reports(rejected)),
                known.approvals(),
                true);
        BacktestRun run = BacktestRun.of(policy, past.events(), circumstances, _ -> {}, rejected);
        return new Hunted(
                run.events(),
                run.alerts().stream()
                        .filter(alert ->
                                Comparison.calls(alert) && Comparison.isWithin(alert, period.from(), period.until()))
                        .toList(),
                Comparison.of(run.alerts(), past.alerts(rejected), period.from(), period.until()));
    }
}
