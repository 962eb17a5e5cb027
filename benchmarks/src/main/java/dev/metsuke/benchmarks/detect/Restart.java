package dev.metsuke.benchmarks.detect;

import dev.metsuke.benchmarks.contest.CommittedRecords;
import dev.metsuke.benchmarks.detect.RunningContestant.Resources;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How soon detection is back, from the start of its process on.
 *
 * @param secondsToWork until it had its partitions and their state
 * @param secondsToAlert until an access that came meanwhile was judged, and its alert could be read
 */
record Restart(double secondsToWork, double secondsToAlert) {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Starts detection once more where it ran and was stopped. */
    static Restart run(Stage stage, Resources resources) throws Exception {
        AccountId leaver = stage.company().plantedLeaver();
        // A day after all others: an episode of its own, and so an alert of its own.
        Instant time = Company.START.plus(Duration.ofDays(13));
        try (KafkaConsumer<byte[], byte[]> alerts = CommittedRecords.consumer(stage.brokers(), Topic.ALERTS.title())) {
            alerts.seekToEnd(alerts.assignment());
            alerts.assignment().forEach(alerts::position);
            stage.load(Accesses.late(leaver, time));
            try (RunningContestant running = RunningContestant.start(Contestant.DETECT, stage, resources)) {
                running.awaitWork();
                double toWork = (System.nanoTime() - running.startedAt()) / 1e9;
                while (!tellOf(alerts, leaver, time)) {
                    if (System.nanoTime() - running.startedAt() > PATIENCE.toNanos()) {
                        throw running.failed("did not judge a new access within " + PATIENCE);
                    }
                    running.pause(1);
                }
                return new Restart(toWork, (System.nanoTime() - running.startedAt()) / 1e9);
            }
        }
    }

    private static boolean tellOf(KafkaConsumer<byte[], byte[]> alerts, AccountId leaver, Instant time) {
        boolean found = false;
        for (ConsumerRecord<byte[], byte[]> message : alerts.poll(POLL)) {
            try {
                Alert alert = Alert.fromJson(message.value());
                found |= alert.account().equals(leaver) && alert.start().equals(time);
            } catch (MalformedDocumentException e) {
                throw new IllegalStateException("detection wrote what is no alert", e);
            }
        }
        return found;
    }
}
