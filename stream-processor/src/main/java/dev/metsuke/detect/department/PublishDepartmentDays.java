package dev.metsuke.detect.department;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Tells every instance, from time to time, what one partition's accounts add to their departments' days. */
public final class PublishDepartmentDays implements Processor<AccountId, Fact, Bytes, byte[]> {

    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    /** Beyond the horizon within which reads are judged again: for how long a day has a part in what is usual. */
    private static final Duration KEEP = Duration.ofDays(35);

    private final PolicyInForce policy;
    private final List<Cancellable> scheduled = new ArrayList<>();
    private @Nullable ProcessorContext<Bytes, byte[]> context;
    private @Nullable DepartmentDays days;

    private PublishDepartmentDays(PolicyInForce policy) {
        this.policy = policy;
    }

    /** The stores must be in the topology already. */
    public static void addTo(Flow<AccountId, Fact> facts, PolicyInForce policy) {
        facts.process(
                        () -> new PublishDepartmentDays(policy),
                        "publish-department-days",
                        DepartmentDays.DAYS,
                        DepartmentDays.UNPUBLISHED)
                .write(Topic.BASELINES, Serdes.Bytes(), Serdes.ByteArray());
    }

    @Override
    public void init(ProcessorContext<Bytes, byte[]> initial) {
        close();
        context = initial;
        days = new DepartmentDays(initial);
        Duration sweep = Interval.SWEEP.of(initial);
        scheduled.add(initial.schedule(
                Interval.PUBLISH.of(initial),
                PunctuationType.WALL_CLOCK_TIME,
                now -> publish(Instant.ofEpochMilli(now))));
        scheduled.add(initial.schedule(
                sweep.compareTo(FORGET_EVERY) > 0 ? sweep : FORGET_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                now -> forget(Instant.ofEpochMilli(now))));
    }

    @Override
    public void close() {
        scheduled.forEach(Cancellable::cancel);
        scheduled.clear();
    }

    @Override
    public void process(Record<AccountId, Fact> record) {
        // The detector beside it hears the facts; they bring this one to the same partition.
    }

    private void publish(Instant now) {
        for (PublishedDay day : Objects.requireNonNull(days).publish(partition(), now)) {
            send(day.recordKey(), day.toJson(), now);
        }
    }

    private void forget(Instant now) {
        Instant before = now.minus(policy.policy().horizon()).minus(KEEP);
        for (DayKey key : Objects.requireNonNull(days).forget(before)) {
            send(PublishedDay.recordKey(key, partition()), null, now);
        }
    }

    private void send(byte[] key, byte @Nullable [] value, Instant now) {
        Objects.requireNonNull(context).forward(new Record<>(Bytes.wrap(key), value, now.toEpochMilli()));
    }

    private int partition() {
        return Objects.requireNonNull(context).taskId().partition();
    }
}
