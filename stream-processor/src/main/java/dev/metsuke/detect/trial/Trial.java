package dev.metsuke.detect.trial;

import dev.metsuke.detect.DetectTopology;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.rejection.UnfitRecordException;
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
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Detection on a clock of its own, which goes as fast as it is set. It is the graph that runs in earnest, so that a policy
 * judges here as it will there. One thread at a time.
 */
public final class Trial {

    private final TrialClock clock;
    private final TrialGraph graph;

    /**
     * Starts one.
     *
     * @param start what time it is
     * @param intervals how often what is done from time to time, where not as usual
     * @param told takes every message about an alert
     */
    public Trial(
            Policy policy,
            MeterRegistry meters,
            Instant start,
            Map<Interval, Duration> intervals,
            Consumer<Alert> told) {
        this.clock = new TrialClock(start);
        Map<String, Object> settings = new HashMap<>();
        intervals.forEach((interval, every) -> settings.put(interval.setting(), every.toMillis()));
        this.graph = new TrialGraph(clock, settings);
        graph.<AccountId, Alert>topic(Topic.ALERTS).onRecord(record -> told.accept(record.value()));
        new DetectTopology(policy, meters).connect(graph);
        graph.start();
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
        graph.<AccountId, V>topic(topic).send(new Record<>(account, value, arrived));
    }
}
