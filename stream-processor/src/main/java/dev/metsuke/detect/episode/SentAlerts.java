package dev.metsuke.detect.episode;

import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Header;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Sends a rule's alerts, and remembers each as it was sent last. */
final class SentAlerts {

    private final ProcessorContext<AccountId, Alert> context;
    private final KeyValueStore<Bytes, byte[]> store;
    private final AlertCounters counters;
    private long messages;

    SentAlerts(ProcessorContext<AccountId, Alert> context, Rule rule, MeterRegistry meters) {
        this.context = context;
        this.store = StateStores.find(context, name(rule));
        this.counters = new AlertCounters(rule, meters);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(StateStores state, Rule rule) {
        return state.plain(name(rule));
    }

    private static String name(Rule rule) {
        return rule.id() + "-alerts";
    }

    /** How many messages were sent. */
    long messages() {
        return messages;
    }

    /** As it was sent last; null where there is none. */
    @Nullable
    Alert get(EpisodeKey key) {
        byte[] told = store.get(key.bytes());
        return told == null ? null : parse(told);
    }

    /** Sends it, unless it was sent like this. */
    void send(EpisodeKey key, Alert alert, Instant now) {
        byte[] told = store.get(key.bytes());
        byte[] json = alert.toJson();
        if (!Arrays.equals(json, told)) {
            counters.told(told == null ? null : parse(told), alert);
            store.put(key.bytes(), json);
            forward(alert, now);
        }
    }

    /** Sends it for the last time. */
    void sendLast(EpisodeKey key, Alert alert, Instant now) {
        forget(key);
        forward(alert, now);
    }

    void forget(EpisodeKey key) {
        store.delete(key.bytes());
    }

    /** The keys of all of them. */
    void forEachKey(Consumer<EpisodeKey> consumer) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> consumer.accept(EpisodeKey.of(entry.key)));
        }
    }

    private void forward(Alert alert, Instant now) {
        messages++;
        counters.sent(alert.state());
        Headers headers = new RecordHeaders().add(Header.ID, alert.id().getBytes(StandardCharsets.UTF_8));
        context.forward(new Record<>(alert.account(), alert, now.toEpochMilli(), headers));
    }

    private static Alert parse(byte[] json) {
        try {
            return Alert.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the store of alerts holds what was never put into it", e);
        }
    }
}
