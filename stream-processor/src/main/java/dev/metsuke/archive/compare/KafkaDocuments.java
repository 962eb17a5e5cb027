package dev.metsuke.archive.compare;

import dev.metsuke.archive.compare.RecordReport.Difference;
import dev.metsuke.archive.compare.RecordReport.Kind;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Write;
import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.topic.Topic;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a topic's records make, as Kafka has them, and what the archive lacks of them: first every record is
 * {@link #add}ed, in the order of Kafka, then every document {@link #meet}s its own. Some 250 bytes are held of each document.
 */
final class KafkaDocuments {

    private static final Comparator<State> BY_AGE =
            Comparator.comparingLong(State::millis).thenComparingLong(State::offset);

    private final Topic topic;
    private final ArchiveIndex family;
    private final RetentionSettings retention;
    private final Instant settled;
    private final Instant now;

    private final Map<String, State> states = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private long firstMillis;
    private long same;
    private long beyond;

    /**
     * None yet.
     *
     * @param retention how long documents must be kept
     * @param settled what Kafka took later may still be on its way into the archive
     * @param now by which it is told what retention may have deleted
     */
    KafkaDocuments(Topic topic, RetentionSettings retention, Instant settled, Instant now) {
        this.topic = topic;
        this.family = TopicIndexing.family(topic);
        this.retention = retention;
        this.settled = settled;
        this.now = now;
        // Without any record, the first is still to come.
        this.firstMillis = now.toEpochMilli();
    }

    /** What no document can be made of went to the rejected ones, and is none here either. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        firstMillis = Math.min(firstMillis, record.timestamp());
        if (TopicIndexing.prepare(record) instanceof Document document) {
            State state = State.of(record, document);
            String place = place(document.index(), document.id());
            switch (document.write()) {
                case Write.Once _, Write.OnceByPlace _ -> states.putIfAbsent(place, state);
                case Write.Latest _ -> states.merge(place, state, this::followed);
            }
        }
    }

    /** Of those that may not be archived yet each may stand in the archive, and the last that must be. */
    private State followed(State before, State next) {
        return BY_AGE.compare(before, next) <= 0 ? over(next, before) : over(before, next);
    }

    private State over(State later, State earlier) {
        if (!isYoung(later)) {
            return later.with(null);
        }
        State behind = later.before();
        return later.with(behind == null ? earlier : followed(behind, earlier));
    }

    /** Takes what the archive has; each document once. */
    void meet(Hit hit) {
        State state = states.remove(place(hit.index(), hit.id()));
        if (state == null) {
            meetUnknown(hit);
        } else if (state.hasLed(hit.source())) {
            same++;
        } else {
            Kind kind = state.mayBeReworded() ? Kind.PERHAPS_CHANGED : Kind.CHANGED;
            differences.add(new Difference(kind, place(hit.index(), hit.id()), state.origin(topic)));
        }
    }

    /**
     * Kafka keeps all of some topics, so that what it has not got came another way; but for what is older than the topic, which
     * may have been made anew.
     */
    private void meetUnknown(Hit hit) {
        Optional<YearMonth> month = family.monthOf(hit.index());
        if (month.isEmpty()) {
            differences.add(new Difference(Kind.ASTRAY, place(hit.index(), hit.id()), null));
        } else if (topic.cleanup() != Topic.Cleanup.DELETE
                || !topic.retention().equals(Topic.FOR_EVER)
                || month.get().isBefore(firstMonth())) {
            beyond++;
        } else {
            Kind kind = month.get().equals(firstMonth()) ? Kind.PERHAPS_ADDED : Kind.ADDED;
            differences.add(new Difference(kind, place(hit.index(), hit.id()), null));
        }
    }

    private YearMonth firstMonth() {
        return YearMonth.from(Instant.ofEpochMilli(firstMillis).atOffset(ZoneOffset.UTC));
    }

    /** What is to be said, once all of the archive was met. */
    RecordReport report() {
        List<Difference> all = new ArrayList<>(differences);
        long deleted = 0;
        for (Map.Entry<String, State> unmet : states.entrySet()) {
            State due = unmet.getValue().due(this::isYoung);
            if (isExpired(unmet.getKey())) {
                deleted++;
            } else if (due != null) {
                all.add(new Difference(Kind.MISSING, unmet.getKey(), due.origin(topic)));
            }
        }
        return new RecordReport(topic, same, all, deleted, beyond);
    }

    private boolean isExpired(String place) {
        return family.monthOf(place.substring(0, place.indexOf('/')))
                .filter(month -> !now.isBefore(retention.expiry(family, month)))
                .isPresent();
    }

    private boolean isYoung(State state) {
        return Instant.ofEpochMilli(state.millis()).isAfter(settled);
    }

    private static String place(String index, String id) {
        return index + "/" + id;
    }

    /**
     * A record.
     *
     * @param digest of its document
     * @param mayBeReworded whether an earlier version of Metsuke may have put the same record in other words
     * @param before what may stand in its place, as it is young
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record State(
            int partition,
            long offset,
            long millis,
            byte[] digest,
            boolean mayBeReworded,
            @Nullable State before) {

        static State of(ConsumerRecord<?, ?> record, Document document) {
            return new State(
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    Sha256.of(document.body()),
                    document.write() instanceof Write.OnceByPlace,
                    null);
        }

        State with(@Nullable State earlier) {
            return new State(partition, offset, millis, digest, mayBeReworded, earlier);
        }

        boolean hasLed(byte[] source) {
            byte[] found = Sha256.of(source);
            for (State state = this; state != null; state = state.before) {
                if (Arrays.equals(state.digest, found)) {
                    return true;
                }
            }
            return false;
        }

        /** The last that must be archived; null where all may be on their way. */
        @Nullable
        State due(Predicate<State> isYoung) {
            State state = this;
            while (state != null && isYoung.test(state)) {
                state = state.before;
            }
            return state;
        }

        String origin(Topic topic) {
            return TopicIndexing.origin(topic.title(), partition, offset);
        }
    }
}
