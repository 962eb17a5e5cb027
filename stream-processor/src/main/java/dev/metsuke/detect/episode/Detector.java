package dev.metsuke.detect.episode;

import dev.metsuke.detect.history.Fact;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
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

    /** How often some accounts are gone through for what lies before their horizon. */
    Duration SWEEP_EVERY = Duration.ofSeconds(10);

    void hear(AccountId account, Fact fact);

    /** Sends the difference between the alerts that were sent before and those that hold now. */
    void tell(Instant now);

    /** Forgets some of what lies before the accounts' horizons. */
    void sweep(Instant now);

    /** Makes a rule's detector for one partition. */
    interface Maker {

        Detector make(ProcessorContext<AccountId, Alert> context, MeterRegistry meters);
    }

    /** Adds a rule to the topology: its own stores, and those it shares by name. */
    static KStream<AccountId, Alert> addTo(
            KStream<AccountId, Fact> facts,
            String name,
            Maker maker,
            MeterRegistry meters,
            Set<StoreBuilder<?>> own,
            String... shared) {
        ProcessorSupplier<AccountId, Fact, AccountId, Alert> supplier = new ProcessorSupplier<>() {
            @Override
            public Processor<AccountId, Fact, AccountId, Alert> get() {
                return new AtWork(maker, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return own;
            }
        };
        return facts.process(supplier, Named.as(name), shared);
    }

    /** A detector between Kafka Streams' calls. */
    final class AtWork implements Processor<AccountId, Fact, AccountId, Alert> {

        private final Maker maker;
        private final MeterRegistry meters;
        private final List<Cancellable> scheduled = new ArrayList<>();
        private @Nullable Detector detector;

        AtWork(Maker maker, MeterRegistry meters) {
            this.maker = maker;
            this.meters = meters;
        }

        @Override
        public void init(ProcessorContext<AccountId, Alert> context) {
            cancelScheduled();
            Detector made = maker.make(context, meters);
            detector = made;
            scheduled.add(context.schedule(
                    TELL_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> made.tell(Instant.ofEpochMilli(now))));
            scheduled.add(context.schedule(
                    SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> made.sweep(Instant.ofEpochMilli(now))));
        }

        @Override
        public void close() {
            cancelScheduled();
            detector = null;
        }

        /** A task that is revived is initialized again; what it scheduled before would work on with what it knew then. */
        private void cancelScheduled() {
            scheduled.forEach(Cancellable::cancel);
            scheduled.clear();
        }

        @Override
        public void process(Record<AccountId, Fact> record) {
            Objects.requireNonNull(detector).hear(record.key(), record.value());
        }
    }
}
