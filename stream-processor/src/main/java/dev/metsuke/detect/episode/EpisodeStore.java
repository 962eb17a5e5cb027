package dev.metsuke.detect.episode;

import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** A rule's episodes where they are stored: by account, scope and start. */
final class EpisodeStore {

    private final KeyValueStore<Bytes, byte[]> store;

    EpisodeStore(ProcessingContext context, Rule rule) {
        this.store = StateStores.find(context, name(rule));
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(StateStores state, Rule rule) {
        return state.plain(name(rule));
    }

    private static String name(Rule rule) {
        return rule.id() + "-episodes";
    }

    AccountCursor cursor() {
        return new AccountCursor(store);
    }

    /** Null where there is none. */
    @Nullable
    StoredEpisode get(EpisodeKey key) {
        byte[] stored = store.get(key.bytes());
        return stored == null ? null : StoredEpisode.of(stored);
    }

    void put(EpisodeKey key, StoredEpisode episode) {
        store.put(key.bytes(), episode.bytes());
    }

    void remove(EpisodeKey key) {
        store.delete(key.bytes());
    }

    /** All of an account, as they are now. */
    Map<EpisodeKey, StoredEpisode> of(AccountId account) {
        Map<EpisodeKey, StoredEpisode> found = new LinkedHashMap<>();
        StateKey all = StateKey.of(account);
        try (KeyValueIterator<Bytes, byte[]> ofAccount = store.range(all.first(), all.last())) {
            ofAccount.forEachRemaining(entry -> found.put(EpisodeKey.of(entry.key), StoredEpisode.of(entry.value)));
        }
        return found;
    }

    /** Those of a scope that a finding would join, the latest first. */
    List<Episode> near(AccountId account, String scope, Episode finding, Duration quiet) {
        List<Episode> near = new ArrayList<>();
        StateKey ofScope = StateKey.of(account).text(scope);
        StateKey latest = StateKey.of(account).text(scope).time(finding.end().plus(quiet));
        try (KeyValueIterator<Bytes, byte[]> backwards = store.reverseRange(ofScope.first(), latest.last())) {
            while (backwards.hasNext()) {
                Episode episode = StoredEpisode.of(backwards.next().value).episode();
                if (!episode.isNear(finding, quiet)) {
                    break;
                }
                near.add(episode);
            }
        }
        return near;
    }

    /** Of all accounts. */
    void forEach(BiConsumer<EpisodeKey, StoredEpisode> consumer) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> consumer.accept(EpisodeKey.of(entry.key), StoredEpisode.of(entry.value)));
        }
    }
}
