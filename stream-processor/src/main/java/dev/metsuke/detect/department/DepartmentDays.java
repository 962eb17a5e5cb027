package dev.metsuke.detect.department;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.StateStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What one partition's accounts add to their departments' days, and which of it has yet to be published. */
public final class DepartmentDays {

    /** The stores' names. */
    static final String DAYS = "department-days";

    static final String UNPUBLISHED = "department-days-unpublished";

    private static final byte[] NOTHING_MORE = {};

    private final KeyValueStore<Bytes, byte[]> days;
    private final KeyValueStore<Bytes, byte[]> unpublished;

    public DepartmentDays(ProcessingContext context) {
        this.days = StateStores.find(context, DAYS);
        this.unpublished = StateStores.find(context, UNPUBLISHED);
    }

    public static Set<StoreBuilder<?>> storeBuilders(StateStores state) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> ofDays = state.plain(DAYS);
        StoreBuilder<KeyValueStore<Bytes, byte[]>> ofUnpublished = state.plain(UNPUBLISHED);
        return Set.of(ofDays, ofUnpublished);
    }

    public void add(DayKey key, PersonDay person) {
        add(key, person, 1);
    }

    public void takeOut(DayKey key, PersonDay person) {
        add(key, person, -1);
    }

    private void add(DayKey key, PersonDay person, long times) {
        Bytes bytes = key.bytes();
        Stored known = Stored.of(days.get(bytes));
        days.put(bytes, new Stored(known.publishedAt(), known.day().with(person, times)).bytes());
        unpublished.put(bytes, NOTHING_MORE);
    }

    /** What changed since it was published; from now on it counts as published. */
    List<PublishedDay> publish(int partition, Instant now) {
        List<PublishedDay> published = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = unpublished.all()) {
            all.forEachRemaining(entry -> published.add(new PublishedDay(
                    DayKey.of(entry.key),
                    partition,
                    Stored.of(days.get(entry.key)).day())));
        }
        published.forEach(each -> {
            Bytes key = each.key().bytes();
            days.put(key, new Stored(now, each.day()).bytes());
            unpublished.delete(key);
        });
        return published;
    }

    /** Forgets what was published last before a time. */
    List<DayKey> forget(Instant before) {
        List<DayKey> forgotten = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = days.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if (Stored.of(entry.value).publishedAt().isBefore(before) && unpublished.get(entry.key) == null) {
                    forgotten.add(DayKey.of(entry.key));
                }
            }
        }
        forgotten.forEach(key -> days.delete(key.bytes()));
        return forgotten;
    }

    private record Stored(Instant publishedAt, DepartmentDay day) {

        private byte[] bytes() {
            CompactWriter out = new CompactWriter().time(publishedAt);
            day.write(out);
            return out.bytes();
        }

        private static Stored of(byte[] bytes) {
            if (bytes == null) {
                return new Stored(Instant.EPOCH, DepartmentDay.NOTHING);
            }
            CompactReader in = new CompactReader(bytes);
            return new Stored(in.time(), DepartmentDay.read(in));
        }
    }
}
