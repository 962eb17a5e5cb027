package dev.metsuke.detect.episode;

import dev.metsuke.detect.state.StateKey;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/** What tells one episode of a rule from every other. */
record EpisodeKey(AccountId account, String scope, Instant start) {

    Bytes bytes() {
        return StateKey.of(account).text(scope).time(start).first();
    }

    static EpisodeKey of(Bytes bytes) {
        StateKey.Reader reader = StateKey.read(bytes);
        return new EpisodeKey(reader.account(), reader.text(), reader.time());
    }
}
