package dev.metsuke.benchmarks.detect;

import dev.metsuke.benchmarks.contest.CommittedRecords;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whether what a contestant committed fits what it was given; a rate of work that was not done says nothing. */
final class Verdict {

    private Verdict() {}

    /** Every access came out. */
    static void passedThrough(Stage stage) {
        requireAll(
                Contestant.PASS_THROUGH,
                stage,
                CommittedRecords.count(stage.brokers(), Contestant.PASS_THROUGH.label()));
    }

    /** The last counts of all accounts and windows add up. */
    static void counted(Stage stage) {
        Map<ByteBuffer, Long> latest = new HashMap<>();
        CommittedRecords.forEach(
                stage.brokers(),
                Contestant.DSL_COUNT.label(),
                record -> latest.put(
                        ByteBuffer.wrap(record.key()),
                        ByteBuffer.wrap(record.value()).getLong()));
        requireAll(
                Contestant.DSL_COUNT,
                stage,
                latest.values().stream().mapToLong(Long::longValue).sum());
    }

    /** The planted leaver has an alert and nothing was rejected. */
    static Alerts judged(Stage stage) {
        long rejected = CommittedRecords.count(stage.brokers(), Topic.REJECTED.title());
        if (rejected > 0) {
            throw new IllegalStateException("detect rejected " + rejected + " records");
        }
        AccountId leaver = stage.company().plantedLeaver();
        Set<String> ids = new HashSet<>();
        Set<AccountId> revoked = new HashSet<>();
        long[] messages = new long[1];
        CommittedRecords.forEach(stage.brokers(), Topic.ALERTS.title(), record -> {
            Alert alert = alert(record.value());
            messages[0]++;
            ids.add(alert.id());
            if (alert.rule() == Rule.REVOKED_ACCOUNT) {
                revoked.add(alert.account());
            }
        });
        if (!revoked.contains(leaver)) {
            throw new IllegalStateException("detect has no alert about " + leaver + ", which was retired and goes on");
        }
        return new Alerts(ids.size(), messages[0]);
    }

    private static void requireAll(Contestant contestant, Stage stage, long found) {
        long expected = stage.company().events();
        if (found != expected) {
            throw new IllegalStateException(contestant.label() + " saw " + found + " accesses, not " + expected);
        }
    }

    private static Alert alert(byte[] json) {
        try {
            return Alert.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("detect wrote what is no alert", e);
        }
    }

    /**
     * What detection told of.
     *
     * @param episodes how many alerts there are
     * @param messages in how many messages
     */
    record Alerts(long episodes, long messages) {}
}
