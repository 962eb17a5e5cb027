package dev.metsuke.detect.episode;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** One rule at work on one partition: it hears facts, keeps its episodes, and from time to time tells what changed. */
public interface Detector {

    /** How often changes are told: a storm is one message per episode and period rather than one per access. */
    Duration TELL_EVERY = Duration.ofMillis(50);

    /** So many are judged again at a time; more wait for the next, since nothing else is done meanwhile, nor told. */
    int ACCOUNTS_PER_TELLING = 500;

    void hear(AccountId account, Fact fact);

    /** Sends the difference between the alerts that were sent before and those that hold now; false where there is none. */
    boolean tell(Instant now);

    /** Forgets some of what lies before the accounts' horizons. */
    void sweep(Instant now);

    /** Counts findings that an exception of the policy overlooks. */
    static Counter excepted(MeterRegistry meters, Rule rule) {
        return meters.counter("metsuke.detect.excepted", "rule", rule.id());
    }

    /** Makes a rule's detector for one partition. */
    interface Maker {

        Detector make(ProcessorContext<AccountId, Alert> context, Policy policy, MeterRegistry meters);
    }

    /** Adds a rule to the topology: its own stores, and those it shares by name. */
    static Flow<AccountId, Alert> addTo(
            Flow<AccountId, Fact> facts,
            String name,
            Maker maker,
            PolicyInForce policy,
            MeterRegistry meters,
            Set<StoreBuilder<?>> own,
            String... shared) {
        ProcessorSupplier<AccountId, Fact, AccountId, Alert> supplier = new ProcessorSupplier<>() {
            @Override
            public Processor<AccountId, Fact, AccountId, Alert> get() {
                return new AtWork(maker, policy, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return own;
            }
        };
        return facts.process(supplier, name, shared);
    }

    /** A detector between Kafka Streams' calls. */
    final class AtWork implements Processor<AccountId, Fact, AccountId, Alert> {

        private final Maker maker;
        private final PolicyInForce policy;
        private final MeterRegistry meters;
        private final List<Cancellable> scheduled = new ArrayList<>();
        private @Nullable ProcessorContext<AccountId, Alert> context;
        private @Nullable CommitSoon soon;
        private long judgedBy;
        private @Nullable Detector detector;

        AtWork(Maker maker, PolicyInForce policy, MeterRegistry meters) {
            this.maker = maker;
            this.policy = policy;
            this.meters = meters;
        }

        @Override
        public void init(ProcessorContext<AccountId, Alert> initial) {
            close();
            context = initial;
            CommitSoon commit = new CommitSoon(Interval.ALERT.of(initial).toMillis());
            soon = commit;
            scheduled.add(initial.schedule(TELL_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
                boolean hasTold = atWork().tell(Instant.ofEpochMilli(now));
                if (commit.isDue(now, hasTold)) {
                    initial.commit();
                }
            }));
            scheduled.add(initial.schedule(
                    Interval.SWEEP.of(initial),
                    PunctuationType.WALL_CLOCK_TIME,
                    now -> atWork().sweep(Instant.ofEpochMilli(now))));
        }

        /** A task that is revived is initialized again; what it scheduled before would work on with what it knew then. */
        @Override
        public void close() {
            scheduled.forEach(Cancellable::cancel);
            scheduled.clear();
            detector = null;
        }

        /** All that a detector knows lies in its stores, so another policy simply gets another detector. */
        private Detector atWork() {
            long now = policy.changes();
            Detector known = detector;
            if (known != null && now == judgedBy) {
                return known;
            }
            judgedBy = now;
            Detector made = maker.make(Objects.requireNonNull(context), policy.policy(), meters);
            detector = made;
            return made;
        }

        @Override
        public void process(Record<AccountId, Fact> record) {
            atWork().hear(record.key(), record.value());
            Objects.requireNonNull(soon)
                    .hear(Objects.requireNonNull(context).currentSystemTimeMs() - record.timestamp());
        }
    }
}
