package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One policy's judgement of all events: gives them to a {@link Backtest} together with what became known meanwhile. */
public final class BacktestRun {

    /** No record has an earlier time, whatever a clock that was never set made of its event's. */
    private static final Instant KAFKA_BEGINS = Instant.EPOCH;

    private final Policy policy;
    private final Circumstances circumstances;
    private final Consumer<Told> onTold;
    private final Consumer<String> onRejected;
    private final Map<String, Alert> latest = new LinkedHashMap<>();
    private final Set<AccountId> accounts = new HashSet<>();
    private final Set<String> datasets = new HashSet<>();
    private final Map<String, Long> nobodys = new TreeMap<>();
    private List<Arrival> known = List.of();
    private int taught;
    private long events;
    private Instant latestArrival = Instant.MIN;
    private long misplaced;
    private @Nullable Backtest backtest;

    private BacktestRun(
            Policy policy, Circumstances circumstances, Consumer<Told> onTold, Consumer<String> onRejected) {
        this.policy = policy;
        this.onRejected = onRejected;
        this.circumstances = circumstances;
        this.onTold = onTold;
    }

    /**
     * Judges.
     *
     * @param told takes every message about an alert
     * @param rejected takes what no event could be read of, and what detection would reject
     */
    public static BacktestRun of(
            Policy policy, PastEvents past, Circumstances circumstances, Consumer<Told> told, Consumer<String> rejected)
            throws IOException {
        BacktestRun run = new BacktestRun(policy, circumstances, told, rejected);
        try {
            past.read(run::take, rejected);
            run.finish();
        } catch (IOException e) {
            run.tellWhatIsKnown();
            throw e;
        } finally {
            run.close();
        }
        return run;
    }

    /** How many were judged. */
    public long events() {
        return events;
    }

    /** Each alert's last state. */
    public Collection<Alert> alerts() {
        return Collections.unmodifiableCollection(latest.values());
    }

    /** Those of which there is an event. */
    public Set<AccountId> accounts() {
        return Collections.unmodifiableSet(accounts);
    }

    /** Those that an event touches. */
    public Set<String> datasets() {
        return Collections.unmodifiableSet(datasets);
    }

    /** How many reads count as nobody's for want of their number, by dataset; by none, those that name no dataset. */
    public Map<String, Long> nobodys() {
        return Collections.unmodifiableMap(nobodys);
    }

    /** How many count as late though they were not: they stand behind others that arrived long after them. */
    public long misplaced() {
        return misplaced;
    }

    /** When the event arrived that arrived last. */
    public Instant latestArrival() {
        return latestArrival;
    }

    private void take(AccessEvent event) {
        Instant arrival = PastEvents.arrival(event);
        latestArrival = arrival.isAfter(latestArrival) ? arrival : latestArrival;
        Instant late = event.timestamp().plus(policy.lateness());
        misplaced += latestArrival.isAfter(late) && !arrival.isAfter(late) ? 1 : 0;
        Backtest judging = backtest == null ? start(arrival) : backtest;
        teach(judging, arrival);
        accounts.add(event.account());
        if (event.dataset() != null) {
            datasets.add(event.dataset());
        }
        if (policy.bulkRead().countsAsNobodys(event)) {
            nobodys.merge(event.dataset() == null ? "" : event.dataset(), 1L, Long::sum);
        }
        judging.take(new Arrival(arrival, new Arrival.Accessed(event)));
    }

    private Backtest start(Instant first) {
        known = circumstances.inOrder(first);
        Instant start = Stream.concat(Stream.of(first), known.stream().map(Arrival::at))
                .min(Comparator.naturalOrder())
                .filter(KAFKA_BEGINS::isBefore)
                .orElse(KAFKA_BEGINS);
        Backtest started = new Backtest(policy, start, this::told, onRejected);
        backtest = started;
        circumstances.directory().forEach(entry -> started.take(new Arrival(start, new Arrival.Listed(entry))));
        return started;
    }

    private void teach(Backtest judging, Instant until) {
        while (taught < known.size() && !known.get(taught).at().isAfter(until)) {
            judging.take(known.get(taught++));
        }
    }

    private void finish() {
        if (backtest != null) {
            teach(backtest, Instant.MAX);
            events = backtest.finish(policy.quiet(), policy.horizon(), this::isAnyOpen);
        }
    }

    private boolean isAnyOpen() {
        return latest.values().stream().anyMatch(alert -> alert.state() == AlertState.OPEN);
    }

    /** Though no more can be read. */
    private void tellWhatIsKnown() {
        if (backtest != null) {
            backtest.tellWhatIsKnown();
        }
    }

    private void close() {
        if (backtest != null) {
            backtest.close();
        }
    }

    private void told(Told message) {
        latest.put(message.alert().id(), message.alert());
        onTold.accept(message);
    }
}
