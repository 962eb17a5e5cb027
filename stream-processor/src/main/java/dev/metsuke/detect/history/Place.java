package dev.metsuke.detect.history;

import dev.metsuke.detect.state.StateKey;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where a walk goes on. A log that dates its lines by the day alone may have millions of one time; these follow each other by
 * their ids, as the store has them.
 *
 * @param time of the first access that is not gone through
 * @param eventId its id; empty where it is the first of its time
 */
public record Place(Instant time, String eventId) {

    private static final String FIRST = "";

    /** Before all of a time. */
    public static Place before(Instant time) {
        return new Place(time, FIRST);
    }

    static Place before(Access access) {
        return new Place(access.time(), access.eventId());
    }

    /** Whether some of its time's accesses are gone through, and others not. */
    public boolean isAmid() {
        return !eventId.equals(FIRST);
    }

    /** Whether an access is still to be gone through. */
    boolean comesTo(Access access) {
        if (!access.time().equals(time)) {
            return access.time().isAfter(time);
        }
        return !isAmid() || idOf(access.eventId()).compareTo(idOf(eventId)) >= 0;
    }

    /** The least key of those that are not gone through. */
    Bytes key(AccountId account) {
        StateKey ofTime = StateKey.of(account).time(time);
        return (isAmid() ? ofTime.text(eventId) : ofTime).first();
    }

    private static Bytes idOf(String eventId) {
        return StateKey.ofText(eventId).first();
    }
}
