package dev.metsuke.detect.trial;

import dev.metsuke.detect.DetectTopology;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.HeapBudget;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.events.account.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Detection's partitions as one instance runs them: each judges its own accounts on a clock of its own, on any thread. What they
 * publish of departments reaches them only when it is exchanged, so that it changes nothing which thread is faster.
 */
public final class PartitionedTrial {

    private final List<Trial> partitions = new ArrayList<>();
    private final List<List<Record<Bytes, byte[]>>> published = new ArrayList<>();

    /**
     * Starts one.
     *
     * @param start what time it is
     * @param intervals how often what is done from time to time, where not as usual
     * @param count how many partitions
     */
    public PartitionedTrial(
            Policy policy, MeterRegistry meters, Instant start, Map<Interval, Duration> intervals, int count) {
        for (int number = 0; number < count; number++) {
            // Of one budget for all, a partition would give way the sooner the faster another thread is.
            Trial partition = new Trial(start, intervals, number, new HeapBudget(Trial.ENTRY_BYTES / count));
            List<Record<Bytes, byte[]>> own = new ArrayList<>();
            partition.onPublished(own::add);
            published.add(own);
            partitions.add(partition);
        }
        new DetectTopology(policy, meters)
                .connect(partitions.stream().map(Trial::graph).toList());
        partitions.forEach(partition -> partition.graph().start());
    }

    /** Of these, each may be used by another thread. */
    public List<Trial> partitions() {
        return List.copyOf(partitions);
    }

    /** The number of the partition that judges an account, the same on every machine. */
    public int partitionOf(AccountId account) {
        return Math.floorMod(account.value().hashCode(), partitions.size());
    }

    /** Lets every partition know what all have published. None may be at work meanwhile. */
    public void exchange() {
        for (List<Record<Bytes, byte[]>> own : published) {
            // Each partition reads what is known to the instance, so that one hears for all.
            own.forEach(partitions.getFirst()::hear);
            own.clear();
        }
    }
}
