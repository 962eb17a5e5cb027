package dev.metsuke.console.publish;

import org.jspecify.annotations.Nullable;

/** Kafka did not take what was entered; the message says what to do. */
public final class WriteFailedException extends Exception {

    public WriteFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
