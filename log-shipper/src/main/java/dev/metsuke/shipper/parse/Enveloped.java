package dev.metsuke.shipper.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of a message that stands in an envelope.
 *
 * @param context the envelope's
 * @param time when it was written, if it says so
 */
record Enveloped(RecordContext context, @Nullable Instant time) implements RecordContext {

    /** The file's is an envelope, and no header of the messages. */
    @Override
    public @Nullable String firstRecord() {
        return null;
    }

    @Override
    public long offset() {
        return context.offset();
    }

    @Override
    public Instant lastWritten() {
        return context.lastWritten();
    }

    @Override
    public @Nullable Instant envelopeTime() {
        return time;
    }
}
