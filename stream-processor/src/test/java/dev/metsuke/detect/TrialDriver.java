package dev.metsuke.detect;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.approval.ExportApproval;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@link DetectDriver} does, by a trial: it tells the same, as {@link TrialTest} holds, many times as fast. */
final class TrialDriver {

    private final Map<String, Alert> latest = new TreeMap<>();
    private final Trial trial;
    private Instant now = DetectDriver.NOW;
    private int messages;

    TrialDriver(Policy policy) {
        trial = new Trial(policy, new SimpleMeterRegistry(), now, Map.of());
        trial.onTold(this::told);
    }

    private void told(Alert alert) {
        latest.put(alert.id(), alert);
        messages++;
    }

    void send(AccessEvent event) {
        Instant created = event.created();
        trial.take(event, created == null ? now : created);
    }

    void send(StatusReport report) {
        trial.take(report);
    }

    void send(DirectoryEntry entry) {
        trial.take(entry);
    }

    void send(BatchOracle.Listed listed) {
        trial.take(listed.entry(), listed.from());
    }

    void send(ExportApproval approval) {
        trial.take(approval);
    }

    void pass(Duration time) {
        now = now.plus(time);
        trial.advanceTo(now);
    }

    /** How many messages about alerts there were so far. */
    int messages() {
        return messages;
    }

    /** Each alert that holds, in its latest state. */
    List<Alert> holding() {
        return latest.values().stream()
                .filter(alert -> alert.state() != AlertState.WITHDRAWN)
                .toList();
    }
}
