package dev.metsuke.detect.trial;

import dev.metsuke.detect.DetectTopology;
import dev.metsuke.detect.history.Walks;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.HeapBudget;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Detection on a clock of its own, which goes as fast as it is set. It is the graph that runs in earnest, so that a policy
 * judges here as it will there. One thread at a time.
 */
public final class Trial {

    /** As much is kept as objects, of all partitions together. */
    static final long ENTRY_BYTES = 268_435_456;

    private final TrialClock clock;
    private final TrialGraph graph;

    /**
     * Starts one that has all accounts in one partition.
     *
     * @param start what time it is
     * @param intervals how often what is done from time to time, where not as usual
     */
    public Trial(Policy policy, MeterRegistry meters, Instant start, Map<Interval, Duration> intervals) {
        this(start, intervals, 0, new HeapBudget(ENTRY_BYTES));
        onPublished(this::hear);
        new DetectTopology(policy, meters).connect(List.of(graph));
        graph.start();
    }

    /** Prepares one that others connect and start. */
    Trial(Instant start, Map<Interval, Duration> intervals, int partition, HeapBudget heap) {
        this.clock = new TrialClock(start);
        Map<String, Object> settings = new HashMap<>();
        // No transaction waits, and the clock may stand still.
        settings.put(Walks.ACCESSES_SETTING, Integer.MAX_VALUE);
        intervals.forEach((interval, every) -> settings.put(interval.setting(), every.toMillis()));
        this.graph = new TrialGraph(clock, settings, partition, heap);
    }

    TrialGraph graph() {
        return graph;
    }

    /** From now on takes every message about an alert. */
    public void onTold(Consumer<Alert> told) {
        graph.<AccountId, Alert>written(Topic.ALERTS).onRecord(record -> told.accept(record.value()));
    }

    /** Takes what is told of departments, for all partitions to hear. */
    void onPublished(Consumer<Record<Bytes, byte[]>> published) {
        graph.<Bytes, byte[]>written(Topic.BASELINES).onRecord(published);
    }

    /** Hears what some partition published. */
    void hear(Record<Bytes, byte[]> published) {
        graph.<Bytes, byte[]>read(Topic.BASELINES).send(published);
    }

    /**
     * As if it arrived now.
     *
     * @throws UnfitRecordException where detection would reject it
     */
    public void take(AccessEvent event) {
        take(event, Instant.ofEpochMilli(clock.millis()));
    }

    /**
     * As if it had arrived then, and lain in the topic since.
     *
     * @throws UnfitRecordException where detection would reject it
     */
    public void take(AccessEvent event, Instant arrived) {
        send(Topic.ACCESS_EVENTS, event.account(), event, arrived.toEpochMilli());
    }

    public void take(StatusReport report) {
        send(Topic.ACCOUNT_STATUS, report.account(), report);
    }

    public void take(DirectoryEntry entry) {
        send(Topic.DIRECTORY, entry.account(), entry);
    }

    /** As if it had arrived then, and lain in the topic since. */
    public void take(DirectoryEntry entry, Instant arrived) {
        send(Topic.DIRECTORY, entry.account(), entry, arrived.toEpochMilli());
    }

    public void take(ExportApproval approval) {
        send(Topic.EXPORT_APPROVALS, approval.account(), approval);
    }

    /** Lets time pass; it never goes back. */
    public void advanceTo(Instant time) {
        clock.advanceTo(time);
    }

    private <V> void send(Topic topic, AccountId account, V value) {
        send(topic, account, value, clock.millis());
    }

    private <V> void send(Topic topic, AccountId account, V value, long arrived) {
        graph.<AccountId, V>read(topic).send(new Record<>(account, value, arrived));
    }
}
