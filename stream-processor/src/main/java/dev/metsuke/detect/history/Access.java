package dev.metsuke.detect.history;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.Codes;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What detection needs of an event.
 *
 * @param account whose access it was
 * @param time when it happened, by the source's clock
 * @param eventId the event's id
 * @param action what was done
 * @param outcome whether it succeeded
 * @param dataset what was touched
 * @param records how many people's data, where known; no fewer than the log names
 * @param destination where data that was taken out went, where known
 * @param subjects whose data it was, where the log names them; not remembered
 * @param arrived when it reached Kafka
 */
public record Access(
        AccountId account,
        Instant time,
        String eventId,
        Action action,
        Outcome outcome,
        @Nullable String dataset,
        @Nullable Long records,
        @Nullable String destination,
        List<String> subjects,
        Instant arrived) {

    public Access {
        subjects = List.copyOf(subjects);
    }

    public static Access of(AccessEvent event, Instant arrived) {
        return of(event.account(), event, arrived);
    }

    /** With the event's account, which need not be made again. */
    static Access of(AccountId account, AccessEvent event, Instant arrived) {
        Outcome outcome = event.outcome();
        return new Access(
                account,
                event.timestamp(),
                event.id(),
                event.action(),
                outcome == null ? Outcome.UNKNOWN : outcome,
                event.dataset(),
                numberOf(event),
                event.action().takesDataOut() ? event.destination() : null,
                event.subjects(),
                arrived);
    }

    /** At least as many people as the log names, whatever it counts. */
    private static @Nullable Long numberOf(AccessEvent event) {
        @Nullable Long counted = event.records();
        List<String> named = event.subjects();
        if (named.isEmpty()) {
            return counted;
        }
        long people = named.size() == 1 ? 1 : new HashSet<>(named).size();
        return counted == null || counted < people ? (Long) people : counted;
    }

    public boolean hasFailed() {
        return outcome == Outcome.FAILURE;
    }

    /** Whether it came later than the policy waits for. */
    public boolean isLate(Duration lateness) {
        return arrived.isAfter(time.plus(lateness));
    }

    /** Whether an exception of the policy lets the rule overlook it. */
    public boolean isExcepted(Policy policy, Rule rule) {
        return policy.excepts(rule, account, dataset, time);
    }

    /** Whether people's data was read, but how many people's is not known. */
    public boolean readsAnUnknownNumber() {
        return records == null && action.readsData() && !hasFailed();
    }

    public Evidence evidence() {
        return new Evidence(eventId, time, action, dataset, records);
    }

    StateKey key() {
        return StateKey.of(account).time(time).text(eventId);
    }

    byte[] value() {
        return new CompactWriter()
                .number(Codes.of(action))
                .number(Codes.of(outcome))
                .optionalText(dataset)
                .optionalNumber(records)
                .optionalText(destination)
                .number(arrived.toEpochMilli())
                .bytes();
    }

    static Access of(Bytes key, byte[] value) {
        StateKey.Reader keyReader = StateKey.read(key);
        CompactReader reader = new CompactReader(value);
        return new Access(
                keyReader.account(),
                keyReader.time(),
                keyReader.text(),
                Codes.action(reader.number()),
                Codes.outcome(reader.number()),
                reader.optionalText(),
                reader.optionalNumber(),
                reader.optionalText(),
                List.of(),
                Instant.ofEpochMilli(reader.number()));
    }
}
