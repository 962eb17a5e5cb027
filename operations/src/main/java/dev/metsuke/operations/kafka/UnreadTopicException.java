package dev.metsuke.operations.kafka;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A topic could not be read to its end; the message says why, and what to do. */
public final class UnreadTopicException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Why why;

    UnreadTopicException(Why why, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    /** What hindered it. */
    public enum Why {
        /** There is no such topic. */
        MISSING,
        /** The account may not read it. */
        FORBIDDEN,
        /** Nothing more came of it. */
        SILENT,
        /** Kafka does not answer. */
        AWAY
    }

    public Why why() {
        return why;
    }
}
