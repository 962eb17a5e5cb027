package dev.metsuke.detect.state;

import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;

/** Lets a store write to its changelog before a commit, when no record is being processed from which to take the time. */
final class Flushing {

    private @Nullable InternalProcessorContext<?, ?> context;

    void init(StateStoreContext initial) {
        context = (InternalProcessorContext<?, ?>) initial;
    }

    void run(Runnable writing) {
        InternalProcessorContext<?, ?> at = Objects.requireNonNull(context);
        if (at.recordContext() != null) {
            writing.run();
            return;
        }
        at.setRecordContext(new ProcessorRecordContext(at.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
        try {
            writing.run();
        } finally {
            at.setRecordContext(null);
        }
    }
}
