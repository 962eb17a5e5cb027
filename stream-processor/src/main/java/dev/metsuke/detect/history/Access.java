package dev.metsuke.detect.history;

import dev.metsuke.detect.state.Codes;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Evidence;
import java.time.Instant;
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
 * @param records how many people's data, where known
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
        Instant arrived) {

    public static Access of(AccessEvent event, Instant arrived) {
        Outcome outcome = event.outcome();
        return new Access(
                event.account(),
                event.timestamp(),
                event.id(),
                event.action(),
                outcome == null ? Outcome.UNKNOWN : outcome,
                event.dataset(),
                event.records(),
                arrived);
    }

    public boolean hasFailed() {
        return outcome == Outcome.FAILURE;
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
                Instant.ofEpochMilli(reader.number()));
    }
}
