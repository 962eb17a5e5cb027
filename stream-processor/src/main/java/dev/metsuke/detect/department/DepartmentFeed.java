package dev.metsuke.detect.department;

import dev.metsuke.detect.graph.Graph;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what every partition published to every instance. */
public final class DepartmentFeed implements Processor<Bytes, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(DepartmentFeed.class);
    private static final String STORE = "baselines";

    private final PublishedDays published;
    private final Map<Bytes, PublishedDay> known = new HashMap<>();
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    private DepartmentFeed(PublishedDays published) {
        this.published = published;
    }

    public static void addTo(Graph graph, PublishedDays published) {
        graph.follow(Topic.BASELINES, StateStores.IN_MEMORY.plain(STORE), () -> new DepartmentFeed(published));
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        Bytes key = record.key();
        byte @Nullable [] json = record.value();
        if (key == null) {
            LOG.warn("{} has a record without key, which says nothing", Topic.BASELINES);
            return;
        }
        Objects.requireNonNull(store).put(key, json);
        if (json == null) {
            PublishedDay forgotten = known.remove(key);
            if (forgotten != null) {
                published.take(forgotten.key(), forgotten.partition(), null);
            }
            return;
        }
        try {
            PublishedDay day = PublishedDay.fromJson(json);
            known.put(key, day);
            published.take(day.key(), day.partition(), day.day());
        } catch (MalformedDocumentException e) {
            // Only detection writes there; what somebody else wrote must not stop it.
            LOG.error("{} holds what detection never wrote; it counts for nothing", Topic.BASELINES, e);
        }
    }
}
